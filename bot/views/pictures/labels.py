"""What is written beside a bar: how late it is, that it is done, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.views.pictures.lettering import BOLD, fit
from bot.views.pictures.palette import LATE, MARGIN, QUIET
from bot.views.pictures.shapes import Box, Text, centred

SIZE = 22.0

_FROM_BAR, _BETWEEN = 10.0, 8.0
_AROUND = 4.0  # what a label hides around itself where a line would run through it
_LEAST = 150.0  # less room beside a bar is none


@dataclass(frozen=True, kw_only=True)
class Label:
    """Texts on one line; ``mask`` is what they hide, where an upright line runs through them."""

    texts: tuple[Text, ...]
    mask: Box | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """The words of a label before they have a place."""

    late: str = ""
    is_done: bool = False
    people: str = ""


def label(
    said: Said,
    bar: tuple[float, float],
    middle: float,
    room: tuple[float, float],
    lines: Sequence[float],
) -> Label | None:
    """The words after the bar, or before it where there is no room, cut if there is none at all.

    ``bar`` and ``room`` are left and right edges; ``lines`` the places of upright lines.
    """
    texts = _texts(said, middle)
    if not texts:
        return None
    total = sum(text.width for text in texts) + _BETWEEN * (len(texts) - 1)
    after, before = bar[1] + _FROM_BAR, bar[0] - _FROM_BAR - total
    if after + total <= room[1]:
        x = after
    elif before >= room[0]:
        x = before
    else:
        return _cut(texts, bar, room, lines)
    return masked(_placed(texts, x), lines)


def _texts(said: Said, middle: float) -> list[Text]:
    y = centred(middle, SIZE)
    texts = []
    if said.late:
        texts.append(Text(x=0, y=y, text=said.late, size=SIZE, weight=BOLD, colour=LATE))
    if said.is_done:
        texts.append(Text(x=0, y=y, text="✓", size=SIZE, weight=BOLD, colour=MARGIN))
    if said.people:
        texts.append(Text(x=0, y=y, text=said.people, size=SIZE, colour=QUIET))
    return texts


def _placed(texts: Sequence[Text], x: float) -> list[Text]:
    placed = []
    for text in texts:
        placed.append(text.at(x))
        x += text.width + _BETWEEN
    return placed


def _cut(
    texts: Sequence[Text],
    bar: tuple[float, float],
    room: tuple[float, float],
    lines: Sequence[float],
) -> Label | None:
    """As much of the label as fits on the roomier side of its bar, or else over the bar."""
    sides = (bar[1] + _FROM_BAR, room[1]), (room[0], bar[0] - _FROM_BAR)
    left, right = max(sides, key=lambda side: side[1] - side[0])
    is_over = right - left < min(_LEAST, bar[1] - bar[0] - 2 * _FROM_BAR)
    if is_over:
        left, right = bar[0] + _FROM_BAR, bar[1] - _FROM_BAR
    placed = []
    for text in _placed(texts, left):
        # A name can be read without its end; a number or a sign cannot.
        is_name = text.weight != BOLD
        words = fit(text.text, right - text.x, text.size, text.weight) if is_name else text.text
        if not is_name and text.right > right:
            break
        if words:
            placed.append(replace(text, text=words))
    if not placed:
        return None
    return Label(texts=tuple(placed), mask=_mask(placed)) if is_over else masked(placed, lines)


def masked(texts: Sequence[Text], lines: Sequence[float]) -> Label:
    """Texts that hide the upright lines running through them."""
    left, right = texts[0].x - _AROUND, texts[-1].right + _AROUND
    is_crossed = any(left < line < right for line in lines)
    return Label(texts=tuple(texts), mask=_mask(texts) if is_crossed else None)


def _mask(texts: Sequence[Text]) -> Box:
    x, y = texts[0].x - _AROUND, texts[0].y - SIZE * 1.02  # accents of capitals
    return Box(x=x, y=y, width=texts[-1].right + _AROUND - x, height=SIZE * 1.34)
