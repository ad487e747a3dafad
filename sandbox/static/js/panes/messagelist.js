/** A list of messages, newest at the bottom. */

import { el } from "../dom.js";
import { instantOf } from "../dates.js";
import { replacePopover } from "../popover.js";
import { Surface } from "../surface.js";
import { messageNode } from "./message.js";

const GROUPED_WITHIN = 5 * 60 * 1000;
const NEAR_BOTTOM = 80;

/** Rows with their date lines; keeps to the bottom unless one has scrolled up. */
export class MessageList {
  #drawn = new Map();
  #surfaces = new Map();

  /**
   * @param {import("../workspace.js").Workspace} workspace
   * @param {{channel: string, inThread: boolean, openThread?: (ts: string) => void,
   *          acted?: () => void}} how
   */
  constructor(workspace, how) {
    this.workspace = workspace;
    this.how = how;
    this.rows = el("div", { class: "messages-rows" });
    this.node = el(
      "div",
      { class: "messages", role: "log", "aria-live": "polite", tabindex: "0" },
      this.rows,
    );
    this.watcher = new ResizeObserver(() => this.#stick());
    this.watcher.observe(this.rows);
    this.watcher.observe(this.node);
    this.atBottom = true;
    this.node.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.node;
      this.atBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    });
  }

  /**
   * Draw messages; those that have not changed keep their nodes, and what is filled in on them.
   *
   * @param {Object[]} messages oldest first
   * @param {{newFrom?: string, empty?: *, afterFirst?: () => *}} [marks] `newFrom`: the ts of the first unread one
   */
  show(messages, { newFrom = "", empty = null, afterFirst = null } = {}) {
    const before = this.#drawn;
    this.#drawn = new Map();
    const rows = [];
    let last = null;
    for (const [index, message] of messages.entries()) {
      const day = this.#dayOf(message);
      const isNew = message.ts === newFrom;
      if (!this.how.inThread && (!last || this.#dayOf(last) !== day))
        rows.push(this.#divider(message, isNew));
      else if (isNew) rows.push(newLine(this.workspace.words));
      const grouped = !isNew && this.#belongsTo(last, message) && !(afterFirst && index === 1);
      rows.push(this.#row(message, grouped, before));
      if (index === 0 && afterFirst) rows.push(afterFirst());
      last = message;
    }
    for (const ts of this.#surfaces.keys()) {
      if (!messages.some((message) => message.ts === ts)) this.#surfaces.delete(ts);
    }
    replaceRows(this.rows, messages.length > 0 ? rows : [empty].filter(Boolean));
    replacePopover();
    this.#stick();
  }

  /** Show the newest message. */
  toBottom() {
    this.atBottom = true;
    this.#stick();
  }

  /** Stop watching; the list is no longer shown. */
  dismiss() {
    this.watcher.disconnect();
  }

  #stick() {
    if (this.atBottom) this.node.scrollTop = this.node.scrollHeight;
  }

  #dayOf(message) {
    return this.workspace.dates.day(instantOf(message.ts));
  }

  #belongsTo(last, message) {
    if (!last || last.user !== message.user || last.username !== message.username) return false;
    if (last.ephemeral || message.ephemeral || last.reply_count > 0) return false;
    if (this.#dayOf(last) !== this.#dayOf(message)) return false;
    return instantOf(message.ts) - instantOf(last.ts) < GROUPED_WITHIN;
  }

  #row(message, grouped, before) {
    const signature = JSON.stringify([message, grouped, this.workspace.locale]);
    const kept = before.get(message.ts);
    const node = kept?.signature === signature ? kept.node : this.#draw(message, grouped);
    this.#drawn.set(message.ts, { signature, node });
    return node;
  }

  #draw(message, grouped) {
    if (!this.#surfaces.has(message.ts)) {
      const container = { type: "message", channel: this.how.channel, ts: message.ts };
      const place = { kind: "message", container, sent: this.how.acted };
      this.#surfaces.set(message.ts, new Surface(this.workspace, place));
    }
    return messageNode(message, this.#surfaces.get(message.ts), { ...this.how, grouped });
  }

  #divider(message, isNew) {
    const { words, dates } = this.workspace;
    const text = dates.divider(instantOf(message.ts), this.workspace.now());
    return el(
      "div",
      { class: isNew ? "date-line is-new" : "date-line", role: "separator" },
      el("span", { class: "date-pill" }, text),
      isNew ? el("span", { class: "new-mark" }, words.newMessages) : null,
    );
  }
}

function newLine(words) {
  return el(
    "div",
    { class: "new-line", role: "separator" },
    el("span", { class: "new-mark" }, words.newMessages),
  );
}

/** Put rows in place and leave alone those that are there already, so that focus stays. */
function replaceRows(parent, rows) {
  const wanted = new Set(rows);
  for (const child of [...parent.children]) {
    if (!wanted.has(child)) child.remove();
  }
  rows.forEach((row, index) => {
    if (parent.children[index] !== row) parent.insertBefore(row, parent.children[index] ?? null);
  });
}
