/** The file input: files go to the workspace as soon as they are chosen. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { sizeOf } from "../blocks/media.js";

/**
 * Choose or drop files; the state holds the workspace's File records.
 *
 * @param {{filetypes?: string[], max_files?: number}} element
 */
export function fileInput(element, place, surface) {
  const { words, locale } = surface.workspace;
  const most = element.max_files ?? 10;
  const initial = { type: element.type, files: [] };
  let files = surface.form.take(place.blockId, element.action_id, initial).files ?? [];

  const picker = el("input", {
    type: "file",
    class: "spoken",
    multiple: most > 1,
    accept: element.filetypes?.map((type) => `.${type}`).join(",") ?? null,
    "aria-labelledby": place.labelId ?? null,
    onchange: () => add([...picker.files]),
  });
  const note = el("div", { class: "file-note", role: "status" });
  const shelf = el("div", { class: "file-shelf" });
  const button = el(
    "button",
    { type: "button", class: "button", onclick: () => picker.click() },
    icon("attach", 16),
    words.chooseFiles,
  );
  const node = el(
    "div",
    { class: "file-input" },
    shelf,
    el("div", { class: "file-drop" }, button, picker),
    note,
  );

  node.addEventListener("dragover", (event) => event.preventDefault());
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });

  async function add(chosen) {
    note.textContent = complaint(chosen);
    if (note.textContent) return;
    node.setAttribute("aria-busy", "true");
    try {
      for (const file of chosen) files = [...files, await surface.api.upload(file)];
    } catch (refused) {
      note.textContent = surface.workspace.words.trouble + ` (${refused.error})`;
    } finally {
      node.removeAttribute("aria-busy");
      picker.value = "";
      keep();
    }
  }

  function complaint(chosen) {
    if (files.length + chosen.length > most) return words.fileTooMany(most);
    const types = element.filetypes ?? [];
    const wrong = chosen.some((file) => !types.includes(file.name.split(".").at(-1).toLowerCase()));
    return types.length > 0 && wrong ? words.fileType(types.join(", ")) : "";
  }

  function keep() {
    surface.form.put(place.blockId, element.action_id, { type: element.type, files });
    draw();
  }

  function draw() {
    shelf.replaceChildren(...files.map(card));
  }

  function card(file) {
    const remove = el(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": words.remove(file.name),
        onclick() {
          files = files.filter((one) => one.id !== file.id);
          keep();
        },
      },
      icon("close", 14),
    );
    // As just uploaded, or as Slack describes it once the view has been read again.
    const isImage = file.is_image ?? file.mimetype.startsWith("image/");
    const address = file.url ?? file.url_private;
    const preview = isImage
      ? el("img", { class: "file-preview", src: surface.api.fileUrl(address), alt: "" })
      : el("span", { class: "file-icon" }, icon("file", 20));
    const size = el("span", { class: "file-size" }, sizeOf(file.size ?? 0, locale));
    const name = el("span", { class: "file-name" }, file.name);
    return el(
      "div",
      { class: "file-card", dataset: { file: file.id } },
      preview,
      el("span", { class: "file-words" }, name, size),
      remove,
    );
  }

  draw();
  return node;
}
