"""What moves from one plan of a campaign to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from scheduling.campaigns import Kind, Task
from scheduling.halfdays import HalfDay
from scheduling.plans import Plan, Planned
from scheduling.worktime import WorkTime

T = TypeVar("T")


@dataclass(frozen=True)
class Both(Generic[T]):
    """A figure in the plan before and in the plan after."""

    before: T
    after: T

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class Shift:
    """How one date moves; ``days`` are working days of the campaign's calendar as it is after.

    Later is positive. Over days that nobody works it is 0, although the date differs.
    """

    before: HalfDay
    after: HalfDay
    days: float

    @property
    def is_none(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True, kw_only=True)
class Move:
    """A task some of whose dates differ; ``task`` is the one of the plan after.

    ``start`` and ``finish`` are the plan's, the late ones; the expected ones are where the
    forecast puts the task. ``people``: its owner and its approvers, before and after.
    """

    task: Task
    start: Shift
    finish: Shift
    expected_start: Shift
    expected_finish: Shift
    people: frozenset[str]

    @property
    def longer(self) -> float:
        """By how many working days the task lasts longer; negative when it is shorter."""
        return self.finish.days - self.start.days

    @property
    def is_forecast_only(self) -> bool:
        """Whether the plan keeps the task where it was, and only the forecast does not."""
        return self.start.is_none and self.finish.is_none

    @property
    def is_none(self) -> bool:
        """Whether no date of the task differs, planned or expected."""
        shifts = (self.start, self.finish, self.expected_start, self.expected_finish)
        return all(shift.is_none for shift in shifts)


@dataclass(frozen=True, kw_only=True)
class Moves:
    """What moves from one plan to another. All numbers are working days.

    ``tasks`` are in the working order of the plan after, ``removed`` in that of the one before.
    """

    tasks: tuple[Move, ...]
    added: tuple[Planned, ...]
    removed: tuple[Planned, ...]
    launch: Both[date]
    start_by: Both[date]
    margin_planned: Both[float]
    margin_left: Both[float]
    missing: Both[float]

    @cached_property
    def people(self) -> frozenset[str]:
        """Everyone whose tasks move, come or go."""
        moved = (move.people for move in self.tasks)
        changed = (_people(planned.task) for planned in (*self.added, *self.removed))
        return frozenset[str]().union(*moved, *changed)

    @property
    def approvals(self) -> tuple[Move, ...]:
        """The approvals that move, whose approvers will be asked on another day."""
        return tuple(move for move in self.tasks if move.task.kind is Kind.APPROVAL)

    @property
    def is_nothing(self) -> bool:
        """Whether the two plans say the same of every task and of the whole."""
        figures: tuple[Both[date] | Both[float], ...] = (
            *(self.launch, self.start_by, self.margin_planned, self.margin_left, self.missing),
        )
        tasks = (*self.tasks, *self.added, *self.removed)
        return not tasks and all(both.is_same for both in figures)

    def of(self, person: str) -> tuple[Move, ...]:
        """The moves that touch someone, in working order.

        >>> from dataclasses import replace
        >>> from scheduling import Campaign, Duration, plan
        >>> brief = Task(key="brief", takes=Duration.parse("3d"), owner="ann")
        >>> campaign = Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(brief,))
        >>> sooner = replace(campaign, launch=date(2027, 3, 12))
        >>> moves = compare(*(plan(one, date(2027, 1, 4)) for one in (campaign, sooner)))
        >>> [move.start.days for move in moves.of("ann")]
        [-1.0]
        """
        return tuple(move for move in self.tasks if person in move.people)


def compare(before: Plan, after: Plan) -> Moves:
    """What moves from one plan to another: every task whose dates differ, and no other.

    Tasks are the same if their keys are. Shifts are counted in working days of the calendar of
    the campaign of ``after``, half-days as 0.5.

    >>> from dataclasses import replace
    >>> from scheduling import Campaign, Duration, Task, plan
    >>> brief = Task(key="brief", takes=Duration.parse("3d"), owner="ann")
    >>> campaign = Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(brief,))
    >>> before = plan(campaign, date(2027, 1, 4))
    >>> after = plan(replace(campaign, launch=date(2027, 3, 17)), date(2027, 1, 4))
    >>> [(move.task.key, move.finish.days) for move in compare(before, after).tasks]
    [('brief', 2.0)]
    """
    return Moves(
        tasks=tuple(_moves(before, after)),
        added=tuple(planned for planned in after.tasks if planned.task.key not in before),
        removed=tuple(planned for planned in before.tasks if planned.task.key not in after),
        launch=Both(before.campaign.launch, after.campaign.launch),
        start_by=Both(before.start_by, after.start_by),
        margin_planned=Both(before.margin_planned, after.margin_planned),
        margin_left=Both(before.margin_left, after.margin_left),
        missing=Both(before.missing, after.missing),
    )


def _moves(before: Plan, after: Plan) -> Iterator[Move]:
    worktime = after.campaign.calendar.worktime
    for new in after.tasks:
        if new.task.key not in before:
            continue
        old = before[new.task.key]
        # A milestone takes no time: its one moment is an end, like a finish.
        first = _end_shift if new.task.kind is Kind.MILESTONE else _start_shift
        move = Move(
            task=new.task,
            start=first(worktime, old.start, new.start),
            finish=_end_shift(worktime, old.finish, new.finish),
            expected_start=first(worktime, old.expected_start, new.expected_start),
            expected_finish=_end_shift(worktime, old.expected_finish, new.expected_finish),
            people=_people(old.task) | _people(new.task),
        )
        if not move.is_none:
            yield move


def _start_shift(worktime: WorkTime, before: HalfDay, after: HalfDay) -> Shift:
    return Shift(before, after, worktime.count(before.slot, after.slot) / 2)


def _end_shift(worktime: WorkTime, before: HalfDay, after: HalfDay) -> Shift:
    return Shift(before, after, worktime.count(before.slot + 1, after.slot + 1) / 2)


def _people(task: Task) -> frozenset[str]:
    return frozenset(person for person in (task.owner, *task.approvers) if person)
