"""What is worth warning about in a plan."""

from __future__ import annotations

from datetime import date

import pytest

from scheduling import Calendar, Duration, HalfDay, Notice, NoticeCode, Task, TimeOff, plan
from tests.scheduling.builders import (
    LONG_BEFORE,
    a_campaign,
    a_milestone,
    a_task,
    an_approval,
    people,
)

ABSENT = people(ann="2027-03-08..2027-03-14")


def an_approval_by_any() -> Task:
    return an_approval("ok", "2d", "ann bob", rounds=1, needs="any")


def test_an_approver_away_for_a_whole_review_can_be_asked_before_leaving() -> None:
    made = plan(a_campaign(an_approval_by_any(), people=ABSENT), LONG_BEFORE)

    assert made.warnings == (
        Notice(
            code=NoticeCode.APPROVER_AWAY,
            task="ok",
            person="ann",
            first=date(2027, 3, 11),
            last=date(2027, 3, 12),
            ask_by=HalfDay(date(2027, 3, 4)),
        ),
    )


def test_an_approver_who_left_at_midday_must_be_asked_half_a_day_sooner() -> None:
    away = people(ann="2027-03-05 pm..2027-03-14")

    made = plan(a_campaign(an_approval_by_any(), people=away), LONG_BEFORE)

    assert made.warnings[0].ask_by == HalfDay(date(2027, 3, 3), pm=True)


def test_calendar_days_of_a_review_are_counted_back_from_the_last_one_worked() -> None:
    away = people(ann="2027-03-10..2027-03-14")
    approval = an_approval("ok", "3ed", "ann bob", rounds=1)

    made = plan(a_campaign(approval, people=away), LONG_BEFORE)

    assert made.warnings[0].first == date(2027, 3, 10)
    assert made.warnings[0].ask_by == HalfDay(date(2027, 3, 7))


@pytest.mark.parametrize(
    ("today", "start"), [(date(2027, 3, 5), None), (LONG_BEFORE, date(2027, 3, 5))]
)
def test_nobody_is_asked_before_today_or_before_the_campaign_begins(
    today: date, start: date | None
) -> None:
    made = plan(a_campaign(an_approval_by_any(), people=ABSENT, start=start), today)

    assert made.warnings[0].person == "ann"
    assert made.warnings[0].ask_by is None


def test_every_review_of_an_approval_is_looked_at() -> None:
    approval = an_approval("ok", "1d", "ann bob", rounds=2, needs="any", rework=Duration(2))
    away = people(ann="2027-03-12..2027-03-14")

    made = plan(a_campaign(approval, people=away), LONG_BEFORE)

    assert [(one.first, one.ask_by) for one in made.warnings] == [
        (date(2027, 3, 12), HalfDay(date(2027, 3, 11)))
    ]


def test_an_absence_that_pushes_work_is_warned_about_with_its_days() -> None:
    campaign = a_campaign(
        a_task("visual", "2d", owner="bob"), people=people(bob="2027-03-09..2027-03-14")
    )

    made = plan(campaign, LONG_BEFORE)

    assert made.warnings == (
        Notice(
            code=NoticeCode.OWNER_AWAY,
            task="visual",
            person="bob",
            first=date(2027, 3, 9),
            last=date(2027, 3, 14),
        ),
    )


def test_nothing_is_said_of_what_is_done_or_of_a_milestone() -> None:
    campaign = a_campaign(
        an_approval("ok", "2d", "ann", done=date(2027, 3, 1)),
        a_milestone("go", "ok", owner="ann"),
        people=ABSENT,
    )

    assert plan(campaign, LONG_BEFORE).warnings == ()


def test_a_holiday_or_a_closure_is_nobodys_absence() -> None:
    calendar = Calendar(
        holidays={date(2027, 3, 10): "Holiday"}, closed=(TimeOff.parse("2027-03-09"),)
    )
    bob = calendar.of_person(away=[TimeOff.parse("2027-02-01")])
    campaign = a_campaign(
        a_task("visual", "3d", owner="bob"), calendar=calendar, people={"bob": bob}
    )

    assert plan(campaign, LONG_BEFORE).warnings == ()


def test_margin_that_is_eaten_and_a_launch_at_risk_are_told_in_working_days() -> None:
    campaign = a_campaign(a_task("print", "3d", started=date(2027, 3, 5)), margin="3d")

    eaten = plan(campaign, date(2027, 3, 10)).warnings
    late = plan(campaign, date(2027, 3, 15)).warnings

    assert eaten == (Notice(code=NoticeCode.MARGIN_EATEN, days=1.0),)
    assert late == (Notice(code=NoticeCode.LAUNCH_AT_RISK, days=1.0),)
