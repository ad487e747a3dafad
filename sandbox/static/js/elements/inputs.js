/** Fields one types into. */

import { el } from "../dom.js";
import { bare } from "../text/objects.js";
import { richTextWords } from "../text/richtext.js";
import { afterPause } from "../steady.js";

const TYPING_PAUSE = 300;

/** A line or an area of text, with a count where the app sets limits. */
export function plainTextInput(element, place, surface) {
  const tag = element.multiline ? "textarea" : "input";
  const field = fieldNode(tag, element, place, { rows: element.multiline ? 4 : null });
  const counter = lengthCounter(element, field);
  return bind(field, element, place, surface, { counter });
}

/** An e-mail address. */
export function emailInput(element, place, surface) {
  const props = { type: "email", inputmode: "email", autocomplete: "off" };
  return bind(fieldNode("input", element, place, props), element, place, surface);
}

/** A web address. */
export function urlInput(element, place, surface) {
  const props = { type: "url", inputmode: "url", autocomplete: "off" };
  return bind(fieldNode("input", element, place, props), element, place, surface);
}

/** A number; a decimal comma is read as a point. */
export function numberInput(element, place, surface) {
  const inputmode = element.is_decimal_allowed ? "decimal" : "numeric";
  const field = fieldNode("input", element, place, { inputmode, class: "text-field number-field" });
  return bind(field, element, place, surface, { read: (typed) => typed.trim().replace(",", ".") });
}

/** Formatted text, here typed plain and sent as one rich_text section. */
export function richTextInput(element, place, surface) {
  const field = fieldNode("textarea", element, place, { rows: 4 });
  const initial = { type: element.type, rich_text_value: element.initial_value ?? null };
  const { rich_text_value: kept } = surface.form.take(place.blockId, element.action_id, initial);
  field.value = richTextWords(kept);
  field.addEventListener("input", () => {
    const state = { type: element.type, rich_text_value: richTextOf(field.value) };
    surface.form.put(place.blockId, element.action_id, state);
  });
  return el("div", { class: "field-box" }, field);
}

function richTextOf(words) {
  if (words === "") return null;
  const section = { type: "rich_text_section", elements: [{ type: "text", text: words }] };
  return { type: "rich_text", elements: [section] };
}

function fieldNode(tag, element, place, props) {
  return el(tag, {
    type: tag === "input" ? "text" : null,
    class: "text-field",
    placeholder: bare(element.placeholder) || null,
    "aria-labelledby": place.labelId ?? null,
    "aria-label": place.labelId ? null : place.label || bare(element.placeholder) || null,
    "aria-describedby": place.describedBy ?? null,
    "aria-required": place.labelId && !place.optional ? "true" : null,
    autocomplete: "off",
    ...props,
  });
}

/** Tie a field to the form and to the moments at which the app wants to hear of it. */
function bind(field, element, place, surface, { counter = null, read = (typed) => typed } = {}) {
  const initial = { type: element.type, value: element.initial_value ?? null };
  const { value } = surface.form.take(place.blockId, element.action_id, initial);
  field.value = value ?? "";
  counter?.update();
  const moments = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const state = () => ({ type: element.type, value: read(field.value) || null });
  const tell = () => surface.choose(place, element, state(), field);
  const tellLater = afterPause(TYPING_PAUSE, tell);

  field.addEventListener("input", () => {
    counter?.update();
    surface.form.put(place.blockId, element.action_id, state());
    if (place.dispatches && moments.includes("on_character_entered")) tellLater();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (field.tagName === "TEXTAREA" && !(event.metaKey || event.ctrlKey)) return;
    if (!place.dispatches || !moments.includes("on_enter_pressed")) return;
    event.preventDefault();
    tell();
  });
  return el("div", { class: "field-box" }, field, counter?.node);
}

/** How many characters there are, out of how many. */
function lengthCounter(element, field) {
  const { min_length: min = 0, max_length: max } = element;
  if (!max && !min) return null;
  const node = el("span", { class: "counter", "aria-hidden": "true" });
  function update() {
    const length = [...field.value].length;
    node.textContent = max ? `${length} / ${max}` : `${length} (≥ ${min})`;
    node.classList.toggle("counter-wrong", (max && length > max) || (length > 0 && length < min));
  }
  return { node, update };
}
