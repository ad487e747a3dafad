/** The developer's drawer: faults to order, requests both ways. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { oneAtATime } from "../steady.js";

const READ_EVERY = 2_000;
const KINDS = ["429", "500", "late", "drop_before", "drop_after", "error"];
const METHODS = [
  "*",
  "chat.postMessage",
  "chat.update",
  "chat.postEphemeral",
  "views.open",
  "views.update",
  "views.push",
  "views.publish",
  "files.completeUploadExternal",
  "users.info",
];

/** Shown under the centre; read again every two seconds while it is open. */
export class DeveloperDrawer {
  #timer = 0;

  /**
   * @param {import("../api.js").Api} api
   * @param {() => void} closed
   */
  constructor(api, closed) {
    this.api = api;
    this.closed = closed;
    this.list = el("div", { class: "faults-list" });
    this.log = el("tbody", {});
    this.said = el("div", { class: "drawer-said", role: "status" });
    this.node = el(
      "section",
      { class: "drawer", hidden: true, "aria-label": "Developer", dataset: { testid: "drawer" } },
      el(
        "header",
        { class: "drawer-head" },
        el("h2", {}, "Developer"),
        this.said,
        el(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": "Close",
            onclick: () => this.toggle(),
          },
          icon("close", 18),
        ),
      ),
      el(
        "div",
        { class: "drawer-body" },
        el("div", { class: "drawer-faults" }, el("h3", {}, "Faults"), this.#form(), this.list),
        el("div", { class: "drawer-log" }, el("h3", {}, "Requests"), this.#table()),
      ),
    );
    this.refresh = oneAtATime(() => this.#refresh());
  }

  /** Show or hide it. @returns {boolean} whether it is shown now */
  toggle() {
    this.node.hidden = !this.node.hidden;
    clearInterval(this.#timer);
    if (this.node.hidden) {
      this.closed();
      return false;
    }
    this.#timer = setInterval(this.refresh, READ_EVERY);
    this.refresh();
    return true;
  }

  async #refresh() {
    try {
      const [{ faults }, { log }] = await Promise.all([
        this.api.get("/sandbox/faults"),
        this.api.get("/sandbox/log", { limit: "200" }),
      ]);
      this.#showFaults(faults);
      this.log.replaceChildren(...log.reverse().map(logRow));
    } catch (refused) {
      this.said.textContent = refused.error ?? String(refused);
    }
  }

  #form() {
    const methods = el(
      "datalist",
      { id: "fault-methods" },
      METHODS.map((method) => el("option", { value: method })),
    );
    const method = el("input", {
      class: "text-field",
      name: "method",
      value: "chat.postMessage",
      list: "fault-methods",
      autocomplete: "off",
    });
    const kind = el(
      "select",
      { class: "text-field", name: "kind" },
      KINDS.map((one) => el("option", { value: one }, one)),
    );
    const error = el("input", {
      class: "text-field",
      name: "error",
      placeholder: "channel_not_found",
    });
    const times = el("input", {
      class: "text-field",
      name: "times",
      type: "number",
      min: "1",
      value: "1",
      placeholder: "always",
    });
    const seconds = el("input", {
      class: "text-field",
      name: "seconds",
      type: "number",
      min: "0",
      step: "0.5",
      placeholder: "2",
    });
    const named = (label, field) =>
      el("label", { class: "fault-field" }, el("span", {}, label), field);
    const errorField = named("Error", error);
    const secondsField = named("Seconds", seconds);
    const adapt = () => {
      errorField.hidden = kind.value !== "error";
      secondsField.hidden = !["429", "late"].includes(kind.value);
    };
    kind.addEventListener("change", adapt);
    adapt();

    const add = async (event) => {
      event.preventDefault();
      const wait =
        seconds.value === ""
          ? {}
          : kind.value === "429"
            ? { retry_after: Number(seconds.value) }
            : { seconds: Number(seconds.value) };
      await this.#do(() =>
        this.api.post("/sandbox/faults", {
          as: undefined, // a fault is nobody's
          method: method.value,
          kind: kind.value === "error" ? `error:${error.value || error.placeholder}` : kind.value,
          times: times.value === "" ? null : Number(times.value),
          probability: 1,
          ...wait,
        }),
      );
    };
    return el(
      "form",
      { class: "fault-form", onsubmit: add },
      methods,
      named("Method", method),
      named("Kind", kind),
      errorField,
      secondsField,
      named("Times", times),
      el(
        "div",
        { class: "fault-buttons" },
        el(
          "button",
          { type: "submit", class: "button button-small", dataset: { testid: "fault-add" } },
          "Add fault",
        ),
        el(
          "button",
          {
            type: "button",
            class: "button button-small",
            dataset: { testid: "fault-clear" },
            onclick: () => this.#do(() => this.api.remove("/sandbox/faults")),
          },
          "Clear all",
        ),
      ),
    );
  }

  async #do(change) {
    this.said.textContent = "";
    try {
      await change();
    } catch (refused) {
      this.said.textContent = refused.error;
    }
    await this.refresh();
  }

  #showFaults(faults) {
    const rows = faults.map((fault) => {
      const times =
        fault.times === null || fault.times === undefined ? "always" : `${fault.times}×`;
      return el(
        "div",
        { class: "fault" },
        el("code", {}, fault.method),
        el("strong", {}, fault.kind),
        times,
      );
    });
    const none = el("div", { class: "drawer-none" }, "No faults are set.");
    this.list.replaceChildren(...(rows.length > 0 ? rows : [none]));
  }

  #table() {
    const heads = ["Time", "", "What", "Status", "ms"].map((head) =>
      el("th", { scope: "col" }, head),
    );
    return el(
      "div",
      { class: "log-scroll", tabindex: "0" },
      el("table", { class: "log" }, el("thead", {}, el("tr", {}, heads)), this.log),
    );
  }
}

/** One request: `in` is the app calling Slack, `out` is Slack calling the app. */
function logRow({ at, way, what, status, error, ms }) {
  return el(
    "tr",
    { class: error || Number(status) >= 400 ? "log-failed" : null },
    el("td", {}, at.slice(0, 19).replace("T", " ")),
    el("td", {}, way === "in" ? "app → Slack" : "Slack → app"),
    el("td", {}, what),
    el("td", {}, [status, error].filter(Boolean).join(" ")),
    el("td", { class: "log-ms" }, String(ms)),
  );
}
