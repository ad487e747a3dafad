/** The app's Home tab. */

import { el } from "../dom.js";
import { renderSurface } from "../blocks/index.js";
import { keepingFocus } from "../focus.js";
import { oneAtATime } from "../steady.js";
import { replacePopover } from "../popover.js";
import { Surface } from "../surface.js";
import { toast } from "../toast.js";
import { avatar } from "./avatar.js";

/** Shown in the centre; redrawn when the app publishes other blocks. */
export class HomePane {
  /**
   * @param {import("../workspace.js").Workspace} workspace
   * @param {{tabs: HTMLElement, acted: () => void}} how
   */
  constructor(workspace, { tabs, acted }) {
    this.workspace = workspace;
    this.acted = acted;
    this.drawn = "";
    this.blocks = el("div", { class: "home-blocks blocks" });
    this.page = el("div", { class: "home", dataset: { testid: "home" } }, this.blocks);
    this.head = el("header", { class: "pane-head" });
    this.node = el("main", { class: "pane" }, this.head, tabs, this.page);
    this.refresh = oneAtATime(() => this.#refresh());
    this.showHead();
  }

  showHead() {
    const { app } = this.workspace;
    const title = el(
      "h1",
      { class: "pane-title" },
      avatar(this.workspace.user(app.bot_user_id), 24),
      app.name,
    );
    this.head.replaceChildren(title);
  }

  /** Tell the app that someone looks, and read what it shows. */
  async enter() {
    await this.refresh();
    try {
      await this.workspace.api.post("/sandbox/home/open");
    } catch (refused) {
      toast(this.workspace.words.unanswered(this.workspace.app.name, refused.error));
    }
    await this.refresh();
  }

  focus() {
    this.page.focus();
  }

  get draft() {
    return "";
  }

  dismiss() {}

  async #refresh() {
    let view;
    try {
      ({ view } = await this.workspace.api.get("/sandbox/home"));
    } catch {
      return; // read again when the connection is back
    }
    const signature = JSON.stringify(view?.blocks ?? null);
    if (signature === this.drawn) return;
    this.drawn = signature;
    if (!view) {
      this.blocks.replaceChildren(el("div", { class: "empty" }, this.workspace.words.homeEmpty));
      return;
    }
    this.surface ??= new Surface(this.workspace, {
      kind: "home",
      container: {},
      values: view.state?.values,
      sent: this.acted,
    });
    this.surface.container = { type: "view", view_id: view.id };
    this.page.dataset.viewId = view.id;
    keepingFocus(this.page, () => renderSurface(this.blocks, view.blocks, this.surface));
    replacePopover();
  }
}
