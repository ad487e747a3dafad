"""The clock that can be moved."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox import Clock

PARIS = ZoneInfo("Europe/Paris")


def frozen_at(year: int, month: int, day: int, hour: int, minute: int = 0) -> Clock:
    return Clock(datetime(year, month, day, hour, minute, tzinfo=PARIS), frozen=True)


def test_a_frozen_clock_stands_until_it_is_moved() -> None:
    clock = frozen_at(2026, 11, 23, 8, 30)

    clock.move(timedelta(hours=1))

    assert clock.now() == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_a_running_clock_goes_on_from_where_it_is_set() -> None:
    clock = Clock(datetime(2026, 11, 23, tzinfo=UTC))

    clock.to(datetime(2027, 3, 15, tzinfo=UTC))
    first, second = clock.now(), clock.now()

    assert datetime(2027, 3, 15, tzinfo=UTC) <= first <= second
    assert second < datetime(2027, 3, 15, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (datetime(2026, 11, 23, 8, 30), datetime(2026, 11, 23, 9, 0)),  # noqa: DTZ001
        (datetime(2026, 11, 23, 9, 0), datetime(2026, 11, 24, 9, 0)),  # noqa: DTZ001
        (datetime(2026, 11, 27, 17, 0), datetime(2026, 11, 30, 9, 0)),  # noqa: DTZ001
        (datetime(2027, 3, 26, 12, 0), datetime(2027, 3, 29, 9, 0)),  # noqa: DTZ001
    ],
    ids=["early the same day", "at the very minute", "over a weekend", "over a clock change"],
)
def test_the_next_morning_is_a_weekday_at_nine(before: datetime, after: datetime) -> None:
    clock = Clock(before.replace(tzinfo=PARIS), frozen=True)

    clock.next_morning()

    assert clock.now() == after.replace(tzinfo=PARIS)


def test_those_who_asked_hear_of_a_move_when_it_is_done() -> None:
    clock = frozen_at(2026, 11, 23, 8)
    heard: list[datetime] = []
    clock.on_move(lambda: heard.append(clock.now()))

    clock.move(timedelta(weeks=1))

    assert heard == [datetime(2026, 11, 30, 8, tzinfo=PARIS)]


def test_naive_times_are_refused() -> None:
    clock = frozen_at(2026, 11, 23, 8)

    with pytest.raises(ValueError, match="aware"):
        clock.to(datetime(2026, 11, 24))  # noqa: DTZ001 - what is refused
    with pytest.raises(ValueError, match="aware"):
        Clock(datetime(2026, 11, 24))  # noqa: DTZ001 - what is refused
