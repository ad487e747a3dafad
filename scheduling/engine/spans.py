"""How a task occupies time, by kind: placing it as early or as late as its bounds allow.

A placement is a pair of instants, start and finish. Both directions are exact inverses: the
latest start under a finish bound is the last start whose finish keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from scheduling.worktime import WorkTime

Placement = tuple[int, int]

NEVER = 10**9  # an instant after all others, for a bound that does not bind
ALWAYS = -NEVER

WHOLE_DAY = 2  # half-days


class Span(Protocol):
    """What the passes need to know of a task."""

    def earliest(self, start: int, finish: int) -> Placement:
        """The first placement that starts at or after ``start``, ends at or after ``finish``."""

    def latest(self, start: int, finish: int) -> Placement:
        """The last placement that starts at or before ``start``, ends at or before ``finish``."""

    def remaining(self, today: int) -> int:
        """When it ends if it should have ended before ``today``: a day of it is left, or less."""


@dataclass(frozen=True, slots=True)
class Worked:
    """``halves`` half-days of one calendar; for elapsed time that of every half-day."""

    worktime: WorkTime
    halves: int

    def earliest(self, start: int, finish: int) -> Placement:
        work, halves = self.worktime, self.halves
        first = work.ranks[start]
        if finish > ALWAYS:
            first = max(first, work.ranks[finish - 1] - halves + 1)
        return work.slots[first], work.ends[first + halves]

    def latest(self, start: int, finish: int) -> Placement:
        work, halves = self.worktime, self.halves
        first = work.ranks[finish] - halves
        if start < NEVER:
            first = min(first, work.ranks[start + 1] - 1)
        return work.slots[first], work.ends[first + halves]

    def remaining(self, today: int) -> int:
        work = self.worktime
        return work.ends[work.ranks[today] + min(self.halves, WHOLE_DAY)]


@dataclass(frozen=True)
class Instant:
    """A milestone: it takes no time."""

    def earliest(self, start: int, finish: int) -> Placement:
        moment = max(start, finish)
        return moment, moment

    def latest(self, start: int, finish: int) -> Placement:
        moment = min(start, finish)
        return moment, moment

    def remaining(self, today: int) -> int:
        return today


@dataclass(frozen=True)
class Step:
    """One review: it opens, the decisions are in, its remarks are worked in (or nothing is)."""

    opens: int
    review_by: int
    rework_by: int


@dataclass(frozen=True)
class Reviewed:
    """An approval: rounds of review, each over once ``enough`` approvers have had their time.

    Every approver has ``halves`` half-days of their own calendar; between rounds the owner has
    ``rework`` half-days of theirs.
    """

    approvers: tuple[WorkTime, ...]
    enough: int
    halves: int
    rounds: int
    owner: WorkTime
    rework: int

    def earliest(self, start: int, finish: int) -> Placement:
        opens = self._opening(start)
        ends = self._end(opens)
        if ends < finish:
            opens = self._opening(self._last_start(finish - 1) + 1)
            ends = self._end(opens)
        return opens, ends

    def latest(self, start: int, finish: int) -> Placement:
        opens = self._last_start(finish)
        if opens > start:
            opens = max(work.slots[work.ranks[start + 1] - 1] for work in self.approvers)
        return opens, self._end(opens)

    def remaining(self, today: int) -> int:
        return self._review(today, min(self.halves, WHOLE_DAY))

    def steps(self, start: int) -> tuple[Step, ...]:
        """The rounds of an approval that opens at ``start``."""
        steps: list[Step] = []
        opens = start
        for number in range(1, self.rounds + 1):
            opens = self._opening(opens)
            decided = self._review(opens, self.halves)
            reworked = self._after_rework(decided) if number < self.rounds else decided
            steps.append(Step(opens, decided, reworked))
            opens = reworked
        return tuple(steps)

    def _opening(self, instant: int) -> int:
        """When the first approver is there; before that no time passes for anyone."""
        return min(work.opening(instant) for work in self.approvers)

    def _end(self, start: int) -> int:
        ends = self._review(start, self.halves)
        for _ in range(self.rounds - 1):
            ends = self._review(self._after_rework(ends), self.halves)
        return ends

    def _last_start(self, finish: int) -> int:
        start = self._before_review(finish)
        for _ in range(self.rounds - 1):
            start = self._before_review(self._before_rework(start))
        return start

    def _review(self, opens: int, halves: int) -> int:
        ends = sorted(work.ends[work.ranks[opens] + halves] for work in self.approvers)
        return ends[self.enough - 1]

    def _before_review(self, ends: int) -> int:
        starts = sorted(work.slots[work.ranks[ends] - self.halves] for work in self.approvers)
        return starts[-self.enough]

    def _after_rework(self, decided: int) -> int:
        if not self.rework:
            return decided
        return self.owner.ends[self.owner.ranks[decided] + self.rework]

    def _before_rework(self, reworked: int) -> int:
        if not self.rework:
            return reworked
        return self.owner.slots[self.owner.ranks[reworked] - self.rework]
