/** The plain blocks: section, header, divider, context, actions. */

import { el, safeUrl } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { bare, plainNodes, textNode } from "../text/objects.js";
import { fileAddress } from "./media.js";

/** Text, fields, and an accessory at the right. */
export function section(block, surface) {
  const { workspace } = surface;
  const fields = block.fields?.map((field) =>
    el("div", { class: "field" }, textNode(field, workspace)),
  );
  const words = el(
    "div",
    { class: "section-words" },
    block.text ? textNode(block.text, workspace) : null,
    fields ? el("div", { class: "fields" }, fields) : null,
  );
  if (!block.accessory) return words;
  const place = placeOf(block, bare(block.text));
  const accessory = el(
    "div",
    { class: "accessory" },
    renderElement(block.accessory, place, surface),
  );
  return el("div", { class: "section-row" }, words, accessory);
}

/** A heading in bold. */
export function header(block) {
  const level = block.level ?? 2;
  const props = { class: `heading heading-${level}`, role: "heading", "aria-level": level };
  return el("div", props, plainNodes(block.text));
}

/** A line across. */
export function divider() {
  return el("hr", { class: "divider" });
}

/** Small grey words and pictures in a row. */
export function context(block, surface) {
  return el(
    "div",
    { class: "context" },
    block.elements.map((element) => contextPart(element, surface)),
  );
}

function contextPart(element, surface) {
  if (element.type === "image") {
    const address = safeUrl(fileAddress(element, surface) ?? "");
    const shown = el("img", {
      class: "context-image",
      src: address,
      alt: element.alt_text,
      title: element.alt_text,
    });
    shown.addEventListener("error", () =>
      shown.replaceWith(el("span", { class: "context-missing" }, element.alt_text)),
    );
    return shown;
  }
  return textNode(element, surface.workspace);
}

/** Elements side by side. */
export function actions(block, surface) {
  const place = placeOf(block, "");
  const drawn = block.elements.map((element) => renderElement(element, place, surface));
  return el("div", { class: "actions" }, drawn);
}

/** Feedback and icon buttons under an answer. */
export function contextActions(block, surface) {
  const place = placeOf(block, "");
  const drawn = block.elements.map((element) => renderElement(element, place, surface));
  return el("div", { class: "actions context-actions" }, drawn);
}

/** Outside input blocks an element tells the app at once. */
function placeOf(block, label) {
  return { blockId: block.block_id ?? "", dispatches: true, optional: true, label };
}
