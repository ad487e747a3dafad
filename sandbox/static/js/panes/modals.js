/** The stack of modals one person has open. */

import { el } from "../dom.js";
import { oneAtATime } from "../steady.js";
import { closePopover, replacePopover } from "../popover.js";
import { Modal } from "./modal.js";

/** Shows the top of the stack; the ones under it keep what is filled in. */
export class ModalLayer {
  #modals = new Map();

  /** @param {import("../workspace.js").Workspace} workspace */
  constructor(workspace) {
    this.workspace = workspace;
    this.node = el("div", { class: "backdrop", hidden: true });
    this.top = null;
    this.before = null;
    this.refresh = oneAtATime(() => this.#refresh());
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.top?.close();
    });
  }

  async #refresh() {
    let views;
    try {
      ({ views } = await this.workspace.api.get("/sandbox/views"));
    } catch {
      return; // read again when the connection is back
    }
    const ids = new Set(views.map((view) => view.id));
    for (const id of this.#modals.keys()) {
      if (!ids.has(id)) this.#modals.delete(id);
    }
    for (const view of views) {
      if (!this.#modals.has(view.id)) {
        this.#modals.set(view.id, new Modal(this.workspace, view, () => this.refresh()));
      }
      this.#modals.get(view.id).show(view, views.length > 1 && view !== views[0]);
    }
    const top = views.length > 0 ? this.#modals.get(views.at(-1).id) : null;
    if (top !== this.top) this.#bring(top);
    replacePopover();
  }

  #bring(top) {
    closePopover();
    if (top && !this.top) this.before = document.activeElement;
    this.top = top;
    this.node.hidden = top === null;
    this.node.replaceChildren(...(top ? [top.node] : []));
    if (top) top.focus();
    else if (this.before?.isConnected) this.before.focus();
  }
}
