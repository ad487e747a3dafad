"""How things are said to one reader: language, dates, durations, and text that is safe to send."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property, lru_cache
from importlib import resources
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined

LANGUAGES = ("en", "fr")

_TWO_STOPS = re.compile(
    r"\b(janv|févr|avr|juil|sept|oct|nov|déc|lun|mar|mer|jeu|ven|sam|dim)\.\.(?!\.)"
)
_FIRST = re.compile(r"(^|[\s\u00a0])1(?=\s[a-zéû]|$)")
_NEAR = timedelta(days=300)

# C0 controls but newline, and the marks that turn the direction of what follows.
_INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Mrkdwn(str):
    """Text that may be sent as it is: ours, or escaped."""

    __slots__ = ()


def escape(text: str) -> Mrkdwn:
    """Make text typed by a person harmless in a message: no mention, link or markup of theirs."""
    if isinstance(text, Mrkdwn):
        return text
    text = _INVISIBLE.sub("", text)
    return Mrkdwn(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def sentence(text: Mrkdwn) -> Mrkdwn:
    """The text with a capital at its beginning."""
    return Mrkdwn(text[:1].upper() + text[1:])


def mention(user_id: str) -> Mrkdwn:
    """Slack's spelling of a person."""
    return Mrkdwn(f"<@{user_id}>")


