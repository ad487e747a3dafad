/** Slack's mrkdwn into nodes. */

import { el, fragment } from "../dom.js";
import { emojiNode, knowsEmoji } from "./emoji.js";
import { channelMention, groupMention, linkTo, personMention } from "./mentions.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const URL_START = /^https?:\/\/[^\s<>|"']*[^\s<>|"'.,;:!?)\]}]/;
const EMOJI_START = /^:([a-z0-9_+'-]+):/;
const LETTER = /[\p{L}\p{N}]/u;
const BULLET = /^(\s*)([•◦▪‣–-]|\d{1,2}[.)])\s+/;

/**
 * Draw mrkdwn.
 *
 * @param {string} text with `&`, `<` and `>` escaped as Slack wants
 * @param {import("../workspace.js").Workspace} workspace
 * @param {{verbatim?: boolean}} [options] verbatim: addresses without `<…>` are not links
 * @returns {DocumentFragment}
 */
export function mrkdwn(text, workspace, { verbatim = false } = {}) {
  const draw = (line) => inline(line, workspace, verbatim);
  const parts = text.split(/```\n?([\s\S]*?)\n?```/);
  const nodes = parts.map((part, index) => {
    if (index % 2 === 1) return el("pre", {}, unescaped(part));
    const edge = part.replace(index > 0 ? /^\n/ : /^$/, "");
    return lines(index < parts.length - 1 ? edge.replace(/\n$/, "") : edge, draw);
  });
  return fragment(nodes);
}

/** Undo Slack's three escapes. */
export function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function lines(text, draw) {
  if (text === "") return [];
  const nodes = [];
  let quote = null;
  let broken = false;
  for (const line of text.split("\n")) {
    const quoted = line.match(/^(?:&gt;|>)(?!&gt;&gt;|>>) ?(.*)$/);
    if (quoted) {
      if (quote) quote.append(el("br"));
      else nodes.push((quote = el("blockquote")));
      quote.append(draw(quoted[1]));
      broken = false;
      continue;
    }
    if (quote) quote = null;
    else if (broken) nodes.push(el("br"));
    const item = line.match(BULLET);
    if (item) {
      nodes.push(listLine(item, line, draw));
      quote = null;
      broken = false;
      continue;
    }
    nodes.push(draw(line));
    broken = true;
  }
  return nodes;
}

/** A line that begins with a bullet or a number hangs under its own text. */
function listLine(item, line, draw) {
  const depth = Math.floor(item[1].length / 2);
  return el(
    "span",
    { class: "list-line", style: { marginLeft: `${depth * 20}px` } },
    el("span", { class: "list-mark" }, item[2]),
    el("span", {}, draw(line.slice(item[0].length))),
  );
}

function inline(text, workspace, verbatim) {
  const nodes = [];
  let plain = "";
  let at = 0;

  function take(node, length) {
    if (plain) nodes.push(unescaped(plain));
    plain = "";
    nodes.push(node);
    at += length;
  }

  while (at < text.length) {
    const rest = text.slice(at);
    const found = piece(rest, text[at - 1] ?? "", workspace, verbatim);
    if (found) {
      take(found.node, found.length);
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) nodes.push(unescaped(plain));
  return fragment(nodes);
}

/** The marked-up piece that begins here, with its length, or null. */
function piece(rest, before, workspace, verbatim) {
  const mark = rest[0];
  if (mark === "<") {
    const entity = rest.match(/^<([^<>\n]+)>/);
    return entity && { node: entityNode(entity[1], workspace), length: entity[0].length };
  }
  if (mark === "`") {
    const code = rest.match(/^`([^`\n]+)`/);
    return code && { node: el("code", {}, unescaped(code[1])), length: code[0].length };
  }
  if (mark === ":") {
    const emoji = rest.match(EMOJI_START);
    return emoji && knowsEmoji(emoji[1])
      ? { node: emojiNode(emoji[1]), length: emoji[0].length }
      : null;
  }
  if (mark === "h" && !verbatim && !LETTER.test(before)) {
    const url = rest.match(URL_START);
    return url && { node: linkTo(unescaped(url[0])), length: url[0].length };
  }
  if (mark in STYLES && !LETTER.test(before)) {
    const end = closing(rest, mark);
    if (end === -1) return null;
    const inner = inline(rest.slice(1, end), workspace, verbatim);
    return { node: el(STYLES[mark], {}, inner), length: end + 1 };
  }
  return null;
}

/** Where a style opened at 0 closes: not after a space, not before a letter, not in code or links. */
function closing(text, mark) {
  if (!text[1] || /\s/.test(text[1]) || text[1] === mark) return -1;
  let at = 1;
  while (at < text.length) {
    const skipped = text.slice(at).match(/^(?:<[^<>\n]+>|`[^`\n]+`)/);
    if (skipped) {
      at += skipped[0].length;
      continue;
    }
    if (text[at] === mark && !/\s/.test(text[at - 1]) && !LETTER.test(text[at + 1] ?? ""))
      return at;
    at += 1;
  }
  return -1;
}

function entityNode(body, workspace) {
  const [target, label = ""] = splitOnce(body, "|");
  if (target.startsWith("@")) return personMention(target.slice(1), workspace, unescaped(label));
  if (target.startsWith("#")) return channelMention(target.slice(1), workspace, unescaped(label));
  if (target.startsWith("!date^")) return dateNode(target, unescaped(label), workspace);
  if (target.startsWith("!subteam^"))
    return groupMention(label.replace(/^@/, "") || target.slice(9));
  if (target.startsWith("!")) return groupMention(label.replace(/^@/, "") || target.slice(1));
  if (!label) return linkTo(unescaped(target), unescaped(target).replace(/^(mailto|tel):/, ""));
  return linkTo(unescaped(target), inline(label, workspace, true));
}

function dateNode(target, fallback, workspace) {
  const [, seconds, pattern, link] = target.split("^");
  const shown = /^\d+$/.test(seconds)
    ? workspace.dates.fill(Number(seconds), unescaped(pattern ?? "{date}"), workspace.now())
    : fallback;
  return link ? linkTo(unescaped(link), shown) : el("time", { title: fallback }, shown);
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
