/** The select menus, single and multiple, of each source. */

import { avatar } from "../panes/avatar.js";
import { el } from "../dom.js";
import { bare, plainNodes } from "../text/objects.js";
import { SLACKBOT } from "../workspace.js";
import { combobox } from "./combobox.js";

const NEEDED_CHARACTERS = 3;

/** What each source is called in Slack's state and initial values. */
const STEMS = {
  static: "option",
  external: "option",
  users: "user",
  conversations: "conversation",
  channels: "channel",
};

/**
 * The drawer of one kind of select.
 *
 * @param {"static" | "external" | "users" | "conversations" | "channels"} source
 * @param {boolean} multiple
 */
export function selectFor(source, multiple) {
  const stem = STEMS[source];
  const stateKey = multiple ? `selected_${stem}s` : `selected_${stem}`;
  const initialKey = multiple ? `initial_${stem}s` : `initial_${stem}`;

  return function select(element, place, surface) {
    const { workspace } = surface;
    const offered = OFFERS[source](element, place, surface);
    const none = multiple ? [] : null;
    const start = element[initialKey] ?? defaultFor(element, source, multiple, workspace) ?? none;
    const initial = { type: element.type, [stateKey]: start };
    let kept = surface.form.take(place.blockId, element.action_id, initial);
    if (source === "static" && hasVanished(kept[stateKey], element)) {
      kept = initial;
      surface.form.put(place.blockId, element.action_id, initial);
    }
    const values = [kept[stateKey] ?? []].flat();
    let state = kept;

    const node = combobox({
      chosen: values.map((value) => offered.item(value)),
      multiple,
      most: element.max_selected_items,
      clearable: Boolean(place.labelId) && place.optional,
      placeholder: bare(element.placeholder) || workspace.words.chooseOption,
      words: workspace.words,
      find: offered.find,
      field: {
        "aria-labelledby": place.labelId ?? null,
        "aria-label": place.labelId ? null : bare(element.placeholder) || place.label || null,
        "aria-describedby": place.describedBy ?? null,
      },
      async change(chosen) {
        const raw = chosen.map((item) => item.raw);
        state = { type: element.type, [stateKey]: multiple ? raw : (raw[0] ?? null) };
        if (!multiple) return surface.choose(place, element, state, node);
        surface.form.put(place.blockId, element.action_id, state);
        return true;
      },
      done() {
        if (place.dispatches) surface.choose(place, element, state, node);
      },
    });
    return node;
  };
}

const OFFERS = {
  static: staticOffer,
  external: externalOffer,
  users: (_element, _place, { workspace }) => ({
    item: (id) => personItem(id, workspace),
    find: async (query) =>
      search(
        peopleFirst(workspace.users).map((user) => personItem(user.id, workspace)),
        query,
      ),
  }),
  conversations: (element, _place, { workspace }) => ({
    item: (id) => channelItem(id, workspace),
    find: async (query) => {
      const all = workspace.channels.filter((channel) =>
        wanted(channel, element.filter, workspace),
      );
      return search(
        all.map((channel) => channelItem(channel.id, workspace)),
        query,
      );
    },
  }),
  channels: (_element, _place, { workspace }) => ({
    item: (id) => channelItem(id, workspace),
    find: async (query) => {
      const all = workspace.channels.filter((channel) => channel.kind === "channel");
      return search(
        all.map((channel) => channelItem(channel.id, workspace)),
        query,
      );
    },
  }),
};

function staticOffer(element) {
  const groups = groupsOf(element);
  return {
    item: optionItem,
    find: async (query) =>
      groups
        .map((group) => ({ ...group, items: matching(group.items, query) }))
        .filter((group) => group.items.length > 0),
  };
}

/** Whether what was chosen is no longer among the options after an update. */
function hasVanished(chosen, element) {
  const offered = new Set(
    groupsOf(element).flatMap((group) => group.items.map((item) => item.value)),
  );
  return [chosen ?? []].flat().some((option) => !offered.has(option.value));
}

function externalOffer(element, place, surface) {
  const { words } = surface.workspace;
  const needed = element.min_query_length ?? NEEDED_CHARACTERS;
  return {
    item: optionItem,
    async find(query) {
      if (query.length < needed) return words.typeMore(needed);
      try {
        return groupsOf(await surface.options(place, element, query));
      } catch (refused) {
        return words.unanswered(surface.workspace.app.name, refused.error);
      }
    },
  };
}

function groupsOf({ options, option_groups: groups }) {
  if (!groups) return [{ items: (options ?? []).map(optionItem) }];
  return groups.map((group) => ({
    label: bare(group.label),
    items: group.options.map(optionItem),
  }));
}

function optionItem(option) {
  return {
    value: option.value,
    text: bare(option.text),
    node: () => plainNodes(option.text),
    description: option.description ? bare(option.description) : undefined,
    raw: option,
  };
}

function personItem(id, workspace) {
  const user = workspace.user(id);
  const text = workspace.nameOf(id);
  return {
    value: id,
    text,
    node: () => el("span", { class: "person" }, user ? avatar(user, 20) : null, text),
    description: user ? remark(user, workspace) : undefined,
    raw: id,
  };
}

/** Slack offers everyone, deactivated people and apps included; here these come last. */
function peopleFirst(users) {
  const rank = (user) => (user.deleted ? 2 : user.is_bot || user.id === SLACKBOT ? 1 : 0);
  return [...users].sort((one, other) => rank(one) - rank(other));
}

function remark(user, workspace) {
  const { words } = workspace;
  const remarks = [
    user.id === workspace.me.id ? words.youSuffix : "",
    user.is_bot ? words.app.toLowerCase() : "",
    user.is_restricted ? words.guest : "",
    user.deleted ? words.deactivated : "",
  ];
  return remarks.filter(Boolean).join(" · ") || undefined;
}

function channelItem(id, workspace) {
  const channel = workspace.channel(id);
  return { value: id, text: channel ? workspace.channelName(channel) : id, raw: id };
}

function wanted(channel, filter, workspace) {
  const kinds = { channel: "public", private: "private", im: "im" };
  if (filter?.include && !filter.include.includes(kinds[channel.kind])) return false;
  return !(filter?.exclude_bot_users && workspace.user(channel.user)?.is_bot);
}

function defaultFor(element, source, multiple, workspace) {
  if (source !== "conversations" || !element.default_to_current_conversation) return null;
  if (!workspace.currentChannel) return null;
  return multiple ? [workspace.currentChannel] : workspace.currentChannel;
}

function search(items, query) {
  return [{ items: matching(items, query) }];
}

/** Items whose text holds the query, whatever the case and accents. */
function matching(items, query) {
  const wantedText = folded(query);
  return items.filter((item) => folded(item.text).includes(wantedText));
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
