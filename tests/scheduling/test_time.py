"""Half-days, durations, margins and worked time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scheduling import BadDate, BadDuration, BadMargin, Duration, HalfDay, Share, read_margin
from scheduling.halfdays import read_day, read_moment
from scheduling.worktime import WEEK, WorkTime

MONDAY = HalfDay(date(2027, 2, 15)).slot


def test_a_half_day_is_written_with_its_day_first_so_that_text_sorts() -> None:
    halves = [HalfDay(date(2027, 2, 15), pm=True), HalfDay(date(2027, 2, 15))]

    assert [str(half) for half in sorted(halves)] == ["2027-02-15 am", "2027-02-15 pm"]
    assert [HalfDay.parse(str(half)) for half in halves] == halves


def test_a_slot_and_a_half_day_are_the_same_thing() -> None:
    half_day = HalfDay(date(2027, 2, 15), pm=True)

    assert HalfDay.of_slot(half_day.slot) == half_day
    assert HalfDay.of_slot(half_day.slot + 1) == HalfDay(date(2027, 2, 16))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2027-02-15",
        "15/02/2027 am",
        "2027-02-15 AM",
        "2027-02-30 am",
        "1969-12-31 pm",
        "\uff12027-01-01 am",
    ],
)
def test_anything_but_a_half_day_is_refused_as_one(text: str) -> None:
    with pytest.raises(BadDate):
        HalfDay.parse(text)


@pytest.mark.parametrize("text", ["2027-02-15 am", "2101-01-01", "tomorrow", "2027-2-5"])
def test_anything_but_a_day_is_refused_as_one(text: str) -> None:
    with pytest.raises(BadDate):
        read_day(text)


def test_midday_starts_the_afternoon_and_ends_the_morning() -> None:
    assert read_moment("2027-02-15T12") == HalfDay(date(2027, 2, 15), pm=True)
    assert read_moment("2027-02-15T12", is_end=True) == HalfDay(date(2027, 2, 15))
    assert read_moment("2027-02-15", is_end=True) == date(2027, 2, 15)


@pytest.mark.parametrize(
    ("text", "canonical", "halves"),
    [
        ("3d", "3d", 6),
        ("0.5d", "0.5d", 1),
        ("1.50d", "1.5d", 3),
        ("2w", "10d", 20),
        ("0.1w", "0.5d", 1),
        ("10ed", "10ed", 20),
        ("2ew", "14ed", 28),
        ("-1d", "-1d", -2),
        ("+2d", "2d", 4),
    ],
)
def test_durations_are_written_in_days(text: str, canonical: str, halves: int) -> None:
    duration = Duration.parse(text)

    assert (str(duration), duration.halves) == (canonical, halves)
    assert Duration.parse(canonical) == duration
    assert duration.days == halves / 2


@pytest.mark.parametrize(
    "text", ["", "3", "d", "0.3d", "3 days", "3 d ", "1e3d", "99999d", "\u0663d", "1.d", "--1d"]
)
def test_anything_but_a_duration_in_half_days_is_refused(text: str) -> None:
    with pytest.raises(BadDuration):
        Duration.parse(text)


def test_a_margin_is_a_duration_or_a_share() -> None:
    assert read_margin("5d") == Duration(10)
    assert read_margin("12.5%") == Share(Decimal("12.5"))
    assert [str(read_margin(text)) for text in ("1w", "15%", "10 %", "7.50%")] == [
        "5d",
        "15%",
        "10%",
        "7.5%",
    ]


def test_a_share_is_rounded_up_to_a_half_day() -> None:
    assert Share(Decimal(15)).of(40) == 6
    assert Share(Decimal(15)).of(41) == 7
    assert Share(Decimal(0)).of(41) == 0


@pytest.mark.parametrize("text", ["", "-5d", "100%", "%", "-5%", "a lot"])
def test_anything_else_is_refused_as_a_margin(text: str) -> None:
    with pytest.raises(BadMargin):
        read_margin(text)


def test_counts_worked_half_days_over_years_and_back() -> None:
    holidays = [MONDAY + 14, MONDAY + 15, MONDAY + 12]  # the last is on a Sunday: off anyway
    work = WorkTime(range(10), holidays)

    assert work.count(MONDAY, MONDAY + 14) == 10
    assert work.count(MONDAY, MONDAY + 28) == 18
    assert work.count(MONDAY + 28, MONDAY) == -18
    assert all(work.rank(work.slot(rank)) == rank for rank in range(-40, 40))
    assert work.opening(MONDAY + 10) == MONDAY + 16
    assert work.closing(MONDAY + 16) == MONDAY + 10
    assert work.off_between(MONDAY, MONDAY + 28) == [MONDAY + 14, MONDAY + 15]
    assert not work.is_worked(MONDAY + 14)


def test_a_week_without_work_is_refused() -> None:
    with pytest.raises(ValueError, match="without work"):
        WorkTime(())


def test_every_half_day_counts_in_elapsed_time() -> None:
    work = WorkTime(range(WEEK))

    assert [work.rank(instant) for instant in (-3, 0, 100)] == [-3, 0, 100]
    assert [work.slot(rank) for rank in (-3, 0, 100)] == [-3, 0, 100]
