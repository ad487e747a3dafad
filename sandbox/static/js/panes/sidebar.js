/** The left column: the workspace, who one is, channels, people, the app, the clock. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { avatar } from "./avatar.js";
import { clockPanel } from "./clock.js";
import { personChoice } from "./people.js";

/** Drawn again whenever the workspace has been read. */
export class Sidebar {
  /**
   * @param {import("../workspace.js").Workspace} workspace
   * @param {{go: (route: Object) => void, become: (userId: string) => void,
   *          toggleDeveloper: () => void}} does
   */
  constructor(workspace, does) {
    this.workspace = workspace;
    this.does = does;
    this.lists = el("nav", { class: "sidebar-lists" });
    this.who = el("div", { class: "sidebar-who" });
    this.title = el("div", { class: "sidebar-team" });
    this.clock = clockPanel(workspace);
    this.developer = el(
      "button",
      {
        type: "button",
        class: "sidebar-developer",
        "aria-expanded": "false",
        dataset: { testid: "developer" },
        onclick: does.toggleDeveloper,
      },
      icon("code", 16),
      "Developer",
    );
    this.node = el(
      "aside",
      { class: "sidebar" },
      el("header", { class: "sidebar-head" }, this.title, this.who),
      this.lists,
      el("footer", { class: "sidebar-foot" }, this.clock.node, this.developer),
    );
  }

  /** Draw it again. @param {{channel: string, tab: string}} route what is in view */
  show(route) {
    const { workspace } = this;
    const { words } = workspace;
    this.title.textContent = workspace.team.name;
    this.who.replaceChildren(personChoice(workspace, this.does.become));
    this.lists.setAttribute("aria-label", words.channels);
    const focused = document.activeElement?.dataset?.entry;

    const open = workspace.channels.filter((channel) => channel.kind !== "im");
    const ims = workspace.channels.filter(
      (channel) => channel.kind === "im" && channel.user !== workspace.app?.bot_user_id,
    );
    this.lists.replaceChildren(
      ...this.#list(
        words.channels,
        open.filter((channel) => channel.is_member),
        route,
      ),
      ...this.#list(
        words.otherChannels,
        open.filter((channel) => !channel.is_member),
        route,
      ),
      ...this.#list(words.directMessages, ims, route),
      ...this.#apps(route),
    );
    if (focused) this.lists.querySelector(`[data-entry="${CSS.escape(focused)}"]`)?.focus();
    this.clock.show();
  }

  #list(title, channels, route) {
    if (channels.length === 0) return [];
    return [
      el("h2", { class: "sidebar-title" }, title),
      el(
        "ul",
        { class: "sidebar-list" },
        channels.map((channel) => el("li", {}, this.#entry(channel, route))),
      ),
    ];
  }

  #entry(channel, route) {
    const here = route.channel === channel.id;
    const classes = [
      "entry",
      here ? "is-here" : "",
      channel.unread > 0 ? "is-unread" : "",
      channel.is_member || channel.kind === "im" ? "" : "is-outside",
    ];
    return el(
      "button",
      {
        type: "button",
        class: classes.filter(Boolean).join(" "),
        "aria-current": here ? "page" : null,
        dataset: { channel: channel.id, entry: channel.id },
        onclick: () => this.does.go({ channel: channel.id, tab: "messages" }),
      },
      this.#sign(channel),
      el("span", { class: "entry-name" }, this.#name(channel)),
      badge(channel, this.workspace.words),
    );
  }

  #sign(channel) {
    if (channel.kind === "im") return avatar(this.workspace.user(channel.user), 20);
    return el(
      "span",
      { class: "entry-sign" },
      icon(channel.kind === "private" ? "lock" : "hash", 16),
    );
  }

  #name(channel) {
    if (channel.kind !== "im") return channel.name;
    const suffix =
      channel.user === this.workspace.me.id ? ` ${this.workspace.words.youSuffix}` : "";
    return this.workspace.nameOf(channel.user) + suffix;
  }

  /** The app stands apart: its Home tab, and its messages. */
  #apps(route) {
    const { workspace, does } = this;
    const { app, words } = workspace;
    if (!app) return [];
    const channel = workspace.appChannel();
    const here = channel && route.channel === channel.id;
    const link = (tab, label, dataset) =>
      el(
        "button",
        {
          type: "button",
          class: `entry entry-sub${here && route.tab === tab ? " is-here" : ""}${tab === "messages" && channel?.unread ? " is-unread" : ""}`,
          "aria-current": here && route.tab === tab ? "page" : null,
          dataset,
          onclick: () => does.go({ channel: channel?.id ?? "", tab }),
        },
        el("span", { class: "entry-name" }, label),
        tab === "messages" && channel ? badge(channel, words) : null,
      );
    return [
      el("h2", { class: "sidebar-title" }, words.apps),
      el(
        "ul",
        { class: "sidebar-list" },
        el(
          "li",
          {},
          el(
            "div",
            { class: "entry entry-app" },
            avatar(workspace.user(app.bot_user_id), 20),
            el("span", { class: "entry-name" }, app.name),
            el("span", { class: workspace.connected ? "presence" : "presence is-off" }),
          ),
        ),
        app.home === false
          ? null
          : el("li", {}, link("home", words.home, { testid: "app-home", entry: "home" })),
        channel
          ? el(
              "li",
              {},
              link("messages", words.messages, {
                testid: "app-messages",
                channel: channel.id,
                entry: channel.id,
              }),
            )
          : null,
      ),
    ];
  }
}

/** How many messages wait: a red badge where one is named, a quiet one elsewhere. */
function badge(channel, words) {
  if (!channel.unread) return null;
  const loud = channel.mention || channel.kind === "im";
  return el(
    "span",
    { class: loud ? "badge badge-loud" : "badge", "aria-label": words.unread(channel.unread) },
    String(channel.unread),
  );
}
