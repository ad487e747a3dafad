"""Where the passes put tasks: late and early dates, floats, margins, deadlines."""

from __future__ import annotations

import time
from datetime import date

import pytest

from scheduling import Calendar, Campaign, Cause, Duration, HalfDay, Kind, Plan, plan
from tests.scheduling.builders import (
    LONG_BEFORE,
    a_campaign,
    a_milestone,
    a_task,
    away,
    people,
)


def _planned(*tasks: object, **more: object) -> Plan:
    return plan(a_campaign(*tasks, **more), LONG_BEFORE)  # type: ignore[arg-type]  # passed on


def _dates(made: Plan, key: str) -> tuple[str, str]:
    return str(made[key].start), str(made[key].finish)


def test_work_ends_on_the_last_working_half_day_before_the_launch() -> None:
    made = _planned(a_task("print", "3d"))

    assert _dates(made, "print") == ("2027-03-10 am", "2027-03-12 pm")
    assert made.start_by == date(2027, 3, 10)


def test_the_margin_is_kept_free_before_the_launch() -> None:
    made = _planned(a_task("print", "3d"), margin="5d")

    assert _dates(made, "print") == ("2027-03-03 am", "2027-03-05 pm")
    assert made.margin_planned == 5.0


def test_a_margin_of_elapsed_days_counts_weekends() -> None:
    made = _planned(a_task("print", "1d"), margin="7ed")

    assert _dates(made, "print") == ("2027-03-05 am", "2027-03-05 pm")
    assert made.margin_planned == 5.0


def test_a_margin_as_a_share_is_a_part_of_the_critical_path() -> None:
    made = _planned(a_task("visual", "10d"), a_task("print", "3d", "visual"), margin="15%")

    assert made.margin_planned == 2.0  # 15 % of 13 days is 1.95
    assert _dates(made, "print")[1] == "2027-03-10 pm"


def test_each_task_ends_just_before_what_needs_it() -> None:
    made = _planned(
        a_task("brief", "1d"),
        a_task("visual", "2d", "brief"),
        a_task("copy", "0.5d", "brief"),
        a_task("print", "3d", "visual", "copy"),
    )

    assert _dates(made, "visual") == ("2027-03-08 am", "2027-03-09 pm")
    assert _dates(made, "copy") == ("2027-03-09 pm", "2027-03-09 pm")
    assert _dates(made, "brief") == ("2027-03-05 am", "2027-03-05 pm")
    assert [planned.task.key for planned in made.tasks] == ["brief", "visual", "copy", "print"]


def test_floats_tell_what_may_slip_and_what_may_slip_alone() -> None:
    made = _planned(
        a_task("brief", "1d"),
        a_task("visual", "5d", "brief"),
        a_task("copy", "1d", "brief"),
        a_task("proof", "1d", "copy"),
        a_task("print", "1d", "visual", "proof"),
    )

    assert (made["copy"].total_float, made["copy"].free_float) == (3.0, 0.0)
    assert (made["proof"].total_float, made["proof"].free_float) == (3.0, 3.0)
    assert made.critical_path == ("brief", "visual", "print")
    assert made.chain == ("brief", "visual", "print")


def test_nothing_is_critical_while_there_is_time_but_the_tightest_chain_is_known() -> None:
    made = _planned(a_task("brief", "1d"), a_task("print", "1d", "brief"), start=LONG_BEFORE)

    assert made["brief"].total_float == 48.0
    assert made.critical_path == ()
    assert made.chain == ("brief", "print")


def test_people_work_around_their_absences_however_long() -> None:
    made = _planned(
        a_task("visual", "5d", owner="bob"),
        a_task("print", "1d", "visual"),
        people=people(bob="2027-02-08..2027-03-10"),
    )

    assert _dates(made, "visual") == ("2027-02-02 am", "2027-03-11 pm")


def test_a_supplier_works_by_the_calendar_of_the_campaign_or_by_their_own() -> None:
    sundays = Calendar(weekend=frozenset({4, 5}))
    tasks = (a_task("print", "1d", kind=Kind.SUPPLIER, owner="printer"),)

    usual = _planned(*tasks)
    own = _planned(*tasks, people={"printer": sundays}, launch=date(2027, 3, 16))

    assert _dates(usual, "print")[0] == "2027-03-12 am"
    assert _dates(own, "print")[0] == "2027-03-15 am"


def test_elapsed_time_counts_every_day_but_still_ends_with_the_working_week() -> None:
    made = _planned(a_task("print", "10ed", kind=Kind.SUPPLIER))

    assert _dates(made, "print") == ("2027-03-03 am", "2027-03-12 pm")


