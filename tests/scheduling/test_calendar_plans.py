"""Plans by the calendars people really work by, from 1970 to 2100."""

from __future__ import annotations

import json
import time
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling import (
    BadDate,
    Calendar,
    HalfDay,
    NoWorkingTime,
    OutOfRange,
    Plan,
    PlanError,
    TimeOff,
    plan,
    planfile,
)
from tests.scheduling.builders import LONG_BEFORE, a_campaign, a_task, people
from tests.scheduling.days import Days, morning
from tests.scheduling.strategies import calendars, engine

FOR_EVER = "1970-01-01..2100-12-31"


def _planned(*tasks: dict[str, Any], launch: str, **more: Any) -> Plan:
    content = {"name": "Aurore", "launch": launch, "tasks": tasks, **more}
    campaign, today = planfile.read(json.dumps(content), "json")
    return plan(campaign, today or LONG_BEFORE)


def _dates(made: Plan, key: str) -> tuple[str, str]:
    return str(made[key].start), str(made[key].finish)


@pytest.mark.parametrize(
    ("launch", "elsewhere", "in_alsace_moselle"),
    [
        ("2027-03-29", "2027-03-26 pm", "2027-03-25 pm"),  # Good Friday
        ("2024-12-27", "2024-12-26 pm", "2024-12-24 pm"),  # the day after Christmas
    ],
)
@pytest.mark.parametrize("subdivision", ["57", "6AE", "Alsace"])
def test_alsace_moselle_has_two_holidays_more_than_the_rest_of_france(
    launch: str, elsewhere: str, in_alsace_moselle: str, subdivision: str
) -> None:
    task = {"key": "print", "takes": "1d"}

    france = _planned(task, launch=launch, calendar={"country": "FR"})
    part = _planned(task, launch=launch, calendar={"country": "FR", "subdivision": subdivision})

    assert _dates(france, "print")[1] == elsewhere
    assert _dates(part, "print")[1] == in_alsace_moselle


@pytest.mark.parametrize("calendar", [{"weekend": ["fri", "sat"]}, {"country": "SA"}])
def test_a_week_may_run_from_sunday_to_thursday(calendar: dict[str, Any]) -> None:
    made = _planned(
        {"key": "visual", "takes": "5d"},
        {"key": "print", "takes": "1d", "after": ["visual"]},
        launch="2027-06-14",  # a Monday
        calendar=calendar,
    )

    assert _dates(made, "print") == ("2027-06-13 am", "2027-06-13 pm")
    assert _dates(made, "visual") == ("2027-06-06 am", "2027-06-10 pm")


def test_someone_may_work_from_monday_to_thursday_and_on_wednesday_only_the_morning() -> None:
    made = _planned(
        {"key": "visual", "takes": "3d", "owner": "bob"},
        launch="2027-03-15",
        people={"bob": {"weekend": ["wed pm", "fri", "sat", "sun"]}},
    )

    assert _dates(made, "visual") == ("2027-03-08 pm", "2027-03-11 pm")


def test_someone_in_another_country_has_its_holidays_and_those_of_the_campaign() -> None:
    task = {"key": "visual", "takes": "5d", "owner": "eva"}
    eva = {"eva": {"country": "DE"}}  # 3 October is a holiday there, 11 November here

    german = _planned(task, launch="2025-10-06", calendar={"country": "FR"}, people=eva)
    french = _planned(task, launch="2025-10-06", calendar={"country": "FR"})
    both = _planned(task, launch="2025-11-17", calendar={"country": "FR"}, people=eva)

    assert _dates(german, "visual")[0] == "2025-09-26 am"
    assert _dates(french, "visual")[0] == "2025-09-29 am"
    assert _dates(both, "visual")[0] == "2025-11-07 am"


def test_someone_in_a_part_of_a_country_has_the_holidays_of_that_part() -> None:
    made = _planned(
        {"key": "visual", "takes": "1d", "owner": "zoe"},
        launch="2027-03-29",
        calendar={"country": "FR"},
        people={"zoe": {"country": "FR", "subdivision": "57"}},
    )

    assert _dates(made, "visual")[1] == "2027-03-25 pm"


def test_closures_and_absences_may_begin_or_end_at_midday() -> None:
    made = _planned(
        {"key": "visual", "takes": "2d", "owner": "bob"},
        launch="2027-03-15",
        calendar={"closed": ["2027-03-12 pm"]},
        people={"bob": {"away": ["2027-03-10 pm..2027-03-11 am"]}},
    )

    assert _dates(made, "visual") == ("2027-03-09 pm", "2027-03-12 am")


def test_a_plan_of_five_years_knows_the_holidays_of_its_first_one() -> None:
    made = _planned(
        {"key": "before", "takes": "2d", "finish_by": "2022-07-15"},
        {"key": "study", "takes": "1200d", "after": ["before"]},
        launch="2027-07-19",
        today="2022-07-01",
        calendar={"country": "FR"},
    )

    assert made.feasible
    assert _dates(made, "before") == ("2022-07-13 am", "2022-07-15 pm")
    assert made["study"].finish == HalfDay(date(2027, 7, 16), pm=True)


@pytest.mark.parametrize(
    ("launch", "start"),
    [("1970-12-28", "1970-12-22 am"), ("2100-06-01", "2100-05-27 am")],
)
def test_campaigns_are_planned_from_1970_to_2100(launch: str, start: str) -> None:
    made = _planned(
        {"key": "print", "takes": "3d"},
        {"key": "review", "takes": "1d", "after": ["launch FS+5d"]},
        launch=launch,
        calendar={"country": "FR"},
    )

    assert _dates(made, "print")[0] == start
    assert made["review"].start > HalfDay(made.campaign.launch)


