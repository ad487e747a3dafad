"""Which half-days are worked, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType

from scheduling.errors import BadDate, NoWorkingTime
from scheduling.halfdays import (
    FIRST_YEAR,
    LAST_YEAR,
    HalfDay,
    Moment,
    first_slot,
    last_slot,
    morning,
    read_moment,
)
from scheduling.holidaynames import public_holidays, usual_weekend
from scheduling.worktime import WEEK, WorkTime

SATURDAY_SUNDAY = frozenset({5, 6})

YEARS_BEFORE, YEARS_AFTER = 6, 3  # holidays known around a launch; plans last five years at most


@dataclass(frozen=True, order=True)
class TimeOff:
    """A closure or an absence, from one half-day to another, both off."""

    first: HalfDay
    last: HalfDay

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadDate("", "", str(self))

    def __str__(self) -> str:
        """What ``parse`` reads, as short as it can be."""
        if self.first.day == self.last.day:
            whole = self.first != self.last
            return self.first.day.isoformat() if whole else str(self.first)
        first = self.first if self.first.pm else self.first.day
        last = self.last.day if self.last.pm else self.last
        return f"{first}..{last}"

    @classmethod
    def of(cls, first: Moment, last: Moment) -> TimeOff:
        """From the start of ``first`` to the end of ``last``. Raise BadDate if that is before.

        >>> str(TimeOff.of(date(2027, 2, 8), HalfDay(date(2027, 2, 12))))
        '2027-02-08..2027-02-12 am'
        """
        return cls(HalfDay.of_slot(first_slot(first)), HalfDay.of_slot(last_slot(last)))

    @classmethod
    def parse(cls, text: str) -> TimeOff:
        """Read ``2027-02-08``, ``2027-02-15 am`` or ``2027-02-08..2027-02-12 am``.

        Raise BadDate, also for a range that ends before it begins.

        >>> TimeOff.parse("2027-02-15 am").last
        HalfDay(day=datetime.date(2027, 2, 15), pm=False)
        """
        first, dots, last = text.partition("..")
        try:
            return cls.of(read_moment(first), read_moment(last if dots else first, is_end=True))
        except BadDate as error:
            raise BadDate("", "", text) from error

    @property
    def slots(self) -> range:
        return range(self.first.slot, self.last.slot + 1)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The working time of a campaign, or of one person; complete in itself.

    ``weekend`` holds whole weekdays, Monday being 0, ``part_days`` weekly half-days off as
    (weekday, is afternoon). ``holidays`` gives each public holiday its name, which may be empty.
    ``closed`` is what the company closes, ``away`` what a person is absent.
    """

    weekend: frozenset[int] = SATURDAY_SUNDAY
    part_days: frozenset[tuple[int, bool]] = frozenset()
    holidays: Mapping[date, str] = field(default_factory=dict)
    closed: tuple[TimeOff, ...] = ()
    away: tuple[TimeOff, ...] = ()

    def __post_init__(self) -> None:
        # Frozen once: a calendar that changes under a plan would make the plan a lie.
        object.__setattr__(self, "holidays", MappingProxyType(dict(self.holidays)))

    @classmethod
    def of_country(
        cls,
        country: str,
        subdivision: str | None = None,
        *,
        launch: date,
        weekend: frozenset[int] | None = None,
        closed: Iterable[TimeOff] = (),
        holidays: Iterable[date] = (),
        language: str | None = None,
    ) -> Calendar:
        """The public holidays of a country (ISO code) for the years around ``launch``.

        ``holidays`` adds days of one's own; ``weekend`` defaults to the country's;
        ``language`` is that of the holidays' names, the country's own unless given.
        Raise UnknownCountry.

        >>> calendar = Calendar.of_country("FR", launch=date(2027, 3, 15))
        >>> calendar.is_worked(HalfDay(date(2027, 5, 1)))
        False
        """
        known = country_holidays(country, subdivision, launch, language)
        return cls(
            weekend=usual_weekend(country) if weekend is None else weekend,
            holidays={**dict.fromkeys(holidays, ""), **known},
            closed=tuple(closed),
        )

    def of_person(
        self,
        *,
        weekend: frozenset[int] | None = None,
        part_days: frozenset[tuple[int, bool]] | None = None,
        holidays: Mapping[date, str] | None = None,
        away: Iterable[TimeOff] = (),
    ) -> Calendar:
        """Someone's calendar within this one: their own week, more holidays, and absences.

        A week of one's own replaces this calendar's; its holidays and closures stay.

        >>> bob = Calendar().of_person(away=[TimeOff.parse("2027-02-15 am")])
        >>> bob.working_days(date(2027, 2, 15), date(2027, 2, 19))
        4.5
        """
        own_week = weekend is not None or part_days is not None
        return replace(
            self,
            weekend=self.weekend if weekend is None else weekend,
            part_days=(part_days or frozenset()) if own_week else self.part_days,
            holidays={**self.holidays, **(holidays or {})},
            away=(*self.away, *away),
        )

    def is_worked(self, half_day: HalfDay) -> bool:
        """Whether there is work on that half-day. Raise NoWorkingTime if the week has none.

        >>> Calendar(part_days=frozenset({(2, True)})).is_worked(HalfDay.parse("2027-03-17 pm"))
        False
        """
        return self.worktime.is_worked(half_day.slot)

    def is_workday(self, day: date) -> bool:
        """Whether any half of the day is worked. Raise NoWorkingTime if the week has none.

        >>> Calendar().is_workday(date(2027, 3, 20))
        False
        """
        return self.worktime.count(morning(day), morning(day) + 2) > 0

    def working_days(self, first: date, last: date) -> float:
        """Working days from the morning of ``first`` to the evening of ``last``.

        Raise NoWorkingTime if the week has none.

        >>> Calendar().working_days(date(2027, 3, 15), date(2027, 3, 22))
        6.0
        """
        return self.worktime.count(morning(first), morning(last) + 2) / 2

    @cached_property
    def worktime(self) -> WorkTime:
        """This calendar, ready for counting. Raise NoWorkingTime if the week has none."""
        week = frozenset(
            half
            for half in range(WEEK)
            if half // 2 not in self.weekend and (half // 2, half % 2 == 1) not in self.part_days
        )
        if not week:
            raise NoWorkingTime(None)
        return _worktime(week, frozenset(self._slots_off()))

    def _slots_off(self) -> Iterator[int]:
        for day in self.holidays:
            yield morning(day)
            yield morning(day) + 1
        for time_off in (*self.closed, *self.away):
            yield from time_off.slots


@lru_cache(maxsize=256)  # people who work alike share their tables, and so do plans made again
def _worktime(week: frozenset[int], off: frozenset[int]) -> WorkTime:
    return WorkTime(week, off)


def country_holidays(
    country: str, subdivision: str | None, launch: date, language: str | None = None
) -> Mapping[date, str]:
    """The public holidays that may matter to a campaign launched then. Raise UnknownCountry."""
    first = max(FIRST_YEAR, launch.year - YEARS_BEFORE)
    last = min(LAST_YEAR, launch.year + YEARS_AFTER)
    return public_holidays(country, subdivision, first, last, language)
