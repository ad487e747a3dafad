/** A short notice at the bottom of the page. */

import { el } from "./dom.js";

const SHOWN_FOR = 8_000;

/** Say something went wrong (or right) without stopping the person. */
export function toast(text) {
  let shelf = document.querySelector(".toasts");
  if (!shelf) {
    shelf = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
    document.body.append(shelf);
  }
  const note = el("div", { class: "toast" }, text);
  note.addEventListener("click", () => note.remove());
  shelf.append(note);
  setTimeout(() => note.remove(), SHOWN_FOR);
}
