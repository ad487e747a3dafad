/** Blocks into nodes. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { markdown } from "../text/markdown.js";
import { richText } from "../text/richtext.js";
import { actions, context, contextActions, divider, header, section } from "./layout.js";
import { input } from "./input.js";
import { fileBlock, image, video } from "./media.js";
import { table } from "./table.js";
import { alert, card, container } from "./frames.js";

/** @typedef {import("../surface.js").Surface} Surface */

const DRAWERS = {
  actions,
  alert,
  card,
  container: (block, surface) => container(block, surface, renderBlocks),
  context,
  context_actions: contextActions,
  divider,
  file: fileBlock,
  header,
  image,
  input,
  markdown: (block, surface) => markdown(block.text, surface.workspace),
  rich_text: (block, surface) => richText(block, surface.workspace),
  section,
  table,
  video,
};

/**
 * Draw blocks on a surface; what the page does not know is named, never left out.
 *
 * @param {Object[]} blocks
 * @param {Surface} surface
 * @returns {HTMLElement[]}
 */
export function renderBlocks(blocks, surface) {
  return blocks.map((block) => {
    const draw = DRAWERS[block.type];
    const drawn = draw ? draw(block, surface) : unknown(block, surface.workspace.words);
    const dataset = { blockId: block.block_id ?? null, blockType: block.type };
    return el("div", { class: `block block-${block.type}`, dataset }, drawn);
  });
}

/**
 * Draw a whole surface: its blocks, with its form kept where ids stay.
 *
 * @param {HTMLElement} root emptied first
 * @param {Object[]} blocks
 * @param {Surface} surface
 */
export function renderSurface(root, blocks, surface) {
  surface.root = root;
  surface.form.beginDrawing();
  root.replaceChildren(...renderBlocks(blocks, surface));
  surface.form.endDrawing();
}

function unknown(block, words) {
  return el("div", { class: "unknown" }, icon("info", 16), words.unknownBlock(block.type));
}
