"""Links ready for arithmetic: how a lag carries an instant from one task to another.

A lag counts in the campaign's calendar. ``push`` and ``pull`` are a Galois pair: a task keeps a
link exactly when it is at or after the pushed instant, and the earlier one at or before the
pulled one. Anything less and late dates fall before early ones by a weekend.
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduling.campaigns import Link
from scheduling.worktime import WorkTime

TO_LAUNCH = -1


@dataclass(frozen=True, slots=True)
class Tie:
    """One link, seen from either of its tasks. ``other`` is the index of the task at its far end.

    ``from_start``: the start of the earlier task counts; ``to_start``: the start of the later
    one waits. ``meets``: a start is compared with a finish or a milestone, for which Monday
    morning is the same moment as Friday evening.
    """

    link: Link
    other: int
    from_start: bool
    to_start: bool
    to_end: bool

    def push(self, instant: int, calendar: WorkTime) -> int:
        """The first moment the later task may have, when the earlier one has ``instant``."""
        halves = self.link.lag.halves
        if self.link.lag.elapsed and halves:
            return instant + halves
        if halves > 0 or (self.to_end and (halves or self.from_start)):
            return calendar.slot(calendar.rank(instant) + halves - 1) + 1
        return calendar.slot(calendar.rank(instant) + halves) if halves else instant

    def pull(self, instant: int, calendar: WorkTime) -> int:
        """The last moment the earlier task may have, when the later one has ``instant``."""
        halves = self.link.lag.halves
        if self.link.lag.elapsed and halves:
            return instant - halves
        if halves > 0 or (self.to_end and (halves or self.from_start)):
            return calendar.slot(calendar.rank(instant) - halves)
        return calendar.slot(calendar.rank(instant + 1) - 1 - halves) if halves else instant
