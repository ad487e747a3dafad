/** Keeping the keyboard and the scroll where they are while a surface is drawn again. */

/**
 * Draw, then give the focus back to the element of the same ids, its caret included.
 *
 * @param {HTMLElement} scroller what scrolls
 * @param {() => void} draw
 */
export function keepingFocus(scroller, draw) {
  const active = document.activeElement;
  const element = active?.closest?.("[data-action-id]");
  const inside = element && scroller.contains(element);
  const blockId = inside ? element.closest("[data-block-id]")?.dataset.blockId : null;
  const path = inside
    ? `[data-block-id="${CSS.escape(blockId ?? "")}"] [data-action-id="${CSS.escape(element.dataset.actionId)}"]`
    : null;
  const caret =
    inside && active.matches("input[type=text], textarea")
      ? [active.selectionStart, active.selectionEnd]
      : null;
  const position = inside
    ? [...element.querySelectorAll("input, button, textarea")].indexOf(active)
    : -1;
  const top = scroller.scrollTop;

  draw();

  scroller.scrollTop = top;
  if (!path) return;
  const again = scroller.querySelector(path);
  const target =
    position >= 0 ? again?.querySelectorAll("input, button, textarea")[position] : again;
  (target ?? again)?.focus?.({ preventScroll: true });
  if (caret && target?.matches("input[type=text], textarea")) target.setSelectionRange(...caret);
}
