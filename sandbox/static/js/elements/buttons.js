/** Elements one presses: button, overflow, icon and feedback buttons. */

import { el, safeUrl } from "../dom.js";
import { icon } from "../icons.js";
import { toggleMenu } from "../menu.js";
import { bare, plainNodes } from "../text/objects.js";

/** A button; with a `url` it opens that page and still tells the app, as Slack does. */
export function button(element, place, surface) {
  const style = element.style ? ` button-${element.style}` : "";
  const node = el(
    "button",
    {
      type: "button",
      class: `button${style}`,
      "aria-label": element.accessibility_label ?? null,
      dataset: { value: element.value ?? null },
      onclick: press,
    },
    el("span", { class: "button-words" }, plainNodes(element.text)),
  );

  async function press() {
    const url = element.url ? safeUrl(element.url) : null;
    if (url) window.open(url, "_blank", "noopener");
    const action = {
      text: element.text,
      ...(element.value === undefined ? {} : { value: element.value }),
    };
    await surface.press(place, element, action, node);
  }

  return node;
}

/** Three dots with a menu of options. */
export function overflow(element, place, surface) {
  const node = el(
    "button",
    {
      type: "button",
      class: "button button-overflow",
      "aria-label": surface.workspace.words.moreActions,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => toggleMenu(node, element.options.map(item), { align: "end" }),
    },
    icon("more", 18),
  );

  function item(option) {
    return {
      label: plainNodes(option.text),
      description: option.description ? bare(option.description) : undefined,
      dataset: { value: option.value ?? null },
      pick() {
        const url = option.url ? safeUrl(option.url) : null;
        if (url) window.open(url, "_blank", "noopener");
        return surface.press(place, element, { selected_option: option }, node);
      },
    };
  }

  return node;
}

/** A small button with a picture; the sandbox writes its words. */
export function iconButton(element, place, surface) {
  const words = bare(element.text);
  const node = el(
    "button",
    {
      type: "button",
      class: "button button-small",
      "aria-label": element.accessibility_label ?? null,
      onclick: () => surface.press(place, element, valueOf(element), node),
    },
    words,
  );
  return node;
}

/** A pair of buttons: good answer, bad answer. */
export function feedbackButtons(element, place, surface) {
  const pair = [element.positive_button, element.negative_button].map((one) => {
    const node = el(
      "button",
      {
        type: "button",
        class: "button button-small",
        "aria-label": one.accessibility_label ?? null,
        onclick: () => surface.press(place, element, { ...valueOf(one), text: one.text }, node),
      },
      bare(one.text),
    );
    return node;
  });
  return el("div", { class: "button-pair" }, pair);
}

function valueOf(element) {
  return element.value === undefined ? {} : { value: element.value };
}
