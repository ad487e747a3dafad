"""Why a date is what it is."""

from __future__ import annotations

from datetime import date

from scheduling import Calendar, Cause, HalfDay, Kind, Link, NoticeCode, Off, OffKind, TimeOff, plan
from tests.scheduling.builders import (
    LONG_BEFORE,
    a_campaign,
    a_milestone,
    a_task,
    an_approval,
    people,
)


def test_the_last_task_ends_before_the_launch_less_the_margin() -> None:
    made = plan(a_campaign(a_task("print", "3d"), margin="5d"), LONG_BEFORE)

    reason = made["print"].reason
    assert (reason.cause, reason.margin) == (Cause.BEFORE_LAUNCH, 5.0)
    assert reason.bound == HalfDay(date(2027, 3, 5), pm=True)
    assert (reason.other, reason.link, reason.off) == (None, None, ())


def test_a_task_is_bound_by_the_strictest_of_those_that_need_it() -> None:
    campaign = a_campaign(
        a_task("visual", "1d"), a_task("print", "5d", "visual"), a_task("banner", "1d", "visual")
    )

    reason = plan(campaign, LONG_BEFORE)["visual"].reason

    assert (reason.cause, reason.other) == (Cause.NEEDED_BY, "print")
    assert reason.link == Link(on="visual")
    assert reason.bound == HalfDay(date(2027, 3, 7), pm=True)
    assert not reason.is_start


def test_a_weekend_before_the_bound_is_named_if_nothing_else_is() -> None:
    campaign = a_campaign(
        a_task("visual", "1d", owner="bob"),
        a_task("copy", "1d", owner="cyd"),
        a_task("print", "5d", "visual", "copy"),
        people=people(bob="2027-03-05..2027-03-07"),
    )

    made = plan(campaign, LONG_BEFORE)

    assert made["copy"].reason.off == (
        Off(kind=OffKind.WEEKEND, first=date(2027, 3, 6), last=date(2027, 3, 7)),
    )
    assert [off.kind for off in made["visual"].reason.off] == [OffKind.AWAY]


def test_a_start_may_be_bound_by_another_start() -> None:
    campaign = a_campaign(a_task("visual", "1d"), a_task("print", "5d", "visual SS+1d"))

    reason = plan(campaign, LONG_BEFORE)["visual"].reason

    assert (reason.is_start, reason.bound) == (True, HalfDay(date(2027, 3, 5)))


def test_between_a_bound_on_the_start_and_one_on_the_finish_the_real_one_is_named() -> None:
    campaign = a_campaign(
        a_task("visual", "5d"), a_task("print", "5d", "visual SS"), a_task("web", "3d", "visual")
    )

    reason = plan(campaign, LONG_BEFORE)["visual"].reason

    assert (reason.other, reason.is_start) == ("web", False)


def test_holidays_closures_and_absences_on_the_way_are_named() -> None:
    calendar = Calendar(
        holidays={date(2027, 3, 8): "Holiday"}, closed=(TimeOff.parse("2027-03-03..2027-03-04"),)
    )
    bob = calendar.of_person(away=[TimeOff.parse("2027-03-11 pm..2027-03-12")])
    campaign = a_campaign(
        a_task("visual", "3d", owner="bob"), calendar=calendar, people={"bob": bob}
    )

    made = plan(campaign, LONG_BEFORE)

    assert str(made["visual"].start) == "2027-03-05 pm"
    assert made["visual"].reason.off == (
        Off(kind=OffKind.HOLIDAY, first=date(2027, 3, 8), last=date(2027, 3, 8), name="Holiday"),
        Off(kind=OffKind.AWAY, first=date(2027, 3, 11), last=date(2027, 3, 12), person="bob"),
    )


def test_a_closure_over_a_weekend_is_one_closure() -> None:
    calendar = Calendar(closed=(TimeOff.parse("2027-03-04..2027-03-09"),))

    made = plan(a_campaign(a_task("visual", "4d"), calendar=calendar), LONG_BEFORE)

    assert made["visual"].reason.off == (
        Off(kind=OffKind.CLOSED, first=date(2027, 3, 4), last=date(2027, 3, 9)),
    )


