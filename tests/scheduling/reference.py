"""The same dates found the slow way: every half-day is tried, one after another.

Nothing here uses the engine's own arithmetic. Worked half-days are looked up in the calendar's
own lists, durations and lags are counted off half-day by half-day, and late dates are found by
moving each task earlier until nothing is broken any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from scheduling import LAUNCH, Calendar, Campaign, HalfDay, Kind, Link, LinkType, Task

Instants = dict[str, tuple[int, int]]
EPOCH = date(1, 1, 1)


def late(campaign: Campaign, bound: int) -> Instants:
    """The latest start and finish of every task, all done by ``bound``."""
    tasks = {task.key: task for task in campaign.tasks}
    at = dict.fromkeys(tasks, bound + 200)
    found: Instants = {}
    moved = True
    while moved:
        moved = False
        for key, task in tasks.items():
            while not _is_on_time(campaign, task, at[key], bound, found):
                at[key] -= 1
                moved = True
            found[key] = _place(campaign, task, at[key])
    return found


def early(campaign: Campaign, base: int, held: Mapping[str, int] | None = None) -> Instants:
    """The earliest start and finish of every task, none before ``base``.

    ``held`` keeps some tasks from starting before an instant of their own.
    """
    found: Instants = {}
    waiting = {task.key: task for task in campaign.tasks}
    while waiting:
        for key, task in list(waiting.items()):
            if all(link.on == LAUNCH or link.on in found for link in task.after):
                start = max(base, (held or {}).get(key, base))
                while not _has_waited(campaign, task, start, found):
                    start += 1
                found[key] = _place(campaign, waiting.pop(key), start)
    return found


def is_worked(calendar: Calendar, slot: int) -> bool:
    day, is_pm = EPOCH + timedelta(days=slot // 2), slot % 2 == 1
    half_day = HalfDay(day, is_pm)
    return not (
        day.weekday() in calendar.weekend
        or (day.weekday(), is_pm) in calendar.part_days
        or day in calendar.holidays
        or any(off.first <= half_day <= off.last for off in (*calendar.closed, *calendar.away))
    )


def _is_on_time(campaign: Campaign, task: Task, start: int, bound: int, found: Instants) -> bool:
    if not _can_start(campaign, task, start):
        return False
    placed = _place(campaign, task, start)
    if placed[1] > bound:
        return False
    if isinstance(task.finish_by, date) and placed[1] > _morning(task.finish_by) + 2:
        return False
    return all(
        _keeps(campaign, link, placed, found[other.key], other)
        for other in campaign.tasks
        for link in other.after
        if link.on == task.key and other.key in found
    )


def _has_waited(campaign: Campaign, task: Task, start: int, found: Instants) -> bool:
    if not _can_start(campaign, task, start):
        return False
    placed = _place(campaign, task, start)
    launch = _morning(campaign.launch)
    return all(
        _keeps(campaign, link, found.get(link.on, (launch, launch)), placed, task)
        for link in task.after
    )


def _keeps(
    campaign: Campaign, link: Link, first: tuple[int, int], second: tuple[int, int], waiting: Task
) -> bool:
    """Whether a link holds between two placements."""
    from_start = link.type in {LinkType.SS, LinkType.SF}
    to_start = link.type in {LinkType.SS, LinkType.FS}
    to_end = not to_start or waiting.kind is Kind.MILESTONE
    instant = first[0] if from_start else first[1]
    halves, calendar = link.lag.halves, campaign.calendar
    if link.lag.elapsed and halves:
        instant += halves
    elif halves > 0:
        instant = _count_off(calendar, instant, halves)
    else:
        for _ in range(-halves):
            instant = _back(calendar, instant)
        if to_end and (from_start or halves):
            while not is_worked(calendar, instant - 1):  # Monday morning is Friday evening
                instant -= 1
    return (second[0] if to_start else second[1]) >= instant


def _can_start(campaign: Campaign, task: Task, slot: int) -> bool:
    if task.kind is Kind.MILESTONE or task.takes.elapsed:
        return True
    people = (task.approvers or (None,)) if task.kind is Kind.APPROVAL else (task.owner,)
    return any(is_worked(campaign.calendar_of(person), slot) for person in people)


def _place(campaign: Campaign, task: Task, start: int) -> tuple[int, int]:
    """Where a task that begins at ``start`` ends."""
    if task.kind is Kind.MILESTONE:
        return start, start
    if task.kind is not Kind.APPROVAL:
        owner = campaign.calendar_of(task.owner)
        return start, _spend(owner, start, task.takes.halves, elapsed=task.takes.elapsed)
    end = start
    for number in range(task.rounds):
        if number:
            owner = campaign.calendar_of(task.owner)
            end = _spend(owner, end, task.rework.halves, elapsed=task.rework.elapsed)
        ends = sorted(
            _spend(campaign.calendar_of(person), end, task.takes.halves, elapsed=task.takes.elapsed)
            for person in task.approvers or (None,)
        )
        enough: Mapping[object, int] = {"all": len(ends), "any": 1}
        end = ends[enough.get(task.needs, task.needs if isinstance(task.needs, int) else 0) - 1]
    return start, end


def _spend(calendar: Calendar, instant: int, halves: int, *, elapsed: bool) -> int:
    return instant + halves if elapsed else _count_off(calendar, instant, halves)


def _count_off(calendar: Calendar, instant: int, halves: int) -> int:
    """The end of the ``halves``-th worked half-day after an instant."""
    while halves:
        halves -= is_worked(calendar, instant)
        instant += 1
    return instant


def _back(calendar: Calendar, instant: int) -> int:
    """The start of the worked half-day before an instant."""
    instant -= 1
    while not is_worked(calendar, instant):
        instant -= 1
    return instant


def _morning(day: date) -> int:
    return (day - EPOCH).days * 2
