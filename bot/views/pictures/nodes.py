"""The nodes of a network: title, duration, early and late dates, float."""

from __future__ import annotations

from dataclasses import dataclass

from bot.views.pictures import wording
from bot.views.pictures.folding import Folded
from bot.views.pictures.lettering import BOLD, REGULAR, fit, lines
from bot.views.pictures.palette import LATE, MARGIN, PAPER, QUIET, STYLES, Style
from bot.views.pictures.placing import NODE_HEIGHT, NODE_WIDTH
from bot.views.pictures.shapes import Box, Text, centred
from bot.views.pictures.standing import Standing, State, late_days
from bot.views.words import Reader
from scheduling import HalfDay, Kind, Plan

_STRIP = 10.0  # the coloured edge that tells the kind
_CELL = 35.0  # the height of the lines of dates
_PAD = 9.0
_TITLE, _DATE = 24.0, 20.0  # sizes of letters
_LEADING = 29.0


@dataclass(frozen=True, kw_only=True)
class Node:
    """One node. ``kind`` is None for folded tasks and for the launch, which ``is_launch``."""

    box: Box
    strip: Box
    style: Style
    kind: Kind | None
    texts: tuple[Text, ...]
    is_critical: bool = False
    is_done: bool = False
    is_late: bool = False
    is_launch: bool = False
    has_midday: bool = False

    @property
    def rules(self) -> tuple[float, float]:
        """The heights of the lines between dates and title."""
        return self.box.y + _CELL, self.box.bottom - _CELL


def task_node(one: Standing, x: float, middle: float, reader: Reader) -> Node:
    """The node of a task: early dates and duration above its title, late dates and float below."""
    planned = one.planned
    is_done = one.state is State.DONE
    is_milestone = planned.task.kind is Kind.MILESTONE
    box = _box(x, middle)
    opens = _close if is_milestone else _open
    above = (
        opens(planned.early_start, reader),
        "" if is_milestone else wording.duration(planned.task, reader),
        "" if is_milestone else _close(planned.early_finish, reader),
    )
    below = (
        opens(planned.start, reader),
        wording.slack(planned.total_float, reader),
        "" if is_milestone else _close(planned.finish, reader),
    )
    mark = "✓" if is_done else wording.lateness(one.late, reader) if one.late else ""
    return Node(
        box=box,
        strip=_strip(box),
        style=STYLES[planned.task.kind],
        kind=planned.task.kind,
        texts=(
            *_cells(box, above, box.y + _CELL / 2),
            *_title(
                wording.title(planned), box, is_bold=planned.critical and not is_done, mark=mark
            ),
            *_cells(box, below, box.bottom - _CELL / 2),
        ),
        is_critical=planned.critical and not is_done,
        is_done=is_done,
        is_late=one.late > 0 and not is_done,
        has_midday=any("½" in text for text in (*above, *below)),
    )


def phase_node(row: Folded, x: float, middle: float, plan: Plan, reader: Reader) -> Node:
    """The node of folded tasks: their first and last dates, and how many they are."""
    box = _box(x, middle)
    tasks = [one.planned for one in row.standings]
    above = (
        _open(min(planned.early_start for planned in tasks), reader),
        wording.count(row.standings, reader),
        _close(max(planned.early_finish for planned in tasks), reader),
    )
    below = (
        _open(min(planned.start for planned in tasks), reader),
        "",
        _close(max(planned.finish for planned in tasks), reader),
    )
    late = late_days(plan, row.standings)
    is_done = all(one.state is State.DONE for one in row.standings)
    mark = "✓" if is_done else wording.lateness(late, reader) if late else ""
    words = wording.phase_name(row.phase, reader)
    is_critical = any(planned.critical for planned in tasks) and not is_done
    return Node(
        box=box,
        strip=_strip(box),
        style=STYLES[Kind.MILESTONE],
        kind=None,
        texts=(
            *_cells(box, above, box.y + _CELL / 2),
            *_title(words, box, is_bold=is_critical, mark=mark),
            *_cells(box, below, box.bottom - _CELL / 2),
        ),
        is_critical=is_critical,
        is_done=is_done,
        is_late=late > 0 and not is_done,
        has_midday=any("½" in text for text in (*above, *below)),
    )


def launch_node(plan: Plan, x: float, middle: float, reader: Reader) -> Node:
    """The node of the launch: its day and the margin kept before it."""
    box = _box(x, middle)
    day, margin = str(reader.day(plan.campaign.launch)), wording.margin(plan, reader)
    said = [
        (reader.plain("Launch"), _TITLE, BOLD),
        (day, _TITLE, REGULAR),
        *([(margin, _DATE, REGULAR)] if margin else []),
    ]
    first = box.y + NODE_HEIGHT / 2 - (len(said) - 1) * _LEADING / 2
    texts = tuple(
        Text(
            x=box.x + _STRIP + _PAD,
            y=centred(first + number * _LEADING, size),
            text=fit(words, NODE_WIDTH - _STRIP - 2 * _PAD, size, weight),
            size=size,
            weight=weight,
            colour=PAPER,
        )
        for number, (words, size, weight) in enumerate(said)
    )
    style = STYLES[Kind.MILESTONE]
    return Node(box=box, strip=_strip(box), style=style, kind=None, texts=texts, is_launch=True)


def _box(x: float, middle: float) -> Box:
    return Box(x=x, y=middle - NODE_HEIGHT / 2, width=NODE_WIDTH, height=NODE_HEIGHT)


def _strip(box: Box) -> Box:
    return Box(x=box.x, y=box.y, width=_STRIP, height=box.height)


def _cells(box: Box, words: tuple[str, str, str], middle: float) -> list[Text]:
    """A date at the left, a number of days in the middle, a date at the right."""
    y = centred(middle, _DATE)
    left = Text(x=box.x + _STRIP + _PAD, y=y, text=words[0], size=_DATE, colour=QUIET)
    right = Text.ending_at(box.right - _PAD, y, words[2], _DATE, colour=QUIET)
    room = right.x - left.right - 8
    between = fit(words[1], room, _DATE, BOLD)
    made = Text(x=0, y=y, text=between, size=_DATE, weight=BOLD)
    centre = made.at(left.right + (right.x - left.right - made.width) / 2)
    return [text for text in (left, centre, right) if text.text]


def _title(words: str, box: Box, *, is_bold: bool, mark: str) -> list[Text]:
    weight = BOLD if is_bold else REGULAR
    x, right = box.x + _STRIP + _PAD, box.right - _PAD
    colour = MARGIN if mark == "✓" else LATE
    sign = Text(x=0, y=0, text=mark, size=_DATE, weight=BOLD, colour=colour)
    made = lines(words, right - x - (sign.width + 8 if mark else 0), _TITLE, 2, weight)
    first = box.y + NODE_HEIGHT / 2 - (len(made) - 1) * _LEADING / 2
    texts = [
        Text(x=x, y=centred(first + n * _LEADING, _TITLE), text=line, size=_TITLE, weight=weight)
        for n, line in enumerate(made)
    ]
    if mark:
        y = centred(first, _DATE)
        texts.append(Text.ending_at(right, y, mark, _DATE, weight=BOLD, colour=colour))
    return texts


def _open(half_day: HalfDay, reader: Reader) -> str:
    return f"{reader.brief_day(half_day.day)}{' ½' if half_day.pm else ''}"


def _close(half_day: HalfDay, reader: Reader) -> str:
    return f"{reader.brief_day(half_day.day)}{'' if half_day.pm else ' ½'}"
