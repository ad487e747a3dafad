/** The page as a whole: what is in view, and what has to be read again when something happens. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { listen } from "./live.js";
import { closePopover } from "./popover.js";
import { addressOf, readRoute, writeRoute } from "./route.js";
import { afterPause, oneAtATime } from "./steady.js";
import { ChannelPane } from "./panes/channel.js";
import { DeveloperDrawer } from "./panes/developer.js";
import { HomePane } from "./panes/home.js";
import { ModalLayer } from "./panes/modals.js";
import { Sidebar } from "./panes/sidebar.js";
import { ThreadPane } from "./panes/thread.js";

const SETTLE = 40;

/** Holds the panes, the modals and the drawer, and follows the server's events. */
export class Page {
  #drafts = new Map();
  #notes = new Map();
  #pane = null;
  #thread = null;

  /**
   * @param {import("./workspace.js").Workspace} workspace already read once
   * @param {HTMLElement} root
   */
  constructor(workspace, root) {
    this.workspace = workspace;
    this.root = root;
    this.route = readRoute();
    this.sidebar = new Sidebar(workspace, {
      go: (route) => this.go(route),
      become: (userId) => location.assign(addressOf({ ...this.route, as: userId, thread: "" })),
      toggleDeveloper: () => this.#toggleDeveloper(),
    });
    this.banner = el("div", { class: "page-banner", role: "status", hidden: true });
    this.centre = el("div", { class: "centre" });
    this.modals = new ModalLayer(workspace);
    this.developer = new DeveloperDrawer(workspace.api, () =>
      this.sidebar.developer.setAttribute("aria-expanded", "false"),
    );
    this.refreshState = oneAtATime(() => workspace.refresh().catch(() => {}));
    this.stateSoon = afterPause(SETTLE, () => this.refreshState());
  }

