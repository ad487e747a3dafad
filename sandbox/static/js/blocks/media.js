/** Pictures, videos and files. */

import { el, safeUrl } from "../dom.js";
import { icon } from "../icons.js";
import { enlarge } from "../lightbox.js";
import { linkTo } from "../text/mentions.js";
import { bare, plainNodes, textNode } from "../text/objects.js";

/** The address of an image object, whether it names a URL or a file of the workspace. */
export function fileAddress(object, surface) {
  const { api } = surface;
  const file = object.slack_file;
  if (file?.id) return api.fileUrl(`/files/${encodeURIComponent(file.id)}`);
  if (file?.url) return api.fileUrl(file.url);
  return object.image_url ? api.fileUrl(object.image_url) : null;
}

/** An image block: title, picture, click to enlarge. */
export function image(block, surface) {
  const title = bare(block.title);
  return el(
    "figure",
    { class: "figure" },
    title ? el("figcaption", { class: "figure-title" }, plainNodes(block.title)) : null,
    picture(fileAddress(block, surface), block.alt_text, title, surface.workspace.words),
  );
}

/**
 * A picture that grows when clicked, and says its words where it cannot be shown.
 *
 * @param {string | null} source
 * @param {string} alt
 * @param {string} title
 * @param {{enlarge: (name: string) => string, close: string}} words
 */
export function picture(source, alt, title, words) {
  const address = safeUrl(source ?? "");
  const shown = el("img", { class: "picture-image", src: address, alt, loading: "lazy" });
  const frame = el(
    "button",
    {
      type: "button",
      class: "picture",
      "aria-label": words.enlarge(alt || title),
      title: alt,
      onclick: () => enlarge(address, alt, title, words),
    },
    shown,
  );
  shown.addEventListener("error", () => {
    frame.replaceWith(el("div", { class: "picture-missing" }, icon("info", 16), alt || title));
  });
  return frame;
}

/** A video as a card: the sandbox plays nothing. */
export function video(block, surface) {
  const { workspace } = surface;
  const address = block.title_url ?? block.video_url;
  const thumb = el("img", {
    src: safeUrl(surface.api.fileUrl(block.thumbnail_url ?? "")),
    alt: "",
  });
  thumb.addEventListener("error", () => thumb.remove());
  const thumbnail = el(
    "a",
    {
      class: "video-thumb",
      href: safeUrl(address),
      target: "_blank",
      rel: "noopener noreferrer",
      "aria-label": block.alt_text,
    },
    thumb,
    el("span", { class: "video-play" }, icon("play", 26)),
  );
  const from = [block.provider_name, block.author_name].filter(Boolean).join(" · ");
  return el(
    "div",
    { class: "video" },
    from ? el("div", { class: "video-from" }, from) : null,
    el("div", { class: "video-title" }, linkTo(address, plainNodes(block.title))),
    block.description ? textNode(block.description, workspace) : null,
    thumbnail,
  );
}

/** A remote file named by its external id. */
export function fileBlock(block) {
  return el(
    "div",
    { class: "file-card" },
    el("span", { class: "file-icon" }, icon("file", 22)),
    el("span", { class: "file-words" }, el("span", { class: "file-name" }, block.external_id)),
  );
}

/** The files posted with a message: pictures large, the rest as cards. */
export function filesOf(files, surface) {
  const { words } = surface.workspace;
  return files.map((file) => {
    const address = surface.api.fileUrl(file.url);
    const name = file.title || file.name;
    if (file.is_image) {
      return el(
        "figure",
        { class: "figure", dataset: { file: file.id } },
        el("figcaption", { class: "figure-title" }, name),
        picture(address, file.alt_txt || name, name, words),
      );
    }
    return el(
      "a",
      {
        class: "file-card",
        href: safeUrl(address),
        target: "_blank",
        rel: "noopener",
        dataset: { file: file.id },
      },
      el("span", { class: "file-icon" }, icon("file", 22)),
      el(
        "span",
        { class: "file-words" },
        el("span", { class: "file-name" }, name),
        el(
          "span",
          { class: "file-size" },
          `${kindOf(file)} · ${sizeOf(file.size, surface.workspace.locale)}`,
        ),
      ),
    );
  });
}

function kindOf(file) {
  const ending = file.name.includes(".") ? file.name.split(".").at(-1) : file.mimetype;
  return ending.toUpperCase();
}

/** A number of bytes as people read it. */
export function sizeOf(bytes, locale) {
  const units = ["byte", "kilobyte", "megabyte"];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 2);
  const format = {
    style: "unit",
    unit: units[power],
    unitDisplay: "short",
    maximumFractionDigits: 1,
  };
  return new Intl.NumberFormat(locale, format).format(bytes / 1000 ** power);
}
