/** A channel or conversation: its head, its messages, its composer. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { oneAtATime } from "../steady.js";
import { toast } from "../toast.js";
import { linkTo } from "../text/mentions.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { MessageList } from "./messagelist.js";
import { slackbotNote } from "./slackbot.js";

/** Shown in the centre, one at a time. */
export class ChannelPane {
  /**
   * @param {import("../workspace.js").Workspace} workspace
   * @param {string} channelId
   * @param {{openThread: (ts: string) => void, acted: () => void, tabs?: HTMLElement,
   *          draft?: string, notes: Object[]}} how `notes`: what Slackbot answered here
   */
  constructor(workspace, channelId, how) {
    this.workspace = workspace;
    this.channelId = channelId;
    this.how = how;
    this.newFrom = "";
    this.first = true;
    this.list = new MessageList(workspace, {
      channel: channelId,
      inThread: false,
      openThread: how.openThread,
      acted: how.acted,
    });
    this.list.node.dataset.testid = "messages";
    this.list.node.setAttribute("aria-label", workspace.words.messagesOf(this.name));
    this.head = el("header", { class: "pane-head" });
    this.bookmarks = el("div", { class: "bookmarks", hidden: true });
    this.foot = el("div", { class: "pane-foot" }, this.#composer());
    this.node = el(
      "main",
      { class: "pane" },
      this.head,
      how.tabs,
      this.bookmarks,
      this.list.node,
      this.foot,
    );
    this.refresh = oneAtATime(() => this.#refresh());
    this.showHead();
  }

  get channel() {
    return this.workspace.channel(this.channelId);
  }

  get name() {
    return this.workspace.channelName(this.channel);
  }

  /** Draw the head again: name, topic, links. */
  showHead() {
    const { workspace, channel } = this;
    const sign =
      channel.kind === "im"
        ? avatar(workspace.user(channel.user), 24)
        : icon(channel.kind === "private" ? "lock" : "hash", 18);
    const name = channel.kind === "im" ? this.name : channel.name;
    this.head.replaceChildren(
      el("h1", { class: "pane-title" }, sign, name),
      channel.topic
        ? el("div", { class: "pane-topic mrkdwn" }, mrkdwn(channel.topic, workspace))
        : "",
    );
    const links = (channel.bookmarks ?? []).map((one) =>
      el("span", { class: "bookmark" }, linkTo(one.link, one.title)),
    );
    this.bookmarks.replaceChildren(...links);
    this.bookmarks.hidden = links.length === 0;
  }

  /** Put the keyboard where one writes. */
  focus() {
    this.composer?.focus();
  }

  /** What is typed here and not sent. */
  get draft() {
    return this.composer?.draft ?? "";
  }

  /** The pane is no longer shown. */
  dismiss() {
    this.list.dismiss();
  }

  async #refresh() {
    const { api } = this.workspace;
    const unread = this.channel?.unread ?? 0;
    let messages;
    try {
      ({ messages } = await api.get("/sandbox/messages", { channel: this.channelId }));
    } catch (refused) {
      toast(refused.error);
      return;
    }
    if (this.first && unread > 0) this.newFrom = this.#firstUnread(messages, unread);
    this.first = false;
    const all = [...messages, ...this.how.notes].sort(
      (one, other) => Number(one.ts) - Number(other.ts),
    );
    this.list.show(all, { newFrom: this.newFrom, empty: this.#empty() });
    if (unread > 0 && !document.hidden)
      await api.post("/sandbox/read", { channel: this.channelId });
  }

  #firstUnread(messages, unread) {
    const others = messages.filter((message) => message.user !== this.workspace.me.id);
    return others.at(-Math.min(unread, others.length))?.ts ?? "";
  }

  #empty() {
    return el("div", { class: "empty" }, this.workspace.words.beginning(this.name));
  }

  #composer() {
    const { workspace, channel } = this;
    const { words } = workspace;
    if (channel.archived) return closed(words.archived(this.name));
    if (!channel.is_member && channel.kind !== "im") return closed(words.notMember(this.name));
    this.composer = new Composer(workspace, {
      channel: this.channelId,
      placeholder: words.messageTo(this.name),
      testid: "composer",
      draft: this.how.draft,
      sent: (answer) => this.#sent(answer),
    });
    return this.composer.node;
  }

  #sent(answer) {
    if (answer.slackbot)
      this.how.notes.push(slackbotNote(answer.slackbot, this.workspace, this.how.notes));
    this.list.toBottom();
    this.refresh();
    this.how.acted();
  }
}

function closed(reason) {
  return el("div", { class: "composer-closed" }, reason);
}
