/** The image element, as an accessory. */

import { el } from "../dom.js";
import { fileAddress, picture } from "../blocks/media.js";

/** A small picture at the right of a section; click to enlarge. */
export function accessoryImage(element, _place, surface) {
  const source = fileAddress(element, surface);
  const { words } = surface.workspace;
  return el("div", { class: "thumb" }, picture(source, element.alt_text, "", words));
}
