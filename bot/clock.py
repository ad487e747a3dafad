"""The wall clock: the one place that reads it, and what its hands say in people's zones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

# What some systems list beside the zones, and that would mean another thing on another machine.
_NOT_ZONES = frozenset({"localtime", "Factory"})
_NOT_ZONES_UNDER = ("posix/", "right/")

# Longer than any holiday: a calendar with no workday in it has none at all.
_SEARCH = timedelta(days=400)


@dataclass(eq=False)
class NoWorkday(Exception):
    """Not one day after ``after`` is a workday."""

    after: date


def system_now() -> datetime:
    """This very moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - everybody else takes the time as an argument


def next_local(
    at: time, zone: ZoneInfo, after: datetime, is_workday: Callable[[date], bool]
) -> datetime:
    """The first moment strictly after ``after`` when a clock in ``zone`` shows ``at`` on a workday.

    Every workday has one such moment. A time skipped when clocks go forward comes as much later,
    or earlier if that were the next day; a time repeated when they go back comes the first time.
    A day that a zone skipped altogether has none. Raises ``NoWorkday``.
    """
    first = after.astimezone(zone).date()
    day = first
    while day - first < _SEARCH:
        moment = _moment(day, at, zone)
        if moment is not None and moment > after and is_workday(day):
            return moment
        day += timedelta(days=1)
    raise NoWorkday(first)


def zone(name: str | None, fallback: str = "UTC") -> ZoneInfo:
    """The zone of that name, or else the one called ``fallback``, or else UTC.

    A name that came from outside is only ever looked up in the list: ``ZoneInfo`` would open it
    as a file.
    """
    known = _known_zones()
    return ZoneInfo(next((each for each in (name, fallback) if each in known), "UTC"))


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(
        name
        for name in available_timezones()
        if name not in _NOT_ZONES and not name.startswith(_NOT_ZONES_UNDER)
    )


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    for fold in (0, 1):  # of a repeated time the first, of a skipped one the later reading
        moment = datetime.combine(day, at.replace(fold=fold), tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).date() == day:
            return moment
    return None
