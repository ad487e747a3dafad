"""Counting worked half-days along a calendar, in logarithmic time and without a horizon."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable

WEEK = 14  # half-days


class WorkTime:
    """Which half-days are worked: a weekly pattern, less some days off.

    Worked slots are numbered from the distant past; ``rank`` and ``slot`` go from instants to
    those numbers and back. ``rank(slot(r)) == r`` always, and ``slot(rank(t))`` is the first
    worked slot at or after instant ``t``.
    """

    __slots__ = ("_before", "_gaps", "_off", "_per_week", "_worked")

    def __init__(self, week: Collection[int], off: Iterable[int] = ()) -> None:
        """``week``: the worked ones of the 14 half-days from Monday morning; ``off``: slots.

        ``week`` must not be empty: asking where work is would otherwise have no answer.
        """
        if not week:
            raise ValueError("a week without work")
        self._worked = sorted(week)
        self._per_week = len(self._worked)
        self._before = [bisect_left(self._worked, half) for half in range(WEEK)]
        self._off = sorted({slot for slot in off if slot % WEEK in week})
        self._gaps = [self._weekly_rank(slot) - index for index, slot in enumerate(self._off)]

    def rank(self, instant: int) -> int:
        """How many slots are worked before ``instant``."""
        weeks, half = divmod(instant, WEEK)
        return weeks * self._per_week + self._before[half] - bisect_left(self._off, instant)

    def slot(self, rank: int) -> int:
        """The worked slot that has ``rank`` worked slots before it."""
        weeks, index = divmod(rank + bisect_right(self._gaps, rank), self._per_week)
        return weeks * WEEK + self._worked[index]

    def count(self, start: int, end: int) -> int:
        """Worked half-days from one instant to another; negative when ``end`` is earlier."""
        return self.rank(end) - self.rank(start)

    def is_worked(self, slot: int) -> bool:
        return self.rank(slot + 1) > self.rank(slot)

    def opening(self, instant: int) -> int:
        """The first moment of work at or after ``instant``."""
        return self.slot(self.rank(instant))

    def closing(self, instant: int) -> int:
        """The last moment of work at or before ``instant``."""
        return self.slot(self.rank(instant) - 1) + 1

    def off_between(self, start: int, end: int) -> list[int]:
        """The slots from ``start`` to ``end`` that the week would work but are off."""
        return self._off[bisect_left(self._off, start) : bisect_left(self._off, end)]

    def _weekly_rank(self, instant: int) -> int:
        weeks, half = divmod(instant, WEEK)
        return weeks * self._per_week + self._before[half]


EVERY_HALF_DAY = WorkTime(range(WEEK))  # elapsed time: nights at the printer's count
