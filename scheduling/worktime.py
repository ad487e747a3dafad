"""Counting worked half-days along a calendar, without a horizon."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable

WEEK = 14  # half-days


class Answers(dict[int, int]):
    """What a function of integers gives, worked out once for each that is asked about.

    A plan asks about the same few hundred instants over and over; looking one up costs a tenth
    of counting along the calendar.
    """

    __slots__ = ("_work_out",)

    def __init__(self, work_out: Callable[[int], int]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, asked: int) -> int:
        answer = self[asked] = self._work_out(asked)
        return answer


class WorkTime:
    """Which half-days are worked: a weekly pattern, less some days off.

    Worked slots are numbered from the distant past; ``rank`` and ``slot`` go from instants to
    those numbers and back. ``rank(slot(r)) == r`` always, and ``slot(rank(t))`` is the first
    worked slot at or after instant ``t``. ``ranks`` and ``slots`` are the same as tables, and
    ``ends`` has the end of the slot before each rank: an answer takes logarithmic time in the
    number of days off, and constant time once it is known.
    """

    __slots__ = ("_before", "_gaps", "_off", "_per_week", "_worked", "ends", "ranks", "slots")

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
        self.ranks = Answers(self._count_before)
        self.slots = Answers(self._find)
        self.ends = Answers(self._end)

    def rank(self, instant: int) -> int:
        """How many slots are worked before ``instant``."""
        return self.ranks[instant]

    def slot(self, rank: int) -> int:
        """The worked slot that has ``rank`` worked slots before it."""
        return self.slots[rank]

    def count(self, start: int, end: int) -> int:
        """Worked half-days from one instant to another; negative when ``end`` is earlier."""
        return self.ranks[end] - self.ranks[start]

    def is_worked(self, slot: int) -> bool:
        return self.ranks[slot + 1] > self.ranks[slot]

    def opening(self, instant: int) -> int:
        """The first moment of work at or after ``instant``."""
        return self.slots[self.ranks[instant]]

    def closing(self, instant: int) -> int:
        """The last moment of work at or before ``instant``."""
        return self.ends[self.ranks[instant]]

    def off_between(self, start: int, end: int) -> list[int]:
        """The slots from ``start`` to ``end`` that the week would work but are off."""
        return self._off[bisect_left(self._off, start) : bisect_left(self._off, end)]

    def _count_before(self, instant: int) -> int:
        return self._weekly_rank(instant) - bisect_left(self._off, instant)

    def _find(self, rank: int) -> int:
        weeks, index = divmod(rank + bisect_right(self._gaps, rank), self._per_week)
        return weeks * WEEK + self._worked[index]

    def _end(self, rank: int) -> int:
        return self.slots[rank - 1] + 1

    def _weekly_rank(self, instant: int) -> int:
        weeks, half = divmod(instant, WEEK)
        return weeks * self._per_week + self._before[half]


EVERY_HALF_DAY = WorkTime(range(WEEK))  # elapsed time: nights at the printer's count