  /** Show a route and follow what happens. @param {import("./route.js").Route} route */
  start(route) {
    const { workspace } = this;
    document.documentElement.lang = workspace.locale;
    this.root.replaceChildren(this.banner, this.sidebar.node, this.centre);
    this.centre.append(this.developer.node);
    document.body.append(this.modals.node);
    workspace.addEventListener("change", () => this.#showState());
    workspace.addEventListener("go", (event) =>
      this.go({ channel: event.detail.channel, tab: "messages" }),
    );
    addEventListener("popstate", () => this.#show(readRoute()));
    this.#show(this.#completed(route));
    listen(route.as, {
      change: (news) => this.#heard(news),
      open: () => this.#readAll(),
      lost: () => this.#showBanner(true),
    });
  }

  /** Go somewhere else in the workspace. @param {{channel: string, tab: string}} where */
  go({ channel, tab }) {
    const route = { as: this.route.as, channel, tab, thread: "" };
    writeRoute(route);
    this.#show(route);
    this.#pane.focus();
  }

  /** A route without a channel begins in the first one. */
  #completed(route) {
    const { workspace } = this;
    if (workspace.channel(route.channel)) return route;
    const first = workspace.channels.find((channel) => channel.is_member && channel.kind !== "im");
    const completed = {
      ...route,
      channel: (first ?? workspace.channels[0])?.id ?? "",
      tab: "messages",
      thread: "",
    };
    writeRoute(completed, { replace: true });
    return completed;
  }

  #show(route) {
    closePopover();
    if (this.#pane) this.#drafts.set(this.#pane.channelId, this.#pane.draft);
    this.#pane?.dismiss();
    this.route = route;
    this.workspace.currentChannel = route.channel;
    this.#pane = this.#paneFor(route);
    this.centre.querySelector(":scope > .pane")?.remove();
    if (this.#pane) this.centre.prepend(this.#pane.node);
    this.#showThread(route.thread);
    this.#showState();
    if (this.#pane instanceof HomePane) this.#pane.enter();
    else this.#pane?.refresh();
    if (this.#pane instanceof ChannelPane && this.#isApp(route.channel)) this.#enterAppMessages();
  }

  #isApp(channel) {
    return channel === this.workspace.appChannel()?.id;
  }

  /** Slack tells the app of this tab too; whether it takes it matters to nobody here. */
  #enterAppMessages() {
    this.workspace.api.post("/sandbox/home/open", { tab: "messages" }).catch(() => {});
  }

  #paneFor({ channel, tab }) {
    const { workspace } = this;
    const isApp = this.#isApp(channel);
    const acted = () => this.#acted();
    if (tab === "home" && workspace.app)
      return new HomePane(workspace, { tabs: this.#tabs(tab), acted });
    if (!workspace.channel(channel)) return null;
    if (!this.#notes.has(channel)) this.#notes.set(channel, []);
    return new ChannelPane(workspace, channel, {
      openThread: (ts) => this.#openThread(ts),
      acted,
      tabs: isApp ? this.#tabs(tab) : null,
      draft: this.#drafts.get(channel),
      notes: this.#notes.get(channel),
    });
  }

  /** The app's two faces. */
  #tabs(current) {
    const { words, app } = this.workspace;
    if (app.home === false) return null;
    const channel = this.workspace.appChannel()?.id ?? "";
    const tab = (name, label) =>
      el(
        "button",
        {
          type: "button",
          class: "tab",
          role: "tab",
          "aria-selected": name === current ? "true" : "false",
          dataset: { testid: `tab-${name}` },
          onclick: () => this.go({ channel, tab: name }),
        },
        label,
      );
    return el(
      "div",
      { class: "tabs", role: "tablist" },
      tab("home", words.home),
      tab("messages", words.messages),
    );
  }

  #openThread(ts) {
    this.route = { ...this.route, thread: ts };
    writeRoute(this.route, { replace: true });
    this.#showThread(ts);
    this.#thread.focus();
  }

  #showThread(ts) {
    this.#thread?.dismiss();
    this.#thread?.node.remove();
    this.#thread = null;
    this.root.classList.toggle("has-thread", Boolean(ts));
    if (!ts) return;
    this.#thread = new ThreadPane(
      this.workspace,
      { channel: this.route.channel, ts },
      {
        close: () => {
          this.route = { ...this.route, thread: "" };
          writeRoute(this.route, { replace: true });
          this.#showThread("");
        },
        acted: () => this.#acted(),
      },
    );
    this.root.append(this.#thread.node);
    this.#thread.refresh();
  }

  #showState() {
    const { workspace } = this;
    this.sidebar.show(this.route);
    this.#pane?.showHead();
    this.#showBanner(false);
    const waiting = workspace.channels.reduce(
      (sum, channel) => sum + (channel.mention || channel.kind === "im" ? channel.unread : 0),
      0,
    );
    document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${workspace.team.name}`;
  }

  #showBanner(isLost) {
    const { workspace } = this;
    const { words, app } = workspace;
    const text = isLost
      ? words.dropped
      : app && !workspace.connected
        ? words.notConnected(app.name)
        : "";
    this.banner.hidden = text === "";
    if (this.banner.dataset.text === text) return;
    this.banner.dataset.text = text;
    this.banner.replaceChildren(icon("plug", 18), text);
  }

  /** Something was done here: the app may already have answered. */
  #acted() {
    this.modals.refresh();
    this.stateSoon();
  }

  #heard(news) {
    if (news.what === "views") this.modals.refresh();
    if (news.what === "home" && this.#pane instanceof HomePane) this.#pane.refresh();
    if (news.what === "messages") this.#messagesChanged(news.channel);
    if (news.what === "clock") this.#messagesChanged();
    if (news.what !== "views") this.stateSoon();
  }

  async #messagesChanged(channel) {
    if (channel && channel !== this.route.channel) return;
    await this.refreshState();
    if (this.#pane instanceof ChannelPane) this.#pane.refresh();
    this.#thread?.refresh();
  }

  async #readAll() {
    await this.refreshState();
    this.#pane?.refresh();
    this.#thread?.refresh();
    this.modals.refresh();
  }

  #toggleDeveloper() {
    this.sidebar.developer.setAttribute("aria-expanded", String(this.developer.toggle()));
  }
}
