"""Half-days: the grain in which work is counted.

A half-day is also a *slot*, an integer that counts half-days from Monday 1 January of year 1.
An *instant* is the edge between two slots: instant ``n`` is the moment slot ``n`` begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from scheduling.errors import BadDate

FIRST_YEAR, LAST_YEAR = 1970, 2100

_TEXT = re.compile(r"(\d{4}-\d{2}-\d{2})(?: (am|pm)|(T12))?", re.ASCII)


@dataclass(frozen=True, order=True, slots=True)
class HalfDay:
    """The morning or the afternoon of a day; written ``2027-02-15 am``."""

    day: date
    pm: bool = False

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {'pm' if self.pm else 'am'}"

    @classmethod
    def parse(cls, text: str) -> HalfDay:
        """Read what ``str`` writes. Raise BadDate for anything else.

        >>> HalfDay.parse("2027-02-15 pm")
        HalfDay(day=datetime.date(2027, 2, 15), pm=True)
        """
        moment = read_moment(text)
        if not isinstance(moment, HalfDay):
            raise BadDate("", "", text)
        return moment

    @classmethod
    def of_slot(cls, slot: int) -> HalfDay:
        """The half-day with that number: 0 is the first morning of year 1.

        >>> HalfDay.of_slot(1)
        HalfDay(day=datetime.date(1, 1, 1), pm=True)
        """
        return _half_day(slot)

    @property
    def slot(self) -> int:
        return (self.day.toordinal() - 1) * 2 + self.pm


@lru_cache(maxsize=10_000)  # some thirteen years: every date of a plan, and of the next ones
def _half_day(slot: int) -> HalfDay:
    return HalfDay(date.fromordinal((slot >> 1) + 1), bool(slot & 1))


FIRST_SLOT = HalfDay(date(FIRST_YEAR, 1, 1)).slot
LAST_SLOT = HalfDay(date(LAST_YEAR, 12, 31), pm=True).slot

Moment = date | HalfDay  # a whole day, or one half of it


def first_slot(moment: Moment) -> int:
    """The slot in which something that starts then starts: a plain date means its morning."""
    return moment.slot if isinstance(moment, HalfDay) else (moment.toordinal() - 1) * 2


def last_slot(moment: Moment) -> int:
    """The slot in which something that ends then ends: a plain date means its afternoon."""
    return moment.slot if isinstance(moment, HalfDay) else (moment.toordinal() - 1) * 2 + 1


def morning(day: date) -> int:
    """The instant at which ``day`` begins."""
    return (day.toordinal() - 1) * 2


def read_day(text: str) -> date:
    """Read ``2027-02-15``. Raise BadDate, also outside 1970-2100."""
    moment = read_moment(text)
    if isinstance(moment, HalfDay):
        raise BadDate("", "", text)
    return moment


def read_moment(text: str, *, is_end: bool = False) -> Moment:
    """Read ``2027-02-15``, ``2027-02-15 am``, ``2027-02-15 pm`` or ``2027-02-15T12``.

    Midday is the start of the afternoon, or with ``is_end`` the end of the morning.
    Raise BadDate, also outside 1970-2100.

    >>> str(read_moment("2027-02-15T12", is_end=True))
    '2027-02-15 am'
    """
    match = _TEXT.fullmatch(text)
    if match is None:
        raise BadDate("", "", text)
    try:
        day = date.fromisoformat(match[1])
    except ValueError as error:
        raise BadDate("", "", text) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadDate("", "", text)
    if match[3]:
        return HalfDay(day, pm=not is_end)
    return HalfDay(day, pm=match[2] == "pm") if match[2] else day
