"""The rows of a Gantt chart: what each shows, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.views.pictures import wording
from bot.views.pictures.bars import Bar, folded_bar, margin_boxes, task_bar
from bot.views.pictures.folding import Folded, Heading, Row, Single
from bot.views.pictures.labels import Label, Said, label
from bot.views.pictures.legend import Mark
from bot.views.pictures.lettering import BOLD, REGULAR, fit, width
from bot.views.pictures.palette import INK, QUIET
from bot.views.pictures.phases import after_launch
from bot.views.pictures.shapes import EDGE, Box, Text, centred
from bot.views.pictures.standing import State
from bot.views.pictures.timeline import Scale
from bot.views.words import Reader
from scheduling import Kind, Plan

_TITLE, _HEADING = 26.0, 22.0  # sizes of letters
_ROOMY, _DENSE, _FOR_HEADING = 44.0, 38.0, 38.0  # heights
_MOST_ROOMY = 16  # rows; more are closer together
_LEAST_TITLES, _MOST_TITLES = 240.0, 500.0  # widths of the column

_MARKS = {
    Kind.WORK: Mark.WORK,
    Kind.APPROVAL: Mark.APPROVAL,
    Kind.SUPPLIER: Mark.SUPPLIER,
    Kind.MILESTONE: Mark.MILESTONE,
    None: Mark.FOLDED,
}


@dataclass(frozen=True, kw_only=True)
class Spare:
    """The row of the safety margin."""


@dataclass(frozen=True, kw_only=True)
class Margin:
    """The bar of the safety margin; ``gone`` is what the forecast has eaten of it."""

    whole: Box
    gone: Box | None


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What one row shows; ``rule`` is where the line above a heading is."""

    title: Text
    bar: Bar | None = None
    margin: Margin | None = None
    label: Label | None = None
    rule: float | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the rows of one chart have in common; ``lines`` are the places of upright lines."""

    plan: Plan
    reader: Reader
    names: wording.Names
    scale: Scale
    lines: Sequence[float]

    @property
    def room(self) -> float:
        """The width of a title."""
        return self.scale.left - EDGE - 12


def with_margin(made: Sequence[Row], plan: Plan) -> list[Row | Spare]:
    """The rows with that of the margin before those of what follows the launch."""
    rows: list[Row | Spare] = list(made)
    if plan.margin_planned:
        late = after_launch(plan)
        after = (n for n, row in enumerate(made) if _is_after_launch(row, late))
        rows.insert(next(after, len(rows)), Spare())
    return rows


def titles_width(rows: Sequence[Row | Spare], reader: Reader) -> float:
    """How wide the column of titles must be."""
    widest = max((width(*_heading(row, reader)) for row in rows), default=0.0)
    return min(max(widest, _LEAST_TITLES), _MOST_TITLES)


def heights(rows: Sequence[Row | Spare]) -> list[float]:
    """How high each row is."""
    task = _ROOMY if len(rows) <= _MOST_ROOMY else _DENSE
    return [_FOR_HEADING if isinstance(row, Heading) else task for row in rows]


def drawn(row: Row | Spare, sheet: Sheet, top: float, height: float) -> Drawn:
    """A row between ``top`` and ``top + height``."""
    middle = top + height / 2
    text, size, weight = _heading(row, sheet.reader)
    title = Text(
        x=EDGE,
        y=centred(middle, size),
        text=fit(text, sheet.room, size, weight),
        size=size,
        weight=weight,
        colour=QUIET if isinstance(row, Heading) else INK,
    )
    match row:
        case Heading():
            return Drawn(title=title, rule=top)
        case Spare():
            return _spare(title, sheet, middle)
        case Single(standing=one):
            people = wording.people(one.planned, sheet.names)
            return _with_bar(title, task_bar(sheet.plan, one, sheet.scale, middle), people, sheet)
        case Folded(standings=some):
            tally = wording.tally(some, sheet.reader)
            return _with_bar(title, folded_bar(sheet.plan, some, sheet.scale, middle), tally, sheet)


def marks(rows: Sequence[Drawn]) -> Iterator[Mark]:
    """What the rows show that a legend must explain."""
    for row in rows:
        if row.margin is not None:
            yield Mark.MARGIN
        if row.bar is not None:
            yield _MARKS[row.bar.kind]
            yield from _details(row.bar)


def _details(bar: Bar) -> Iterator[Mark]:
    shown = {
        Mark.DEADLINE: bar.deadlines,
        Mark.ABSENCE: bar.notches,
        Mark.CRITICAL: bar.is_critical and not bar.is_done,
        Mark.DONE: bar.is_done,
        Mark.LATE: bar.late,
        Mark.PLANNED: bar.plan,
    }
    yield from (mark for mark, is_shown in shown.items() if is_shown)


def _with_bar(title: Text, bar: Bar, words: str, sheet: Sheet) -> Drawn:
    late = wording.lateness(bar.late_days, sheet.reader) if bar.late_days else ""
    said = Said(late=late, is_done=bar.is_done, people=words)
    return Drawn(title=title, bar=bar, label=_label(said, bar.left, bar.right, bar.middle, sheet))


def _spare(title: Text, sheet: Sheet, middle: float) -> Drawn:
    whole, gone = margin_boxes(sheet.plan, sheet.scale, middle)
    words = wording.margin_short(sheet.plan, sheet.reader)
    return Drawn(
        title=title,
        margin=Margin(whole=whole, gone=gone),
        label=_label(Said(people=words), whole.x, whole.right, middle, sheet),
    )


def _label(said: Said, left: float, right: float, middle: float, sheet: Sheet) -> Label | None:
    room, cut = (sheet.scale.left, sheet.scale.right), sheet.scale.cut
    if cut is not None:  # what is on one side of the gap has its words there
        room = (room[0], cut - 14) if right < cut else (cut + 14, room[1])
    return label(said, (left, right), middle, room, sheet.lines)


def _heading(row: Row | Spare, reader: Reader) -> tuple[str, float, int]:
    """The title of a row, with the size and the weight of its letters."""
    match row:
        case Heading(phase=phase):
            return wording.phase_name(phase, reader), _HEADING, BOLD
        case Spare():
            return reader.plain("Safety margin"), _TITLE, REGULAR
        case Single(standing=one):
            is_bold = one.planned.critical and one.state is not State.DONE
            return wording.title(one.planned), _TITLE, BOLD if is_bold else REGULAR
        case Folded(is_rest=True):
            words = reader.say_many("%(n)s other task", "%(n)s other tasks", len(row))
            return str(words), _TITLE, REGULAR
        case Folded(phase=phase):
            return wording.phase_name(phase, reader), _TITLE, REGULAR


def _is_after_launch(row: Row, late: frozenset[str]) -> bool:
    if isinstance(row, Single):
        return row.standing.key in late
    return row.phase.is_after_launch
