"""Why each task stands where it stands, as values."""

from __future__ import annotations

from dataclasses import replace

from scheduling.calendars import Calendar
from scheduling.campaigns import Kind
from scheduling.engine.limits import FORWARD, Limit, binding
from scheduling.engine.measures import Passes
from scheduling.engine.network import Network
from scheduling.engine.ties import TO_LAUNCH
from scheduling.halfdays import HalfDay
from scheduling.reasons import Cause, Off, OffKind, Reason, Tied


def reason_for(passes: Passes, number: int) -> Reason:
    """What binds a task, and the days not worked between it and its bound."""
    network, late = passes.network, passes.late
    limit, *others = binding(network, number, late, passes.bound)
    task = network.tasks[number]
    start, finish = late.starts[number], late.finishes[number]
    is_forward = limit.cause in FORWARD
    is_start = is_forward or limit.is_start
    if is_forward:
        bound = HalfDay.of_slot(limit.instant)
        off = _days_off(network, number, min(limit.instant, start), start)
    else:
        bound = HalfDay.of_slot(limit.instant if is_start else limit.instant - 1)
        off = _days_off(network, number, start, max(limit.instant, finish))
        if not is_start and not off and _is_idle(network, number, finish, limit.instant):
            off = (_weekend(finish, limit.instant),)
    return Reason(
        cause=limit.cause,
        task=task.key,
        bound=bound,
        takes=task.takes,
        is_start=is_start,
        rounds=task.rounds if task.kind is Kind.APPROVAL else 1,
        other=_other(network, limit),
        link=limit.tie.link if limit.tie else None,
        margin=passes.margin_planned if limit.cause is Cause.BEFORE_LAUNCH else 0.0,
        off=off,
        also=tuple(
            Tied(
                cause=other.cause,
                other=_other(network, other),
                link=other.tie.link if other.tie else None,
            )
            for other in others
        ),
    )


def _other(network: Network, limit: Limit) -> str | None:
    """The task at the far end of a link, if the limit is one and not the launch."""
    if limit.tie is None or limit.tie.other == TO_LAUNCH:
        return None
    return network.tasks[limit.tie.other].key


def _days_off(network: Network, number: int, start: int, end: int) -> tuple[Off, ...]:
    """Holidays, closures and absences in between."""
    task = network.tasks[number]
    found: list[Off] = []
    if not task.takes.elapsed:
        for person in dict.fromkeys(task.placed_by):
            found += _stretches(network.campaign.calendar_of(person), person, start, end)
    in_time = sorted(found, key=lambda off: (off.first, off.last, off.kind, off.person or ""))
    return tuple(dict.fromkeys(in_time))


def _is_idle(network: Network, number: int, start: int, end: int) -> bool:
    """Whether there is time in between in which nobody concerned works."""
    people = network.tasks[number].placed_by
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
