"""Where a task stands on the line of time: its plan, what really happened, and what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduling import HalfDay, Kind, Plan, Planned


class State(StrEnum):
    """How far a task is. A task is late, begun or not, once it will end after its plan."""

    DONE = "done"
    LATE = "late"
    RUNNING = "running"
    WAITING = "waiting"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One task as it is drawn; ``start``, ``due`` and ``end`` are instants, counted in half-days.

    ``start`` is the real one if the task has begun, ``due`` the plan's finish, ``end`` the real or
    expected finish. ``late`` is how far that is beyond ``due``, in the campaign's working days.
    """

    planned: Planned
    state: State
    start: int
    due: int
    end: int
    late: float

    @property
    def key(self) -> str:
        return self.planned.task.key

    @property
    def first(self) -> int:
        """The instant at which its drawing begins."""
        return min(self.start, self.due) if self.late else self.start


def standing(plan: Plan, planned: Planned) -> Standing:
    """What is to be drawn of a task of ``plan``."""
    task = planned.task
    is_milestone = task.kind is Kind.MILESTONE
    has_begun = task.started is not None or task.done is not None
    due, end = planned.finish.slot + 1, _end(plan, planned)
    late = max(0.0, plan.campaign.calendar.worktime.count(due, end) / 2)
    if not late and task.done is None:
        end = due if not has_begun else min(end, due)
    start = planned.expected_start if has_begun else planned.start
    return Standing(
        planned=planned,
        state=_state(planned, late),
        start=end if is_milestone and has_begun else due if is_milestone else start.slot,
        due=due,
        end=end,
        late=late,
    )


def late_days(plan: Plan, standings: Iterable[Standing]) -> float:
    """By how many working days the last of some tasks will end after the last was to."""
    tasks = list(standings)
    due, end = max(one.due for one in tasks), max(one.end for one in tasks)
    return max(0.0, plan.campaign.calendar.worktime.count(due, end) / 2)


def _end(plan: Plan, planned: Planned) -> int:
    expected = planned.expected_finish
    is_still_open = planned.task.kind is Kind.MILESTONE and planned.task.done is None
    if is_still_open and expected == HalfDay(plan.today):
        return expected.slot  # it may be reached at once, before anything of today
    return expected.slot + 1


def _state(planned: Planned, late: float) -> State:
    if planned.task.done is not None:
        return State.DONE
    if late:
        return State.LATE
    return State.WAITING if planned.task.started is None else State.RUNNING
