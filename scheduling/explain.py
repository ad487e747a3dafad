"""Why each task stands where it stands, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from scheduling.calendars import Calendar
from scheduling.campaigns import Kind
from scheduling.halfdays import HalfDay
from scheduling.network import Network, people_of
from scheduling.passes import Limit, Positions
from scheduling.reasons import Cause, Off, OffKind, Reason
from scheduling.ties import TO_LAUNCH

_FORWARD = {Cause.AFTER_LAUNCH, Cause.AFTER_TASK, Cause.NOT_BEFORE}


@dataclass(frozen=True)
class _OffSlot:
    slot: int
    kind: OffKind
    person: str | None
    name: str


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
            calendar = network.campaign.calendar_of(person)
            slots = calendar.worktime.off_between(start, end)
            found += _runs([_off_slot(calendar, slot, person) for slot in slots])
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


def _off_slot(calendar: Calendar, slot: int, person: str | None) -> _OffSlot:
    day = HalfDay.of_slot(slot).day
    if day in calendar.holidays:
        return _OffSlot(slot, OffKind.HOLIDAY, None, calendar.holidays[day])
    if any(slot in closed.slots for closed in calendar.closed):
        return _OffSlot(slot, OffKind.CLOSED, None, "")
    return _OffSlot(slot, OffKind.AWAY, person, "")


def _runs(slots: list[_OffSlot]) -> Iterator[Off]:
    """Slots off for the same cause, joined into stretches of consecutive days."""
    first = last = None
    for off in slots:
        if first is None or last is None:
            first = last = off
        elif _continues(last, off):
            last = off
        else:
            yield _stretch(first, last)
            first = last = off
    if first is not None and last is not None:
        yield _stretch(first, last)


def _continues(last: _OffSlot, off: _OffSlot) -> bool:
    same = (last.kind, last.person, last.name) == (off.kind, off.person, off.name)
    near = HalfDay.of_slot(off.slot).day - HalfDay.of_slot(last.slot).day <= timedelta(days=3)
    return same and near


def _stretch(first: _OffSlot, last: _OffSlot) -> Off:
    return Off(
        kind=first.kind,
        first=HalfDay.of_slot(first.slot).day,
        last=HalfDay.of_slot(last.slot).day,
        person=first.person,
        name=first.name,
    )
