"""What people type, checked before it is stored."""

from __future__ import annotations

import re
import unicodedata

from bot.errors import BadLink, Empty, TooLong
from bot.ids import Field

TITLE = 120
NOTE = 3000

_HIDDEN = frozenset({"Cc", "Cs", "Co", "Cn"})  # controls, surrogates, unassigned
_URL = re.compile(r"https://[^\s<>|\"]{3,2000}\Z")


def one_line(text: str | None, field: str, limit: int = TITLE) -> str:
    """A name or a title: on one line, without invisible characters, in composed Unicode.

    Raises ``Empty`` or ``TooLong``.
    """
    cleaned = " ".join(_visible(text or "").split())
    if not cleaned:
        raise Empty(field)
    if len(cleaned) > limit:
        raise TooLong(field, len(cleaned), limit)
    return cleaned


def several_lines(text: str | None, field: str, *, optional: bool, limit: int = NOTE) -> str:
    """A note or remarks. Raises ``Empty`` or ``TooLong``."""
    lines = (line.rstrip() for line in _visible(text or "").splitlines())
    cleaned = "\n".join(lines).strip()
    if not cleaned and not optional:
        raise Empty(field)
    if len(cleaned) > limit:
        raise TooLong(field, len(cleaned), limit)
    return cleaned


def link(text: str | None, field: str = Field.LINK) -> str:
    """A web address, or '' for none. Raises ``BadLink``."""
    cleaned = (text or "").strip()
    if cleaned and not _URL.match(cleaned):
        raise BadLink(field, cleaned[:NOTE])
    return cleaned


def _visible(text: str) -> str:
    # PostgreSQL refuses NUL, and neither database takes half of a surrogate pair.
    kept = (
        character if character in "\n\t" or unicodedata.category(character) not in _HIDDEN else ""
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
    )
    return unicodedata.normalize("NFC", "".join(kept))
