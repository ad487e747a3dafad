/** Block elements into nodes. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { button, feedbackButtons, iconButton, overflow } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { fileInput } from "./fileinput.js";
import { emailInput, numberInput, plainTextInput, richTextInput, urlInput } from "./inputs.js";
import { datePicker, dateTimePicker, timePicker } from "./pickers.js";
import { accessoryImage } from "./picture.js";
import { selectFor } from "./selects.js";

/**
 * @typedef {{blockId: string, dispatches: boolean, optional: boolean, label: string,
 *            labelId?: string, describedBy?: string | null}} Place
 *   where an element stands; `dispatches`: the app is told of each change at once
 */

const DRAWERS = {
  button,
  channels_select: selectFor("channels", false),
  checkboxes,
  conversations_select: selectFor("conversations", false),
  datepicker: datePicker,
  datetimepicker: dateTimePicker,
  email_text_input: emailInput,
  external_select: selectFor("external", false),
  feedback_buttons: feedbackButtons,
  file_input: fileInput,
  icon_button: iconButton,
  image: accessoryImage,
  multi_channels_select: selectFor("channels", true),
  multi_conversations_select: selectFor("conversations", true),
  multi_external_select: selectFor("external", true),
  multi_static_select: selectFor("static", true),
  multi_users_select: selectFor("users", true),
  number_input: numberInput,
  overflow,
  plain_text_input: plainTextInput,
  radio_buttons: radioButtons,
  rich_text_input: richTextInput,
  static_select: selectFor("static", false),
  timepicker: timePicker,
  url_text_input: urlInput,
  users_select: selectFor("users", false),
  workflow_button: button,
};

/**
 * Draw one element; a type the page does not know is named, never left out.
 *
 * @param {Object} element as the app gave it
 * @param {Place} place
 * @param {import("../surface.js").Surface} surface
 * @returns {HTMLElement}
 */
export function renderElement(element, place, surface) {
  const draw = DRAWERS[element.type];
  const drawn = draw ? draw(element, place, surface) : unknown(element, surface.workspace.words);
  drawn.dataset.elementType = element.type;
  if (element.action_id) drawn.dataset.actionId = element.action_id;
  if (element.focus_on_load) drawn.dataset.focus = "load";
  return drawn;
}

function unknown(element, words) {
  return el("div", { class: "unknown" }, icon("info", 16), words.unknownElement(element.type));
}
