"""When the clocks of people show a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import NoWorkday, next_local, system_now, zone

NINE = time(9, 0)
ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/London",
    "Europe/Paris",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)
FIRST, LAST = date(2024, 1, 1), date(2035, 12, 31)


def every_day(_day: date) -> bool:
    return True


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def local(name: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(name))


def test_the_same_morning_if_it_is_still_to_come() -> None:
    before = local("Europe/Paris", "2026-11-23T08:59:59")

    assert next_local(NINE, ZoneInfo("Europe/Paris"), before, weekdays) == local(
        "Europe/Paris", "2026-11-23T09:00"
    )


def test_strictly_after_so_that_one_morning_is_one_message() -> None:
    at_nine = local("Europe/Paris", "2026-11-23T09:00")

    assert next_local(NINE, ZoneInfo("Europe/Paris"), at_nine, weekdays) == local(
        "Europe/Paris", "2026-11-24T09:00"
    )


def test_skips_days_off() -> None:
    friday = local("Europe/Paris", "2026-11-27T10:00")

    assert next_local(NINE, ZoneInfo("Europe/Paris"), friday, weekdays) == local(
        "Europe/Paris", "2026-11-30T09:00"
    )


@pytest.mark.parametrize(
    ("name", "at", "after", "expected"),
    [
        # Clocks go back: 01:30 comes twice, the message once, the first time.
        ("America/New_York", "01:30", "2026-11-01T00:00", "2026-11-01T05:30+00:00"),
        ("America/New_York", "01:30", "2026-11-01T01:30", "2026-11-02T06:30+00:00"),
        # Clocks go forward at midnight: 00:30 does not exist, the day has its message.
        ("Asia/Beirut", "00:30", "2026-03-28T12:00", "2026-03-28T22:30+00:00"),
        # Clocks go forward before midnight: 23:30 would fall on the next day.
        ("America/Nuuk", "23:30", "2026-03-28T12:00", "2026-03-29T00:30+00:00"),
        # A day that never was.
        ("Pacific/Apia", "09:00", "2011-12-29T12:00", "2011-12-30T19:00+00:00"),
    ],
)
def test_when_clocks_change(name: str, at: str, after: str, expected: str) -> None:
    found = next_local(time.fromisoformat(at), ZoneInfo(name), local(name, after), every_day)

    assert found == datetime.fromisoformat(expected)


@given(
    name=st.sampled_from(ZONES),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
    day=st.dates(FIRST, LAST),
)
def test_every_workday_has_one_moment(name: str, at: time, day: date) -> None:
    where = ZoneInfo(name)
    moment = datetime.combine(day, time(0), tzinfo=where).astimezone(UTC)
    days = []
    while moment.astimezone(where).date() < day + timedelta(days=10):
        moment = next_local(at, where, moment, weekdays)
        days.append(moment.astimezone(where).date())

    expected = [day + timedelta(days=n) for n in range(11) if weekdays(day + timedelta(days=n))]
    first = datetime.combine(day, time(0), tzinfo=where).astimezone(UTC)
    is_at_the_very_start = datetime.combine(day, at, tzinfo=where).astimezone(UTC) <= first
    assert days == sorted(set(days))
    assert set(days) >= set(expected[1 if is_at_the_very_start else 0 : -1])
    assert all(weekdays(each) for each in days)


@pytest.mark.parametrize("name", ZONES)
def test_shows_the_right_time_through_the_clock_changes_of_years(name: str) -> None:
    where = ZoneInfo(name)
    moment = datetime.combine(FIRST, time(0), tzinfo=where).astimezone(UTC)
    seen = []
    while (moment := next_local(NINE, where, moment, every_day)).astimezone(where).date() <= LAST:
        seen.append(moment.astimezone(where))

    assert len(seen) == (LAST - FIRST).days + 1
    assert {each.time() for each in seen} == {NINE}


def test_a_calendar_without_workdays_is_said_to_be_one() -> None:
    with pytest.raises(NoWorkday) as raised:
        next_local(NINE, ZoneInfo("UTC"), datetime(2026, 11, 23, tzinfo=UTC), lambda _day: False)

    assert raised.value.after == date(2026, 11, 23)


@pytest.mark.parametrize(
    "name",
    [
        "",
        None,
        "Europe",
        "localtime",
        "Mars/Olympus",
        "../../etc/passwd",
        "x" * 5000,
        "\0",
        "Factory",
    ],
)
def test_a_name_that_is_no_zone_gives_the_fallback(name: str | None) -> None:
    assert zone(name, "Europe/Paris").key == "Europe/Paris"


def test_a_fallback_that_is_no_zone_gives_utc() -> None:
    assert zone("nowhere", "nowhere either").key == "UTC"
    assert zone("Pacific/Chatham", "Europe/Paris").key == "Pacific/Chatham"


def test_the_system_knows_what_time_it_is() -> None:
    assert system_now().tzinfo is UTC
