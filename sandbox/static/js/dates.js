/** Dates and times as one reader writes them, in that reader's time zone. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Slack's date tokens that are one plain format; the `_pretty` ones are told apart below. */
const TOKENS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { month: "long", day: "numeric", year: "numeric" },
  date_short: { month: "short", day: "numeric", year: "numeric" },
  date_long: { weekday: "long", month: "long", day: "numeric", year: "numeric" },
  date_long_full: { weekday: "long", month: "long", day: "numeric", year: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

/** The instant of a message timestamp such as "1795000000.000100". */
export function instantOf(ts) {
  return new Date(Number(ts.split(".")[0]) * 1000);
}

/** Formats for one locale and time zone. */
export class Dates {
  #formats = new Map();

  /**
   * @param {string} locale such as "fr-FR"
   * @param {string} zone an IANA name
   * @param {{today: string, yesterday: string}} words
   */
  constructor(locale, zone, words) {
    this.locale = locale;
    this.zone = zone;
    this.words = words;
    /** 8:30 AM where the day has twice twelve hours, else 08:30. */
    this.hour = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions().hour12
      ? "numeric"
      : "2-digit";
  }

  /** Format an instant with `Intl.DateTimeFormat` options. */
  format(instant, options) {
    const key = JSON.stringify(options);
    if (!this.#formats.has(key)) {
      const hour = options.hour ? { hour: this.hour } : {};
      const settings = { timeZone: this.zone, ...options, ...hour };
      this.#formats.set(key, new Intl.DateTimeFormat(this.locale, settings));
    }
    return this.#formats.get(key).format(instant);
  }

  /** 08:30, or 8:30 AM. */
  time(instant) {
    return this.format(instant, TOKENS.time);
  }

  /** The calendar day as YYYY-MM-DD. */
  day(instant) {
    const parts = new Intl.DateTimeFormat("en-CA", {
      timeZone: this.zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    return parts.format(instant);
  }

  /** A wall time (HH:mm) as the reader writes it. */
  fieldTime(clockTime) {
    return this.format(new Date(`2000-01-01T${clockTime}:00Z`), {
      ...TOKENS.time,
      timeZone: "UTC",
    });
  }

  /** The wall time as HH:mm. */
  clockTime(instant) {
    const options = { timeZone: this.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    return new Intl.DateTimeFormat("en-GB", options).format(instant);
  }

  /** Today, Yesterday, or the weekday and date; the year only when it is not this one. */
  divider(instant, now) {
    const near = this.#nearDay(instant, now);
    if (near) return capital(near);
    return capital(this.format(instant, dayOptions(instant, now, "long")));
  }

  /** Everything about an instant, for a tooltip. */
  full(instant) {
    return this.format(instant, { dateStyle: "full", timeStyle: "medium" });
  }

  /** A calendar day (YYYY-MM-DD) as a field shows it. */
  fieldDay(iso) {
    const options = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
    return new Intl.DateTimeFormat(this.locale, { ...options, timeZone: "UTC" }).format(noon(iso));
  }

  /** Some hours ago, in words. */
  ago(instant, now) {
    const minutes = Math.round((instant - now) / MINUTE);
    const relative = new Intl.RelativeTimeFormat(this.locale, { numeric: "auto" });
    if (Math.abs(minutes) < 60) return relative.format(minutes, "minute");
    if (Math.abs(minutes) < 24 * 60) return relative.format(Math.round(minutes / 60), "hour");
    return relative.format(Math.round((instant - now) / DAY), "day");
  }

  /**
   * Fill in Slack's date tokens: "{date_short} at {time}".
   *
   * @param {number} seconds since 1970
   * @param {string} pattern
   * @param {Date} now
   */
  fill(seconds, pattern, now) {
    const instant = new Date(seconds * 1000);
    return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
      if (token === "ago") return this.ago(instant, now);
      if (token === "day_divider_pretty") return this.divider(instant, now);
      if (token.endsWith("_pretty")) {
        const plain = TOKENS[token.slice(0, -"_pretty".length)];
        if (plain) return this.#nearDay(instant, now) ?? this.format(instant, plain);
      }
      return TOKENS[token] ? this.format(instant, TOKENS[token]) : whole;
    });
  }

  /** The instant of a wall time (YYYY-MM-DD, HH:mm) in the reader's zone, in unix seconds. */
  unixTime(iso, clockTime) {
    const wall = Date.parse(`${iso}T${clockTime}:00Z`);
    let guess = wall;
    for (let round = 0; round < 2; round += 1) {
      const there = new Date(guess);
      guess += wall - Date.parse(`${this.day(there)}T${this.clockTime(there)}:00Z`);
    }
    return Math.round(guess / 1000);
  }

  /** 0 for Sunday, 1 for Monday: the first column of a calendar. */
  firstWeekday() {
    return /^(en-(US|CA|PH|IN)|pt-BR|ja|ko|he)/.test(this.locale) ? 0 : 1;
  }

  /**
   * Read a typed day: ISO, or numbers in the reader's order.
   *
   * @returns {string | null} YYYY-MM-DD, or null when it is no date
   */
  parseDay(typed) {
    const iso = typed.trim().match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/);
    if (iso) return validDay(iso[1], iso[2], iso[3]);
    const local = typed.trim().match(/^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/);
    if (!local) return null;
    const monthFirst = this.locale === "en-US";
    const [, first, second, year] = local;
    return monthFirst ? validDay(year, first, second) : validDay(year, second, first);
  }

  #nearDay(instant, now) {
    const day = this.day(instant);
    if (day === this.day(now)) return this.words.today.toLowerCase();
    if (day === this.day(new Date(now.getTime() - DAY))) return this.words.yesterday.toLowerCase();
    return null;
  }
}

/** Noon UTC of a calendar day: safe to add days to and to format in UTC. */
export function noon(iso) {
  return new Date(`${iso}T12:00:00Z`);
}

/** The calendar day some days later, as YYYY-MM-DD. */
export function addDays(iso, days) {
  return new Date(noon(iso).getTime() + days * DAY).toISOString().slice(0, 10);
}

/** Read a typed wall time: "9", "9:05", "9h05", "2:30 pm"; HH:mm or null. */
export function parseTime(typed) {
  const match = typed.trim().match(/^(\d{1,2})(?:[:h.](\d{2})?)?\s*([ap])?\.?m?\.?$/i);
  if (!match) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const half = match[3]?.toLowerCase();
  if (half === "p" && hour < 12) hour += 12;
  if (half === "a" && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function dayOptions(instant, now, length) {
  const thisYear = instant.getUTCFullYear() === now.getUTCFullYear();
  const options = { weekday: length, day: "numeric", month: "long" };
  return thisYear ? options : { ...options, year: "numeric" };
}

function validDay(year, month, day) {
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const instant = noon(iso);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(iso) ? iso : null;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
