/** Standard Markdown, as the `markdown` block takes it, into nodes. */

import { el, fragment } from "../dom.js";
import { withEmoji } from "./emoji.js";
import { linkTo, personMention } from "./mentions.js";

const INLINE =
  /`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|\*([^*\s](?:[^*]*[^*\s])?)\*|\b_([^_]+)_\b|!?\[([^\]]*)\]\(([^)\s]+)\)|<@(\w+)>|(https?:\/\/[^\s<>)]+)/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * Draw Markdown.
 *
 * @param {string} text
 * @param {import("../workspace.js").Workspace} workspace
 */
export function markdown(text, workspace) {
  const rows = text.split("\n");
  const root = el("div", { class: "markdown" });
  let at = 0;
  while (at < rows.length) {
    const { node, next } = blockAt(rows, at, workspace);
    if (node) root.append(node);
    at = next;
  }
  return root;
}

function blockAt(rows, at, workspace) {
  const row = rows[at];
  if (row.trim() === "") return { node: null, next: at + 1 };
  const heading = row.match(/^(#{1,6})\s+(.*)$/);
  if (heading) {
    const level = heading[1].length;
    const props = { class: `md-h md-h${level}`, role: "heading", "aria-level": level };
    return { node: el("div", props, inline(heading[2], workspace)), next: at + 1 };
  }
  if (row.startsWith("```")) return fenced(rows, at);
  if (RULE.test(row)) return { node: el("hr"), next: at + 1 };
  if (row.startsWith(">")) return quote(rows, at, workspace);
  if (ITEM.test(row)) return list(rows, at, workspace);
  if (row.includes("|") && TABLE_RULE.test(rows[at + 1] ?? "")) return table(rows, at, workspace);
  return paragraph(rows, at, workspace);
}

function fenced(rows, at) {
  let end = at + 1;
  while (end < rows.length && !rows[end].startsWith("```")) end += 1;
  return { node: el("pre", {}, rows.slice(at + 1, end).join("\n")), next: end + 1 };
}

function quote(rows, at, workspace) {
  let end = at;
  while (end < rows.length && rows[end].startsWith(">")) end += 1;
  const inner = rows.slice(at, end).map((row) => row.replace(/^> ?/, ""));
  return { node: el("blockquote", {}, markdown(inner.join("\n"), workspace)), next: end };
}

function list(rows, at, workspace) {
  const [, indent, mark] = rows[at].match(ITEM);
  const node = el(
    /\d/.test(mark) ? "ol" : "ul",
    /\d/.test(mark) ? { start: Number.parseInt(mark, 10) } : {},
  );
  let end = at;
  while (end < rows.length) {
    const item = rows[end].match(ITEM);
    if (!item || item[1].length < indent.length) break;
    if (item[1].length > indent.length) {
      const inner = list(rows, end, workspace);
      (node.lastElementChild ?? node).append(inner.node);
      end = inner.next;
      continue;
    }
    node.append(listItem(item[3], workspace));
    end += 1;
  }
  return { node, next: end };
}

function listItem(text, workspace) {
  const task = text.match(/^\[([ xX])\]\s+(.*)$/);
  if (!task) return el("li", {}, inline(text, workspace));
  const box = el("input", { type: "checkbox", disabled: true, checked: task[1] !== " " });
  return el("li", { class: "md-task" }, box, " ", inline(task[2], workspace));
}

function table(rows, at, workspace) {
  let end = at + 2;
  while (end < rows.length && rows[end].includes("|")) end += 1;
  const cells = (row) =>
    row
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => cell.trim());
  const drawn = (tag) => (cell) => el(tag, {}, inline(cell, workspace));
  const node = el(
    "div",
    { class: "table-scroll" },
    el(
      "table",
      { class: "data-table" },
      el("thead", {}, el("tr", {}, cells(rows[at]).map(drawn("th")))),
      el(
        "tbody",
        {},
        rows.slice(at + 2, end).map((row) => el("tr", {}, cells(row).map(drawn("td")))),
      ),
    ),
  );
  return { node, next: end };
}

function paragraph(rows, at, workspace) {
  let end = at + 1;
  while (end < rows.length && rows[end].trim() !== "" && !startsBlock(rows[end])) end += 1;
  const lines = rows
    .slice(at, end)
    .map((row, index) => [index > 0 ? el("br") : null, inline(row, workspace)]);
  return { node: el("p", {}, lines), next: end };
}

function startsBlock(row) {
  return /^(#{1,6}\s|>|```)/.test(row) || ITEM.test(row) || RULE.test(row);
}

function inline(text, workspace) {
  const match = text.match(INLINE);
  if (!match) return fragment(withEmoji(text));
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  return fragment(withEmoji(before), inlineNode(match, workspace), inline(after, workspace));
}

function inlineNode(match, workspace) {
  const [, code, bold, bold2, strike, italic, italic2, label, target, user, url] = match;
  if (code !== undefined) return el("code", {}, code);
  if (bold ?? bold2) return el("strong", {}, inline(bold ?? bold2, workspace));
  if (strike) return el("s", {}, inline(strike, workspace));
  if (italic ?? italic2) return el("em", {}, inline(italic ?? italic2, workspace));
  if (target) return linkTo(target, label || target);
  if (user) return personMention(user, workspace);
  return linkTo(url);
}
