"""The Gantt chart: a row for each task, from its title to the bar and its owner's name.

Where tasks after the launch would squeeze the others, the scale is broken at the launch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.views.pictures import ganttrows, wording
from bot.views.pictures.bars import margin_start
from bot.views.pictures.folding import Row, folded, rows, standings
from bot.views.pictures.ganttrows import Drawn, Sheet
from bot.views.pictures.head import HEIGHT as HEAD
from bot.views.pictures.head import Head, head
from bot.views.pictures.labels import Label, masked
from bot.views.pictures.legend import Entry, Mark, legend
from bot.views.pictures.legend import height as legend_height
from bot.views.pictures.lettering import BOLD, width
from bot.views.pictures.palette import INK, LATE, QUIET
from bot.views.pictures.phases import after_launch
from bot.views.pictures.shapes import EDGE, WIDTH, Text
from bot.views.pictures.timeline import (
    HALVES_OF_WEEK,
    MOST_AFTER,
    Monday,
    Scale,
    Stretch,
    days_off,
    mondays,
    months,
)
from bot.views.words import Reader
from scheduling import HalfDay, Plan

MOST_ROWS, FOLDED_ROWS = 32, 24  # more tasks than that are folded into so few rows

_FLAGS, _MONTHS, _MONDAYS = 36.0, 32.0, 34.0  # heights of the lines above the rows
_DATE, _FLAG = 21.0, 22.0  # sizes of letters
_GAP = 22.0
_BELOW = 18.0  # free above the legend and below it
_TODAY_NEAR = 0.25  # today is on the scale if making that longer by so much is enough


@dataclass(frozen=True, kw_only=True)
class Line:
    """An upright line through all rows, with its word above."""

    x: float
    flag: Text


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A whole Gantt chart, ready to be written as SVG."""

    height: float
    head: Head
    top: float
    bottom: float
    scale: Scale
    months: tuple[Label, ...]
    edges: tuple[float, ...]
    dates: tuple[Label, ...]
    weeks: tuple[float, ...]
    days_off: tuple[Stretch, ...]
    rows: tuple[Drawn, ...]
    today: Line | None
    launch: Line
    legend: tuple[Entry, ...]
    width: float = field(default=WIDTH)


def chart(plan: Plan, reader: Reader, names: wording.Names) -> Chart:
    """The places and words of everything in the chart."""
    made = shown_rows(plan)
    sequence = ganttrows.with_margin(made, plan)
    top = HEAD + _FLAGS + _MONTHS + _MONDAYS
    scale = _scale(plan, made, EDGE + ganttrows.titles_width(sequence, reader) + _GAP)
    launch, today = _lines(plan, reader, scale)
    lines = [line.x for line in (launch, today) if line is not None]
    sheet = Sheet(plan=plan, reader=reader, names=names, scale=scale, lines=lines)
    drawn, y = [], top + 6
    for row, height in zip(sequence, ganttrows.heights(sequence), strict=True):
        drawn.append(ganttrows.drawn(row, sheet, y, height))
        y += height
    bottom = y + 6
    off = tuple(days_off(scale, plan.campaign.calendar))
    marks = {*ganttrows.marks(drawn), *([Mark.DAY_OFF] if off else [])}
    entries = legend(marks, reader, bottom + _BELOW, WIDTH - EDGE)
    grid, spans = mondays(scale, _DATE), list(months(scale, reader, _DATE))
    return Chart(
        height=round(bottom + 2 * _BELOW + legend_height(entries, bottom + _BELOW)),
        head=head(plan, reader, WIDTH, folded(made)),
        top=top,
        bottom=bottom,
        scale=scale,
        months=tuple(masked([text], lines) for text in _months(spans)),
        edges=tuple(month.left for month in spans if month.left > scale.left),
        dates=tuple(masked([text], lines) for text in _dates(grid, scale, reader)),
        weeks=tuple(monday.x for monday in grid),
        days_off=off,
        rows=tuple(drawn),
        today=today,
        launch=launch,
        legend=entries,
    )


def shown_rows(plan: Plan) -> tuple[Row, ...]:
    """The rows of the chart but for that of the margin."""
    return rows(plan, MOST_ROWS if len(plan.tasks) <= MOST_ROWS else FOLDED_ROWS)


def _scale(plan: Plan, made: Sequence[Row], left: float) -> Scale:
    late = after_launch(plan)
    tasks = [one for row in made for one in standings(row)]
    launch = HalfDay(plan.campaign.launch).slot
    before = [one for one in tasks if one.key not in late]
    first = min([one.first for one in before or tasks], default=launch - HALVES_OF_WEEK)
    if plan.margin_planned:
        first = min(first, margin_start(plan))
    first = min(first, launch)
    last = max([launch + 2, *(one.end for one in before)])
    after = max([last, *(one.end + 1 for one in tasks)])
    near = last + MOST_AFTER * (last - first)
    last = max([last, *(one.end + 1 for one in tasks if one.end < near)]) if before else after
    today, room = HalfDay(plan.today).slot, _TODAY_NEAR * (last - first)
    if first - room <= today < first:
        first = today
    if after < today <= after + room:
        after = today + 1
    monday = first // HALVES_OF_WEEK * HALVES_OF_WEEK
    return Scale.over(monday, last, after, left, WIDTH - EDGE)


def _lines(plan: Plan, reader: Reader, scale: Scale) -> tuple[Line, Line | None]:
    """The line of the launch and that of today; without the latter if it is not on the scale."""
    y = HEAD + _FLAGS - 12
    launch = _flag(scale.x(HalfDay(plan.campaign.launch).slot), y, reader.plain("launch"), INK)
    instant = HalfDay(plan.today).slot
    if not scale.first <= instant <= scale.last:
        return launch, None
    today = _flag(scale.x(instant), y, reader.plain("today"), LATE)
    if today.flag.right + 16 > launch.flag.x and today.flag.x < launch.flag.right + 16:
        beside = launch.flag.right + 16
        if today.x < launch.x or beside + today.flag.width > WIDTH - EDGE:
            beside = launch.flag.x - 16 - today.flag.width
        today = Line(x=today.x, flag=today.flag.at(beside))
    return launch, today


def _flag(x: float, y: float, word: str, colour: str) -> Line:
    half = width(word, _FLAG, BOLD) / 2
    left = min(max(x - half, EDGE), WIDTH - EDGE - 2 * half)
    return Line(x=x, flag=Text(x=left, y=y, text=word, size=_FLAG, weight=BOLD, colour=colour))


def _months(spans: Sequence[Stretch]) -> Iterator[Text]:
    y = HEAD + _FLAGS + _MONTHS - 10
    for month in spans:
        if month.name:
            yield Text(x=month.left + 8, y=y, text=month.name, size=_DATE, weight=BOLD)


def _dates(grid: Sequence[Monday], scale: Scale, reader: Reader) -> Iterator[Text]:
    """The dates of Mondays and, where the scale is broken, the day it goes up to."""
    y = HEAD + _FLAGS + _MONTHS + _MONDAYS - 11
    for monday in grid:
        if monday.name:
            half = width(monday.name, _DATE) / 2
            yield Text(x=monday.x - half, y=y, text=monday.name, size=_DATE, colour=QUIET)
    if scale.break_at is not None:
        until = reader.brief_day(HalfDay.of_slot(scale.last - 1).day)
        yield Text.ending_at(scale.right, y, f"→ {until}", _DATE, colour=QUIET)
