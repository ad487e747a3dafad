"""From days to places: the scale of a Gantt chart, its grid, and what is not worked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.views.pictures.lettering import BOLD, width
from bot.views.words import Reader
from scheduling import Calendar, HalfDay

HALVES_OF_WEEK = 14

MOST_AFTER = 0.3  # what follows the launch may take that share of what comes before, or is cut off
_CUT, _AFTER = 30.0, 170.0  # widths: of the gap where the scale is broken, of what follows it
_DAY_OFF_SHOWN = 3.0  # narrower stretches are only a blur
_WEEK_SHOWN = 10.0
_MONTH_ROOM = 16.0  # around the name of a month


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Instants, in half-days, to places from ``left`` to ``right``.

    Where ``break_at`` is given, time after it is drawn smaller, at the right of a gap.
    """

    first: int
    last: int
    left: float
    right: float
    break_at: int | None = None

    @classmethod
    def over(cls, first: int, before: int, after: int, left: float, right: float) -> Scale:
        """From ``first`` to ``after``, broken at ``before`` if what follows would squeeze the rest."""
        if after - before > MOST_AFTER * (before - first) > 0:
            return cls(first=first, last=after, left=left, right=right, break_at=before)
        last = max(after, before, first + HALVES_OF_WEEK)
        return cls(first=first, last=last, left=left, right=right)

    @property
    def main_right(self) -> float:
        """Where the scale ends or is broken."""
        return self.right if self.break_at is None else self.right - _AFTER - _CUT

    @property
    def main_last(self) -> int:
        """The instant that stands there."""
        return self.last if self.break_at is None else self.break_at

    @property
    def cut(self) -> float | None:
        """The middle of the gap, if the scale is broken."""
        return None if self.break_at is None else self.main_right + _CUT / 2

    @property
    def per_week(self) -> float:
        return (self.main_right - self.left) * HALVES_OF_WEEK / max(1, self.main_last - self.first)

    def x(self, instant: float) -> float:
        """The place of an instant; one before the first is at the left edge."""
        if self.break_at is not None and instant > self.break_at:
            share = (instant - self.break_at) / (self.last - self.break_at)
            return self.main_right + _CUT + share * _AFTER
        share = (instant - self.first) / max(1, self.main_last - self.first)
        return self.left + max(0.0, share) * (self.main_right - self.left)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days off, or a month, from one place to another."""

    left: float
    right: float
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Monday:
    """A line of the grid; ``name`` is the day of the month, empty where there is no room."""

    x: float
    name: str


def days_off(scale: Scale, calendar: Calendar) -> Iterator[Stretch]:
    """The stretches that the campaign does not work."""
    if scale.per_week < _WEEK_SHOWN:
        return
    begun: int | None = None
    for slot in range(scale.first, scale.main_last + 1):
        is_off = slot < scale.main_last and not calendar.is_worked(HalfDay.of_slot(slot))
        if is_off and begun is None:
            begun = slot
        elif not is_off and begun is not None:
            stretch = Stretch(left=scale.x(begun), right=scale.x(slot))
            if stretch.right - stretch.left >= _DAY_OFF_SHOWN:
                yield stretch
            begun = None


def mondays(scale: Scale, size: float) -> list[Monday]:
    """A line for every week, with the date of as many as can be read in letters of ``size``."""
    if scale.per_week < _WEEK_SHOWN:
        return []
    room = width("30", size, BOLD) * 1.25
    step = next((n for n in (1, 2, 4) if n * scale.per_week >= room), None)
    monday = -(-scale.first // HALVES_OF_WEEK) * HALVES_OF_WEEK
    lines = []
    for instant in range(monday, scale.main_last, HALVES_OF_WEEK):
        x = scale.x(instant)
        is_named = (
            step is not None
            and instant // HALVES_OF_WEEK % step == 0
            and x + room / 2 < scale.main_right
        )
        day = HalfDay.of_slot(instant).day.day
        lines.append(Monday(x=x, name=str(day) if is_named else ""))
    return lines


def months(scale: Scale, reader: Reader, size: float) -> Iterator[Stretch]:
    """The months under the scale, each with as much of its name as there is room for."""
    start = HalfDay.of_slot(scale.first).day
    end = HalfDay.of_slot(scale.main_last).day
    step = 1 if scale.per_week * 4.3 >= width("mmm", size, BOLD) else 12
    for first in _firsts(start, end, step):
        left = max(scale.left, scale.x(HalfDay(first).slot))
        right = min(scale.main_right, scale.x(HalfDay(_later(first, step)).slot))
        names = (
            (reader.month(first), reader.short_month(first)) if step == 1 else (str(first.year),)
        )
        room = right - left - _MONTH_ROOM
        fitting = (name for name in names if width(name, size, BOLD) <= room)
        yield Stretch(left=left, right=right, name=next(fitting, ""))


def _firsts(start: date, end: date, step: int) -> Iterator[date]:
    """The first days of the months, or of the years, from the one that holds ``start``."""
    first = start.replace(day=1) if step == 1 else start.replace(month=1, day=1)
    while first <= end:
        yield first
        first = _later(first, step)


def _later(first: date, months: int) -> date:
    days = 32 * months if months == 1 else 366
    later = first + timedelta(days=days)
    return later.replace(day=1) if months == 1 else later.replace(month=1, day=1)
