"""Why a date is what it is, and what should be known about a plan: values, not sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduling.campaigns import Link
from scheduling.durations import Duration
from scheduling.halfdays import HalfDay


class Cause(StrEnum):
    """What sets a task's dates."""

    BEFORE_LAUNCH = "before_launch"  # nothing waits for it: it ends before the launch less margin
    NEEDED_BY = "needed_by"  # the task ``other`` waits for it, through ``link``
    DEADLINE = "deadline"  # its own ``finish_by``
    FIXED = "fixed"  # its own ``fixed``
    AFTER_LAUNCH = "after_launch"  # it waits for the launch, through ``link``
    AFTER_TASK = "after_task"  # placed after the launch: it waits for ``other``
    NOT_BEFORE = "not_before"  # placed after the launch: its own ``not_before``


class OffKind(StrEnum):
    """Why a half-day is not worked."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    AWAY = "away"


@dataclass(frozen=True, kw_only=True)
class Off:
    """Days not worked that pushed a date. ``person`` for an absence, ``name`` for a holiday."""

    kind: OffKind
    first: date
    last: date
    person: str | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Tied:
    """Something else that binds a task just as much: without it the task could not move either."""

    cause: Cause
    other: str | None = None
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Reason:
    """What binds one task: relax it, and all that is ``also`` there, and the task moves.

    ``bound`` is the half-day the task must be through by, or start by when ``is_start``; for a
    task placed after the launch, the first half-day it may use. ``takes`` is its duration, for
    an approval one round's; ``margin`` the working days kept before the launch; ``off`` the
    days that are not worked between the start and the bound, weekends left out unless
    nothing else is.
    """

    cause: Cause
    task: str
    bound: HalfDay
    takes: Duration
    is_start: bool = False
    rounds: int = 1
    other: str | None = None
    link: Link | None = None
    margin: float = 0.0
    off: tuple[Off, ...] = ()
    also: tuple[Tied, ...] = ()


class NoticeCode(StrEnum):
    """What a plan is worth warning about."""

    APPROVER_AWAY = "approver_away"  # absent over a whole review: delegate, or ask earlier
    OWNER_AWAY = "owner_away"  # an absence pushed a task earlier
    MARGIN_EATEN = "margin_eaten"  # the forecast ends later than the plan
    LAUNCH_AT_RISK = "launch_at_risk"  # the forecast ends after the launch


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something to know about a plan, as far as its code has it.

    ``days`` are working days: of margin eaten, or by which the launch is missed. For someone
    absent, ``first`` and ``last`` are the days that matter: of an approver those of the review,
    of an owner those of the absence. ``ask_by`` is the last half-day on which the review can
    open for the approver to decide before leaving; None if that is past.
    """

    code: NoticeCode
    task: str | None = None
    person: str | None = None
    first: date | None = None
    last: date | None = None
    days: float = 0.0
    ask_by: HalfDay | None = None
