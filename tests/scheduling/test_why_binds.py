"""What a reason names really binds: relax all of it and the task moves, anything else does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduling import (
    LAUNCH,
    Campaign,
    Cause,
    Duration,
    HalfDay,
    Kind,
    Link,
    LinkType,
    PlanError,
    Planned,
    Reason,
    Task,
    plan,
    planfile,
)
from tests.scheduling.builders import LONG_BEFORE
from tests.scheduling.random_plans import plan_file
from tests.scheduling.reference import Search
from tests.scheduling.strategies import engine

Constraint = tuple[Cause, str | None, Link | None]  # as a reason names it

# What is placed after the launch stays there with its last link to it relaxed.
LAX = Link(on=LAUNCH, type=LinkType.SF, lag=Duration(-200, elapsed=True))


def _campaign(content: object) -> Campaign:
    """Without real dates, which no reason is about, and with a margin that stays as it is."""
    campaign, _ = planfile.read(json.dumps(content), "json")
    tasks = tuple(replace(task, started=None, done=None) for task in campaign.tasks)
    campaign = replace(campaign, tasks=tasks)
    search = Search(campaign, LONG_BEFORE)
    halves = search.days.count(search.bound(), search.launch) * 2
    return replace(campaign, margin=Duration(round(halves)))


_campaigns = st.randoms(use_true_random=False).map(plan_file).map(_campaign)


@engine
@given(_campaigns)
def test_a_task_moves_once_everything_is_relaxed_that_its_reason_names(campaign: Campaign) -> None:
    for planned in _planned(campaign):
        relaxed = campaign
        for constraint in _named(planned.reason):
            relaxed = _relax(relaxed, planned.task.key, constraint, campaign)

        moved = plan(relaxed, LONG_BEFORE)[planned.task.key]

        assert _dates(moved) != _dates(planned), planned.reason


@engine
@given(_campaigns)
def test_no_task_moves_when_only_something_is_relaxed_that_its_reason_does_not_name(
    campaign: Campaign,
) -> None:
    search = Search(campaign, LONG_BEFORE)
    for planned in _planned(campaign):
        for constraint in _constraints(search, planned.task) - _named(planned.reason):
            relaxed = _relax(campaign, planned.task.key, constraint, campaign)

            stayed = plan(relaxed, LONG_BEFORE)[planned.task.key]

            assert _dates(stayed) == _dates(planned), (planned.reason, constraint)


@engine
@given(_campaigns)
def test_each_thing_a_reason_names_holds_the_task_even_alone(campaign: Campaign) -> None:
    search = Search(campaign, LONG_BEFORE)
    for planned in _planned(campaign):
        for named in _named(planned.reason):
            relaxed = campaign
            for constraint in _constraints(search, planned.task) - {named}:
                relaxed = _relax(relaxed, planned.task.key, constraint, campaign)

            held = plan(relaxed, LONG_BEFORE)[planned.task.key]

            assert _dates(held) == _dates(planned), (planned.reason, named)


@engine
@given(_campaigns)
def test_a_reason_names_nothing_that_is_not_there_and_nothing_twice(campaign: Campaign) -> None:
    search = Search(campaign, LONG_BEFORE)
    for planned in _planned(campaign):
        named = _named(planned.reason)

        assert named <= _constraints(search, planned.task)
        assert len(named) == 1 + len(planned.reason.also)


def _planned(campaign: Campaign) -> tuple[Planned, ...]:
    try:
        return plan(campaign, LONG_BEFORE).tasks
    except PlanError:  # dates that cannot be kept: there are none to explain
        return ()


def _named(reason: Reason) -> set[Constraint]:
    also = {(tied.cause, tied.other, tied.link) for tied in reason.also}
    return {(reason.cause, reason.other, reason.link), *also}


def _constraints(search: Search, task: Task) -> set[Constraint]:
    """All that could bind a task: after the launch what it waits for, else what waits for it."""
    found: set[Constraint] = set()
    if task.fixed is not None:
        found.add((Cause.FIXED, None, None))
    if task.key in search.after_launch:
        if task.not_before is not None:
            found.add((Cause.NOT_BEFORE, None, None))
        for link in task.after:
            is_launch = link.on == LAUNCH
            cause = Cause.AFTER_LAUNCH if is_launch else Cause.AFTER_TASK
            found.add((cause, None if is_launch else link.on, link))
        return found
    if task.finish_by is not None:
        found.add((Cause.DEADLINE, None, None))
    for other, link in search.waiting[task.key]:
        if other.key not in search.after_launch:
            found.add((Cause.NEEDED_BY, other.key, link))
    return found | {(Cause.BEFORE_LAUNCH, None, None)}


def _relax(campaign: Campaign, key: str, constraint: Constraint, original: Campaign) -> Campaign:
    """The campaign without one constraint on a task; all others keep theirs."""
    cause, other, link = constraint
    match cause:
        case Cause.DEADLINE:
            return _with_task(campaign, key, lambda task: replace(task, finish_by=None))
        case Cause.FIXED:
            return _with_task(campaign, key, lambda task: replace(task, fixed=None))
        case Cause.NOT_BEFORE:
            return _with_task(campaign, key, lambda task: replace(task, not_before=None))
        case Cause.BEFORE_LAUNCH:
            return _launched_later(campaign, key, Search(original, LONG_BEFORE))
        case Cause.NEEDED_BY:
            assert other is not None
            return _with_task(campaign, other, lambda task: _without(task, link))
        case _:
            return _with_task(campaign, key, lambda task: _without(task, link, LAX))


def _with_task(campaign: Campaign, key: str, change: Callable[[Task], Task]) -> Campaign:
    tasks = tuple(change(task) if task.key == key else task for task in campaign.tasks)
    return replace(campaign, tasks=tasks)


def _without(task: Task, link: Link | None, *instead: Link) -> Task:
    return replace(task, after=(*(kept for kept in task.after if kept != link), *instead))


def _launched_later(campaign: Campaign, key: str, search: Search) -> Campaign:
    """The launch no longer binds that task; all others still end before what it was."""
    others = [other for other in search.tasks if other != key and other not in search.after_launch]
    end = Task(
        key="old-launch",
        kind=Kind.MILESTONE,
        after=tuple(Link(on=other, type=LinkType.FF) for other in others),
        finish_by=HalfDay.of_slot(search.bound() - 1),
    )
    tasks = tuple(
        replace(task, fixed=None) if task.key in search.after_launch else task
        for task in campaign.tasks
    )
    launch = campaign.launch + timedelta(days=100)
    return replace(campaign, launch=launch, tasks=(*tasks, end))


def _dates(planned: Planned) -> tuple[HalfDay, HalfDay]:
    return planned.start, planned.finish
