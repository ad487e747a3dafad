/** What Slack itself refuses before an app ever sees a submission. */

import { safeUrl } from "./dom.js";
import { isEmpty } from "./form.js";

/**
 * The errors of a modal's inputs, in the reader's words.
 *
 * @param {Object[]} blocks
 * @param {import("./form.js").Form} form
 * @param {Object} words
 * @returns {Object<string, string>} by block_id; empty when all is well
 */
export function faultsOf(blocks, form, words) {
  const faults = {};
  for (const block of blocks) {
    if (block.type !== "input") continue;
    const state = form.get(block.block_id ?? "", block.element.action_id);
    const fault = faultOf(block, state, words);
    if (fault) faults[block.block_id] = fault;
  }
  return faults;
}

function faultOf(block, state, words) {
  if (isEmpty(state)) return block.optional ? null : words.needed;
  const check = CHECKS[block.element.type];
  return check ? check(block.element, state.value, words) : null;
}

const CHECKS = {
  plain_text_input(element, value, words) {
    const length = [...value].length;
    if (element.min_length && length < element.min_length)
      return words.tooShort(element.min_length);
    if (element.max_length && length > element.max_length) return words.tooLong(element.max_length);
    return null;
  },
  email_text_input: (_element, value, words) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : words.badEmail,
  url_text_input: (_element, value, words) =>
    /^https?:\/\/\S+$/.test(value) && safeUrl(value) ? null : words.badUrl,
  number_input(element, value, words) {
    if (!/^-?\d+(\.\d+)?$/.test(value)) return words.badNumber;
    const number = Number(value);
    if (!element.is_decimal_allowed && !Number.isInteger(number)) return words.wholeNumber;
    if (element.min_value !== undefined && number < Number(element.min_value)) {
      return words.tooSmall(element.min_value);
    }
    if (element.max_value !== undefined && number > Number(element.max_value)) {
      return words.tooLarge(element.max_value);
    }
    return null;
  },
};
