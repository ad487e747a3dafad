/** The input block: a label, one element, a hint, and the error under it. */

import { el, freshId } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { plainNodes } from "../text/objects.js";

/**
 * Draw an input block. `data-error` on the outer node is where `showError` writes.
 *
 * @param {Object} block
 * @param {import("../surface.js").Surface} surface
 */
export function input(block, surface) {
  const { words } = surface.workspace;
  const labelId = freshId("label");
  const hintId = block.hint ? freshId("hint") : null;
  const place = {
    blockId: block.block_id ?? "",
    dispatches: Boolean(block.dispatch_action),
    optional: Boolean(block.optional),
    label: block.label?.text ?? "",
    labelId,
    describedBy: hintId,
  };
  const element = renderElement(block.element, place, surface);
  const label = el(
    "div",
    { id: labelId, class: "input-label" },
    plainNodes(block.label),
    block.optional ? el("span", { class: "input-optional" }, ` ${words.optional}`) : null,
  );
  label.addEventListener("click", () => element.querySelector("input, textarea, button")?.focus());
  return el(
    "div",
    { class: "input", role: "group", "aria-labelledby": labelId },
    label,
    element,
    block.hint ? el("div", { id: hintId, class: "input-hint" }, plainNodes(block.hint)) : null,
  );
}

/**
 * Write the error of an input block under its field, or take it away.
 *
 * @param {HTMLElement} root the drawn surface
 * @param {string} blockId
 * @param {string | null} message
 */
export function showError(root, blockId, message) {
  const block = root.querySelector(`[data-block-id="${CSS.escape(blockId)}"]`);
  if (!block) return;
  block.querySelector(".input-error")?.remove();
  block.classList.toggle("has-error", message !== null);
  const fields = block.querySelectorAll("input, textarea");
  for (const field of fields) {
    if (message === null) field.removeAttribute("aria-invalid");
    else field.setAttribute("aria-invalid", "true");
  }
  if (message === null) return;
  const note = el(
    "div",
    { class: "input-error", role: "alert", dataset: { error: blockId } },
    message,
  );
  (block.querySelector(".input") ?? block).append(note);
}
