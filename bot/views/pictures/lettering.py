"""How wide texts are, and how they are cut to fit: read from the very fonts that draw them."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

FAMILY = "Inter"
REGULAR, BOLD = 400, 600
FONTS: Mapping[int, Path] = {
    REGULAR: Path(__file__).parent / "fonts" / "Inter-Regular.otf",
    BOLD: Path(__file__).parent / "fonts" / "Inter-SemiBold.otf",
}

_ELLIPSIS = "…"
_ELSEWHERE = 1.1  # ems: the width allowed for a character of another font
_NOT_TEXT = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # XML bars some; the others hide or turn what follows
_KEPT = {"\u200d"}  # joins the parts of an emoji
_DROPPED = {"\ufffe", "\uffff", "\ufe0e", "\ufe0f"}  # no XML; and the style of an emoji


def clean(text: str) -> str:
    """Text as one line that XML can hold, its accents joined to their letters."""
    text = unicodedata.normalize("NFC", text).replace("\n", " ").replace("\t", " ")
    return "".join(
        c
        for c in text
        if c in _KEPT or (unicodedata.category(c) not in _NOT_TEXT and c not in _DROPPED)
    )


def width(text: str, size: float, weight: int = REGULAR) -> float:
    """The length of a line of text, in the unit of ``size``; kerning would only make it shorter."""
    advances = _advances(weight)
    return size * sum(advances.get(ord(c), _ELSEWHERE) for c in text)


def fit(text: str, room: float, size: float, weight: int = REGULAR) -> str:
    """The text if it fits, else its beginning and an ellipsis; nothing where not even that fits."""
    if width(text, size, weight) <= room:
        return text
    room -= width(_ELLIPSIS, size, weight)
    if room < 0:
        return ""
    advances = _advances(weight)
    kept = 0
    for c in text:
        room -= size * advances.get(ord(c), _ELSEWHERE)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip(" ,;:–(«\u202f\u00a0") + _ELLIPSIS


def lines(text: str, room: float, size: float, most: int, weight: int = REGULAR) -> list[str]:
    """The text broken at spaces into at most so many lines, the last one cut to fit."""
    words = text.split(" ")
    made: list[str] = []
    while words and len(made) < most - 1:
        count = 1
        while count < len(words) and width(" ".join(words[: count + 1]), size, weight) <= room:
            count += 1
        made.append(fit(" ".join(words[:count]), room, size, weight))
        words = words[count:]
    if words:
        made.append(fit(" ".join(words), room, size, weight))
    return made


def has_all(text: str) -> bool:
    """Whether the fonts of this package have every character of the text."""
    return all(c == "\n" or ord(c) in _advances(REGULAR) for c in set(text))


@cache
def _advances(weight: int) -> Mapping[int, float]:
    """How far each character moves the pen, in ems, from the font's ``cmap`` and ``hmtx``."""
    font = FONTS[weight].read_bytes()
    tables = {
        name: font[start : start + length]
        for name, start, length in (
            struct.unpack_from(">4s4xII", font, 12 + 16 * n)
            for n in range(struct.unpack_from(">H", font, 4)[0])
        )
    }
    (units,) = struct.unpack_from(">H", tables[b"head"], 18)
    (measured,) = struct.unpack_from(">H", tables[b"hhea"], 34)
    # Glyphs after the last one measured are as wide as it.
    widths = [struct.unpack_from(">H", tables[b"hmtx"], 4 * n)[0] for n in range(measured)]
    return {
        character: widths[min(glyph, measured - 1)] / units
        for character, glyph in _glyphs(tables[b"cmap"])
    }


def _glyphs(cmap: bytes) -> Iterator[tuple[int, int]]:
    """Character and glyph of a ``cmap`` whose first table has format 4: segments of characters."""
    (at,) = struct.unpack_from(">I", cmap, 8)
    version, twice = struct.unpack_from(">H4xH", cmap, at)
    if version != 4:  # noqa: PLR2004 (the number of the format)
        raise ValueError("a font with another kind of character map")
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", cmap, at + 14)
    starts = struct.unpack_from(f">{count}H", cmap, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", cmap, at + 16 + 2 * twice)
    offsets_at = at + 16 + 3 * twice
    offsets = struct.unpack_from(f">{count}H", cmap, offsets_at)
    for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for character in range(first, min(last, 0xFFFE) + 1):
            if not offsets[n]:
                yield character, (character + deltas[n]) & 0xFFFF
                continue
            place = offsets_at + 2 * n + offsets[n] + 2 * (character - first)
            (glyph,) = struct.unpack_from(">H", cmap, place)
            if glyph:
                yield character, (glyph + deltas[n]) & 0xFFFF
