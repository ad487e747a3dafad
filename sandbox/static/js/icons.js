/** The page's own line icons, drawn on a 20 × 20 grid. */

const PATHS = {
  attach: "M10 4v12M4 10h12",
  back: "M12 5l-5 5 5 5",
  bolt: "M11 3L5 11h4l-1 6 6-8h-4l1-6z",
  calendar: "M4 6h12v10H4zM4 9h12M7 4v3M13 4v3",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  chevron: "M6 8l4 4 4-4",
  next: "M8 5l5 5-5 5",
  clock: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM10 6.5V10l2.5 2",
  close: "M5.5 5.5l9 9M14.5 5.5l-9 9",
  code: "M7 6l-4 4 4 4M13 6l4 4-4 4",
  eye: "M2.5 10s2.8-4.5 7.5-4.5 7.5 4.5 7.5 4.5-2.8 4.5-7.5 4.5S2.5 10 2.5 10zM10 8.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z",
  file: "M6 3h5l4 4v10H6zM11 3v4h4",
  hash: "M8 3.5L6.5 16.5M13.5 3.5L12 16.5M4 7.5h13M3 12.5h13",
  info: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM10 9v4.5M10 6.4v.2",
  lock: "M5.5 9h9v7.5h-9zM7.5 9V6.8a2.5 2.5 0 0 1 5 0V9",
  mention:
    "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM13 7v4.2c0 2.4 3.5 2.2 3.5-1.2a6.5 6.5 0 1 0-2.6 5.2",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  pin: "M8 3.5h4l-.6 5 2.6 2.5H6l2.6-2.5zM10 11v5.5",
  play: "M7 5l8 5-8 5z",
  plug: "M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0zM10 15v3",
  reply: "M4 5h12v8h-6l-3.5 3v-3H4z",
  send: "M3.5 4l13 6-13 6 2-6zM5.5 10h6",
  warn: "M10 3.8l7 12.4H3zM10 8.5v3.5M10 14v.2",
};

/**
 * An icon as an SVG node, hidden from screen readers: say its meaning beside it.
 *
 * @param {keyof typeof PATHS} name
 * @param {number} [size] in pixels
 */
export function icon(name, size = 18) {
  const svg = node("svg", {
    viewBox: "0 0 20 20",
    width: size,
    height: size,
    class: `icon icon-${name}`,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": name === "more" ? 2.6 : 1.5,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  });
  svg.append(node("path", { d: PATHS[name] }));
  return svg;
}

function node(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
