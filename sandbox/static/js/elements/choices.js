/** Checkboxes and radio buttons. */

import { el, freshId } from "../dom.js";
import { textNode } from "../text/objects.js";

/** Boxes to tick; the app hears of each tick where the element dispatches. */
export function checkboxes(element, place, surface) {
  const initial = { type: element.type, selected_options: element.initial_options ?? [] };
  const { selected_options: chosen } = surface.form.take(place.blockId, element.action_id, initial);
  const ticked = new Set(chosen.map((option) => option.value));
  const boxes = element.options.map((option) =>
    choice("checkbox", freshId("box"), option, ticked.has(option.value), surface),
  );

  async function changed(event) {
    const selected = element.options.filter((_, at) => boxes[at].querySelector("input").checked);
    const kept = await surface.choose(
      place,
      element,
      { type: element.type, selected_options: selected },
      group,
    );
    if (!kept) event.target.checked = !event.target.checked;
  }

  const group = groupOf("group", place, boxes, changed);
  return group;
}

/** One of several. */
export function radioButtons(element, place, surface) {
  const initial = { type: element.type, selected_option: element.initial_option ?? null };
  const { selected_option: chosen } = surface.form.take(place.blockId, element.action_id, initial);
  const name = freshId("radio");
  let current = chosen?.value;
  const dots = element.options.map((option) =>
    choice("radio", name, option, option.value === current, surface),
  );

  async function changed(event) {
    const option = element.options.find((one) => one.value === event.target.value);
    const kept = await surface.choose(
      place,
      element,
      { type: element.type, selected_option: option },
      group,
    );
    if (kept) current = option.value;
    else restore();
  }

  function restore() {
    for (const dot of dots) {
      const input = dot.querySelector("input");
      input.checked = input.value === current;
    }
  }

  const group = groupOf("radiogroup", place, dots, changed);
  return group;
}

function groupOf(role, place, choices, changed) {
  const props = {
    class: "choices",
    role,
    "aria-labelledby": place.labelId ?? null,
    "aria-label": place.labelId ? null : place.label || null,
    "aria-describedby": place.describedBy ?? null,
    onchange: changed,
  };
  return el("div", props, choices);
}

function choice(type, name, option, checked, surface) {
  const { workspace } = surface;
  return el(
    "label",
    { class: "choice" },
    el("input", { type, name, value: option.value, checked }),
    el(
      "span",
      { class: "choice-words" },
      el("span", { class: "choice-text" }, textNode(option.text, workspace)),
      option.description
        ? el("span", { class: "choice-description" }, textNode(option.description, workspace))
        : null,
    ),
  );
}
