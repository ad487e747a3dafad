"""The tasks of a campaign and their links, checked, put in order and ready for the passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from scheduling.calendars import Calendar
from scheduling.campaigns import LAUNCH, Campaign, Kind, Link, Task
from scheduling.errors import (
    Cycle,
    DuplicateKey,
    NotWorked,
    NoWorkingTime,
    PlanError,
    ReservedKey,
    TooManyTasks,
    UnknownLink,
    raise_all,
)
from scheduling.halfdays import HalfDay, Moment, first_slot, morning
from scheduling.spans import Instant, Reviewed, Span, Worked
from scheduling.ties import TO_LAUNCH, Tie
from scheduling.worktime import EVERY_HALF_DAY, WorkTime

MOST_TASKS = 100_000
MOST_CYCLES = 10  # named in one go; mending those may well mend the rest

FIVE_YEARS = 5 * 366 * 2  # half-days; someone off for longer than that is not coming back


@dataclass(frozen=True, kw_only=True)
class Network:
    """Tasks by index; ``before`` and ``after`` are the ties to those each waits for, or holds up.

    ``order`` puts every task after those it waits for. ``is_after_launch`` marks what waits
    for the launch, directly or not, and is therefore placed forward from it.
    """

    campaign: Campaign
    tasks: tuple[Task, ...]
    calendar: WorkTime
    launch: int
    spans: tuple[Span, ...]
    before: tuple[tuple[Tie, ...], ...]
    after: tuple[tuple[Tie, ...], ...]
    order: tuple[int, ...]
    is_after_launch: tuple[bool, ...]

    @classmethod
    def of(cls, campaign: Campaign) -> Network:
        """Check a campaign and make it ready. Raise PlanError, Problems if there are several."""
        # In key order, so that nothing in the plan depends on how the tasks were listed.
        tasks = tuple(sorted(campaign.tasks, key=lambda task: task.key))
        raise_all([*_bad_keys(tasks), *_bad_calendars(campaign)])
        raise_all([*_cycles(tasks), *_bad_starts(campaign)])

        index = {task.key: number for number, task in enumerate(tasks)}
        before = [tuple(_tie(link, task, index) for link in task.after) for task in tasks]
        after: list[list[Tie]] = [[] for _ in tasks]
        for number, ties in enumerate(before):
            for tie in ties:
                if tie.other != TO_LAUNCH:
                    after[tie.other].append(_seen_from_before(tie, number))
        order = _order(before)
        return cls(
            campaign=campaign,
            tasks=tasks,
            calendar=campaign.calendar.worktime,
            launch=morning(campaign.launch),
            spans=tuple(_span(task, campaign) for task in tasks),
            before=tuple(before),
            after=tuple(map(tuple, after)),
            order=order,
            is_after_launch=_after_launch(order, before),
        )


def people_of(task: Task) -> tuple[str | None, ...]:
    """Whose calendars a task is placed by; None stands for the campaign's."""
    if task.kind is Kind.MILESTONE:
        return (None,)
    if task.kind is not Kind.APPROVAL:
        return (task.owner,)
    return (*(task.approvers or (None,)), task.owner)


def _span(task: Task, campaign: Campaign) -> Span:
    if task.kind is Kind.MILESTONE:
        return Instant()
    if task.kind is not Kind.APPROVAL:
        calendar = campaign.calendar_of(task.owner)
        return Worked(_counting(calendar, elapsed=task.takes.elapsed), task.takes.halves)
    approvers = [campaign.calendar_of(person) for person in task.approvers or (None,)]
    owner = campaign.calendar_of(task.owner)
    return Reviewed(
        approvers=tuple(_counting(who, elapsed=task.takes.elapsed) for who in approvers),
        enough=task.enough,
        halves=task.takes.halves,
        rounds=task.rounds,
        owner=_counting(owner, elapsed=task.rework.elapsed),
        rework=task.rework.halves,
    )


def _counting(calendar: Calendar, *, elapsed: bool) -> WorkTime:
    return EVERY_HALF_DAY if elapsed else calendar.worktime


def _tie(link: Link, task: Task, index: dict[str, int]) -> Tie:
    """The tie of a waiting task to what it waits for."""
    return Tie(
        link=link,
        other=TO_LAUNCH if link.on == LAUNCH else index[link.on],
        from_start=link.type.is_from_start,
        to_start=link.type.is_to_start,
        to_end=task.kind is Kind.MILESTONE or not link.type.is_to_start,
    )


def _seen_from_before(tie: Tie, waiting: int) -> Tie:
    return Tie(tie.link, waiting, tie.from_start, tie.to_start, tie.to_end)


def _order(before: list[tuple[Tie, ...]]) -> tuple[int, ...]:
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for number, ties in enumerate(before):
        sorter.add(number, *(tie.other for tie in ties if tie.other != TO_LAUNCH))
    return tuple(sorter.static_order())


def _after_launch(order: tuple[int, ...], before: list[tuple[Tie, ...]]) -> tuple[bool, ...]:
    marks = [False] * len(order)
    for number in order:
        marks[number] = any(tie.other == TO_LAUNCH or marks[tie.other] for tie in before[number])
    return tuple(marks)


def _bad_keys(tasks: tuple[Task, ...]) -> Iterator[PlanError]:
    if len(tasks) > MOST_TASKS:
        yield TooManyTasks(len(tasks), MOST_TASKS)
    counts = Counter(task.key for task in tasks)
    for key, count in counts.items():
        if count > 1:
            yield DuplicateKey(key)
        if key == LAUNCH:
            yield ReservedKey(key)
    for task in tasks:
        for link in task.after:
            if link.on != LAUNCH and link.on not in counts:
                yield UnknownLink(task.key, link.on)


def _bad_calendars(campaign: Campaign) -> Iterator[PlanError]:
    asked: set[str | None] = {None}
    asked.update(person for task in campaign.tasks for person in people_of(task))
    known = (person for person in asked if person is None or person in campaign.people)
    for person in sorted(known, key=lambda person: person or ""):
        if not _has_work(campaign.calendar_of(person), morning(campaign.launch)):
            yield NoWorkingTime(person)


def _has_work(calendar: Calendar, launch: int) -> bool:
    try:
        return calendar.worktime.count(launch - FIVE_YEARS, launch + FIVE_YEARS) > 0
    except NoWorkingTime:
        return False


def _cycles(tasks: tuple[Task, ...]) -> Iterator[PlanError]:
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


def _bad_starts(campaign: Campaign) -> Iterator[PlanError]:
    """Fixed starts on half-days that are not worked."""
    for task in campaign.tasks:
        if task.fixed is None or (task.takes.elapsed and task.kind is not Kind.MILESTONE):
            continue
        people = people_of(task)[: max(1, len(task.approvers))]
        slots = _start_slots(task.fixed)
        works = [campaign.calendar_of(person).worktime for person in people]
        if not any(work.is_worked(slot) for work in works for slot in slots):
            yield NotWorked(task.key, "fixed", HalfDay.of_slot(slots[0]).day)


def _start_slots(moment: Moment) -> range:
    """Where a fixed start may fall: a plain date whose morning is off starts at midday."""
    first = first_slot(moment)
    return range(first, first + (1 if isinstance(moment, HalfDay) else 2))
