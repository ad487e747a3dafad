/** Dates and times: typed in the reader's own way or picked. */

import { parseTime } from "../dates.js";
import { holdFocus } from "../dialog.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { closePopover, isOpenFor, openPopover } from "../popover.js";
import { bare } from "../text/objects.js";
import { calendar } from "./calendar.js";
import { combobox } from "./combobox.js";

const STEP_MINUTES = 30;

/** A day: YYYY-MM-DD in the state. */
export function datePicker(element, place, surface) {
  const initial = { type: element.type, selected_date: element.initial_date ?? null };
  const kept = surface.form.take(place.blockId, element.action_id, initial);
  const field = dayField(kept.selected_date, element, place, surface.workspace, (day) =>
    surface.choose(place, element, { type: element.type, selected_date: day }, field),
  );
  return field;
}

/** A wall time: HH:mm in the state. */
export function timePicker(element, place, surface) {
  const zone = element.timezone ? { timezone: element.timezone } : {};
  const initial = { type: element.type, selected_time: element.initial_time ?? null, ...zone };
  const kept = surface.form.take(place.blockId, element.action_id, initial);
  const field = timeField(kept.selected_time, element, place, surface.workspace, (time) =>
    surface.choose(place, element, { type: element.type, selected_time: time, ...zone }, field),
  );
  return field;
}

/** A day and a time in the reader's zone: unix seconds in the state. */
export function dateTimePicker(element, place, surface) {
  const { workspace } = surface;
  const { dates } = workspace;
  const initial = { type: element.type, selected_date_time: element.initial_date_time ?? null };
  const kept = surface.form.take(place.blockId, element.action_id, initial).selected_date_time;
  const instant = kept ? new Date(kept * 1000) : null;
  let day = instant ? dates.day(instant) : null;
  let time = instant ? dates.clockTime(instant) : null;

  async function changed() {
    const seconds = day && time ? dates.unixTime(day, time) : null;
    if (day && !time) return true;
    return surface.choose(
      place,
      element,
      { type: element.type, selected_date_time: seconds },
      node,
    );
  }

  const dayPart = dayField(day, element, place, workspace, (chosen) => {
    day = chosen;
    return changed();
  });
  const timePart = timeField(time, {}, place, workspace, (chosen) => {
    time = chosen;
    return day ? changed() : Promise.resolve(true);
  });
  const node = el("div", { class: "picker-pair" }, dayPart, timePart);
  return node;
}

function dayField(start, element, place, workspace, change) {
  const { dates, words } = workspace;
  let day = start;
  const field = el("input", {
    type: "text",
    class: "picker-field",
    autocomplete: "off",
    placeholder: bare(element.placeholder) || words.chooseDate,
    "aria-haspopup": "dialog",
    ...naming(element, place, words.chooseDate),
  });
  const wipe = el(
    "button",
    {
      type: "button",
      class: "icon-button combo-wipe",
      "aria-label": words.clear,
      onclick: () => set(null),
    },
    icon("close", 14),
  );
  const clearable = Boolean(place.labelId) && place.optional;
  const node = el("div", { class: "picker" }, icon("calendar", 16), field, clearable ? wipe : null);

  function draw() {
    field.value = day ? dates.fieldDay(day) : "";
    node.dataset.value = day ?? "";
    wipe.hidden = day === null;
  }

  async function set(next) {
    const before = day;
    day = next;
    draw();
    if (next !== before && !(await change(next))) day = before;
    draw();
  }

  function open() {
    if (isOpenFor(node)) return;
    const today = dates.day(workspace.now());
    const panel = calendar({ day, today, dates, words, pick });
    holdFocus(panel);
    openPopover(node, panel);
  }

  function pick(chosen) {
    closePopover();
    field.focus();
    set(chosen);
  }

  node.addEventListener("click", (event) => {
    if (event.target.closest("button")) return;
    field.focus();
    field.select();
    open();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      open();
      document.querySelector(".calendar")?.focusDay();
    } else if (event.key === "Enter") {
      event.preventDefault();
      closePopover();
      set(read());
    } else if (event.key === "Tab") {
      closePopover();
    }
  });
  field.addEventListener("change", () => set(read()));

  /** What has been typed as a day; unreadable text leaves the day as it was. */
  function read() {
    const typed = field.value.trim();
    if (typed === "") return clearable || place.labelId ? null : day;
    return dates.parseDay(typed) ?? day;
  }

  draw();
  return node;
}

function timeField(start, element, place, workspace, change) {
  const { words } = workspace;
  const box = combobox({
    chosen: start ? [timeItem(start, workspace)] : [],
    multiple: false,
    clearable: Boolean(place.labelId) && place.optional,
    placeholder: bare(element.placeholder) || words.chooseTime,
    words,
    find: async (query) => [{ items: timesFor(query, workspace) }],
    change: (chosen) => change(chosen[0]?.raw ?? null),
    field: naming(element, place, words.chooseTime),
  });
  box.classList.add("time-picker");
  box.prepend(icon("clock", 16));
  return box;
}

/** The half hours, or first the very time that was typed. */
function timesFor(query, workspace) {
  const exact = parseTime(query);
  const all = [];
  for (let minutes = 0; minutes < 24 * 60; minutes += STEP_MINUTES) all.push(clockTime(minutes));
  const near = exact
    ? all.filter((time) => time !== exact && time.slice(0, 2) === exact.slice(0, 2))
    : [];
  const times = exact ? [exact, ...near] : query === "" ? all : [];
  return times.map((time) => timeItem(time, workspace));
}

function timeItem(time, workspace) {
  return { value: time, text: workspace.dates.fieldTime(time), raw: time };
}

function clockTime(minutes) {
  const hour = String(Math.floor(minutes / 60)).padStart(2, "0");
  return `${hour}:${String(minutes % 60).padStart(2, "0")}`;
}

function naming(element, place, fallback) {
  return {
    "aria-labelledby": place.labelId ?? null,
    "aria-label": place.labelId ? null : bare(element.placeholder) || place.label || fallback,
    "aria-describedby": place.describedBy ?? null,
  };
}
