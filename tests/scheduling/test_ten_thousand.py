"""Ten thousand small random plans, each found a second time by a search half-day by half-day."""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import Any

import pytest

from scheduling import (
    Campaign,
    FixedClash,
    HalfDay,
    Kind,
    NotWorked,
    PlanError,
    Planned,
    TooTight,
    plan,
    planfile,
)
from tests.scheduling.random_plans import plan_file
from tests.scheduling.reference import Instants, Placed, Search
from tests.scheduling.refusals import is_clashing, is_never_worked, is_too_tight, pushed

CHUNKS, PLANS = 40, 250  # so that the workers of a parallel run share them

Found = dict[str, object]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_search_half_day_by_half_day_finds_the_same_plan(chunk: int) -> None:
    dice = Random(20270315 + chunk)  # noqa: S311 - nothing is kept secret with it

    for _ in range(PLANS):
        content = plan_file(dice)
        campaign, today = planfile.read(json.dumps(content), "json")
        assert today is not None

        differences = _differences(campaign, today)

        assert not differences, f"{differences}\nin the plan file\n{json.dumps(content)}"


def _differences(campaign: Campaign, today: date) -> dict[str, Any]:
    """What the engine and the search tell differently, as (the engine's, the search's)."""
    given, found = _planned(campaign, today), _searched(campaign, today)
    return {
        name: (given.get(name), found.get(name))
        for name in {**given, **found}
        if given.get(name) != found.get(name)
    }


def _planned(campaign: Campaign, today: date) -> Found:
    try:
        made = plan(campaign, today)
    except PlanError as error:
        return {
            single.task: single.code
            for single in error.errors
            if isinstance(single, NotWorked | TooTight | FixedClash)
        }
    found: Found = {
        "margin_planned": made.margin_planned,
        "margin_left": made.margin_left,
        "start_by": made.start_by,
        "expected_end": made.expected_end,
    }
    for planned in made.tasks:
        found |= {f"{planned.task.key}.{name}": value for name, value in _told(planned).items()}
    return found


def _told(planned: Planned) -> Found:
    return {
        "late": (planned.start, planned.finish),
        "early": (planned.early_start, planned.early_finish),
        "expected": (planned.expected_start, planned.expected_finish),
        "total_float": planned.total_float,
        "free_float": planned.free_float,
        "critical": planned.critical,
    }


def _searched(campaign: Campaign, today: date) -> Found:
    search = Search(campaign, today)
    refused = _refused(search)
    if refused:
        return refused

    bound = search.bound()
    late = search.late(bound)
    begin = HalfDay(campaign.start).slot if campaign.start else None
    base = search.first_start(late) if begin is None else begin
    early = search.early(base, {}, {})
    settled = search.settled()
    soonest = search.early(max(begin or search.today, search.today), {}, settled)
    expected = {
        key: soonest[key] if key in settled else _later(soonest[key], late[key]) for key in late
    }

    shown = {key: _shown_expected(search, key, expected[key]) for key in late}
    before = [key for key in late if key not in search.after_launch]
    planned, left = (
        search.days.count(instant, search.launch)
        for instant in (bound, max((soonest[key][1] for key in before), default=bound))
    )
    starts = [_shown(search, key, late[key])[0].day for key in before]
    last = HalfDay.of_slot(search.days.evening(search.launch) - 1)
    found: Found = {
        "margin_planned": planned,
        "margin_left": min(planned, left),
        "start_by": min(starts, default=campaign.launch),
        "expected_end": max((shown[key][1] for key in before), default=last),
    }
    for key in late:
        told = _measured(search, key, late, early, bound)
        told |= {"expected": shown[key]}
        found |= {f"{key}.{name}": value for name, value in told.items()}
    return found


def _measured(search: Search, key: str, late: Instants, early: Instants, bound: int) -> Found:
    return {
        "late": _shown(search, key, late[key]),
        "early": _shown(search, key, early[key]),
        "total_float": search.total_float(key, late, early),
        "free_float": search.free_float(key, early, bound),
        "critical": search.is_critical(key, late, early, bound),
    }


def _refused(search: Search) -> Found:
    """The tasks whose dates cannot be kept; those on days off are told before the others."""
    keys = search.tasks
    on_days_off: Found = {key: NotWorked.code for key in keys if is_never_worked(search, key)}
    if on_days_off:
        return on_days_off
    at_least = pushed(search)
    clashing = {key: FixedClash.code for key in keys if is_clashing(search, key, at_least)}
    return {**{key: TooTight.code for key in keys if is_too_tight(search, key)}, **clashing}


def _later(one: Placed, other: Placed) -> Placed:
    return max(one[0], other[0]), max(one[1], other[1])


def _shown(search: Search, key: str, placed: Placed) -> tuple[HalfDay, HalfDay]:
    """The first and last half-day; of a milestone, twice the one at whose end it falls."""
    start, finish = placed
    if search.tasks[key].kind is Kind.MILESTONE:
        finish = search.days.evening(finish)
        start = finish - 1
    return HalfDay.of_slot(start), HalfDay.of_slot(finish - 1)


def _shown_expected(search: Search, key: str, placed: Placed) -> tuple[HalfDay, HalfDay]:
    """Where it is shown, but a milestone that is not reached yet never before today."""
    task, shown = search.tasks[key], _shown(search, key, placed)
    if task.kind is not Kind.MILESTONE or task.done is not None:
        return shown
    at = max(shown[1], HalfDay.of_slot(search.today))
    return at, at
