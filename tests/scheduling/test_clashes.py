"""Dates set on tasks that cannot all be kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scheduling import FixedClash, HalfDay, PlanError, Problems, Task, TooTight, plan
from tests.scheduling.builders import LONG_BEFORE, a_campaign, a_milestone, a_task, people


def _refused(*tasks: Task, **more: Any) -> PlanError:
    with pytest.raises((FixedClash, TooTight)) as caught:
        plan(a_campaign(*tasks, **more), LONG_BEFORE)
    return caught.value


def test_a_fixed_start_before_another_fixed_task_can_end_is_refused_with_both() -> None:
    error = _refused(
        a_task("visual", "3d", fixed=date(2027, 3, 2)),
        a_task("print", "1d", "visual", fixed=date(2027, 3, 4)),
    )

    assert isinstance(error, FixedClash)
    assert (error.task, error.other, error.field) == ("print", "visual", "fixed")
    assert (str(error.start), str(error.soonest)) == ("2027-03-04 am", "2027-03-05 am")


def test_the_date_that_leaves_no_time_is_named_through_the_tasks_in_between() -> None:
    error = _refused(
        a_task("brief", "1d"),
        a_task("visual", "3d", "brief", not_before=date(2027, 3, 1)),
        a_task("copy", "2d", "visual", "brief"),
        a_task("print", "1d", "copy", fixed=date(2027, 3, 4)),
    )

    assert isinstance(error, FixedClash)
    assert (error.task, error.other, error.field) == ("print", "visual", "not_before")
    assert str(error.soonest) == "2027-03-08 am"


def test_a_fixed_start_too_soon_after_the_launch_is_refused() -> None:
    error = _refused(a_task("review", "1d", "launch FS+10d", fixed=date(2027, 3, 22)))

    assert isinstance(error, FixedClash)
    assert (error.other, error.field) == ("launch", "")


def test_a_milestone_on_friday_may_wait_for_work_that_opens_the_week_after() -> None:
    printing = a_task("print", "1d", fixed=date(2027, 3, 5))
    ready = a_milestone("ready", "print", fixed=date(2027, 3, 5))

    made = plan(a_campaign(printing, ready), LONG_BEFORE)

    assert made["ready"].start == HalfDay(date(2027, 3, 5), pm=True)


def test_a_milestone_fixed_before_what_it_waits_for_is_refused() -> None:
    error = _refused(
        a_task("print", "1d", fixed=date(2027, 3, 5)),
        a_milestone("ready", "print", fixed=date(2027, 3, 4)),
    )

    assert isinstance(error, FixedClash)
    assert (str(error.start), str(error.soonest)) == ("2027-03-04 pm", "2027-03-05 pm")


@pytest.mark.parametrize("field", ["fixed", "not_before"])
def test_a_task_too_long_for_its_own_dates_is_refused(field: str) -> None:
    error = _refused(
        a_task("visual", "5d", **{field: date(2027, 3, 4)}, finish_by=date(2027, 3, 8))
    )

    assert isinstance(error, TooTight)
    assert (error.task, error.field, error.other) == ("visual", field, "finish_by")
    assert str(error.ends) == "2027-03-10 pm"


def test_an_absence_may_be_what_makes_dates_too_tight() -> None:
    dates: dict[str, Any] = {"fixed": date(2027, 3, 3), "finish_by": date(2027, 3, 5)}
    task = a_task("visual", "3d", owner="bob", **dates)

    plan(a_campaign(task), LONG_BEFORE)
    error = _refused(task, people=people(bob="2027-03-04"))

    assert isinstance(error, TooTight)


def test_what_has_really_begun_clashes_with_nothing() -> None:
    visual = a_task("visual", "3d", fixed=date(2027, 3, 2), started=date(2027, 3, 8))
    printing = a_task("print", "1d", "visual", fixed=date(2027, 3, 5))

    made = plan(a_campaign(visual, printing), date(2027, 3, 8))

    assert made["print"].start == HalfDay(date(2027, 3, 5))


def test_every_clash_of_a_campaign_is_told() -> None:
    campaign = a_campaign(
        a_task("visual", "3d", fixed=date(2027, 3, 2)),
        a_task("print", "1d", "visual", fixed=date(2027, 3, 4)),
        a_task("web", "1d", "visual", fixed=date(2027, 3, 3)),
    )

    with pytest.raises(Problems) as caught:
        plan(campaign, LONG_BEFORE)

    assert [str(error).split()[1] for error in caught.value.errors] == [
        "task='print'",
        "task='web'",
    ]


def test_a_fixed_start_that_only_the_launch_forbids_is_an_impossible_plan_not_a_clash() -> None:
    made = plan(a_campaign(a_task("visual", "3d", fixed=date(2027, 3, 12))), LONG_BEFORE)

    assert (made.feasible, made.missing) == (False, 2.0)
