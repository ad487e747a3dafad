"""What people type, checked before it is stored."""

from __future__ import annotations

import re
import unicodedata

from bot.errors import BadDuration, BadLink, Empty, TooLong
from bot.ids import Field
from scheduling import Duration, PlanError

TITLE = 120
NOTE = 3000

_HIDDEN = frozenset({"Cc", "Cs", "Co", "Cn"})  # controls, surrogates, unassigned
# What turns the direction of the words that follow it, ours included.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SEEN = frozenset("LNPS")  # letters, numbers, punctuation, symbols: by the first of the category
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols with nothing to see
_DURATION = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>[^\W\d_ ][^\W\d_]*(?: [^\W\d_]+)?)\.?\Z"
)
_UNITS = {
    "d": ("d", "day", "days", "wd", "j", "jour", "jours", "jo", "jours ouvrés"),
    "w": ("w", "week", "weeks", "s", "sem", "semaine", "semaines"),
    "ed": ("ed", "cd", "calendar days", "jc", "jours calendaires"),
    "ew": ("ew", "calendar weeks", "sc", "semaines calendaires"),
}
_URL = re.compile(r"https://[^\s<>|\"]{3,2000}\Z")


def one_line(text: str | None, field: str, limit: int = TITLE) -> str:
    """A name or a title: on one line, without invisible characters, in composed Unicode.

    Raises ``Empty`` or ``TooLong``.
    """
    cleaned = " ".join(_visible(text or "").split())
    if not _can_be_seen(cleaned):
        raise Empty(field)
    if len(cleaned) > limit:
        raise TooLong(field, len(cleaned), limit)
    return cleaned


def several_lines(text: str | None, field: str, *, optional: bool, limit: int = NOTE) -> str:
    """A note or remarks. Raises ``Empty`` or ``TooLong``."""
    lines = (line.rstrip() for line in _visible(text or "").splitlines())
    cleaned = "\n".join(lines).strip()
    if not _can_be_seen(cleaned):
        if optional:
            return ""
        raise Empty(field)
    if len(cleaned) > limit:
        raise TooLong(field, len(cleaned), limit)
    return cleaned


def duration(text: str, field: str = Field.TAKES) -> str:
    """A duration as plans write it: ``3d``, but also ``3 j``, ``2 sem.`` or ``10 jc``.

    Raises ``BadDuration``.
    """
    match = _DURATION.match(text.strip().lower())
    unit = match and next((unit for unit, words in _UNITS.items() if match["unit"] in words), None)
    if match is None or unit is None:
        raise BadDuration(field, text)
    try:
        return str(Duration.parse(f"{match['number'].replace(',', '.')}{unit}"))
    except PlanError as error:
        raise BadDuration(field, text) from error


def link(text: str | None, field: str = Field.LINK) -> str:
    """A web address, or '' for none. Raises ``BadLink``."""
    cleaned = (text or "").strip()
    if cleaned and not _URL.match(cleaned):
        raise BadLink(field, cleaned[:NOTE])
    return cleaned


def _visible(text: str) -> str:
    # PostgreSQL refuses NUL, and neither database takes half of a surrogate pair.
    kept = (
        character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
        if character in "\n\t"
        or (unicodedata.category(character) not in _HIDDEN and character not in _TURNING)
    )
    return unicodedata.normalize("NFC", "".join(kept))


def _can_be_seen(text: str) -> bool:
    return any(
        unicodedata.category(character)[0] in _SEEN and character not in _BLANK
        for character in text
    )
