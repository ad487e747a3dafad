"""Dates as a scheduler gave them, and how many of them are the engine's too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scheduling import Plan, Planned

MIDDAY_FROM, MIDDAY_TO = 11, 14  # hours: what lies between them is the middle of the day

Stretch = tuple[int, int]  # the instants, in half-days, at which a task begins and ends


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The latest stretch of every task, and the earliest if the scheduler tells it."""

    late: Mapping[str, Stretch]
    early: Mapping[str, Stretch] = field(default_factory=dict)


def instant(moment: datetime) -> int:
    """The half-day edge that a time of day stands for.

    >>> instant(datetime(1, 1, 2, 9, 0)), instant(datetime(1, 1, 2, 18, 0))
    (2, 4)
    """
    halves = (moment.hour >= MIDDAY_FROM) + (moment.hour > MIDDAY_TO)
    return (moment.toordinal() - 1) * 2 + halves


def agreeing(plan: Plan, theirs: Dates) -> int:
    """How many tasks have, in both, the same start and the same finish in every pass told.

    The evening of a day and the next morning of work are the same moment.
    """
    return sum(_agrees(plan, planned, theirs) for planned in plan.tasks)


def _agrees(plan: Plan, planned: Planned, theirs: Dates) -> bool:
    work, key = plan.campaign.calendar_of(planned.task.owner).worktime, planned.task.key
    pairs = [((planned.start.slot, planned.finish.slot + 1), theirs.late.get(key))]
    if theirs.early:
        early = planned.early_start.slot, planned.early_finish.slot + 1
        pairs.append((early, theirs.early.get(key)))
    return all(
        told is not None and (work.opening(told[0]), work.closing(told[1])) == ours
        for ours, told in pairs
    )
