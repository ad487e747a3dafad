/** Where blocks stand: it knows the way back to the app. */

import { el } from "./dom.js";
import { askConfirm } from "./dialog.js";
import { Form } from "./form.js";
import { icon } from "./icons.js";

const NOTE_SHOWN_FOR = 10_000;

/** One message, modal or Home tab: its form, and how its elements reach the app. */
export class Surface {
  /**
   * @param {import("./workspace.js").Workspace} workspace
   * @param {{kind: "message" | "modal" | "home", container: Object, values?: Object,
   *          sent?: () => void}} place
   *   `container` as the server wants it; `sent` is called after each action the app took
   */
  constructor(workspace, { kind, container, values = {}, sent = () => {} }) {
    this.workspace = workspace;
    this.api = workspace.api;
    this.kind = kind;
    this.container = container;
    this.form = new Form(values);
    this.sent = sent;
    this.root = null;
  }

  /**
   * Put a value down and, where the element tells the app at once, tell it.
   *
   * @param {{blockId: string, dispatches: boolean}} place
   * @param {Object} element as the app gave it
   * @param {Object} state the new value in Slack's shape
   * @param {HTMLElement} [control] shown busy meanwhile
   * @returns {Promise<boolean>} false when the person took it back at the confirmation
   */
  async choose(place, element, state, control) {
    if (!(await this.#confirmed(element))) return false;
    this.form.put(place.blockId, element.action_id, state);
    if (place.dispatches) await this.#send(place, element, state, control);
    return true;
  }

  /** Press something that holds no value: a button, an overflow option. */
  async press(place, element, action, control) {
    if (!(await this.#confirmed(element))) return;
    await this.#send(place, element, action, control);
  }

  /** Ask the app for the options of an external select. */
  async options(place, element, value) {
    return this.api.post("/sandbox/options", {
      container: this.container,
      block_id: place.blockId,
      action_id: element.action_id,
      value,
    });
  }

  async #confirmed(element) {
    return element.confirm ? askConfirm(element.confirm, this.workspace) : true;
  }

  async #send(place, element, action, control) {
    control?.setAttribute("aria-busy", "true");
    try {
      await this.api.post("/sandbox/action", {
        container: this.container,
        block_id: place.blockId,
        action_id: element.action_id,
        action: { ...action, type: element.type },
        state: this.form.state,
      });
    } catch (refused) {
      this.#complain(place.blockId, refused.error ?? String(refused));
    } finally {
      control?.removeAttribute("aria-busy");
    }
    this.sent();
  }

  /** Say under the block that the app did not take the action. */
  #complain(blockId, error) {
    const block = this.root?.querySelector(`[data-block-id="${CSS.escape(blockId)}"]`);
    const name = this.workspace.app?.name ?? "";
    const note = el(
      "div",
      { class: "block-failure", role: "alert" },
      icon("warn", 16),
      this.workspace.words.unanswered(name, error),
    );
    (block ?? this.root)?.append(note);
    setTimeout(() => note.remove(), NOTE_SHOWN_FOR);
  }
}
