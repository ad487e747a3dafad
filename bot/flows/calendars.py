"""The working days of a country, frozen once for every plan that a process makes."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from scheduling import Calendar


def around(country: str, subdivision: str, day: date) -> Calendar:
    """The calendar of a country, and of a subdivision that has its own holidays.

    It knows the holidays of the years around ``day``, enough for a plan that launches then.
    """
    return _frozen(country, subdivision, day.year)


@lru_cache(maxsize=256)
def _frozen(country: str, subdivision: str, year: int) -> Calendar:
    return Calendar.of_country(country, subdivision or None, launch=date(year, 7, 1))