@pytest.mark.parametrize(
    ("launch", "after", "day"),
    [("1970-01-02", [], "1970-01-01"), ("2100-12-31", ["launch"], "2100-12-31")],
)
def test_the_first_and_the_last_day_of_these_years_can_be_used(
    launch: str, after: list[str], day: str
) -> None:
    made = _planned({"key": "print", "takes": "1d", "after": after}, launch=launch, today=launch)

    assert _dates(made, "print") == (f"{day} am", f"{day} pm")


@pytest.mark.parametrize(("launch", "after"), [("1970-01-02", []), ("2100-12-31", ["launch"])])
def test_the_task_that_would_leave_these_years_is_named_and_not_one_at_their_edge(
    launch: str, after: list[str]
) -> None:
    edge = {"key": "a", "takes": "1d", "after": after}
    beyond = {"key": "b", "takes": "2d", "after": after}

    with pytest.raises(OutOfRange) as caught:
        _planned(edge, beyond, launch=launch, today=launch)

    assert caught.value.task == "b"


@pytest.mark.parametrize("launch", ["1969-12-31", "2101-01-01"])
def test_a_launch_outside_these_years_is_refused(launch: str) -> None:
    with pytest.raises(BadDate) as caught:
        _planned(launch=launch)

    assert (caught.value.field, caught.value.text) == ("launch", launch)


@pytest.mark.parametrize(
    ("launch", "task"),
    [
        ("1970-01-05", {"key": "print", "takes": "3d"}),
        ("2100-12-30", {"key": "print", "takes": "5d", "after": ["launch"]}),
    ],
)
def test_a_plan_that_would_leave_these_years_is_refused(
    launch: str, task: dict[str, object]
) -> None:
    with pytest.raises(OutOfRange) as caught:
        _planned(task, launch=launch)

    assert caught.value.task == "print"


@pytest.mark.parametrize(
    "dates",
    [
        {"launch": "2100-12-20", "start": "2100-12-01"},  # its early dates end too late
        {"launch": "2100-12-20", "today": "2100-12-01"},  # what is expected does
    ],
)
def test_a_plan_begun_so_late_that_it_would_leave_these_years_is_refused(
    dates: dict[str, Any],
) -> None:
    with pytest.raises(OutOfRange) as caught:
        _planned({"key": "brief", "takes": "1d"}, {"key": "print", "takes": "60d"}, **dates)

    assert caught.value.task == "print"


@pytest.mark.parametrize(
    ("calendar", "person"),
    [
        ({"weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}, {}),
        ({"closed": [FOR_EVER]}, {}),
        ({}, {"away": [FOR_EVER]}),
        ({}, {"weekend": ["tue", "wed", "thu", "fri", "sat", "sun", "mon am", "mon pm"]}),
        ({"weekend": ["sat", "sun"], "closed": ["1970-01-01..2100-12-31 am"]}, {}),
    ],
)
def test_nobody_is_looked_for_in_a_calendar_that_never_works(
    calendar: dict[str, Any], person: dict[str, Any]
) -> None:
    begun = time.thread_time()

    with pytest.raises(PlanError) as caught:
        _planned(
            {"key": "print", "takes": "1d", "owner": "bob"},
            launch="2027-03-15",
            calendar=calendar,
            people={"bob": person},
        )

    assert {type(error) for error in caught.value.errors} == {NoWorkingTime}
    assert time.thread_time() - begun < 2.0  # measured: 0.1 s, of which most reads the years off


def test_a_hundred_years_are_counted_as_fast_as_a_week() -> None:
    off = [TimeOff.parse(f"{year}-08-01..{year}-08-31 am") for year in range(1970, 2100)]
    calendar = Calendar(away=tuple(off))
    begun = time.thread_time()

    counts = {calendar.working_days(date(1970, 1, 1), date(2100, 12, 31)) for _ in range(10_000)}

    assert counts == {31_346.5}
    assert time.thread_time() - begun < 5.0  # measured: 0.1 s; day by day it would be minutes


def test_a_calendar_cannot_be_changed() -> None:
    calendar = Calendar(holidays={date(2027, 3, 26): "Vendredi saint"})

    with pytest.raises(FrozenInstanceError):
        calendar.weekend = frozenset()  # type: ignore[misc]  # that is the point
    with pytest.raises(TypeError):
        calendar.holidays[date(2027, 3, 29)] = ""  # type: ignore[index]  # that is the point


@engine
@given(calendars(), st.integers(-80, 80), st.integers(0, 40))
def test_working_days_are_those_counted_one_by_one(
    calendar: Calendar, shift: int, length: int
) -> None:
    days = Days(calendar)
    first = LONG_BEFORE + timedelta(days=70 + shift)
    last = first + timedelta(days=length)
    one_by_one = range(morning(first), morning(last) + 2)

    counted = calendar.working_days(first, last)

    assert counted == sum(map(days.is_worked, one_by_one)) / 2
    assert [calendar.is_worked(HalfDay.of_slot(slot)) for slot in one_by_one] == [
        days.is_worked(slot) for slot in one_by_one
    ]
    assert calendar.is_workday(first) == (
        days.is_worked(one_by_one[0]) or days.is_worked(one_by_one[1])
    )


def test_a_plan_waits_for_someone_who_is_away_for_months() -> None:
    made = plan(
        a_campaign(
            a_task("visual", "2d", owner="bob"), people=people(bob="2026-06-02..2027-03-14")
        ),
        date(2026, 5, 1),
    )

    assert _dates(made, "visual") == ("2026-05-29 am", "2026-06-01 pm")
