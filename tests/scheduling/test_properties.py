"""What holds for every plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from scheduling import (
    Calendar,
    Campaign,
    HalfDay,
    Kind,
    LinkType,
    Planned,
    plan,
)
from tests.scheduling.builders import LONG_BEFORE
from tests.scheduling.days import is_worked
from tests.scheduling.reference import Search
from tests.scheduling.strategies import campaigns, engine

FS_ONLY = (LinkType.FS,)


@engine
@given(campaigns(FS_ONLY, plain=True))
def test_no_task_starts_before_what_it_waits_for(campaign: Campaign) -> None:
    made = plan(campaign, LONG_BEFORE)

    for planned in made.tasks:
        for link in planned.task.after:
            if Kind.MILESTONE not in {planned.task.kind, made[link.on].task.kind}:
                assert made[link.on].finish < planned.start
                assert made[link.on].early_finish < planned.early_start
                assert made[link.on].expected_finish < planned.expected_start


@engine
@given(campaigns())
def test_every_link_of_every_type_holds_with_its_lag(campaign: Campaign) -> None:
    search = Search(campaign, LONG_BEFORE)

    made = plan(campaign, LONG_BEFORE)

    for planned in made.tasks:
        for link in planned.task.after:
            other = made[link.on]
            if Kind.MILESTONE not in {planned.task.kind, other.task.kind}:
                assert search.keeps(link, _late(other), _late(planned), planned.task)
                assert search.keeps(link, _early(other), _early(planned), planned.task)


def _late(planned: Planned) -> tuple[int, int]:
    return planned.start.slot, planned.finish.slot + 1


def _early(planned: Planned) -> tuple[int, int]:
    return planned.early_start.slot, planned.early_finish.slot + 1


@engine
@given(campaigns())
def test_nobody_starts_or_ends_on_a_half_day_off(campaign: Campaign) -> None:
    made = plan(campaign, LONG_BEFORE)

    for planned in made.tasks:
        if planned.task.takes.elapsed or planned.task.kind is Kind.APPROVAL:
            continue
        is_milestone = planned.task.kind is Kind.MILESTONE
        calendar = campaign.calendar_of(None if is_milestone else planned.task.owner)
        for half_day in (planned.start, planned.finish, planned.early_start, planned.early_finish):
            assert is_worked(calendar, half_day.slot)


@engine
@given(campaigns())
def test_everything_ends_by_the_last_worked_half_day_less_the_margin(campaign: Campaign) -> None:
    bound = Search(campaign, LONG_BEFORE).bound()

    made = plan(campaign, LONG_BEFORE)

    assert all(planned.finish.slot < bound for planned in made.tasks)


@engine
@given(campaigns(), st.randoms(use_true_random=False))
def test_the_order_of_the_tasks_changes_nothing(campaign: Campaign, dice: Random) -> None:
    tasks = list(campaign.tasks)
    dice.shuffle(tasks)

    shuffled = plan(replace(campaign, tasks=tuple(tasks)), LONG_BEFORE)

    assert replace(shuffled, campaign=campaign) == plan(campaign, LONG_BEFORE)


@engine
@given(campaigns())
def test_planning_again_changes_nothing(campaign: Campaign) -> None:
    made = plan(campaign, LONG_BEFORE)

    again = plan(made.campaign, made.today)

    assert again == made


@engine
@given(campaigns())
def test_late_dates_are_never_before_early_ones_when_the_plan_is_feasible(
    campaign: Campaign,
) -> None:
    made = plan(replace(campaign, start=None), LONG_BEFORE)

    for planned in made.tasks:
        assert planned.early_start <= planned.start
        assert planned.early_finish <= planned.finish
        assert 0 <= planned.free_float <= planned.total_float


@engine
@given(campaigns(), st.integers(-3, 3))
def test_moving_the_launch_by_whole_weeks_moves_every_date_alike(
    campaign: Campaign, weeks: int
) -> None:
    tasks = tuple(replace(task, finish_by=None) for task in campaign.tasks)
    campaign = replace(
        campaign,
        calendar=_week_of(campaign.calendar),
        people={person: _week_of(own) for person, own in campaign.people.items()},
        tasks=tasks,
        start=None,
    )
    shift = timedelta(weeks=weeks)

    moved = plan(replace(campaign, launch=campaign.launch + shift), LONG_BEFORE + shift)

    for planned in plan(campaign, LONG_BEFORE).tasks:
        assert _dates(moved[planned.task.key], -shift) == _dates(planned, timedelta())
        assert _measures(moved[planned.task.key]) == _measures(planned)


def _week_of(calendar: Calendar) -> Calendar:
    """The same every week: no holidays, no closures, no absences."""
    return Calendar(weekend=calendar.weekend, part_days=calendar.part_days)


def _dates(planned: Planned, shift: timedelta) -> list[HalfDay]:
    half_days = [
        planned.start,
        planned.finish,
        planned.early_start,
        planned.early_finish,
        planned.expected_start,
        planned.expected_finish,
        *(review.opens for review in planned.rounds),
    ]
    return [replace(half_day, day=half_day.day + shift) for half_day in half_days]


def _measures(planned: Planned) -> tuple[float, float, bool]:
    return planned.total_float, planned.free_float, planned.critical


@engine
@given(campaigns())
def test_a_plan_that_begins_on_its_last_day_keeps_the_whole_margin(campaign: Campaign) -> None:
    campaign = replace(campaign, start=None)
    start_by = plan(campaign, LONG_BEFORE).start_by

    made = plan(campaign, start_by)

    assert made.feasible
    assert made.margin_left == made.margin_planned
    assert [planned.expected_finish for planned in made.tasks] == [
        planned.finish for planned in made.tasks
    ]


@engine
@given(campaigns(plain=True), st.integers(1, 30))
def test_a_day_later_never_gives_a_margin_back(campaign: Campaign, days: int) -> None:
    begun = plan(campaign, LONG_BEFORE).start_by

    margins = [plan(campaign, begun + timedelta(days=n)).margin_left for n in (0, days, days + 1)]

    assert margins == sorted(margins, reverse=True)
