/** A month to pick a day from. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { addDays, noon } from "../dates.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/**
 * Build a calendar.
 *
 * @param {Object} how
 * @param {string | null} how.day chosen at first, YYYY-MM-DD
 * @param {string} how.today
 * @param {import("../dates.js").Dates} how.dates
 * @param {Object} how.words
 * @param {(day: string) => void} how.pick
 * @returns {HTMLElement} with `focusDay()` to move the keyboard into it
 */
export function calendar({ day, today, dates, words, pick }) {
  const node = el("div", { class: "calendar", role: "dialog", "aria-label": words.chooseDate });
  let cursor = day ?? today;

  function show() {
    const first = `${cursor.slice(0, 8)}01`;
    const offset = (noon(first).getUTCDay() - dates.firstWeekday() + 7) % 7;
    const start = addDays(first, -offset);
    const weeks = [0, 1, 2, 3, 4, 5].map((week) =>
      el(
        "tr",
        {},
        [0, 1, 2, 3, 4, 5, 6].map((column) => dayCell(addDays(start, week * 7 + column))),
      ),
    );
    node.replaceChildren(
      el(
        "div",
        { class: "calendar-bar" },
        turn("back", -1, words.previousMonth),
        el("span", { class: "calendar-month", "aria-live": "polite" }, monthName(first)),
        turn("next", 1, words.nextMonth),
      ),
      el(
        "table",
        { class: "calendar-days" },
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            [0, 1, 2, 3, 4, 5, 6].map((column) => weekday(addDays(start, column))),
          ),
        ),
        el("tbody", {}, weeks),
      ),
    );
  }

  function inUtc(iso, options) {
    return new Intl.DateTimeFormat(dates.locale, { timeZone: "UTC", ...options }).format(noon(iso));
  }

  function monthName(iso) {
    return inUtc(iso, { month: "long", year: "numeric" });
  }

  function weekday(iso) {
    return el(
      "th",
      { scope: "col", abbr: inUtc(iso, { weekday: "long" }) },
      inUtc(iso, { weekday: "narrow" }),
    );
  }

  function dayCell(iso) {
    const outside = iso.slice(0, 7) !== cursor.slice(0, 7);
    const classes = [
      "calendar-day",
      outside ? "is-outside" : "",
      iso === today ? "is-today" : "",
      iso === day ? "is-chosen" : "",
    ];
    const button = el(
      "button",
      {
        type: "button",
        class: classes.filter(Boolean).join(" "),
        tabindex: iso === cursor ? "0" : "-1",
        dataset: { date: iso },
        "aria-label": inUtc(iso, { dateStyle: "full" }),
        "aria-pressed": iso === day ? "true" : "false",
        onclick: () => pick(iso),
      },
      String(Number(iso.slice(8))),
    );
    return el("td", {}, button);
  }

  function turn(name, months, label) {
    const go = () => moveTo(addMonths(cursor, months), false);
    return el(
      "button",
      { type: "button", class: "icon-button", "aria-label": label, onclick: go },
      icon(name, 16),
    );
  }

  function moveTo(iso, focuses = true) {
    cursor = iso;
    show();
    if (focuses) node.focusDay();
  }

  node.focusDay = () => node.querySelector(`[data-date="${cursor}"]`)?.focus();
  node.addEventListener("keydown", (event) => {
    if (!event.target.matches(".calendar-day")) return;
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    if (!(event.key in STEPS) && !months) return;
    event.preventDefault();
    moveTo(months ? addMonths(cursor, months) : addDays(cursor, STEPS[event.key]));
  });
  show();
  return node;
}

/** The same day some months later, or the last day of a shorter month. */
function addMonths(iso, months) {
  const [year, month, day] = iso.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last)))
    .toISOString()
    .slice(0, 10);
}
