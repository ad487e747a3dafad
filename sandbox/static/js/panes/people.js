/** Choosing who one is. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { toggleMenu } from "../menu.js";
import { avatar } from "./avatar.js";

/**
 * The button that says who one is and lets one be someone else.
 *
 * @param {import("../workspace.js").Workspace} workspace
 * @param {(userId: string) => void} become
 */
export function personChoice(workspace, become) {
  const { me, words } = workspace;
  const node = el(
    "button",
    {
      type: "button",
      class: "who",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      dataset: { testid: "who", user: me.id },
      onclick: () => toggleMenu(node, items(), { label: words.who }),
    },
    avatar(me, 32),
    el(
      "span",
      { class: "who-words" },
      el("span", { class: "who-label" }, words.who),
      el("span", { class: "who-name" }, workspace.nameOf(me.id)),
    ),
    icon("chevron", 16),
  );

  function items() {
    return workspace.persons.map((user) => ({
      label: [avatar(user, 28), el("span", {}, workspace.nameOf(user.id))],
      description: [
        user.title,
        user.is_restricted ? words.guest : "",
        languageOf(user, workspace.locale),
      ]
        .filter(Boolean)
        .join(" · "),
      dataset: { user: user.id },
      checked: user.id === me.id,
      pick: () => become(user.id),
    }));
  }

  return node;
}

function languageOf(user, readerLocale) {
  if (!user.locale) return "";
  const language = user.locale.split("-")[0];
  return new Intl.DisplayNames(readerLocale, { type: "language" }).of(language);
}
