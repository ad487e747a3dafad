/** One modal. */

import { el, freshId } from "../dom.js";
import { icon } from "../icons.js";
import { holdFocus } from "../dialog.js";
import { keepingFocus } from "../focus.js";
import { showError } from "../blocks/input.js";
import { renderSurface } from "../blocks/index.js";
import { Surface } from "../surface.js";
import { plainNodes } from "../text/objects.js";
import { faultsOf } from "../validation.js";

/** Drawn again in place when the app updates it. */
export class Modal {
  #errors = {};

  /**
   * @param {import("../workspace.js").Workspace} workspace
   * @param {Object} view as the server gave it
   * @param {() => void} changed called when the stack may have changed
   */
  constructor(workspace, view, changed) {
    this.workspace = workspace;
    this.changed = changed;
    this.drawn = "";
    this.errorsDrawn = "";
    const container = { type: "view", view_id: view.id };
    this.surface = new Surface(workspace, {
      kind: "modal",
      container,
      values: view.state?.values,
      sent: changed,
    });
    this.surface.form.onChange((blockId) => this.#clearError(blockId));
    const titleId = freshId("modal");
    this.title = el("h2", { class: "modal-title", id: titleId });
    this.left = el("span", { class: "modal-left" });
    this.banner = el("div", { class: "modal-banner", role: "alert", hidden: true });
    this.body = el("div", { class: "modal-body blocks" });
    this.foot = el("footer", { class: "modal-foot" });
    this.node = el(
      "form",
      {
        class: "modal",
        role: "dialog",
        "aria-modal": "true",
        "aria-labelledby": titleId,
        novalidate: true,
        autocomplete: "off",
        dataset: { viewId: view.id, callbackId: view.callback_id ?? null },
      },
      el("header", { class: "modal-head" }, this.left, this.title, this.#cross()),
      this.banner,
      this.body,
      this.foot,
    );
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    holdFocus(this.node);
  }

  /**
   * Draw what has changed; typed values stay where ids stay.
   *
   * @param {Object} view
   * @param {boolean} isPushed it stands on another one
   */
  show(view, isPushed) {
    this.view = view;
    const signature = JSON.stringify([view.title, view.submit, view.close, view.blocks, isPushed]);
    if (signature !== this.drawn) {
      this.drawn = signature;
      this.title.replaceChildren(...plainNodes(view.title));
      this.left.replaceChildren(...(isPushed ? [this.#back()] : []));
      this.foot.replaceChildren(...this.#buttons(view));
      keepingFocus(this.body, () => renderSurface(this.body, view.blocks, this.surface));
      this.errorsDrawn = "";
      this.banner.hidden = true;
      if (document.activeElement === document.body && this.node.isConnected) this.focus();
    }
    const errors = JSON.stringify(view.errors ?? {});
    if (errors !== this.errorsDrawn) {
      this.errorsDrawn = errors;
      this.#showErrors(view.errors ?? {});
    }
  }

  /** Put the keyboard on the field that asks for it, else on the first one. */
  focus() {
    const fields = "input:not([type=file]), textarea";
    const wanted =
      this.body.querySelector("[data-focus=load]")?.querySelector(fields) ??
      this.body.querySelector(fields) ??
      this.node.querySelector("[data-testid=modal-submit], [data-testid=modal-close]");
    wanted?.focus();
  }

  /** Check as Slack does, then hand the values to the app. */
  async submit() {
    if (this.node.hasAttribute("aria-busy")) return;
    const { words, api } = this.workspace;
    this.banner.hidden = true;
    const faults = faultsOf(this.view.blocks, this.surface.form, words);
    this.#showErrors(faults);
    if (Object.keys(faults).length > 0) return;
    this.#wait(true);
    try {
      await api.post("/sandbox/view/submit", {
        view_id: this.view.id,
        state: this.surface.form.state,
      });
    } catch (refused) {
      this.banner.replaceChildren(
        icon("warn", 18),
        el("span", {}, words.trouble),
        el("code", {}, refused.error),
      );
      this.banner.hidden = false;
    } finally {
      this.#wait(false);
    }
    this.errorsDrawn = "";
    this.changed();
  }

  /** Close this one, or the whole stack. */
  async close(all = false) {
    const { api } = this.workspace;
    const body = {
      view_id: this.view.id,
      state: this.surface.form.state,
      ...(all ? { all: true } : {}),
    };
    try {
      await api.post("/sandbox/view/close", body);
    } catch {
      // It is gone already, or the server is: the stack is read again in any case.
    }
    this.changed();
  }

  #wait(waiting) {
    const { words } = this.workspace;
    this.node.toggleAttribute("aria-busy", waiting);
    const submit = this.foot.querySelector("[data-testid=modal-submit]");
    if (!submit) return;
    submit.disabled = waiting;
    submit.replaceChildren(
      ...(waiting ? [el("span", { class: "spinner" }), words.sending] : this.#submitWords()),
    );
  }

  #submitWords() {
    return this.view.submit ? plainNodes(this.view.submit) : [this.workspace.words.submit];
  }

  #showErrors(errors) {
    for (const blockId of Object.keys(this.#errors)) showError(this.body, blockId, null);
    this.#errors = { ...errors };
    for (const [blockId, message] of Object.entries(errors)) showError(this.body, blockId, message);
    const first = this.body.querySelector(".has-error");
    first?.scrollIntoView({ block: "nearest" });
    first?.querySelector("input, textarea, button")?.focus({ preventScroll: true });
  }

  #clearError(blockId) {
    if (!(blockId in this.#errors)) return;
    delete this.#errors[blockId];
    showError(this.body, blockId, null);
  }

  #cross() {
    return el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": this.workspace.words.close,
        dataset: { testid: "modal-cross" },
        onclick: () => this.close(true),
      },
      icon("close", 20),
    );
  }

  #back() {
    return el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": this.workspace.words.back,
        dataset: { testid: "modal-back" },
        onclick: () => this.close(),
      },
      icon("back", 20),
    );
  }

  #buttons(view) {
    const { words } = this.workspace;
    const needsSubmit = view.submit || view.blocks.some((block) => block.type === "input");
    const close = el(
      "button",
      {
        type: "button",
        class: "button",
        dataset: { testid: "modal-close" },
        onclick: () => this.close(),
      },
      view.close ? plainNodes(view.close) : needsSubmit ? words.cancel : words.close,
    );
    if (!needsSubmit) return [close];
    const submit = el(
      "button",
      { type: "submit", class: "button button-primary", dataset: { testid: "modal-submit" } },
      this.#submitWords(),
    );
    return [close, submit];
  }
}
