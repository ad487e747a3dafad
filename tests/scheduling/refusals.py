"""Which dates cannot be kept, found out by trying."""

from __future__ import annotations

from scheduling import LAUNCH, Kind
from tests.scheduling.days import closing, opening, reached
from tests.scheduling.reference import Instants, Search


def is_never_worked(search: Search, key: str) -> bool:
    """Whether nobody is there on the day, or the half-day, the task is fixed to."""
    task = search.tasks[key]
    if task.fixed is None:
        return False
    slots = range(opening(task.fixed), closing(task.fixed))
    if task.kind is Kind.MILESTONE:
        return not any(map(search.days.is_worked, slots))
    return not any(search.may_start(key, slot) for slot in slots)


def is_too_tight(search: Search, key: str) -> bool:
    """Whether a task begun on its own first day ends after its own last one."""
    task = search.tasks[key]
    if task.finish_by is None or key in search.real:
        return False
    first = [reached(task, moment) for moment in (task.not_before, task.fixed) if moment]
    if not first:
        return False
    start = max(first)
    while not search.may_start(key, start):
        start += 1
    return search.place(key, start)[1] > closing(task.finish_by)


def is_clashing(search: Search, key: str, pushed: Instants) -> bool:
    """Whether the dates of others, or the launch, keep it from its fixed start."""
    fixed = search.fixed_start(key)
    if fixed is None or key in search.real:
        return False
    soonest = pushed[key][0]
    if search.tasks[key].kind is Kind.MILESTONE:
        fixed, soonest = search.days.evening(fixed), search.days.evening(soonest)
    return soonest > fixed


def pushed(search: Search) -> Instants:
    """The tasks that dates alone, or the launch, keep from starting ever earlier."""
    found: Instants = {}
    for key in search.in_order():
        task = search.tasks[key]
        waits = any(link.on == LAUNCH or link.on in found for link in task.after)
        if key not in search.real and (waits or task.not_before or task.fixed):
            found[key] = search.place(key, search.earliest_start(key, found))
    return found
