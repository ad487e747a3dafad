"""Half-days counted one by one, for the slow search: nothing is computed, all is looked up."""

from __future__ import annotations

from datetime import date, timedelta

from scheduling import Calendar, HalfDay, Kind, Moment, Task

EPOCH = date(1, 1, 1)


def is_worked(calendar: Calendar, slot: int) -> bool:
    """Whether a half-day, counted from the epoch, is in none of a calendar's lists."""
    day, is_pm = EPOCH + timedelta(days=slot // 2), slot % 2 == 1
    half_day = HalfDay(day, is_pm)
    return not (
        day.weekday() in calendar.weekend
        or (day.weekday(), is_pm) in calendar.part_days
        or day in calendar.holidays
        or any(off.first <= half_day <= off.last for off in (*calendar.closed, *calendar.away))
    )


class Days:
    """The half-days of one calendar, each looked up once. ``None``: every one counts."""

    def __init__(self, calendar: Calendar | None) -> None:
        self._calendar = calendar
        self._known: dict[int, bool] = {}

    def is_worked(self, slot: int) -> bool:
        if self._calendar is None:
            return True
        if slot not in self._known:
            self._known[slot] = is_worked(self._calendar, slot)
        return self._known[slot]

    def after(self, instant: int, halves: int) -> int:
        """The end of the ``halves``-th worked half-day after an instant; the instant for none."""
        while halves:
            halves -= self.is_worked(instant)
            instant += 1
        return instant

    def before(self, instant: int, halves: int) -> int:
        """The start of the ``halves``-th worked half-day before an instant."""
        while halves:
            instant -= 1
            halves -= self.is_worked(instant)
        return instant

    def evening(self, instant: int) -> int:
        """The end of the last worked half-day before an instant: Monday morning is Friday's."""
        while not self.is_worked(instant - 1):
            instant -= 1
        return instant

    def count(self, first: int, last: int) -> float:
        """Worked days from one instant to another; negative when the other is earlier."""
        if last < first:
            return -self.count(last, first)
        return sum(map(self.is_worked, range(first, last))) / 2


def reached(task: Task, moment: Moment) -> int:
    """What it means to start then: for a milestone, to fall at the end of it."""
    return closing(moment) if task.kind is Kind.MILESTONE else opening(moment)


def opening(moment: Moment) -> int:
    return morning(moment.day) + moment.pm if isinstance(moment, HalfDay) else morning(moment)


def closing(moment: Moment) -> int:
    return opening(moment) + (1 if isinstance(moment, HalfDay) else 2)


def morning(day: date) -> int:
    return (day - EPOCH).days * 2
