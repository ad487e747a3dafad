"""A campaign as it is put to the engine: values that refuse nonsense at birth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from scheduling.calendars import Calendar
from scheduling.durations import MOST_HALVES, Duration, Margin
from scheduling.errors import (
    BadDate,
    BadDuration,
    BadLink,
    BadNeeds,
    BadRounds,
    Contradiction,
    PlanError,
    raise_all,
)
from scheduling.halfdays import FIRST_YEAR, LAST_YEAR, Moment, first_slot, last_slot

LAUNCH = "launch"  # what a link names when it waits for the launch itself
MOST_ROUNDS = 20

_LINK = re.compile(r"(\S+)(?:\s+(FS|SS|FF|SF)(?:\s*([+-].+))?)?")


class Kind(StrEnum):
    """What a task's duration is made of."""

    WORK = "work"  # its owner's time
    APPROVAL = "approval"  # waiting for approvers
    SUPPLIER = "supplier"  # waiting for an outside party
    MILESTONE = "milestone"  # no duration


class LinkType(StrEnum):
    """Which end of the task waits for which end of the one before."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"

    @property
    def is_from_start(self) -> bool:
        """Whether it is the start of the earlier task that counts."""
        return self is LinkType.SS or self is LinkType.SF

    @property
    def is_to_start(self) -> bool:
        """Whether it is the start of the waiting task that waits."""
        return self is LinkType.FS or self is LinkType.SS


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """What a task waits for; a negative lag lets it begin that much before."""

    on: str
    type: LinkType = LinkType.FS
    lag: Duration = Duration.ZERO

    def __str__(self) -> str:
        """What ``parse`` reads, as short as it can be."""
        if self.lag.halves:
            return f"{self.on} {self.type}{'+' if self.lag.halves > 0 else ''}{self.lag}"
        return self.on if self.type is LinkType.FS else f"{self.on} {self.type}"

    @classmethod
    def parse(cls, text: str) -> Link:
        """Read ``KEY``, ``KEY FS``, ``KEY SS+2d``, ``KEY FF-1d`` or ``KEY FS+3ed``.

        Raise BadLink, its ``task`` empty.

        >>> Link.parse("visual SS+2d").lag
        Duration(halves=4, elapsed=False)
        """
        match = _LINK.fullmatch(text)
        if match is None:
            raise BadLink("", text)
        try:
            lag = Duration.parse(match[3]) if match[3] else Duration.ZERO
        except BadDuration as error:
            raise BadLink("", text) from error
        return cls(on=match[1], type=LinkType(match[2] or "FS"), lag=lag)


Needs = Literal["all", "any"] | int


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One task of a campaign.

    ``takes`` is for an approval the turnaround of one round. ``not_before`` and ``fixed`` bound
    and set the start, ``finish_by`` bounds the finish; ``started`` and ``done`` are real dates.
    Raise PlanError for what cannot be: Problems if several things cannot.
    """

    key: str
    title: str = ""
    kind: Kind = Kind.WORK
    takes: Duration = Duration.ZERO
    owner: str | None = None
    approvers: tuple[str, ...] = ()
    needs: Needs = "all"
    rounds: int = 2
    rework: Duration = Duration.ZERO
    after: tuple[Link, ...] = ()
    not_before: Moment | None = None
    finish_by: Moment | None = None
    fixed: Moment | None = None
    started: Moment | None = None
    done: Moment | None = None

    def __post_init__(self) -> None:
        if not self.title:
            object.__setattr__(self, "title", self.key)
        raise_all([*self._bad_durations(), *self._bad_review(), *self._contradictions()])

    @property
    def enough(self) -> int:
        """How many approvers must agree."""
        if self.needs == "all":
            return max(1, len(self.approvers))
        return 1 if self.needs == "any" else self.needs

    @property
    def placed_by(self) -> tuple[str | None, ...]:
        """Whose calendars it is placed by: first those who decide; None is the campaign's own."""
        if self.kind is Kind.MILESTONE:
            return (None,)
        if self.kind is not Kind.APPROVAL:
            return (self.owner,)
        return (*(self.approvers or (None,)), self.owner)

    def _bad_durations(self) -> list[PlanError]:
        errors: list[PlanError] = []
        least = 0 if self.kind is Kind.MILESTONE else 1
        most = 0 if self.kind is Kind.MILESTONE else MOST_HALVES
        if not least <= self.takes.halves <= most:
            errors.append(BadDuration(self.key, "takes", str(self.takes)))
        if not 0 <= self.rework.halves <= MOST_HALVES:
            errors.append(BadDuration(self.key, "rework", str(self.rework)))
        return errors

    def _bad_review(self) -> list[PlanError]:
        errors: list[PlanError] = []
        if not 1 <= self.rounds <= MOST_ROUNDS:
            errors.append(BadRounds(self.key, self.rounds))
        if isinstance(self.needs, int) and not 1 <= self.needs <= max(1, len(self.approvers)):
            errors.append(BadNeeds(self.key, self.needs, len(self.approvers)))
        return errors

    def _contradictions(self) -> list[PlanError]:
        pairs = (
            ("started", self.started, "done", self.done),
            ("not_before", self.not_before, "finish_by", self.finish_by),
            ("not_before", self.not_before, "fixed", self.fixed),
            ("fixed", self.fixed, "finish_by", self.finish_by),
        )
        return [
            Contradiction(self.key, field, other)
            for field, first, other, last in pairs
            if first is not None and last is not None and last_slot(last) < first_slot(first)
        ]


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One launch date and the tasks before and after it.

    ``people`` gives a name its calendar; a name that is not there works as ``calendar`` does.
    ``start``: the campaign cannot begin before that day. Raise BadDate outside 1970-2100,
    Contradiction for a start after the launch.
    """

    name: str
    launch: date
    margin: Margin = Duration.ZERO
    calendar: Calendar = field(default_factory=Calendar)
    people: Mapping[str, Calendar] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    start: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", MappingProxyType(dict(self.people)))
        for name, day in (("launch", self.launch), ("start", self.start)):
            if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise BadDate("", name, day.isoformat())
        if self.start is not None and self.start > self.launch:
            raise Contradiction("", "start", "launch")

    def calendar_of(self, person: str | None) -> Calendar:
        """The calendar someone works by; the campaign's for nobody in particular.

        >>> campaign = Campaign(name="Aurore", launch=date(2027, 3, 15), people={"bob": Calendar()})
        >>> campaign.calendar_of("alice") is campaign.calendar
        True
        """
        return self.calendar if person is None else self.people.get(person, self.calendar)
