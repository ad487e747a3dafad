/** The table block. */

import { el } from "../dom.js";
import { withEmoji } from "../text/emoji.js";
import { richText } from "../text/richtext.js";

/**
 * Draw a table; its first row is the head.
 *
 * @param {{rows: Object[][], column_settings?: Object[]}} block
 * @param {import("../surface.js").Surface} surface
 */
export function table(block, surface) {
  const settings = block.column_settings ?? [];
  const row = (tag) => (cells) =>
    el(
      "tr",
      {},
      cells.map((cell, column) => cellNode(tag, cell, settings[column], surface)),
    );
  const [head, ...body] = block.rows;
  return el(
    "div",
    { class: "table-scroll", tabindex: "0" },
    el(
      "table",
      { class: "data-table" },
      el("thead", {}, row("th")(head)),
      el("tbody", {}, body.map(row("td"))),
    ),
  );
}

function cellNode(tag, cell, setting, surface) {
  const align = setting?.align ?? "left";
  const wrap = setting?.is_wrapped ? "normal" : null;
  const props = {
    scope: tag === "th" ? "col" : null,
    style: { textAlign: align, ...(wrap ? { whiteSpace: wrap } : {}) },
  };
  const words =
    cell.type === "rich_text"
      ? richText(cell, surface.workspace)
      : withEmoji(String(cell.text ?? cell.value ?? ""));
  return el(tag, props, words);
}
