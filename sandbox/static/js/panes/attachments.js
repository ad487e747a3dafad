/** Files waiting beside a message that is being written. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { toast } from "../toast.js";

/** The shelf of files, and the button that adds to it. */
export class Attachments {
  #files = [];

  /**
   * @param {import("../workspace.js").Workspace} workspace
   * @param {() => void} changed
   */
  constructor(workspace, changed) {
    this.workspace = workspace;
    this.changed = changed;
    this.busy = false;
    const { words } = workspace;
    const picker = el("input", {
      type: "file",
      multiple: true,
      hidden: true,
      dataset: { testid: "attach-input" },
    });
    picker.addEventListener("change", async () => {
      await this.add([...picker.files]);
      picker.value = "";
    });
    this.shelf = el("div", { class: "file-shelf" });
    this.button = el(
      "span",
      {},
      el(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": words.addFile,
          title: words.addFile,
          onclick: () => picker.click(),
        },
        icon("attach", 18),
      ),
      picker,
    );
  }

  /** The ids of the files that are uploaded. */
  get ids() {
    return this.#files.map((file) => file.id);
  }

  /** Upload files from the person's disk and keep them for the message. */
  async add(files) {
    this.busy = true;
    this.shelf.setAttribute("aria-busy", "true");
    this.changed();
    try {
      for (const file of files)
        this.#files = [...this.#files, await this.workspace.api.upload(file)];
    } catch (refused) {
      toast(`${this.workspace.words.trouble} (${refused.error})`);
    } finally {
      this.busy = false;
      this.shelf.removeAttribute("aria-busy");
      this.#draw();
    }
  }

  /** Hand over the files and keep none. */
  take() {
    const taken = this.#files;
    this.#files = [];
    this.#draw();
    return taken;
  }

  /** Keep files again that could not be sent. */
  putBack(files) {
    this.#files = [...files, ...this.#files];
    this.#draw();
  }

  #draw() {
    this.shelf.replaceChildren(...this.#files.map((file) => this.#chip(file)));
    this.changed();
  }

  #chip(file) {
    const { words, api } = this.workspace;
    const remove = () => {
      this.#files = this.#files.filter((one) => one.id !== file.id);
      this.#draw();
    };
    const preview = file.is_image
      ? el("img", { class: "file-preview", src: api.fileUrl(file.url), alt: "" })
      : el("span", { class: "file-icon" }, icon("file", 20));
    return el(
      "div",
      { class: "file-card", dataset: { file: file.id } },
      preview,
      el("span", { class: "file-words" }, el("span", { class: "file-name" }, file.name)),
      el(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": words.remove(file.name),
          onclick: remove,
        },
        icon("close", 14),
      ),
    );
  }
}
