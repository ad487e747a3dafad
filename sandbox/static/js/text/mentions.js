/** People, channels and links inside text. */

import { el, safeUrl } from "../dom.js";

/** `@Alice Martin`, marked when it is the reader. */
export function personMention(userId, workspace, fallback = "") {
  const user = workspace.user(userId);
  const mine = userId === workspace.me?.id;
  const label = user ? workspace.nameOf(userId) : fallback || userId;
  return el(
    "span",
    { class: mine ? "mention mention-me" : "mention", dataset: { user: userId } },
    `@${label}`,
  );
}

/** `#aurore`, a link into the channel when one may read it. */
export function channelMention(channelId, workspace, fallback = "") {
  const channel = workspace.channel(channelId);
  const label = channel ? workspace.channelName(channel) : `#${fallback || channelId}`;
  if (!channel) return el("span", { class: "mention" }, label);
  const go = () =>
    workspace.dispatchEvent(new CustomEvent("go", { detail: { channel: channelId } }));
  return el("button", { type: "button", class: "mention mention-channel", onclick: go }, label);
}

/** `@channel`, `@here`, `@everyone`, or a group. */
export function groupMention(label) {
  return el("span", { class: "mention mention-me" }, `@${label}`);
}

/** A link that opens beside this page; an unsafe address stays text. */
export function linkTo(address, ...label) {
  const url = safeUrl(address);
  const shown = label.length > 0 ? label : [address];
  if (!url) return el("span", {}, ...shown);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...shown);
}
