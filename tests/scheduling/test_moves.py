"""What moves from one plan to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduling import Both, Calendar, Campaign, Duration, HalfDay, Kind, Plan, compare, plan
from tests.scheduling.builders import (
    LONG_BEFORE,
    MONDAY_LAUNCH,
    a_campaign,
    a_milestone,
    a_task,
    an_approval,
)
from tests.scheduling.strategies import campaigns, engine

BASE = a_campaign(
    a_task("visual", "2d", owner="bob"),
    an_approval("ok", "1d", "ann cyd", "visual", owner="bob", rounds=1),
    a_milestone("go", "ok"),
    a_task("print", "2d", "go", owner="eve"),
    a_task("post", "1d", owner="dan"),
    margin="2d",
)


def base() -> Plan:
    return plan(BASE, LONG_BEFORE)


def changed(key: str, **fields: object) -> Campaign:
    tasks = tuple(replace(t, **fields) if t.key == key else t for t in BASE.tasks)  # type: ignore[arg-type]  # fields of a task
    return replace(BASE, tasks=tasks)


def test_a_longer_task_moves_those_it_waits_for_and_nobody_else() -> None:
    after = plan(changed("print", takes=Duration(7)), LONG_BEFORE)

    moves = compare(base(), after)

    assert [(move.task.key, move.start.days, move.finish.days) for move in moves.tasks] == [
        ("visual", -1.5, -1.5),
        ("ok", -1.5, -1.5),
        ("go", -1.5, -1.5),
        ("print", -1.5, 0.0),
    ]
    assert [move.longer for move in moves.tasks] == [0.0, 0.0, 0.0, 1.5]
    assert moves.tasks[0].start.after == HalfDay(date(2027, 3, 2), pm=True)
    assert moves.people == {"ann", "bob", "cyd", "eve"}
    assert [move.task.key for move in moves.of("bob")] == ["visual", "ok"]
    assert [move.task.key for move in moves.approvals] == ["ok"]
    assert not moves.is_nothing


def test_the_figures_of_the_whole_are_told_before_and_after() -> None:
    after = plan(replace(BASE, launch=date(2027, 3, 17), margin=Duration(2)), date(2027, 3, 11))

    moves = compare(base(), after)

    assert moves.launch == Both(MONDAY_LAUNCH, date(2027, 3, 17))
    assert moves.start_by == Both(date(2027, 3, 4), date(2027, 3, 9))
    assert moves.margin_planned == Both(2.0, 1.0)
    assert moves.margin_left == Both(2.0, -1.0)
    assert moves.missing == Both(0.0, 2.0)
    assert not moves.missing.is_same


def test_a_task_that_comes_or_goes_touches_its_people_and_is_no_move() -> None:
    fewer = replace(BASE, tasks=tuple(task for task in BASE.tasks if task.key != "post"))
    more = replace(fewer, tasks=(*fewer.tasks, a_task("web", "1d", owner="fay")))

    moves = compare(base(), plan(more, LONG_BEFORE))

    assert moves.tasks == ()
    assert [planned.task.key for planned in moves.added] == ["web"]
    assert [planned.task.key for planned in moves.removed] == ["post"]
    assert moves.people == {"dan", "fay"}
    assert not moves.is_nothing


def test_whoever_had_a_task_that_moves_is_touched_too() -> None:
    after = plan(changed("visual", owner="fay", takes=Duration(6)), LONG_BEFORE)

    assert compare(base(), after).people == {"bob", "fay"}


def test_work_that_is_late_moves_what_is_expected_and_not_the_plan() -> None:
    started = changed("visual", started=date(2027, 3, 4))

    moves = compare(
        plan(started, date(2027, 3, 5)),
        plan(started, date(2027, 3, 8)),
    )

    assert all(move.is_forecast_only for move in moves.tasks)
    assert [(move.task.key, move.expected_finish.days) for move in moves.tasks] == [
        ("visual", 1.0),
        ("ok", 1.0),
        ("go", 1.0),
        ("print", 1.0),
    ]
    assert moves.margin_left == Both(2.0, 1.0)
    assert moves.launch.is_same


def test_days_are_those_of_the_calendar_after() -> None:
    working_saturdays = replace(BASE, calendar=Calendar(weekend=frozenset({6})))

    moves = compare(base(), plan(working_saturdays, LONG_BEFORE))

    (post,) = moves.of("dan")
    assert (post.finish.before, post.finish.after) == (
        HalfDay(date(2027, 3, 10), pm=True),
        HalfDay(date(2027, 3, 11), pm=True),
    )
    assert post.finish.days == 1.0


def test_a_date_that_moves_over_a_weekend_alone_moves_by_no_working_day() -> None:
    short = a_campaign(a_task("print", "1ed", "launch FS+5d", kind=Kind.SUPPLIER))
    later = a_campaign(a_task("print", "1ed", "launch FS+6ed", kind=Kind.SUPPLIER))

    ((move,),) = [compare(plan(short, LONG_BEFORE), plan(later, LONG_BEFORE)).tasks]

    assert (move.start.before.day, move.start.after.day) == (date(2027, 3, 20), date(2027, 3, 21))
    assert (move.start.days, move.longer) == (0.0, 0.0)


def test_an_end_on_a_day_nobody_works_moves_by_the_days_that_follow_it() -> None:
    short = a_campaign(a_task("print", "1ed", "launch FS+5ed", kind=Kind.SUPPLIER))
    longer = a_campaign(a_task("print", "2ed", "launch FS+6ed", kind=Kind.SUPPLIER))

    (move,) = compare(plan(short, LONG_BEFORE), plan(longer, LONG_BEFORE)).tasks

    assert (move.finish.before.day, move.finish.after.day) == (date(2027, 3, 20), date(2027, 3, 22))
    assert (move.start.days, move.finish.days, move.longer) == (0.0, 1.0, 1.0)


plans = st.builds(
    lambda campaign, days: (campaign, campaign.launch - timedelta(days=days)),
    campaigns(),
    st.integers(0, 60),
)


@engine
@given(plans)
def test_a_plan_moves_nothing_against_itself(case: tuple[Campaign, date]) -> None:
    made = plan(*case)

    assert compare(made, made).is_nothing


@engine
@given(plans, plans)
def test_exactly_the_tasks_whose_dates_differ_move(
    one: tuple[Campaign, date], other: tuple[Campaign, date]
) -> None:
    before, after = plan(*one), plan(*other)

    moves = compare(before, after)

    keys = {planned.task.key for planned in before.tasks}
    both = [planned for planned in after.tasks if planned.task.key in keys]
    differ = [
        new.task.key for new in both if dates(new.task.key, before) != dates(new.task.key, after)
    ]
    assert [move.task.key for move in moves.tasks] == differ
    assert {planned.task.key for planned in moves.removed} | {
        task.task.key for task in both
    } == keys
    assert not {planned.task.key for planned in moves.added} & keys


@engine
@given(plans, st.integers(-20, 20))
def test_what_moves_there_moves_back_as_far(case: tuple[Campaign, date], days: int) -> None:
    campaign, today = case
    shifted = replace(campaign, launch=campaign.launch + timedelta(days=days))
    before, after = plan(campaign, today), plan(shifted, today)

    there, back = compare(before, after), compare(after, before)

    moved = {move.task.key: move for move in back.tasks}
    assert there.launch == Both(back.launch.after, back.launch.before)
    assert len(there.tasks) == len(back.tasks)
    for move in there.tasks:
        opposite = moved[move.task.key]
        for shift, other in (
            (move.start, opposite.start),
            (move.finish, opposite.finish),
            (move.expected_start, opposite.expected_start),
            (move.expected_finish, opposite.expected_finish),
        ):
            assert (shift.before, shift.after, shift.days) == (
                other.after,
                other.before,
                -other.days,
            )
        assert move.longer == -opposite.longer


def dates(key: str, made: Plan) -> tuple[HalfDay, ...]:
    one = made[key]
    return one.start, one.finish, one.expected_start, one.expected_finish
