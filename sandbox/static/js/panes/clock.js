/** The workspace's movable clock. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { toast } from "../toast.js";

const REDRAW_EVERY = 5_000;

/**
 * The panel with the time and the three steps forward.
 *
 * @param {import("../workspace.js").Workspace} workspace
 * @returns {{node: HTMLElement, show: () => void}}
 */
export function clockPanel(workspace) {
  const day = el("span", { class: "clock-day", dataset: { testid: "clock-day" } });
  const time = el("span", { class: "clock-time", dataset: { testid: "clock-time" } });
  const steps = el("div", { class: "clock-steps" });
  const node = el(
    "section",
    { class: "clock" },
    el("div", { class: "clock-now" }, icon("clock", 16), day, time),
    steps,
  );

  async function advance(by) {
    for (const button of steps.children) button.disabled = true;
    node.setAttribute("aria-busy", "true");
    try {
      await workspace.api.post("/sandbox/clock", { advance: by });
      await workspace.refresh();
    } catch (refused) {
      toast(refused.error);
    } finally {
      node.removeAttribute("aria-busy");
      for (const button of steps.children) button.disabled = false;
    }
  }

  function step(by, testid, label) {
    return el(
      "button",
      { type: "button", class: "clock-step", dataset: { testid }, onclick: () => advance(by) },
      label,
    );
  }

  function tick() {
    if (!workspace.dates) return;
    const now = workspace.now();
    const options = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
    day.textContent = workspace.dates.format(now, options);
    time.textContent = workspace.dates.time(now);
  }

  function show() {
    const { words } = workspace;
    node.setAttribute("aria-label", words.clock);
    if (steps.children.length === 0) {
      steps.append(
        step("1h", "clock-1h", words.hourLater),
        step("next_morning", "clock-morning", words.nextMorning),
        step("1w", "clock-week", words.weekLater),
      );
    }
    tick();
  }

  setInterval(tick, REDRAW_EVERY);
  return { node, show };
}