def channel(channel_id: str) -> Mrkdwn:
    """Slack's spelling of a channel."""
    return Mrkdwn(f"<#{channel_id}>")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The words of a language, compiled from the catalogue's text: nothing to build or to forget."""
    if language == "en":
        return gettext.NullTranslations()
    folder = resources.files("bot.views") / "locale" / language / "LC_MESSAGES"
    with (folder / "retro.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


# A plan says the same days again and again, and Babel takes its time over each.
_DAYS_KEPT = 4096


@lru_cache(_DAYS_KEPT)
def _skeleton(skeleton: str, day: date, locale: Locale) -> Mrkdwn:
    return _french_first(format_skeleton(skeleton, day, locale=locale), locale)


@lru_cache(_DAYS_KEPT)
def _pattern(pattern: str, day: date, locale: Locale) -> Mrkdwn:
    return _french_first(format_date(day, pattern, locale=locale), locale)


@lru_cache(_DAYS_KEPT)
def _number(value: float, locale: Locale) -> Mrkdwn:
    return Mrkdwn(format_decimal(value, format="0.#", locale=locale))


def _french_first(text: str, locale: Locale) -> Mrkdwn:
    # French writes the first of a month, and only it, as an ordinal.
    return Mrkdwn(_FIRST.sub(r"\g<1>1ᵉʳ", text) if locale.language == "fr" else text)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads: their locale as Slack writes it, their zone, and the day it is for them."""

    locale: str
    today: date
    timezone: str = "UTC"

    @cached_property
    def language(self) -> str:
        """``fr`` or ``en``: French for every French locale, English for all others."""
        return "fr" if self.locale.lower().startswith("fr") else "en"

    @cached_property
    def _babel(self) -> Locale:
        # Someone whose language we do not speak reads English, dates included.
        locale = _locale(self.locale)
        return locale if locale.language == self.language else _locale("en_GB")

    def say(self, message: str, **values: object) -> Mrkdwn:
        """Our words with values put in, each escaped unless it is already safe."""
        words = _catalogue(self.language).gettext(message)
        texts = {name: self._text(value) for name, value in values.items()}
        said = words % texts
        if ".." in said:
            # A French date may end with the stop of an abbreviation; a sentence needs no second one.
            said = _TWO_STOPS.sub(r"\1.", said)
        return Mrkdwn(said)

    def say_many(self, one: str, many: str, n: float, **values: object) -> Mrkdwn:
        """As ``say``, in the grammatical number that ``n`` asks for; ``%(n)s`` is the number."""
        # In French 1.5 is singular and in English plural; gettext rules take whole numbers.
        whole = int(n) if self.language == "fr" or n == int(n) else 2
        words = _catalogue(self.language).ngettext(one, many, abs(whole))
        texts = {name: self._text(value) for name, value in values.items()}
        return Mrkdwn(words % {"n": self.number(n), **texts})

    def plain(self, message: str, **values: object) -> str:
        """As ``say`` for buttons, titles and labels, where Slack decodes nothing."""
        words = _catalogue(self.language).gettext(message)
        return words % {name: _INVISIBLE.sub("", str(value)) for name, value in values.items()}

    def title(self, titles: Mapping[str, str]) -> str:
        """The one of several titles that is in this language."""
        return titles[self.language]

    def number(self, value: float) -> Mrkdwn:
        """A number as this locale writes it, without an empty decimal."""
        return _number(value, self._babel)

    def day(self, day: date) -> Mrkdwn:
        """``Fri 12 Mar``, ``ven. 12 mars``; the year only when it is not this one."""
        return self._month_day(day) if day.year == self.today.year else self.full_day(day)

    def full_day(self, day: date) -> Mrkdwn:
        """The day with its year, whatever year it is."""
        return _skeleton("yMMMEd", day, self._babel)

    def long_day(self, day: date) -> Mrkdwn:
        """``Tuesday 12 January``, for a heading."""
        weekday = _pattern("EEEE", day, self._babel)
        rest = _skeleton("MMMMd", day, self._babel)
        comma = "," if self._babel.territory == "US" else ""
        return Mrkdwn(f"{weekday[:1].upper()}{weekday[1:]}{comma} {rest}")

    def short_day(self, day: date) -> Mrkdwn:
        """The weekday and the day, where the month is clear: ``Wed 13``, ``mer. 13``."""
        return _pattern("EEE d", day, self._babel)

    def brief_day(self, day: date) -> Mrkdwn:
        """The day and its month, where room is short: ``13 Jan``, ``13 janv.``."""
        return _skeleton("MMMd", day, self._babel)

    def month(self, day: date) -> Mrkdwn:
        """The month and its year: ``January 2027``, ``janvier 2027``."""
        return _skeleton("yMMMM", day, self._babel)

    def short_month(self, day: date) -> Mrkdwn:
        """The month alone, abbreviated: ``Jan``, ``janv.``."""
        return _pattern("LLL", day, self._babel)

    def span(self, first: date, last: date) -> Mrkdwn:
        """From one day to another, saying month and year once where they are the same.

        The year is left out where only one is meant: within ten months of today.
        """
        if first == last:
            return self._dated(first)
        if (first.year, first.month) != (last.year, last.month):
            return Mrkdwn(f"{self._dated(first)} – {self._dated(last)}")
        if self._babel.territory == "US":  # the month stands before the day
            return Mrkdwn(f"{self._dated(first)} – {self.short_day(last)}")
        return Mrkdwn(f"{self.short_day(first)} – {self._dated(last)}")

    def moment(self, instant: datetime) -> Mrkdwn:
        """A day and a time on this reader's clock."""
        local = instant.astimezone(ZoneInfo(self.timezone))
        clock = format_time(local, format="short", locale=self._babel)
        return self.say("%(day)s at %(time)s", day=self.day(local.date()), time=Mrkdwn(clock))

    def working_days(self, n: float) -> Mrkdwn:
        """``3 working days``, ``3 j ouvrés``."""
        return self.say_many("%(n)s working day", "%(n)s working days", n)

    def days(self, n: float) -> Mrkdwn:
        """``3 days``, ``3 jours``."""
        return self.say_many("%(n)s day", "%(n)s days", n)

    def people(self, user_ids: Iterable[str]) -> Mrkdwn:
        """Mentions joined as this language joins names."""
        return self.listed(mention(user_id) for user_id in user_ids)

    def listed(self, texts: Iterable[str]) -> Mrkdwn:
        """Texts joined as this language joins names, each escaped."""
        return Mrkdwn(format_list([escape(text) for text in texts], locale=self._babel))

    def write(self, template: str, **values: object) -> Mrkdwn:
        """A text of several lines, from ``views/text``."""
        words = _jinja().get_template(template).render(reader=self, **values)
        lines = (line.strip() for line in words.strip().splitlines())
        return Mrkdwn("\n".join(line for line in lines if line))

    def _dated(self, day: date) -> Mrkdwn:
        is_near = abs(day - self.today) < _NEAR
        return self._month_day(day) if is_near else self.day(day)

    def _month_day(self, day: date) -> Mrkdwn:
        return _skeleton("MMMEd", day, self._babel)

    def _text(self, value: object) -> str:
        if isinstance(value, str):
            return escape(value)
        if isinstance(value, bool):
            raise TypeError("a yes or no is not a text")
        if isinstance(value, date) and not isinstance(value, datetime):
            return self.day(value)
        if isinstance(value, int | float):
            return self.number(value)
        return escape(str(value))


@cache
def _jinja() -> Environment:
    """The environment of ``views/text``: what a template puts out is escaped unless it is Mrkdwn."""

    def safe(value: object) -> str:
        return value if isinstance(value, Mrkdwn) else escape(str(value))

    environment = Environment(
        loader=PackageLoader("bot.views", "text"),
        finalize=safe,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - Slack's escaping, done by finalize, is not HTML's
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(mention=mention, channel=channel)
    return environment