def test_absences_with_work_in_between_are_two() -> None:
    bob = Calendar(away=(TimeOff.parse("2027-03-09"), TimeOff.parse("2027-03-11 pm")))
    campaign = a_campaign(a_task("visual", "4d", owner="bob"), people={"bob": bob})

    reason = plan(campaign, LONG_BEFORE)["visual"].reason

    assert [(off.first, off.last) for off in reason.off] == [
        (date(2027, 3, 9), date(2027, 3, 9)),
        (date(2027, 3, 11), date(2027, 3, 11)),
    ]


def test_an_absence_that_pushes_a_task_is_warned_about_until_it_is_done() -> None:
    absences = people(bob="2027-03-11..2027-03-12")
    task = a_task("visual", "2d", owner="bob")
    done = a_task("visual", "2d", owner="bob", done=date(2027, 1, 4))

    made = plan(a_campaign(task, people=absences), LONG_BEFORE)
    after = plan(a_campaign(done, people=absences), LONG_BEFORE)

    assert [(notice.code, notice.person) for notice in made.warnings] == [
        (NoticeCode.OWNER_AWAY, "bob")
    ]
    assert after.warnings == ()


def test_elapsed_time_and_weekends_name_no_day_off() -> None:
    calendar = Calendar(holidays={date(2027, 3, 8): "Holiday"})
    campaign = a_campaign(
        a_task("print", "10ed", kind=Kind.SUPPLIER), a_task("visual", "6d"), calendar=calendar
    )

    made = plan(campaign, LONG_BEFORE)

    assert made["print"].reason.off == ()
    assert [off.kind for off in made["visual"].reason.off] == [OffKind.HOLIDAY]


def test_an_approval_names_the_absences_of_those_it_waits_for() -> None:
    approval = an_approval("ok", "2d", "ann bob", owner="cyd", rounds=2)
    campaign = a_campaign(approval, people=people(ann="2027-03-11", bob="2027-03-11"))

    reason = plan(campaign, LONG_BEFORE)["ok"].reason

    assert [(off.person, off.kind) for off in reason.off] == [
        ("ann", OffKind.AWAY),
        ("bob", OffKind.AWAY),
    ]
    assert reason.rounds == 2


def test_a_milestone_is_bound_like_any_other_task() -> None:
    made = plan(a_campaign(a_milestone("go"), a_task("print", "5d", "go")), LONG_BEFORE)

    assert (made["go"].reason.cause, made["go"].reason.other) == (Cause.NEEDED_BY, "print")


def test_after_the_launch_a_task_says_what_it_waits_for() -> None:
    calendar = Calendar(holidays={date(2027, 3, 29): "Easter Monday"})
    campaign = a_campaign(
        a_task("print", "1d"), a_task("review", "1d", "print", "launch FS+10d"), calendar=calendar
    )

    reason = plan(campaign, LONG_BEFORE)["review"].reason

    assert (reason.cause, reason.other, reason.is_start) == (Cause.AFTER_LAUNCH, None, True)
    assert reason.link == Link.parse("launch FS+10d")
    assert reason.bound == HalfDay(date(2027, 3, 27))
    assert [off.name for off in reason.off] == ["Easter Monday"]


def test_for_a_milestone_monday_morning_binds_as_much_as_friday_evening() -> None:
    campaign = a_campaign(
        a_milestone("go"),
        a_milestone("booked", "go", finish_by=date(2027, 3, 5)),
        a_task("print", "5d", "go"),  # from Monday morning
    )

    reason = plan(campaign, LONG_BEFORE)["go"].reason

    assert {reason.other, *(tied.other for tied in reason.also)} == {"booked", "print"}


def test_a_bound_that_would_let_a_review_open_later_does_not_bind_even_if_it_ends_alike() -> None:
    campaign = a_campaign(
        an_approval("ok", "1d", "ann bob", rounds=1),
        a_task("web", "4d", "ok SS"),  # from Tuesday: ann opens the review
        a_task("print", "1d", "ok"),  # on Friday: the review may end as late as it does
        people=people(bob="2027-03-08..2027-03-10"),
    )

    made = plan(campaign, LONG_BEFORE)

    assert (str(made["ok"].start), str(made["ok"].finish)) == ("2027-03-09 am", "2027-03-11 pm")
    assert (made["ok"].reason.other, made["ok"].reason.also) == ("web", ())
