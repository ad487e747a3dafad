/** Where one writes. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { toggleMenu } from "../menu.js";
import { toast } from "../toast.js";
import { Attachments } from "./attachments.js";
import { Completion, suggestionsFor } from "./completion.js";

const TALLEST = 220;

/** One field with its buttons, for a channel or a thread. */
export class Composer {
  #mentions = [];

  /**
   * @param {import("../workspace.js").Workspace} workspace
   * @param {Object} how
   * @param {string} how.channel
   * @param {string} [how.thread] the ts of the thread's first message
   * @param {string} how.placeholder
   * @param {string} how.testid
   * @param {string} [how.draft] what had been typed here before
   * @param {(answer: Object, text: string) => void} how.sent
   */
  constructor(workspace, how) {
    this.workspace = workspace;
    this.how = how;
    const { words } = workspace;
    this.field = el("textarea", {
      class: "composer-field",
      rows: 1,
      placeholder: how.placeholder,
      "aria-label": how.placeholder,
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      role: "combobox",
      dataset: { testid: how.testid },
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
      onpaste: (event) => this.#pasted(event),
    });
    this.field.value = how.draft ?? "";
    this.attachments = new Attachments(workspace, () => this.#ready());
    this.usage = el("div", { class: "composer-usage" });
    this.sendButton = el(
      "button",
      {
        type: "button",
        class: "send",
        "aria-label": words.send,
        title: words.send,
        dataset: { testid: `${how.testid}-send` },
        onclick: () => this.send(),
      },
      icon("send", 18),
    );
    this.box = el(
      "div",
      { class: "composer-box" },
      this.attachments.shelf,
      this.field,
      el(
        "div",
        { class: "composer-bar" },
        this.attachments.button,
        this.#mentionButton(),
        this.#shortcutButton(),
        this.usage,
        this.sendButton,
      ),
    );
    this.node = el("div", { class: "composer" }, this.box);
    this.completion = new Completion(this.box, this.field, (one, from) => this.#take(one, from));
    this.#ready();
  }

  /** What is typed and not sent. */
  get draft() {
    return this.field.value;
  }

  focus() {
    this.field.focus();
  }

  /** Send what is typed and attached; a refusal puts it back. */
  async send() {
    const typed = this.field.value;
    const files = this.attachments.ids;
    if ((typed.trim() === "" && files.length === 0) || this.attachments.busy) return;
    const text = typed.startsWith("/") ? typed.trim() : typed.replace(/\s+$/, "");
    const message = {
      channel: this.how.channel,
      text: this.#asSlackWrites(text),
      ...(this.how.thread ? { thread_ts: this.how.thread } : {}),
      ...(files.length > 0 ? { files } : {}),
    };
    this.field.value = "";
    const attached = this.attachments.take();
    this.#typed();
    try {
      const answer = await this.workspace.api.post("/sandbox/message", message);
      this.how.sent(answer, typed);
    } catch (refused) {
      this.field.value ||= typed;
      this.attachments.putBack(attached);
      this.#typed();
      toast(`${this.workspace.words.trouble} (${refused.error})`);
    }
  }

  /** The mentions chosen from the list as Slack writes them; the server escapes the rest. */
  #asSlackWrites(text) {
    const longestFirst = [...this.#mentions].sort(
      (one, other) => other.shown.length - one.shown.length,
    );
    return longestFirst.reduce(
      (words, { shown, written }) => words.replaceAll(shown, written),
      text,
    );
  }

  #typed() {
    const { field, workspace } = this;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
    this.#ready();
    const before = field.value.slice(0, field.selectionStart);
    const found = field.value === "" ? null : suggestionsFor(before, workspace);
    const { words } = workspace;
    const titles = { command: words.commands, person: words.people, channel: words.channels };
    this.completion.offer(
      this.how.thread && found?.offers[0]?.kind === "command" ? null : found,
      (kind) => titles[kind],
    );
    this.#showUsage();
  }

  /** Remind of what can follow the command that has been typed. */
  #showUsage() {
    const [first] = this.field.value.split(/\s/);
    const command = this.workspace.app?.commands?.find((one) => one.command === first);
    const hint = command && this.field.value.includes(" ") ? command.usage_hint : "";
    this.usage.textContent = hint ? `${first} ${hint}` : "";
  }

  #take(suggestion, from) {
    const { field } = this;
    const after = field.value.slice(field.selectionStart);
    const inserted = suggestion.kind === "command" ? suggestion.insert : `${suggestion.insert} `;
    if (suggestion.kind === "person") this.#remember(suggestion.insert, `<@${suggestion.id}>`);
    if (suggestion.kind === "channel")
      this.#remember(suggestion.insert, `<#${suggestion.id}|${suggestion.text}>`);
    field.value = field.value.slice(0, from) + inserted + after.replace(/^ /, "");
    field.selectionStart = from + inserted.length;
    field.selectionEnd = field.selectionStart;
    field.focus();
    this.completion.close();
    this.#typed();
  }

  #remember(shown, written) {
    this.#mentions = [...this.#mentions.filter((one) => one.shown !== shown), { shown, written }];
  }

  #key(event) {
    if (this.completion.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.completion.close();
    this.send();
  }

  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.attachments.add(files);
  }

  #ready() {
    const something = this.field.value.trim() !== "" || this.attachments.ids.length > 0;
    this.sendButton.classList.toggle("is-ready", something && !this.attachments.busy);
  }

  #mentionButton() {
    const { words } = this.workspace;
    const put = () => {
      const { field } = this;
      const lead = field.value === "" || /\s$/.test(field.value) ? "@" : " @";
      field.setRangeText(lead, field.selectionStart, field.selectionEnd, "end");
      field.focus();
      this.#typed();
    };
    return el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": words.people,
        title: words.people,
        onclick: put,
      },
      icon("mention", 18),
    );
  }

  /** Global shortcuts, as under Slack's own "+". */
  #shortcutButton() {
    const { app, words, api } = this.workspace;
    const { channel } = this.how;
    const shortcuts = (app?.shortcuts ?? []).filter((one) => one.type === "global");
    if (shortcuts.length === 0) return null;
    const items = shortcuts.map((one) => ({
      label: one.name,
      description: app.name,
      dataset: { shortcut: one.callback_id },
      async pick() {
        try {
          await api.post("/sandbox/shortcut", { callback_id: one.callback_id, channel });
        } catch (refused) {
          toast(words.unanswered(app.name, refused.error));
        }
      },
    }));
    const node = el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": words.shortcuts,
        title: words.shortcuts,
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        dataset: { testid: "shortcuts" },
        onclick: () => toggleMenu(node, items, { above: true, label: words.shortcuts }),
      },
      icon("bolt", 18),
    );
    return node;
  }
}
