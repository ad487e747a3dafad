"""Where a running campaign is heading: real dates, expected ones, and the margin."""

from __future__ import annotations

from datetime import date

from scheduling import Campaign, HalfDay, NoticeCode, Task, plan
from tests.scheduling.builders import a_campaign, a_milestone, a_task, an_approval

# Without margin the plan is: brief on 8, visual on 9 and 10, print on 11 and 12 March.
WITH_MARGIN = "3d"  # so brief on 3, visual on 4 and 5, print on 8 and 9 March


def _campaign(*, brief: date | None = None, **visual: date) -> Campaign:
    return a_campaign(
        a_task("brief", "1d", done=brief),
        a_task("visual", "2d", "brief", **visual),
        a_task("print", "2d", "visual"),
        margin=WITH_MARGIN,
    )


def test_on_time_everything_is_expected_when_it_is_planned() -> None:
    made = plan(_campaign(brief=date(2027, 3, 1)), date(2027, 3, 4))

    assert made["brief"].expected_finish == HalfDay(date(2027, 3, 1), pm=True)
    assert made["visual"].expected_start == made["visual"].start
    assert made.expected_end == HalfDay(date(2027, 3, 9), pm=True)
    assert (made.margin_left, made.missing, made.feasible) == (3.0, 0.0, True)
    assert made.warnings == ()


def test_a_late_decision_eats_the_margin() -> None:
    made = plan(_campaign(brief=date(2027, 3, 3)), date(2027, 3, 8))

    assert made["visual"].expected_finish == HalfDay(date(2027, 3, 9), pm=True)
    assert made["print"].expected_start == HalfDay(date(2027, 3, 10))
    assert (made.margin_planned, made.margin_left) == (3.0, 1.0)
    assert made.feasible
    assert made.launch_holds
    assert [(notice.code, notice.days) for notice in made.warnings] == [
        (NoticeCode.MARGIN_EATEN, 2.0)
    ]


def test_once_the_margin_is_gone_the_launch_does_not_hold() -> None:
    made = plan(_campaign(brief=date(2027, 3, 3)), date(2027, 3, 10))

    assert (made.margin_left, made.missing, made.feasible) == (-1.0, 1.0, False)
    assert not made.launch_holds
    assert made.chain == ("visual", "print")
    assert [(notice.code, notice.days) for notice in made.warnings] == [
        (NoticeCode.LAUNCH_AT_RISK, 1.0)
    ]


def test_a_task_finished_late_is_counted_when_it_was_finished() -> None:
    made = plan(
        _campaign(brief=date(2027, 3, 3), started=date(2027, 3, 4), done=date(2027, 3, 9)),
        date(2027, 3, 10),
    )

    assert made["visual"].expected_start == HalfDay(date(2027, 3, 4))
    assert made["visual"].expected_finish == HalfDay(date(2027, 3, 9), pm=True)
    assert made.margin_left == 1.0


def test_a_task_under_way_ends_when_its_time_is_up() -> None:
    made = plan(_campaign(brief=date(2027, 3, 3), started=date(2027, 3, 5)), date(2027, 3, 5))

    assert made["visual"].expected_finish == HalfDay(date(2027, 3, 8), pm=True)
    assert made.margin_left == 2.0


def test_a_task_that_should_be_over_has_a_day_left() -> None:
    made = plan(_campaign(brief=date(2027, 3, 1), started=date(2027, 3, 2)), date(2027, 3, 8))

    assert made["visual"].expected_finish == HalfDay(date(2027, 3, 8), pm=True)
    assert made.margin_left == 2.0


def test_a_task_due_last_evening_and_not_done_has_a_day_left() -> None:
    made = plan(_campaign(brief=date(2027, 3, 1), started=date(2027, 3, 4)), date(2027, 3, 8))

    assert made["visual"].expected_finish == HalfDay(date(2027, 3, 8), pm=True)


def test_a_task_due_this_morning_is_not_late_before_it_ends() -> None:
    begun = HalfDay(date(2027, 3, 4), pm=True)
    campaign = a_campaign(a_task("visual", "2d", started=begun))

    made = plan(campaign, date(2027, 3, 8))

    assert made["visual"].expected_finish == HalfDay(date(2027, 3, 8))


