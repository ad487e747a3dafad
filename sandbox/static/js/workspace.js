/** What this page knows of the workspace: people, channels, the app, the clock. */

import { Dates } from "./dates.js";
import { wordsFor } from "./words.js";

/** Slack's own voice: neither a person nor an app. */
export const SLACKBOT = "USLACKBOT";

/** Tells "change" whenever the server's state has been read again. */
export class Workspace extends EventTarget {
  #users = new Map();
  #channels = new Map();
  #ahead = 0;

  /** @param {import("./api.js").Api} api */
  constructor(api) {
    super();
    this.api = api;
    this.channels = [];
    this.users = [];
    /** The channel in view, for selects that start with it. */
    this.currentChannel = "";
  }

  /** Read the state again. @throws {import("./api.js").Refused} */
  async refresh() {
    const state = await this.api.get("/sandbox/state");
    this.me = state.me;
    this.team = state.team;
    this.app = state.app;
    this.connected = state.connected;
    this.users = state.users;
    this.channels = state.channels;
    this.#users = new Map(state.users.map((user) => [user.id, user]));
    this.#channels = new Map(state.channels.map((channel) => [channel.id, channel]));
    this.#ahead = Date.parse(state.now) - Date.now();
    if (this.dates?.locale !== this.locale || this.dates?.zone !== this.me.tz) {
      this.words = wordsFor(this.locale);
      this.dates = new Dates(this.locale, this.me.tz ?? "UTC", this.words);
    }
    this.dispatchEvent(new Event("change"));
  }

  /** The reader's locale. */
  get locale() {
    return this.me?.locale ?? "en-US";
  }

  /** The workspace's own time, which may be far from the computer's. */
  now() {
    return new Date(Date.now() + this.#ahead);
  }

  user(id) {
    return this.#users.get(id);
  }

  channel(id) {
    return this.#channels.get(id);
  }

  /** The name people see: the real name, else the short one, else the id itself. */
  nameOf(userId) {
    const user = this.user(userId);
    return user?.real_name || user?.name || userId;
  }

  /** A channel as people say it: "#aurore", or the other person's name. */
  channelName(channel) {
    if (channel.kind === "im") return this.nameOf(channel.user);
    return `#${channel.name}`;
  }

  /** The direct-message channel with the app, or undefined. */
  appChannel() {
    return this.channels.find(
      (channel) => channel.kind === "im" && channel.user === this.app?.bot_user_id,
    );
  }

  /** People one can be: neither bots nor deactivated. */
  get persons() {
    return this.users.filter((user) => !user.is_bot && !user.deleted && user.id !== SLACKBOT);
  }
}
