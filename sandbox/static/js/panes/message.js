/** One message. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { instantOf } from "../dates.js";
import { filesOf } from "../blocks/media.js";
import { renderSurface } from "../blocks/index.js";
import { emojiNode } from "../text/emoji.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { toggleMenu } from "../menu.js";
import { toast } from "../toast.js";
import { SLACKBOT } from "../workspace.js";
import { avatar } from "./avatar.js";

/**
 * Draw a message.
 *
 * @param {Object} message as the server gave it
 * @param {import("../surface.js").Surface} surface its own, kept between drawings
 * @param {{channel: string, grouped: boolean, inThread: boolean,
 *          openThread?: (ts: string) => void}} how `grouped`: under its author's last message
 */
export function messageNode(message, surface, how) {
  const { workspace } = surface;
  const { words, dates } = workspace;
  const at = instantOf(message.ts);
  const name = message.username || workspace.nameOf(message.user);
  const body = el("div", { class: "message-body" }, bodyOf(message, surface));
  const classes = [
    "message",
    how.grouped ? "is-grouped" : "",
    message.ephemeral ? "is-ephemeral" : "",
  ];
  return el(
    "article",
    {
      class: classes.filter(Boolean).join(" "),
      dataset: { ts: message.ts, user: message.user },
      "aria-label": `${name}, ${dates.time(at)}`,
    },
    message.ephemeral ? el("div", { class: "above" }, icon("eye", 16), words.onlyYou) : null,
    message.pinned ? el("div", { class: "above" }, icon("pin", 16), words.pinned) : null,
    el(
      "div",
      { class: "message-row" },
      how.grouped
        ? el("time", { class: "message-gutter", title: dates.full(at) }, dates.time(at))
        : el("div", { class: "message-gutter" }, avatar(workspace.user(message.user), 36)),
      el(
        "div",
        { class: "message-main" },
        how.grouped ? null : headOf(message, name, at, workspace),
        body,
        reactionsOf(message, workspace),
        how.inThread ? null : repliesOf(message, workspace, how.openThread),
      ),
    ),
    hoverMenu(message, workspace, how),
  );
}

function headOf(message, name, at, workspace) {
  const { words, dates } = workspace;
  return el(
    "div",
    { class: "message-head" },
    el("span", { class: "message-author" }, name),
    workspace.user(message.user)?.is_bot && message.user !== SLACKBOT
      ? el("span", { class: "app-badge" }, words.app)
      : null,
    el(
      "time",
      { class: "message-time", title: dates.full(at), datetime: at.toISOString() },
      dates.time(at),
    ),
  );
}

function bodyOf(message, surface) {
  const { workspace } = surface;
  const { words } = workspace;
  const parts = [];
  const edited = message.edited ? el("span", { class: "edited" }, ` ${words.edited}`) : null;
  if (message.blocks?.length > 0) {
    const blocks = el("div", { class: "blocks" });
    renderSurface(blocks, message.blocks, surface);
    parts.push(blocks, edited);
  } else if (message.text) {
    parts.push(
      el("div", { class: "message-text mrkdwn" }, mrkdwn(message.text, workspace), edited),
    );
  }
  if (message.files?.length > 0)
    parts.push(el("div", { class: "files" }, filesOf(message.files, surface)));
  return parts;
}

function reactionsOf(message, workspace) {
  const pills = Object.entries(message.reactions ?? {}).map(([name, users]) =>
    el(
      "span",
      { class: "reaction", title: users.map((id) => workspace.nameOf(id)).join(", ") },
      emojiNode(name),
      el("span", {}, String(users.length)),
    ),
  );
  return pills.length > 0 ? el("div", { class: "reactions" }, pills) : null;
}

function repliesOf(message, workspace, openThread) {
  if (!message.reply_count || !openThread) return null;
  const { words, dates } = workspace;
  const faces = (message.reply_users ?? []).slice(0, 5).map((id) => avatar(workspace.user(id), 24));
  const last = message.latest_reply
    ? el(
        "span",
        { class: "replies-last" },
        words.lastReply(dates.ago(instantOf(message.latest_reply), workspace.now())),
      )
    : null;
  return el(
    "button",
    {
      type: "button",
      class: "replies",
      dataset: { testid: "replies" },
      onclick: () => openThread(message.ts),
    },
    faces,
    el("span", { class: "replies-count" }, words.replies(message.reply_count)),
    last,
  );
}

function hoverMenu(message, workspace, how) {
  const { words, app } = workspace;
  const shortcuts = (app?.shortcuts ?? []).filter((shortcut) => shortcut.type === "message");
  const hasThread = how.openThread && !message.ephemeral;
  const canShortcut = shortcuts.length > 0 && !message.ephemeral;
  if (!hasThread && !canShortcut) return null;
  const more = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": words.moreActions,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      title: words.moreActions,
      dataset: { testid: "message-menu" },
      onclick: () => toggleMenu(more, items(), { align: "end", label: words.moreActions }),
    },
    icon("more", 18),
  );

  function items() {
    return [
      ...(hasThread
        ? [{ label: words.replyInThread, pick: () => how.openThread(message.ts) }]
        : []),
      ...(canShortcut ? [{ heading: app.name }] : []),
      ...(canShortcut ? shortcuts : []).map((shortcut) => ({
        label: shortcut.name,
        dataset: { shortcut: shortcut.callback_id },
        pick: () => use(shortcut),
      })),
    ];
  }

  async function use(shortcut) {
    const where = { callback_id: shortcut.callback_id, channel: how.channel, ts: message.ts };
    try {
      await workspace.api.post("/sandbox/shortcut", where);
    } catch (refused) {
      toast(words.unanswered(app.name, refused.error));
    }
  }

  const reply = hasThread
    ? el(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": words.replyInThread,
          title: words.replyInThread,
          dataset: { testid: "reply-in-thread" },
          onclick: () => how.openThread(message.ts),
        },
        icon("reply", 18),
      )
    : null;
  return el("div", { class: "hover-menu", role: "toolbar" }, reply, more);
}
