"""Reviews: rounds, rework, who must agree, and who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from scheduling import NoticeCode, Plan, Round, plan
from tests.scheduling.builders import LONG_BEFORE, a_campaign, a_task, an_approval, people


def _steps(made: Plan, key: str) -> Sequence[tuple[str, str, str | None]]:
    return [_spelled(one) for one in made[key].rounds]


def _spelled(one: Round) -> tuple[str, str, str | None]:
    rework = None if one.rework_by is None else str(one.rework_by)
    return str(one.opens), str(one.review_by), rework


def test_an_approval_is_rounds_of_review_with_rework_in_between() -> None:
    approval = an_approval("ok", "2d", "carol dan", rounds=2, rework=a_task("x", "1d").takes)

    made = plan(a_campaign(approval), LONG_BEFORE)

    assert _steps(made, "ok") == [
        ("2027-03-08 am", "2027-03-09 pm", "2027-03-10 pm"),
        ("2027-03-11 am", "2027-03-12 pm", None),
    ]
    assert [one.number for one in made["ok"].rounds] == [1, 2]
    assert (made["ok"].start, made["ok"].finish) == (
        made["ok"].rounds[0].opens,
        made["ok"].rounds[1].review_by,
    )


def test_rework_is_done_in_the_time_of_the_owner() -> None:
    approval = an_approval("ok", "1d", "carol", owner="bob", rework=a_task("x", "1d").takes)
    campaign = a_campaign(approval, people=people(bob="2027-03-10..2027-03-11"))

    made = plan(campaign, LONG_BEFORE)

    assert _steps(made, "ok") == [
        ("2027-03-08 am", "2027-03-08 pm", "2027-03-09 pm"),
        ("2027-03-10 am", "2027-03-10 pm", None),
    ]
    assert made["ok"].total_float == 0.0


@pytest.mark.parametrize(
    ("needs", "start"),
    [
        ("all", "2027-03-04 am"),
        (2, "2027-03-10 am"),
        ("any", "2027-03-11 am"),
        (1, "2027-03-11 am"),
    ],
)
def test_a_review_is_over_once_enough_approvers_have_had_their_time(
    needs: str | int, start: str
) -> None:
    approval = an_approval("ok", "2d", "ann bob cyd", rounds=1, needs=needs)
    absences = people(bob="2027-03-11", cyd="2027-03-06..2027-03-12")

    made = plan(a_campaign(approval, people=absences), LONG_BEFORE)

    assert str(made["ok"].start) == start


def test_an_approver_who_is_there_before_the_others_opens_the_review() -> None:
    approval = an_approval("ok", "1d", "ann bob", "visual", rounds=1)
    campaign = a_campaign(
        a_task("visual", "1d"),
        approval,
        people=people(ann="2027-03-02", bob="2027-03-02..2027-03-04"),
        start=date(2027, 3, 1),
    )

    made = plan(campaign, LONG_BEFORE)

    assert str(made["ok"].early_start) == "2027-03-03 am"
    assert str(made["ok"].early_finish) == "2027-03-05 pm"


def test_an_approval_nobody_is_asked_for_counts_in_the_calendar_of_the_campaign() -> None:
    made = plan(a_campaign(an_approval("ok", "2d", "", rounds=1)), LONG_BEFORE)

    assert _steps(made, "ok") == [("2027-03-11 am", "2027-03-12 pm", None)]


def test_an_approval_in_elapsed_days_runs_over_the_weekend() -> None:
    approval = an_approval("ok", "4ed", "carol", rounds=1)

    made = plan(a_campaign(approval, launch=date(2027, 3, 16)), LONG_BEFORE)

    assert _steps(made, "ok") == [("2027-03-12 am", "2027-03-15 pm", None)]


def test_links_to_both_ends_of_an_approval_hold() -> None:
    campaign = a_campaign(
        a_task("visual", "10d"),
        an_approval("ok", "1d", "carol", "visual FF+1d", rounds=1),
        a_task("print", "5d", "ok SS"),
        start=date(2027, 2, 22),
    )

    made = plan(campaign, LONG_BEFORE)

    assert str(made["ok"].start) == "2027-03-08 am"
    assert str(made["ok"].early_start) == "2027-03-08 am"
    assert str(made["visual"].finish) == "2027-03-05 pm"


def test_an_approver_away_when_the_decision_may_fall_decides_after_their_return() -> None:
    campaign = a_campaign(
        a_task("visual", "5d"),
        an_approval("ok", "1d", "carol", "visual FF", rounds=1),
        people=people(carol="2027-02-05..2027-02-09"),
        start=date(2027, 2, 1),
    )

    made = plan(campaign, LONG_BEFORE)

    assert str(made["ok"].early_finish) == "2027-02-10 am"


def test_an_approver_absent_over_a_whole_review_is_warned_about() -> None:
    approval = an_approval("ok", "2d", "ann bob", rounds=1, needs="any")
    absences = people(bob="2027-03-10..2027-03-12", ann="2027-03-12")

    made = plan(a_campaign(approval, people=absences), LONG_BEFORE)

    assert [(notice.code, notice.task, notice.person) for notice in made.warnings] == [
        (NoticeCode.APPROVER_AWAY, "ok", "bob")
    ]
    assert (made.warnings[0].first, made.warnings[0].last) == (
        date(2027, 3, 10),
        date(2027, 3, 11),
    )


def test_an_approver_absent_over_an_elapsed_review_is_warned_about() -> None:
    approval = an_approval("ok", "4ed", "carol", rounds=1)
    campaign = a_campaign(approval, people=people(carol="2027-03-09..2027-03-12"))

    made = plan(campaign, LONG_BEFORE)

    assert [notice.person for notice in made.warnings] == ["carol"]


def test_an_approval_that_is_done_warns_about_nobody() -> None:
    approval = an_approval("ok", "2d", "bob", rounds=1, done=date(2027, 1, 4))
    absences = people(bob="2027-02-15..2027-03-10")

    made = plan(a_campaign(approval, people=absences), LONG_BEFORE)

    assert made.warnings == ()