def test_a_task_due_yesterday_evening_in_the_week_has_a_day_left() -> None:
    made = plan(_campaign(brief=date(2027, 3, 1), started=date(2027, 3, 2)), date(2027, 3, 4))

    assert made["visual"].expected_finish == HalfDay(date(2027, 3, 4), pm=True)


def test_being_early_moves_nobody_and_adds_no_margin() -> None:
    made = plan(_campaign(brief=date(2027, 2, 1), done=date(2027, 2, 10)), date(2027, 2, 11))

    assert made["print"].expected_start == made["print"].start
    assert made.margin_left == 3.0


def test_the_start_of_a_finished_task_is_counted_back_when_nobody_noted_it() -> None:
    made = plan(_campaign(brief=date(2027, 3, 1), done=date(2027, 3, 9)), date(2027, 3, 10))

    assert made["visual"].expected_start == HalfDay(date(2027, 3, 8))


def test_half_a_day_late_is_half_a_day_of_margin() -> None:
    task = Task(
        key="print",
        takes=a_task("x", "1d").takes,
        started=HalfDay(date(2027, 3, 9), pm=True),
    )

    made = plan(a_campaign(task, margin=WITH_MARGIN), date(2027, 3, 9))

    assert made.margin_left == 2.5


def test_a_review_that_should_be_over_has_a_day_left() -> None:
    approval = an_approval("ok", "2d", "carol", started=date(2027, 3, 1))

    made = plan(a_campaign(approval, margin=WITH_MARGIN), date(2027, 3, 10))

    assert made["ok"].expected_finish == HalfDay(date(2027, 3, 10), pm=True)
    assert made.margin_left == 2.0


def test_a_milestone_not_yet_reached_is_expected_now() -> None:
    campaign = a_campaign(
        a_task("proof", "1d", done=date(2027, 3, 5)),
        a_milestone("go", "proof"),
        a_task("print", "4d", "go"),
    )

    made = plan(campaign, date(2027, 3, 9))

    assert made["go"].expected_finish == HalfDay(date(2027, 3, 9))
    assert made["print"].expected_start == HalfDay(date(2027, 3, 9))
    assert made.margin_left == 0.0


def test_a_milestone_that_is_reached_or_has_begun_keeps_its_date() -> None:
    reached = a_milestone("go", done=date(2027, 3, 5), started=date(2027, 3, 4))
    begun = a_milestone("booked", started=date(2027, 3, 4))

    made = plan(a_campaign(reached, begun), date(2027, 3, 9))

    assert made["go"].expected_start == HalfDay(date(2027, 3, 5), pm=True)
    assert made["booked"].expected_start == HalfDay(date(2027, 3, 9))


def test_a_running_campaign_that_misses_a_deadline_says_by_how_much() -> None:
    campaign = a_campaign(
        a_task("brief", "1d", done=date(2027, 2, 1)),
        a_task("booking", "1d", "brief", finish_by=date(2027, 2, 5)),
    )

    late = plan(campaign, date(2027, 2, 9))
    in_time = plan(campaign, date(2027, 2, 5))

    assert (late.missing, late.margin_left) == (2.0, 0.0)
    assert in_time.missing == 0.0


def test_a_running_campaign_that_misses_a_fixed_start_says_by_how_much() -> None:
    campaign = a_campaign(
        a_task("brief", "1d", started=date(2027, 2, 8)),
        a_task("shooting", "1d", "brief", fixed=date(2027, 2, 8)),
        a_task("casting", "1d", started=date(2027, 2, 1), fixed=date(2027, 2, 1)),
    )

    made = plan(campaign, date(2027, 2, 8))

    assert made.missing == 1.0


def test_a_campaign_that_is_over_is_not_missing_anything() -> None:
    made = plan(
        a_campaign(a_task("print", "1d", done=date(2027, 3, 12), finish_by=date(2027, 3, 1))),
        date(2027, 4, 1),
    )

    assert (made.missing, made.feasible, made.chain) == (0.0, True, ())
