/** Slack's text objects into nodes. */

import { el, fragment } from "../dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/**
 * Draw a text object of either kind.
 *
 * @param {{type: string, text: string, emoji?: boolean, verbatim?: boolean}} object
 * @param {import("../workspace.js").Workspace} workspace
 */
export function textNode(object, workspace) {
  if (!object) return fragment();
  if (object.type === "mrkdwn") {
    return el("div", { class: "mrkdwn" }, mrkdwn(object.text, workspace, object));
  }
  return el("span", { class: "plain" }, plainNodes(object));
}

/** A plain_text object's nodes: emoji drawn unless it says not to, nothing else read. */
export function plainNodes(object) {
  return object.emoji === false ? [object.text] : withEmoji(object.text);
}

/** The bare string of a text object or a string, for labels and searching. */
export function bare(object) {
  return typeof object === "string" ? object : (object?.text ?? "");
}
