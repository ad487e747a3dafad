"""Links ready for arithmetic: how a lag carries an instant from one task to another.

A lag counts in the campaign's calendar. ``push`` and ``pull`` are a Galois pair: a task keeps a
link exactly when it is at or after the pushed instant, and the earlier one at or before the
pulled one. Anything less and late dates fall before early ones by a weekend.
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduling.campaigns import Kind, Link, LinkType, Task
from scheduling.worktime import WorkTime

TO_LAUNCH = -1


@dataclass(frozen=True, slots=True)
class Tie:
    """One link, seen from either of its tasks. ``other`` is the index of the task at its far end.

    ``from_start``: the start of the earlier task counts; ``to_start``: the start of the later
    one waits. ``to_end``: the later one's finish or a milestone waits, for which Monday morning
    is the same moment as Friday evening.
    """

    link: Link
    other: int
    from_start: bool
    to_start: bool
    to_end: bool

    @classmethod
    def of(cls, link: Link, waiting: Task, other: int) -> Tie:
        """What a link of the task ``waiting`` asks for."""
        return cls(
            link=link,
            other=other,
            from_start=link.type.is_from_start,
            to_start=link.type.is_to_start,
            to_end=waiting.kind is Kind.MILESTONE or not link.type.is_to_start,
        )

    def seen_from_before(self, waiting: int) -> Tie:
        """The same link for the task at its other end."""
        return Tie(self.link, waiting, self.from_start, self.to_start, self.to_end)

    def push(self, instant: int, calendar: WorkTime) -> int:
        """The first moment the later task may have, when the earlier one has ``instant``."""
        halves = self.link.lag.halves
        if self.link.lag.elapsed and halves:
            return instant + halves
        if halves > 0 or (self.to_end and (halves or self.from_start)):
            return calendar.ends[calendar.ranks[instant] + halves]
        return calendar.slots[calendar.ranks[instant] + halves] if halves else instant

    def pull(self, instant: int, calendar: WorkTime) -> int:
        """The last moment the earlier task may have, when the later one has ``instant``."""
        halves = self.link.lag.halves
        if self.link.lag.elapsed and halves:
            return instant - halves
        if halves > 0 or (self.to_end and (halves or self.from_start)):
            return calendar.slots[calendar.ranks[instant] - halves]
        return calendar.slots[calendar.ranks[instant + 1] - 1 - halves] if halves else instant


def is_plain(link: Link) -> bool:
    """Whether a task may start the very moment the other ends: as most links are."""
    return link.type is LinkType.FS and not link.lag.halves
