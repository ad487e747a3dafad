/** Emoji by their Slack names. */

import { el } from "../dom.js";

const BY_NAME = new Map(
  Object.entries({
    "+1": "👍",
    thumbsup: "👍",
    "-1": "👎",
    thumbsdown: "👎",
    clap: "👏",
    pray: "🙏",
    wave: "👋",
    ok_hand: "👌",
    muscle: "💪",
    raised_hands: "🙌",
    point_right: "👉",
    point_left: "👈",
    point_up: "☝️",
    point_down: "👇",
    eyes: "👀",
    smile: "😄",
    slightly_smiling_face: "🙂",
    grinning: "😀",
    joy: "😂",
    wink: "😉",
    thinking_face: "🤔",
    sweat_smile: "😅",
    sob: "😭",
    cry: "😢",
    disappointed: "😞",
    confused: "😕",
    scream: "😱",
    sunglasses: "😎",
    heart_eyes: "😍",
    neutral_face: "😐",
    tada: "🎉",
    rocket: "🚀",
    sparkles: "✨",
    fire: "🔥",
    star: "⭐",
    star2: "🌟",
    100: "💯",
    boom: "💥",
    zap: "⚡",
    bulb: "💡",
    heart: "❤️",
    broken_heart: "💔",
    warning: "⚠️",
    no_entry: "⛔",
    no_entry_sign: "🚫",
    x: "❌",
    heavy_check_mark: "✔️",
    white_check_mark: "✅",
    ballot_box_with_check: "☑️",
    heavy_multiplication_x: "✖️",
    question: "❓",
    grey_question: "❔",
    exclamation: "❗",
    heavy_exclamation_mark: "❗",
    red_circle: "🔴",
    large_orange_circle: "🟠",
    large_yellow_circle: "🟡",
    large_green_circle: "🟢",
    large_blue_circle: "🔵",
    white_circle: "⚪",
    black_circle: "⚫",
    large_green_square: "🟩",
    large_red_square: "🟥",
    large_orange_square: "🟧",
    large_yellow_square: "🟨",
    large_blue_square: "🟦",
    white_large_square: "⬜",
    black_large_square: "⬛",
    checkered_flag: "🏁",
    triangular_flag_on_post: "🚩",
    calendar: "📆",
    date: "📅",
    spiral_calendar_pad: "🗓️",
    clock1: "🕐",
    clock9: "🕘",
    hourglass: "⌛",
    hourglass_flowing_sand: "⏳",
    stopwatch: "⏱️",
    alarm_clock: "⏰",
    timer_clock: "⏲️",
    bell: "🔔",
    no_bell: "🔕",
    mega: "📣",
    loudspeaker: "📢",
    speech_balloon: "💬",
    email: "✉️",
    incoming_envelope: "📨",
    inbox_tray: "📥",
    outbox_tray: "📤",
    package: "📦",
    memo: "📝",
    pencil: "✏️",
    pencil2: "✏️",
    clipboard: "📋",
    page_facing_up: "📄",
    newspaper: "📰",
    file_folder: "📁",
    open_file_folder: "📂",
    card_index_dividers: "🗂️",
    bar_chart: "📊",
    chart_with_upwards_trend: "📈",
    chart_with_downwards_trend: "📉",
    pushpin: "📌",
    round_pushpin: "📍",
    paperclip: "📎",
    link: "🔗",
    lock: "🔒",
    unlock: "🔓",
    key: "🔑",
    mag: "🔍",
    wrench: "🔧",
    hammer: "🔨",
    gear: "⚙️",
    art: "🎨",
    frame_with_picture: "🖼️",
    camera: "📷",
    movie_camera: "🎥",
    clapper: "🎬",
    printer: "🖨️",
    computer: "💻",
    iphone: "📱",
    moneybag: "💰",
    euro: "💶",
    gift: "🎁",
    trophy: "🏆",
    dart: "🎯",
    palm_tree: "🌴",
    sunny: "☀️",
    sunrise: "🌅",
    coffee: "☕",
    beach_with_umbrella: "🏖️",
    desert_island: "🏝️",
    airplane: "✈️",
    truck: "🚚",
    factory: "🏭",
    house: "🏠",
    busts_in_silhouette: "👥",
    bust_in_silhouette: "👤",
    handshake: "🤝",
    wastebasket: "🗑️",
    arrow_right: "➡️",
    arrow_left: "⬅️",
    arrow_up: "⬆️",
    arrow_down: "⬇️",
    arrow_forward: "▶️",
    arrows_counterclockwise: "🔄",
    leftwards_arrow_with_hook: "↩️",
    repeat: "🔁",
    double_vertical_bar: "⏸️",
    black_square_for_stop: "⏹️",
    heavy_plus_sign: "➕",
    heavy_minus_sign: "➖",
    information_source: "ℹ️",
    new: "🆕",
    sos: "🆘",
    soon: "🔜",
    seedling: "🌱",
    snail: "🐌",
    turtle: "🐢",
    robot_face: "🤖",
    one: "1️⃣",
    two: "2️⃣",
    three: "3️⃣",
    four: "4️⃣",
    five: "5️⃣",
    fr: "🇫🇷",
    gb: "🇬🇧",
    flag_fr: "🇫🇷",
  }),
);

const NAMED = /:([a-z0-9_+'-]+):(?::skin-tone-\d:)?/g;

/** Whether Slack's short name is in this page's set. */
export function knowsEmoji(name) {
  return BY_NAME.has(name);
}

/** One emoji by name: its picture if this computer has one, else `:name:` as text. */
export function emojiNode(name, unicode = "") {
  const character = unicode ? fromHex(unicode) : BY_NAME.get(name);
  if (!character || !isDrawn(character)) return document.createTextNode(`:${name}:`);
  return el(
    "span",
    { class: "emoji", role: "img", "aria-label": name, title: `:${name}:` },
    character,
  );
}

/** Text with its `:names:` drawn, as a list of nodes. */
export function withEmoji(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(NAMED)) {
    if (!knowsEmoji(match[1])) continue;
    nodes.push(text.slice(from, match.index), emojiNode(match[1]));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

function fromHex(codes) {
  return String.fromCodePoint(...codes.split("-").map((code) => Number.parseInt(code, 16)));
}

const drawn = new Map();

/** Whether a font of this computer has the character: a missing one is drawn as an empty box. */
function isDrawn(character) {
  if (!drawn.has(character)) {
    const first = String.fromCodePoint(character.codePointAt(0));
    drawn.set(character, inkOf(first) !== inkOf("\u{10FFFE}"));
  }
  return drawn.get(character);
}

function inkOf(character) {
  const canvas = document.createElement("canvas");
  canvas.width = 24;
  canvas.height = 24;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = "16px sans-serif";
  pen.textBaseline = "top";
  pen.fillText(character, 2, 2);
  return pen.getImageData(0, 0, 24, 24).data.join();
}
