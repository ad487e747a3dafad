/** A field with a list of options one can search: the body of every select. */

import { el, freshId } from "../dom.js";
import { icon } from "../icons.js";
import { closePopover, openPopover, replacePopover } from "../popover.js";

/**
 * @typedef {{value: string, text: string, node?: () => *, description?: string, raw: *}} Item
 * @typedef {{label?: string, items: Item[]}} Group
 */

/**
 * Build a combobox.
 *
 * @param {Object} how
 * @param {Item[]} how.chosen at first
 * @param {boolean} how.multiple
 * @param {number} [how.most] how many may be chosen
 * @param {boolean} [how.clearable] a single choice may be taken back
 * @param {(query: string) => Promise<Group[] | string>} how.find the groups to offer, or a sentence
 *   to show instead of them
 * @param {(chosen: Item[]) => Promise<boolean>} how.change after each choice; false puts it back
 * @param {() => void} [how.done] after the list of a multiple choice has closed with changes
 * @param {string} how.placeholder
 * @param {Object} how.words
 * @param {Object<string, *>} [how.field] more attributes of the field
 * @returns {HTMLElement}
 */
export function combobox(how) {
  const { words } = how;
  const listId = freshId("list");
  let chosen = how.chosen;
  let shown = [];
  let at = -1;
  let asked = 0;
  let changed = false;
  let close = null;

  const field = el("input", {
    type: "text",
    class: "combo-field",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": listId,
    ...how.field,
  });
  const chips = el("span", { class: "combo-chips" });
  const wipe = el(
    "button",
    {
      type: "button",
      class: "icon-button combo-wipe",
      "aria-label": words.clear,
      onclick: () => set([]),
    },
    icon("close", 14),
  );
  const node = el(
    "div",
    { class: how.multiple ? "combo combo-many" : "combo" },
    chips,
    field,
    how.clearable && !how.multiple ? wipe : null,
    el("span", { class: "combo-arrow" }, icon("chevron", 16)),
  );
  const list = el("div", {
    id: listId,
    class: "options",
    role: "listbox",
    "aria-multiselectable": how.multiple ? "true" : null,
  });

  function draw() {
    const single = how.multiple ? "" : (chosen[0]?.text ?? "");
    field.value = single;
    field.placeholder = how.multiple && chosen.length > 0 ? "" : how.placeholder;
    wipe.hidden = chosen.length === 0;
    node.dataset.value = chosen.map((item) => item.value).join(",");
    chips.replaceChildren(...(how.multiple ? chosen.map(chip) : []));
  }

  function chip(item) {
    const remove = el(
      "button",
      {
        type: "button",
        class: "chip-remove",
        "aria-label": words.remove(item.text),
        onclick: () => drop(item),
      },
      icon("close", 12),
    );
    return el(
      "span",
      { class: "chip", dataset: { value: item.value } },
      item.node?.() ?? item.text,
      remove,
    );
  }

  async function set(next) {
    const before = chosen;
    chosen = next;
    draw();
    if (await how.change(next)) changed = true;
    else chosen = before;
    draw();
    if (!close) finish();
  }

  async function drop(item) {
    await set(chosen.filter((one) => one.value !== item.value));
    field.focus();
  }

  function finish() {
    if (how.multiple && changed) how.done?.();
    changed = false;
  }

  function openList() {
    if (close) return;
    field.setAttribute("aria-expanded", "true");
    list.replaceChildren();
    close = openPopover(node, list, {
      asWide: true,
      onClose() {
        close = null;
        at = -1;
        asked += 1;
        field.setAttribute("aria-expanded", "false");
        field.removeAttribute("aria-activedescendant");
        draw();
        finish();
      },
    });
    offer("");
  }

  async function offer(query) {
    asked += 1;
    const ask = asked;
    list.setAttribute("aria-busy", "true");
    const groups = await how.find(query);
    if (ask !== asked || !close) return;
    list.removeAttribute("aria-busy");
    shown = typeof groups === "string" ? [] : groups.flatMap((group) => group.items);
    list.replaceChildren(...listed(groups));
    const current = shown.findIndex((item) => isChosen(item));
    replacePopover();
    point(query === "" && current >= 0 ? current : 0);
  }

  function listed(groups) {
    if (typeof groups === "string") return [el("div", { class: "options-empty" }, groups)];
    if (shown.length === 0) return [el("div", { class: "options-empty" }, words.noMatch)];
    return groups
      .flatMap((group) => [
        group.label
          ? el("div", { class: "options-group", role: "presentation" }, group.label)
          : null,
        ...group.items.map(optionNode),
      ])
      .filter(Boolean);
  }

  function optionNode(item) {
    const row = el(
      "div",
      {
        class: "option",
        role: "option",
        id: freshId("option"),
        "aria-selected": isChosen(item) ? "true" : "false",
        dataset: { value: item.value },
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => pick(item),
      },
      el("span", { class: "option-tick" }, icon("check", 14)),
      el(
        "span",
        { class: "option-words" },
        el("span", { class: "option-text" }, item.node?.() ?? item.text),
        item.description ? el("span", { class: "option-description" }, item.description) : null,
      ),
    );
    row.addEventListener("pointermove", () => point(shown.indexOf(item), false));
    return row;
  }

  function isChosen(item) {
    return chosen.some((one) => one.value === item.value);
  }

  function point(index, scrolls = true) {
    at = index;
    const nodes = [...list.querySelectorAll("[role=option]")];
    nodes.forEach((one, position) => one.classList.toggle("option-at", position === index));
    if (!nodes[index]) return;
    field.setAttribute("aria-activedescendant", nodes[index].id);
    if (scrolls) nodes[index].scrollIntoView({ block: "nearest" });
  }

  async function pick(item) {
    if (!how.multiple) {
      close?.();
      await set([item]);
      return;
    }
    const without = chosen.filter((one) => one.value !== item.value);
    if (without.length === chosen.length && how.most && chosen.length >= how.most) {
      list.replaceChildren(el("div", { class: "options-empty" }, words.tooMany(how.most)));
      return;
    }
    await set(without.length === chosen.length ? [...chosen, item] : without);
    field.value = "";
    if (close) offer("");
  }

  field.addEventListener("focus", () => field.select());
  node.addEventListener("click", (event) => {
    if (event.target.closest("button")) return;
    field.focus();
    openList();
  });
  field.addEventListener("input", () => {
    const typed = field.value;
    openList();
    field.value = typed;
    offer(typed);
  });
  field.addEventListener("blur", () => {
    if (document.hasFocus()) closeSoon();
  });
  field.addEventListener("keydown", onKey);

  /** Focus may only have gone to this field's own chips. */
  function closeSoon() {
    setTimeout(() => {
      if (!node.contains(document.activeElement)) close?.();
    });
  }

  function onKey(event) {
    if (event.key === "Backspace" && field.value === "" && how.multiple && chosen.length > 0) {
      drop(chosen.at(-1));
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!close) openList();
      else
        point(Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), shown.length - 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (close && shown[at]) pick(shown[at]);
      else openList();
    } else if (event.key === "Tab") {
      closePopover();
    }
  }

  draw();
  return node;
}
