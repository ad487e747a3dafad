/** The list that comes up while one types "/", "@" or "#". */

import { el, freshId } from "../dom.js";
import { closePopover, isOpenFor, openPopover } from "../popover.js";
import { icon } from "../icons.js";
import { avatar } from "./avatar.js";

const MOST = 8;

/**
 * @typedef {{kind: "command" | "person" | "channel", insert: string, id?: string, label: *,
 *            hint?: string, text: string}} Suggestion
 */

/**
 * What could be meant by the text before the caret.
 *
 * @param {string} before the text up to the caret
 * @param {import("../workspace.js").Workspace} workspace
 * @returns {{from: number, offers: Suggestion[]} | null} `from`: where the typed word begins
 */
export function suggestionsFor(before, workspace) {
  const command = before.match(/^\/\S*$/);
  if (command) return { from: 0, offers: commands(command[0], workspace) };
  const person = before.match(/(^|\s)@([\p{L}\p{N}._'’-]*(?: [\p{L}\p{N}._'’-]*)?)$/u);
  if (person)
    return { from: before.length - person[2].length - 1, offers: people(person[2], workspace) };
  const channel = before.match(/(^|\s)#([\p{L}\p{N}_-]*)$/u);
  if (channel)
    return { from: before.length - channel[2].length - 1, offers: channels(channel[2], workspace) };
  return null;
}

function commands(typed, workspace) {
  return (workspace.app?.commands ?? [])
    .filter((one) => one.command.startsWith(typed))
    .map((one) => ({
      kind: "command",
      insert: `${one.command} `,
      text: one.command,
      label: [
        el("strong", {}, one.command),
        one.usage_hint ? el("span", { class: "suggestion-usage" }, ` ${one.usage_hint}`) : null,
      ],
      hint: one.description,
    }));
}

function people(typed, workspace) {
  const wanted = typed.toLowerCase();
  return workspace.users
    .filter((user) => !user.deleted)
    .filter(
      (user) =>
        `${user.real_name} ${user.name}`
          .toLowerCase()
          .split(/\s+/)
          .some((word) => word.startsWith(wanted)) ||
        `${user.real_name}`.toLowerCase().startsWith(wanted),
    )
    .map((user) => ({
      kind: "person",
      id: user.id,
      insert: `@${workspace.nameOf(user.id)}`,
      text: workspace.nameOf(user.id),
      label: [
        avatar(user, 20),
        el("strong", {}, workspace.nameOf(user.id)),
        el("span", { class: "suggestion-usage" }, user.name),
      ],
    }));
}

function channels(typed, workspace) {
  return workspace.channels
    .filter((channel) => channel.kind !== "im" && channel.name.startsWith(typed.toLowerCase()))
    .map((channel) => ({
      kind: "channel",
      id: channel.id,
      insert: `#${channel.name}`,
      text: channel.name,
      label: [icon(channel.kind === "private" ? "lock" : "hash", 14), channel.name],
    }));
}

/** The list itself: shown over the composer, steered from its field. */
export class Completion {
  /**
   * @param {HTMLElement} anchor the list comes up above it
   * @param {HTMLTextAreaElement} field
   * @param {(suggestion: Suggestion, from: number) => void} take
   */
  constructor(anchor, field, take) {
    this.anchor = anchor;
    this.field = field;
    this.take = take;
    this.offers = [];
    this.at = 0;
  }

  /** Whether the list is up. */
  get isOpen() {
    return this.offers.length > 0 && isOpenFor(this.anchor);
  }

  /** Offer what fits, or nothing. @param {{from: number, offers: Suggestion[]} | null} found */
  offer(found, title) {
    this.close();
    this.offers = found?.offers.slice(0, MOST) ?? [];
    if (this.offers.length === 0) return;
    this.from = found.from;
    this.at = 0;
    const listId = freshId("suggestions");
    const nodes = this.offers.map((one, index) => this.#node(one, index));
    const panel = el(
      "div",
      { class: "suggestions", dataset: { testid: "suggestions" } },
      el("div", { class: "menu-heading" }, title(this.offers[0].kind)),
      el("div", { id: listId, role: "listbox" }, nodes),
    );
    openPopover(this.anchor, panel, { above: true, asWide: true, onClose: () => this.#closed() });
    this.nodes = nodes;
    this.field.setAttribute("aria-controls", listId);
    this.field.setAttribute("aria-expanded", "true");
    this.#point(0);
  }

  /** Put the list away. */
  close() {
    if (isOpenFor(this.anchor)) closePopover();
  }

  /** Use a key on the list. @returns {boolean} whether the key was for the list */
  key(event) {
    if (!this.isOpen) return false;
    const current = this.offers[this.at];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#point((this.at + step + this.offers.length) % this.offers.length);
    } else if (event.key === "Enter" || event.key === "Tab") {
      const isWhole = current.kind === "command" && this.field.value === current.text;
      if (event.key === "Enter" && isWhole) return false;
      this.take(current, this.from);
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  #closed() {
    this.offers = [];
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  #point(index) {
    this.at = index;
    this.nodes.forEach((node, position) => {
      node.classList.toggle("option-at", position === index);
      node.setAttribute("aria-selected", position === index ? "true" : "false");
    });
    this.field.setAttribute("aria-activedescendant", this.nodes[index].id);
    this.nodes[index].scrollIntoView({ block: "nearest" });
  }

  #node(suggestion, index) {
    const node = el(
      "div",
      {
        class: "suggestion",
        role: "option",
        id: freshId("suggestion"),
        dataset: { value: suggestion.id ?? suggestion.text },
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => this.take(suggestion, this.from),
        onpointermove: () => this.#point(index),
      },
      el("span", { class: "suggestion-label" }, suggestion.label),
      suggestion.hint ? el("span", { class: "suggestion-hint" }, suggestion.hint) : null,
    );
    return node;
  }
}