def test_a_milestone_falls_at_the_end_of_a_worked_day() -> None:
    made = _planned(a_task("proof", "1d"), a_milestone("go", "proof"), a_task("print", "5d", "go"))

    assert _dates(made, "go") == ("2027-03-05 pm", "2027-03-05 pm")
    assert _dates(made, "proof") == ("2027-03-05 am", "2027-03-05 pm")
    assert made["go"].critical


def test_what_waits_for_the_launch_is_placed_after_it() -> None:
    made = _planned(
        a_task("posting", "1d"),
        a_task("check", "1d", "launch", "posting"),
        a_task("review", "1d", "launch FS+10d", "check"),
        a_task("report", "1d", "review"),
        a_task("reading", "1d", "launch", not_before=date(2027, 6, 14)),
        a_task("party", "1d", "launch FF+2d", "launch SS"),
    )

    assert _dates(made, "check") == ("2027-03-15 am", "2027-03-15 pm")
    assert _dates(made, "review") == ("2027-03-29 am", "2027-03-29 pm")
    assert _dates(made, "report")[0] == "2027-03-30 am"
    assert _dates(made, "reading")[0] == "2027-06-14 am"
    assert _dates(made, "party") == ("2027-03-16 am", "2027-03-16 pm")
    assert _dates(made, "posting")[1] == "2027-03-12 pm"
    assert made.critical_path == ("posting",)
    assert made["review"].total_float == 0.0
    assert made["review"].free_float == 0.0
    assert made["check"].free_float == 9.0
    assert [made[key].reason.cause for key in ("check", "report", "reading")] == [
        Cause.AFTER_LAUNCH,
        Cause.AFTER_TASK,
        Cause.NOT_BEFORE,
    ]


def test_a_deadline_after_the_launch_may_be_kept_or_missed() -> None:
    kept = _planned(a_task("review", "1d", "launch", finish_by=date(2027, 3, 17)))
    missed = _planned(a_task("review", "5d", "launch", finish_by=date(2027, 3, 17)))

    assert (kept["review"].total_float, kept.missing) == (2.0, 0.0)
    assert (missed["review"].total_float, missed.missing) == (-2.0, 2.0)
    assert not missed.feasible


def test_a_campaign_with_nothing_before_the_launch_starts_with_it() -> None:
    made = _planned(a_task("review", "1d", "launch"))

    assert made.start_by == made.campaign.launch
    assert str(made.expected_end) == "2027-03-12 pm"
    assert (made.chain, made.feasible, made.margin_left) == ((), True, 0.0)


def test_an_empty_campaign_has_a_plan_too() -> None:
    made = _planned(margin="10%")

    assert (made.tasks, made.missing, made.margin_planned) == ((), 0.0, 0.0)
    assert "brief" not in made


def test_a_deadline_pulls_a_task_and_what_it_waits_for() -> None:
    made = _planned(
        a_task("visual", "2d"), a_task("booking", "1d", "visual", finish_by=date(2027, 2, 19))
    )

    assert _dates(made, "booking") == ("2027-02-19 am", "2027-02-19 pm")
    assert _dates(made, "visual")[1] == "2027-02-18 pm"
    assert made["booking"].reason.cause is Cause.DEADLINE


def test_a_deadline_at_midday_is_kept() -> None:
    made = _planned(a_task("booking", "1d", finish_by=HalfDay(date(2027, 2, 19))))

    assert _dates(made, "booking") == ("2027-02-18 pm", "2027-02-19 am")


def test_a_fixed_start_is_kept_by_the_task_and_by_those_before_it() -> None:
    made = _planned(
        a_task("visual", "2d"),
        a_task("shooting", "1d", "visual", fixed=date(2027, 2, 17)),
        a_task("edit", "1d", "shooting"),
        start=date(2027, 2, 1),
    )

    assert _dates(made, "shooting") == ("2027-02-17 am", "2027-02-17 pm")
    assert made["shooting"].early_start == made["shooting"].start
    assert _dates(made, "visual")[1] == "2027-02-16 pm"
    assert made["edit"].early_start == HalfDay(date(2027, 2, 18))
    assert made["shooting"].reason.cause is Cause.FIXED
    assert made["shooting"].critical
    assert made.feasible


def test_a_milestone_can_be_fixed_and_falls_at_the_end_of_that_day() -> None:
    made = _planned(a_milestone("go", fixed=date(2027, 2, 17)))

    assert _dates(made, "go") == ("2027-02-17 pm", "2027-02-17 pm")


def test_a_fixed_start_in_the_afternoon_only_person_begins_at_midday() -> None:
    afternoons = away("2027-02-17 am")
    made = _planned(
        a_task("visual", "1d", owner="bob", fixed=date(2027, 2, 17)), people={"bob": afternoons}
    )

    assert _dates(made, "visual") == ("2027-02-17 pm", "2027-02-18 am")


