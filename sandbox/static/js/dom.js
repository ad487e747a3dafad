/** Building DOM nodes. Data only ever becomes text nodes and attributes, never HTML. */

/**
 * Make an element.
 *
 * @param {string} tag
 * @param {Object<string, *>} [props] `class`, `dataset`, `style` (an object), `on…` listeners;
 *   everything else is an attribute: true is written empty, null, undefined and false are left out.
 * @param {...*} children nodes, strings, arrays of them; null, undefined and false are left out
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "dataset") Object.assign(node.dataset, withoutEmpty(value));
    else if (name === "style") Object.assign(node.style, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

/** Append nodes, strings and nested arrays of them to a parent. */
export function append(parent, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child);
  }
  return parent;
}

/** A document fragment of these children. */
export function fragment(...children) {
  return append(document.createDocumentFragment(), children);
}

/** Text that only a screen reader says. */
export function spoken(text) {
  return el("span", { class: "spoken" }, text);
}

let lastId = 0;

/** An id unused on this page, for `aria-labelledby` and its kin. */
export function freshId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}

/** What can take the keyboard focus inside a node, in order. */
export function focusable(node) {
  const all = node.querySelectorAll(
    "a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), " +
      "select:not([disabled]), [tabindex]:not([tabindex='-1'])",
  );
  return [...all].filter((one) => one.offsetParent !== null || one === document.activeElement);
}

/** The address if it may stand in a link or an image, else null: no script, no data. */
export function safeUrl(address) {
  try {
    const url = new URL(address, location.href);
    return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function withoutEmpty(record) {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== null && value !== undefined),
  );
}
