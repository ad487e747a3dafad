/** A menu of choices that drops from a button. */

import { el } from "./dom.js";
import { closePopover, isOpenFor, openPopover } from "./popover.js";

/**
 * @typedef {{label: string | Node | Array, description?: string, heading?: string,
 *            dataset?: Object, checked?: boolean, pick?: () => void}} MenuItem
 *   an item with `heading` is a title between groups
 */

/**
 * Open (or close again) a menu under its button.
 *
 * @param {HTMLElement} button
 * @param {MenuItem[]} items
 * @param {{align?: "start" | "end", above?: boolean, label?: string}} [how]
 */
export function toggleMenu(button, items, how = {}) {
  if (isOpenFor(button)) {
    closePopover();
    return;
  }
  const entries = items.map((item) => entry(item, button));
  const panel = el(
    "div",
    { class: "menu", role: "menu", "aria-label": how.label ?? null },
    entries,
  );
  panel.addEventListener("keydown", (event) => walk(event, panel));
  button.setAttribute("aria-expanded", "true");
  openPopover(button, panel, {
    ...how,
    onClose: () => button.setAttribute("aria-expanded", "false"),
  });
  panel.querySelector("[role=menuitem]")?.focus();
}

function entry(item, button) {
  if (item.heading) return el("div", { class: "menu-heading" }, item.heading);
  function pick() {
    closePopover();
    button.focus();
    item.pick?.();
  }
  return el(
    "button",
    {
      type: "button",
      class: "menu-item",
      role: "menuitem",
      dataset: item.dataset ?? {},
      onclick: pick,
      "aria-current": item.checked ? "true" : null,
    },
    el("span", { class: "menu-label" }, item.label),
    item.description ? el("span", { class: "menu-description" }, item.description) : null,
  );
}

function walk(event, panel) {
  const entries = [...panel.querySelectorAll("[role=menuitem]")];
  const at = entries.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 };
  if (event.key === "Tab") closePopover();
  if (!(event.key in steps)) return;
  event.preventDefault();
  entries[(steps[event.key] + entries.length) % entries.length]?.focus();
}
