/** A person's picture: initials on their colour. */

import { el } from "../dom.js";

/**
 * Draw an avatar; the name beside it says who it is.
 *
 * @param {{initials: string, color: string, is_bot?: boolean} | undefined} user
 * @param {number} size in pixels
 */
export function avatar(user, size) {
  const letters = user?.initials ?? "?";
  const style = {
    width: `${size}px`,
    height: `${size}px`,
    fontSize: `${Math.round(size * 0.4)}px`,
    borderRadius: `${Math.max(4, Math.round(size / 6))}px`,
    background: colour(user?.color),
  };
  return el("span", { class: "avatar", style, "aria-hidden": "true" }, letters);
}

/** Slack writes colours without the hash. */
function colour(value) {
  if (!value) return "#6b6470";
  return value.startsWith("#") ? value : `#${value}`;
}
