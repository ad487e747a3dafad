/** Keeping the keyboard inside a dialog, and asking for confirmation. */

import { el, focusable, freshId } from "./dom.js";
import { bare, plainNodes, textNode } from "./text/objects.js";

/** Let Tab go round inside a dialog and nowhere else. */
export function holdFocus(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = focusable(dialog);
    if (stops.length === 0) return;
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge && dialog.contains(document.activeElement)) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  });
}

/**
 * Ask with a Slack confirmation object.
 *
 * @param {{title: Object, text: Object, confirm: Object, deny: Object, style?: string}} confirm
 * @param {import("./workspace.js").Workspace} workspace
 * @returns {Promise<boolean>} whether the person went ahead
 */
export function askConfirm(confirm, workspace) {
  const before = document.activeElement;
  const titleId = freshId("confirm");
  const style = confirm.style === "danger" ? "button button-danger" : "button button-primary";
  return new Promise((resolve) => {
    function answer(yes) {
      backdrop.remove();
      before?.focus?.();
      resolve(yes);
    }
    const yes = el(
      "button",
      {
        type: "button",
        class: style,
        dataset: { testid: "confirm-yes" },
        onclick: () => answer(true),
      },
      confirm.confirm ? plainNodes(confirm.confirm) : workspace.words.confirm,
    );
    const no = el(
      "button",
      {
        type: "button",
        class: "button",
        dataset: { testid: "confirm-no" },
        onclick: () => answer(false),
      },
      confirm.deny ? plainNodes(confirm.deny) : workspace.words.deny,
    );
    const dialog = el(
      "div",
      { class: "dialog", role: "alertdialog", "aria-modal": "true", "aria-labelledby": titleId },
      el("h2", { id: titleId, class: "dialog-title" }, bare(confirm.title)),
      el("div", { class: "dialog-text" }, textNode(confirm.text, workspace)),
      el("div", { class: "dialog-buttons" }, no, yes),
    );
    const backdrop = el("div", { class: "backdrop backdrop-over" }, dialog);
    backdrop.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      answer(false);
    });
    holdFocus(dialog);
    document.body.append(backdrop);
    yes.focus();
  });
}