def test_a_start_that_comes_too_late_says_how_many_days_are_missing() -> None:
    too_late = _planned(a_task("print", "5d", not_before=date(2027, 3, 10)))
    in_time = _planned(a_task("print", "3d", not_before=date(2027, 3, 10)))
    fixed = _planned(a_task("print", "5d", fixed=date(2027, 3, 10)))

    assert (too_late.feasible, too_late.missing) == (False, 2.0)
    assert too_late["print"].total_float == -2.0
    assert (in_time.feasible, in_time.missing) == (True, 0.0)
    assert (fixed.feasible, fixed.missing) == (False, 2.0)


def test_someone_back_too_late_for_a_fixed_date_counts_from_their_return() -> None:
    made = _planned(
        a_task("print", "1d", owner="bob", not_before=date(2027, 3, 10)),
        people=people(bob="2027-03-10..2027-03-15"),
    )

    assert _dates(made, "print")[0] == "2027-03-09 am"
    assert made.missing == 5.0


def test_begun_too_late_a_plan_says_how_many_days_are_missing_and_along_which_chain() -> None:
    campaign = a_campaign(
        a_task("visual", "5d"), a_task("copy", "1d"), a_task("print", "5d", "visual", "copy")
    )

    made = plan(campaign, date(2027, 3, 3))

    assert made.start_by == date(2027, 3, 1)
    assert (made.feasible, made.missing) == (False, 2.0)
    assert made.chain == ("visual", "print")


def test_a_campaign_that_cannot_begin_before_a_day_counts_from_there() -> None:
    campaign = a_campaign(a_task("print", "5d"), start=date(2027, 3, 10))

    made = plan(campaign, LONG_BEFORE)

    assert (made.missing, made["print"].total_float) == (2.0, -2.0)
    assert made["print"].critical
    assert made.expected_end == HalfDay(date(2027, 3, 16), pm=True)


def test_lags_count_in_the_calendar_of_the_campaign() -> None:
    made = _planned(
        a_task("visual", "1d", owner="bob"),
        a_task("print", "1d", "visual FS+2d"),
        people=people(bob="2027-03-11"),
    )

    assert _dates(made, "visual")[0] == "2027-03-09 am"


@pytest.mark.parametrize(
    ("link", "start"),
    [
        ("visual FS", "2027-03-02 am"),
        ("visual FS-2d", "2027-03-04 am"),
        ("visual FS+3ed", "2027-03-01 am"),
        ("visual FS-3ed", "2027-03-05 am"),
        ("visual SS", "2027-03-08 am"),
        ("visual SS+2d", "2027-03-04 am"),
        ("visual FF", "2027-03-09 am"),
        ("visual FF+1d", "2027-03-08 am"),
        ("visual SF", "2027-03-09 am"),
        ("visual SF+2d", "2027-03-09 am"),
    ],
)
def test_every_type_of_link_bounds_as_it_says(link: str, start: str) -> None:
    made = _planned(a_task("visual", "4d"), a_task("print", "5d", link))

    assert str(made["visual"].start) == start


def test_someone_away_when_their_start_is_due_starts_before_they_leave() -> None:
    made = _planned(
        a_task("visual", "1d", owner="bob"),
        a_task("print", "5d", "visual SS"),
        people=people(bob="2027-03-05..2027-03-09"),
    )

    assert _dates(made, "visual") == ("2027-03-04 pm", "2027-03-10 am")


def test_someone_away_when_their_finish_may_be_ends_after_they_return() -> None:
    made = _planned(
        a_task("visual", "5d"),
        a_task("copy", "1d", "visual FF", owner="bob"),
        people=people(bob="2027-02-05..2027-02-09"),
        start=date(2027, 2, 1),
    )

    assert str(made["copy"].early_finish) == "2027-02-10 am"


def test_a_part_of_the_plan_can_be_asked_for_by_key() -> None:
    made = _planned(a_task("print", "1d"))

    assert "print" in made
    assert made["print"].task.takes == Duration(2)
    with pytest.raises(KeyError):
        _ = made["poster"]


def test_two_thousand_tasks_are_planned_in_well_under_a_second() -> None:
    tasks = [a_task("t0")]
    tasks += [a_task(f"t{n}", "1d", f"t{n // 2}", f"t{n - 1} SS") for n in range(1, 2000)]
    campaign = Campaign(name="big", launch=date(2027, 3, 15), tasks=tuple(tasks))
    start = time.thread_time()

    plan(campaign, LONG_BEFORE)

    assert time.thread_time() - start < 2.0  # measured: 0.2 s; the rest is for slow machines
