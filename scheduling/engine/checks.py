"""What keeps a campaign from being planned, whatever its launch: all of it, not only the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from scheduling.calendars import Calendar
from scheduling.campaigns import LAUNCH, Campaign, Kind, Task
from scheduling.errors import (
    Cycle,
    DuplicateKey,
    NotWorked,
    NoWorkingTime,
    PlanError,
    ReservedKey,
    TooManyTasks,
    UnknownLink,
)
from scheduling.halfdays import HalfDay, Moment, first_slot, morning

MOST_TASKS = 100_000
MOST_CYCLES = 10  # named in one go; mending those may well mend the rest

FIVE_YEARS = 5 * 366 * 2  # half-days; someone off for longer than that is not coming back


def problems(campaign: Campaign) -> list[PlanError]:
    """Everything wrong with the keys, links, calendars and fixed days of a campaign, less cycles.

    Whether there are ``cycles`` shows at no cost when the tasks are put in order.
    """
    return [
        *_bad_keys(campaign.tasks),
        *_bad_links(campaign.tasks),
        *_bad_calendars(campaign),
        *_bad_starts(campaign),
    ]


def cycles(tasks: Iterable[Task]) -> Iterator[Cycle]:
    """Every cycle that shares no task with one already named, up to a handful."""
    waits = {task.key: [link.on for link in task.after if link.on != LAUNCH] for task in tasks}
    for _ in range(MOST_CYCLES):
        try:
            TopologicalSorter(waits).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1][:-1]
        else:
            return
        first = cycle.index(min(cycle))
        yield Cycle(tuple(cycle[first:] + cycle[:first]))
        waits = {
            key: [on for on in others if on not in cycle]
            for key, others in waits.items()
            if key not in cycle
        }


def _bad_keys(tasks: Sequence[Task]) -> Iterator[PlanError]:
    if len(tasks) > MOST_TASKS:
        yield TooManyTasks(len(tasks), MOST_TASKS)
    keys = {task.key for task in tasks}
    if len(keys) < len(tasks):
        counts = Counter(task.key for task in tasks)
        yield from (DuplicateKey(key) for key in sorted(counts) if counts[key] > 1)
    if LAUNCH in keys:
        yield ReservedKey(LAUNCH)


def _bad_links(tasks: Sequence[Task]) -> Iterator[PlanError]:
    known = {LAUNCH, *(task.key for task in tasks)}
    for task in tasks:
        for link in task.after:
            if link.on not in known:
                yield UnknownLink(task.key, link.on)


def _bad_calendars(campaign: Campaign) -> Iterator[PlanError]:
    asked = {person for task in campaign.tasks for person in task.placed_by}
    for person in (None, *(name for name in sorted(campaign.people) if name in asked)):
        if not _has_work(campaign.calendar_of(person), morning(campaign.launch)):
            yield NoWorkingTime(person)


def _has_work(calendar: Calendar, launch: int) -> bool:
    try:
        return calendar.worktime.count(launch - FIVE_YEARS, launch + FIVE_YEARS) > 0
    except NoWorkingTime:
        return False


def _bad_starts(campaign: Campaign) -> Iterator[PlanError]:
    """Fixed starts on half-days that are not worked."""
    for task in campaign.tasks:
        if task.fixed is None or (task.takes.elapsed and task.kind is not Kind.MILESTONE):
            continue
        people = task.placed_by[: max(1, len(task.approvers))]
        calendars = [campaign.calendar_of(person) for person in people]
        slots = _start_slots(task.fixed)
        if not any(_is_worked(calendar, slot) for calendar in calendars for slot in slots):
            yield NotWorked(task.key, "fixed", HalfDay.of_slot(slots[0]).day)


def _is_worked(calendar: Calendar, slot: int) -> bool:
    """Whether a half-day is worked; all are where none is, which is a problem of its own."""
    try:
        return calendar.worktime.is_worked(slot)
    except NoWorkingTime:
        return True


def _start_slots(moment: Moment) -> range:
    """Where a fixed start may fall: a plain date whose morning is off starts at midday."""
    first = first_slot(moment)
    return range(first, first + (1 if isinstance(moment, HalfDay) else 2))
