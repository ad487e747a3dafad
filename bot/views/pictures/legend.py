"""The legend: an entry for each mark that a picture really has, in lines as wide as it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.views.pictures.palette import QUIET
from bot.views.pictures.shapes import EDGE, Text, centred
from bot.views.words import Reader

LINE = 38.0

_SIZE = 21.0
_SAMPLE, _BETWEEN, _AFTER = 46.0, 12.0, 34.0  # widths: of a sample, to its words, to the next


class Mark(StrEnum):
    """What a legend explains, in its order."""

    WORK = "work"
    APPROVAL = "approval"
    SUPPLIER = "supplier"
    MILESTONE = "milestone"
    DEADLINE = "deadline"
    CRITICAL = "critical"
    DONE = "done"
    LATE = "late"
    PLANNED = "planned"
    ABSENCE = "absence"
    FOLDED = "folded"
    MARGIN = "margin"
    DAY_OFF = "day_off"
    NODE = "node"
    LINK = "link"
    MIDDAY = "midday"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A sample of a mark at ``x``, around ``middle``, and its words."""

    mark: Mark
    x: float
    middle: float
    width: float
    words: Text


def legend(marks: Iterable[Mark], reader: Reader, top: float, right: float) -> tuple[Entry, ...]:
    """The entries for those marks, broken into lines that end before ``right``."""
    return tuple(_entries(set(marks), reader, top, right))


def height(entries: tuple[Entry, ...], top: float) -> float:
    """How high a legend is that begins at ``top``."""
    return max((entry.middle + LINE / 2 - top for entry in entries), default=0.0)


def _entries(marks: set[Mark], reader: Reader, top: float, right: float) -> Iterator[Entry]:
    x, middle = EDGE, top + LINE / 2
    said = words(reader)
    for mark in Mark:
        if mark not in marks:
            continue
        text = Text(x=0, y=0, text=said[mark], size=_SIZE, colour=QUIET)
        sample = 0.0 if mark is Mark.MIDDAY else _SAMPLE + _BETWEEN
        if x > EDGE and x + sample + text.width > right:
            x, middle = EDGE, middle + LINE
        yield Entry(
            mark=mark,
            x=x,
            middle=middle,
            width=_SAMPLE,
            words=Text(
                x=x + sample, y=centred(middle, _SIZE), text=said[mark], size=_SIZE, colour=QUIET
            ),
        )
        x += sample + text.width + _AFTER


def words(reader: Reader) -> dict[Mark, str]:
    """What each mark means."""
    return {
        Mark.WORK: reader.plain("work"),
        Mark.APPROVAL: reader.plain("approval"),
        Mark.SUPPLIER: reader.plain("supplier"),
        Mark.MILESTONE: reader.plain("milestone"),
        Mark.DEADLINE: reader.plain("decision due"),
        Mark.CRITICAL: reader.plain("critical path"),
        Mark.DONE: reader.plain("done"),
        Mark.LATE: reader.plain("late, in working days"),
        Mark.PLANNED: reader.plain("as it was planned"),
        Mark.ABSENCE: reader.plain("away"),
        Mark.FOLDED: reader.plain("several tasks folded"),
        Mark.MARGIN: reader.plain("safety margin"),
        Mark.DAY_OFF: reader.plain("days off"),
        Mark.NODE: reader.plain("top: early dates, duration; bottom: late dates, float"),
        Mark.LINK: reader.plain("link and delay, if not end to start"),
        Mark.MIDDAY: reader.plain("½ = at midday"),
    }
