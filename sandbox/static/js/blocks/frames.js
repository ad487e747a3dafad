/** Blocks that frame others or stand out: alert, container, card. */

import { el } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { icon } from "../icons.js";
import { textNode } from "../text/objects.js";
import { fileAddress, picture } from "./media.js";

/** A coloured notice at the top of a modal. */
export function alert(block, surface) {
  const level = block.level ?? block.style ?? "info";
  return el(
    "div",
    { class: `alert alert-${level}`, role: "status" },
    icon(level === "info" || level === "default" ? "info" : "warn", 18),
    textNode(block.text, surface.workspace),
  );
}

/** Blocks in a frame, folded when the app says so. */
export function container(block, surface, renderBlocks) {
  const { workspace } = surface;
  const inner = renderBlocks(block.child_blocks ?? block.blocks ?? block.elements ?? [], surface);
  if (!block.is_collapsible && !block.collapsible) {
    const title = block.title
      ? el("div", { class: "frame-title" }, textNode(block.title, workspace))
      : null;
    return el("div", { class: "frame" }, title, inner);
  }
  const open = !(block.default_collapsed ?? block.collapsed);
  return el(
    "details",
    { class: "frame", open },
    el("summary", { class: "frame-title" }, textNode(block.title, workspace)),
    inner,
  );
}

/** A card: picture, title, words, buttons. */
export function card(block, surface) {
  const { workspace } = surface;
  const place = { blockId: block.block_id ?? "", dispatches: true, optional: true, label: "" };
  const hero = block.hero_image;
  return el(
    "div",
    { class: "frame card" },
    hero ? picture(fileAddress(hero, surface), hero.alt_text, "", workspace.words) : null,
    block.title ? el("div", { class: "frame-title" }, textNode(block.title, workspace)) : null,
    block.subtitle
      ? el("div", { class: "card-subtitle" }, textNode(block.subtitle, workspace))
      : null,
    block.body ? textNode(block.body, workspace) : null,
    block.actions
      ? el(
          "div",
          { class: "actions" },
          block.actions.map((one) => renderElement(one, place, surface)),
        )
      : null,
  );
}
