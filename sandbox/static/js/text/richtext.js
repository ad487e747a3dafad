/** rich_text blocks into nodes. */

import { el, fragment } from "../dom.js";
import { emojiNode } from "./emoji.js";
import { channelMention, groupMention, linkTo, personMention } from "./mentions.js";

const STYLE_TAGS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

/**
 * Draw a rich_text block.
 *
 * @param {{elements: Object[]}} block
 * @param {import("../workspace.js").Workspace} workspace
 */
export function richText(block, workspace) {
  const parts = (block.elements ?? []).map((part) => section(part, workspace));
  return el("div", { class: "rich-text" }, parts);
}

/** A rich_text value as the plain words someone could have typed. */
export function richTextWords(value) {
  const parts = value?.elements ?? [];
  return parts
    .map((part) =>
      (part.elements ?? []).map((one) => one.text ?? one.url ?? richTextWords(one)).join(""),
    )
    .join("\n");
}

function section(part, workspace) {
  const words = () => (part.elements ?? []).map((element) => inlineNode(element, workspace));
  switch (part.type) {
    case "rich_text_section":
      return el("div", { class: "rich-section" }, words());
    case "rich_text_quote":
      return el("blockquote", {}, words());
    case "rich_text_preformatted":
      return el("pre", {}, words());
    case "rich_text_list":
      return list(part, workspace);
    default:
      return el("div", { class: "unknown" }, part.type);
  }
}

function list(part, workspace) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const indent = part.indent ?? 0;
  const items = (part.elements ?? []).map((item) =>
    el(
      "li",
      {},
      (item.elements ?? []).map((element) => inlineNode(element, workspace)),
    ),
  );
  return el(
    tag,
    {
      class: part.border ? "bordered" : null,
      start: part.offset ? part.offset + 1 : null,
      style: { marginLeft: `${indent * 24}px`, listStyleType: marker(part.style, indent) },
    },
    items,
  );
}

function marker(style, indent) {
  const markers =
    style === "ordered" ? ["decimal", "lower-alpha", "lower-roman"] : ["disc", "circle", "square"];
  return markers[indent % markers.length];
}

function inlineNode(element, workspace) {
  let node = bareNode(element, workspace);
  for (const [name, tag] of Object.entries(STYLE_TAGS)) {
    if (element.style?.[name]) node = el(tag, {}, node);
  }
  return node;
}

function bareNode(element, workspace) {
  switch (element.type) {
    case "text":
      return fragment(element.text);
    case "link":
      return linkTo(element.url, element.text ?? element.url);
    case "user":
      return personMention(element.user_id, workspace);
    case "channel":
      return channelMention(element.channel_id, workspace);
    case "usergroup":
      return groupMention(element.usergroup_id);
    case "team":
      return groupMention(element.team_id);
    case "broadcast":
      return groupMention(element.range);
    case "emoji":
      return emojiNode(element.name, element.unicode ?? "");
    case "date":
      return dateNode(element, workspace);
    case "color":
      return fragment(
        el("span", { class: "colour-chip", style: { background: element.value } }),
        element.value,
      );
    default:
      return el("span", { class: "unknown" }, element.type);
  }
}

function dateNode(element, workspace) {
  const shown = workspace.dates.fill(element.timestamp, element.format, workspace.now());
  if (element.url) return linkTo(element.url, shown);
  return el("time", { title: element.fallback ?? null }, shown);
}
