"""Why each task stands where it stands, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from scheduling.calendars import Calendar
from scheduling.campaigns import Kind
from scheduling.halfdays import HalfDay
from scheduling.network import Network, people_of
from scheduling.passes import Limit, Positions
from scheduling.reasons import Cause, Off, OffKind, Reason
from scheduling.ties import TO_LAUNCH

_FORWARD = {Cause.AFTER_LAUNCH, Cause.AFTER_TASK, Cause.NOT_BEFORE}


def reason_for(
    network: Network, number: int, late: Positions, limit: Limit, margin: float
) -> Reason:
    """What binds a task, and the days not worked between it and its bound."""
    task = network.tasks[number]
    start, finish = late.starts[number], late.finishes[number]
    is_forward = limit.cause in _FORWARD
    is_start = is_forward or limit.cause is Cause.FIXED or _binds_start(limit)
    if is_forward:
        bound = HalfDay.of_slot(limit.instant)
        off = _days_off(network, number, min(limit.instant, start), start)
    else:
        bound = HalfDay.of_slot(limit.instant if is_start else limit.instant - 1)
        off = _days_off(network, number, start, max(limit.instant, finish))
        if not is_start and not off and _is_idle(network, number, finish, limit.instant):
            off = (_weekend(finish, limit.instant),)
    other = limit.tie.other if limit.tie else TO_LAUNCH
    return Reason(
        cause=limit.cause,
        task=task.key,
        bound=bound,
        takes=task.takes,
        is_start=is_start,
        rounds=task.rounds if task.kind is Kind.APPROVAL else 1,
        other=None if other == TO_LAUNCH else network.tasks[other].key,
        link=limit.tie.link if limit.tie else None,
        margin=margin if limit.cause is Cause.BEFORE_LAUNCH else 0.0,
        off=off,
    )


def chain_from(number: int, binding: Mapping[int, Limit]) -> Iterator[int]:
    """A task, the one waiting for it that binds it, and so on to the launch or a deadline."""
    yield number
    limit = binding[number]
    while limit.cause is Cause.NEEDED_BY and limit.tie is not None:
        yield limit.tie.other
        limit = binding[limit.tie.other]


def _binds_start(limit: Limit) -> bool:
    return limit.tie is not None and limit.tie.from_start


def _days_off(network: Network, number: int, start: int, end: int) -> tuple[Off, ...]:
    """Holidays, closures and absences in between."""
    task = network.tasks[number]
    found: list[Off] = []
    if not task.takes.elapsed:
        for person in dict.fromkeys(people_of(task)):
            found += _stretches(network.campaign.calendar_of(person), person, start, end)
    in_time = sorted(found, key=lambda off: (off.first, off.last, off.kind, off.person or ""))
    return tuple(dict.fromkeys(in_time))


def _is_idle(network: Network, number: int, start: int, end: int) -> bool:
    """Whether there is time in between in which nobody concerned works."""
    people = people_of(network.tasks[number])
    works = (network.campaign.calendar_of(person).worktime for person in people)
    return start < end and not any(work.count(start, end) for work in works)


def _weekend(finish: int, bound: int) -> Off:
    """What the week itself leaves free between the end of a task and its bound."""
    first, last = HalfDay.of_slot(finish).day, HalfDay.of_slot(bound - 1).day
    return Off(kind=OffKind.WEEKEND, first=first, last=last)


def _stretches(calendar: Calendar, person: str | None, start: int, end: int) -> list[Off]:
    """Days off for one and the same cause, joined as long as no work lies between them."""
    found: list[Off] = []
    last = start
    for slot in calendar.worktime.off_between(start, end):
        off = _day_off(calendar, slot, person)
        if found and not calendar.worktime.count(last, slot) and _is_same(found[-1], off):
            found[-1] = replace(found[-1], last=off.last)
        else:
            found.append(off)
        last = slot
    return found


def _is_same(stretch: Off, off: Off) -> bool:
    return (stretch.kind, stretch.person, stretch.name) == (off.kind, off.person, off.name)


def _day_off(calendar: Calendar, slot: int, person: str | None) -> Off:
    """Why a half-day is off, as a stretch of its one day."""
    day = HalfDay.of_slot(slot).day
    if day in calendar.holidays:
        name = calendar.holidays[day]
        return Off(kind=OffKind.HOLIDAY, first=day, last=day, name=name)
    if any(slot in closed.slots for closed in calendar.closed):
        return Off(kind=OffKind.CLOSED, first=day, last=day)
    return Off(kind=OffKind.AWAY, first=day, last=day, person=person)
