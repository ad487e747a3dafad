/** One floating panel at a time: menus, option lists, calendars. */

const GAP = 4;
const EDGE = 8;

let open = null;

/**
 * Show a panel beside an anchor; any panel shown before is closed.
 *
 * @param {HTMLElement} anchor
 * @param {HTMLElement} panel
 * @param {{onClose?: () => void, align?: "start" | "end", asWide?: boolean, above?: boolean}} [how]
 *   `asWide` makes the panel at least as wide as the anchor; `above` prefers the space over it
 * @returns {() => void} closes the panel
 */
export function openPopover(anchor, panel, how = {}) {
  closePopover();
  panel.classList.add("popover");
  document.body.append(panel);
  const current = { anchor, panel, how };
  open = current;
  place(current);
  return () => {
    if (open === current) closePopover();
  };
}

/** Close the panel that is open, if any. */
export function closePopover() {
  if (!open) return;
  const { panel, how } = open;
  open = null;
  panel.remove();
  how.onClose?.();
}

/** Put the panel where it belongs again: its own size or its anchor's has changed. */
export function replacePopover() {
  if (!open) return;
  if (open.anchor.isConnected) place(open);
  else closePopover();
}

/** Whether this anchor's panel is the one open. */
export function isOpenFor(anchor) {
  return open?.anchor === anchor;
}

function place({ anchor, panel, how }) {
  const box = anchor.getBoundingClientRect();
  if (how.asWide) panel.style.minWidth = `${box.width}px`;
  const scrolled = panel.scrollTop;
  panel.style.removeProperty("--room");
  const { width, height } = panel.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP - EDGE;
  const over = box.top - GAP - EDGE;
  const goesAbove = how.above ? over >= height || over > below : below < height && over > below;
  panel.style.setProperty("--room", `${Math.max(120, goesAbove ? over : below)}px`);
  const shownHeight = Math.min(height, goesAbove ? over : below);
  const top = goesAbove ? box.top - GAP - shownHeight : box.bottom + GAP;
  const left = how.align === "end" ? box.right - width : box.left;
  panel.style.top = `${Math.max(EDGE, top)}px`;
  panel.style.left = `${Math.min(Math.max(EDGE, left), innerWidth - width - EDGE)}px`;
  panel.scrollTop = scrolled;
}

function isOutside(target) {
  return open && !open.panel.contains(target) && !open.anchor.contains(target);
}

/** Make panels close as people expect. Called once, when the page starts. */
export function watchPopovers() {
  document.addEventListener("pointerdown", (event) => {
    if (isOutside(event.target)) closePopover();
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !open) return;
      event.stopPropagation();
      event.preventDefault();
      const { anchor, panel } = open;
      const wasInside = panel.contains(document.activeElement);
      closePopover();
      if (wasInside)
        (anchor.matches("button, input") ? anchor : anchor.querySelector("input, button"))?.focus();
    },
    true,
  );
  addEventListener("resize", replacePopover);
  document.addEventListener(
    "scroll",
    (event) => {
      if (open && !open.panel.contains(event.target)) replacePopover();
    },
    true,
  );
}
