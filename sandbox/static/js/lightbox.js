/** A picture in full size over the page. */

import { el } from "./dom.js";
import { holdFocus } from "./dialog.js";
import { icon } from "./icons.js";

/**
 * Show a picture large; Escape, the cross or a click beside it closes it.
 *
 * @param {string} address
 * @param {string} alt
 * @param {string} title
 * @param {{close: string}} words
 */
export function enlarge(address, alt, title, words) {
  const before = document.activeElement;
  const close = () => {
    backdrop.remove();
    before?.focus?.();
  };
  const cross = el(
    "button",
    {
      type: "button",
      class: "icon-button lightbox-close",
      "aria-label": words.close,
      onclick: close,
    },
    icon("close", 22),
  );
  const backdrop = el(
    "div",
    {
      class: "backdrop backdrop-over lightbox",
      role: "dialog",
      "aria-modal": "true",
      "aria-label": title || alt,
    },
    el("div", { class: "lightbox-bar" }, el("span", {}, title || alt), cross),
    el("img", { src: address, alt, class: "lightbox-image" }),
  );
  backdrop.addEventListener("click", (event) => {
    if (event.target === backdrop) close();
  });
  backdrop.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  holdFocus(backdrop);
  document.body.append(backdrop);
  cross.focus();
}
