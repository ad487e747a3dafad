/** The panel at the right with one thread. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { oneAtATime } from "../steady.js";
import { Composer } from "./composer.js";
import { MessageList } from "./messagelist.js";
import { slackbotNote } from "./slackbot.js";

/** One thread with its own composer. */
export class ThreadPane {
  /**
   * @param {import("../workspace.js").Workspace} workspace
   * @param {{channel: string, ts: string}} thread
   * @param {{close: () => void, acted: () => void}} how
   */
  constructor(workspace, thread, how) {
    this.workspace = workspace;
    this.thread = thread;
    this.how = how;
    this.notes = [];
    const { words } = workspace;
    const channel = workspace.channel(thread.channel);
    this.list = new MessageList(workspace, {
      channel: thread.channel,
      inThread: true,
      acted: how.acted,
    });
    this.list.node.setAttribute("aria-label", words.thread);
    this.composer = new Composer(workspace, {
      channel: thread.channel,
      thread: thread.ts,
      placeholder: words.reply,
      testid: "thread-composer",
      sent: (answer) => {
        if (answer.slackbot) this.notes.push(slackbotNote(answer.slackbot, workspace, this.notes));
        this.list.toBottom();
        this.refresh();
      },
    });
    const close = el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": words.close,
        dataset: { testid: "thread-close" },
        onclick: how.close,
      },
      icon("close", 18),
    );
    const name = el("span", { class: "pane-topic" }, workspace.channelName(channel));
    this.node = el(
      "aside",
      {
        class: "thread",
        "aria-label": words.thread,
        dataset: { testid: "thread", thread: thread.ts },
      },
      el(
        "header",
        { class: "pane-head" },
        el("h1", { class: "pane-title" }, words.thread),
        name,
        close,
      ),
      this.list.node,
      channel.is_member || channel.kind === "im"
        ? el("div", { class: "pane-foot" }, this.composer.node)
        : null,
    );
    this.refresh = oneAtATime(() => this.#refresh());
  }

  /** Put the keyboard where one answers. */
  focus() {
    this.composer.focus();
  }

  /** The panel is no longer shown. */
  dismiss() {
    this.list.dismiss();
  }

  async #refresh() {
    const { channel, ts } = this.thread;
    try {
      const { messages } = await this.workspace.api.get("/sandbox/thread", { channel, ts });
      const replies = messages.filter((message) => !message.ephemeral).length - 1;
      const line = () =>
        el("div", { class: "thread-line" }, el("span", {}, this.workspace.words.replies(replies)));
      this.list.show([...messages, ...this.notes], { afterFirst: replies > 0 ? line : null });
    } catch {
      this.how.close();
    }
  }
}
