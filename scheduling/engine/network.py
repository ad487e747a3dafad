"""The tasks of a campaign and their links, checked, put in order and ready for the passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduling.calendars import Calendar
from scheduling.campaigns import LAUNCH, Campaign, Kind, Link, Task
from scheduling.engine.checks import cycles, problems
from scheduling.engine.spans import ALWAYS, NEVER, Instant, Reviewed, Span, Worked
from scheduling.engine.ties import TO_LAUNCH, Tie, is_plain
from scheduling.errors import raise_all
from scheduling.halfdays import Moment, first_slot, last_slot, morning
from scheduling.worktime import EVERY_HALF_DAY, WorkTime

Numbers = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """Links by task, seen from one of their ends.

    ``plain`` has the tasks at the other end of links where one task simply follows the other,
    which is most of them and needs no arithmetic; ``tied`` all the other links.
    """

    plain: Numbers
    tied: tuple[tuple[Tie, ...], ...]


@dataclass(frozen=True, slots=True)
class OwnDates:
    """What a task's own dates bound, as instants; one that is not given bounds nothing."""

    not_before: int
    fixed: int | None
    finish_by: int

    @property
    def soonest(self) -> int:
        """The instant before which it may not start."""
        return self.not_before if self.fixed is None else max(self.not_before, self.fixed)

    @property
    def latest(self) -> int:
        """The instant after which it may not start."""
        return NEVER if self.fixed is None else self.fixed


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """Tasks by index, every task after those it waits for.

    ``before`` has what each task waits for, ``after`` what each holds up. ``after_launch`` are the tasks
    that wait for the launch, directly or not, and are therefore placed forward from it, ``in_time``
    the others; ``after_in_time`` is ``after`` between those alone.
    ``own_dates`` has the tasks with dates of their own.
    """

    campaign: Campaign
    tasks: tuple[Task, ...]
    index: Mapping[str, int]
    calendar: WorkTime
    launch: int
    spans: tuple[Span, ...]
    before: Ties
    after: Ties
    after_in_time: Ties
    is_after_launch: tuple[bool, ...]
    in_time: tuple[int, ...]
    after_launch: tuple[int, ...]
    own_dates: Mapping[int, OwnDates]

    @classmethod
    def of(cls, campaign: Campaign) -> Network:
        """Check a campaign and make it ready. Raise PlanError, Problems if there are several."""
        found = problems(campaign)
        if found:
            raise_all([*found, *cycles(campaign.tasks)])
        tasks = _in_order(campaign.tasks)
        if len(tasks) < len(campaign.tasks):
            raise_all(list(cycles(campaign.tasks)))
        index = {task.key: number for number, task in enumerate(tasks)}
        before = _before(tasks, index)
        after = _turned(before)
        is_after_launch = _after_launch(before)
        spans = _spans(tasks, campaign)
        return cls(
            campaign=campaign,
            tasks=tasks,
            index=index,
            calendar=campaign.calendar.worktime,
            launch=morning(campaign.launch),
            spans=spans,
            before=before,
            after=after,
            after_in_time=_without(is_after_launch, after),
            is_after_launch=is_after_launch,
            in_time=tuple(n for n, is_after in enumerate(is_after_launch) if not is_after),
            after_launch=tuple(n for n, is_after in enumerate(is_after_launch) if is_after),
            own_dates={
                number: _own_dates(task, spans[number])
                for number, task in enumerate(tasks)
                if task.fixed or task.not_before or task.finish_by
            },
        )

    def waits_of(self, number: int) -> list[Tie]:
        """All that a task waits for, in the order it names them."""
        task = self.tasks[number]
        return [Tie.of(link, task, self._other(link)) for link in task.after]

    def held_up_by(self, number: int) -> list[Tie]:
        """All that waits for a task, seen from it."""
        key = self.tasks[number].key
        tied = (tie.other for tie in self.after.tied[number])
        return [
            Tie.of(link, self.tasks[other], other)
            for other in dict.fromkeys((*self.after.plain[number], *tied))
            for link in self.tasks[other].after
            if link.on == key
        ]

    def _other(self, link: Link) -> int:
        return TO_LAUNCH if link.on == LAUNCH else self.index[link.on]


def starting(task: Task, moment: Moment) -> int:
    """The instant a start on that day or half-day means; for a milestone the end of it."""
    return last_slot(moment) + 1 if task.kind is Kind.MILESTONE else first_slot(moment)


def _in_order(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Every task after those it waits for (Kahn 1962); less those on a cycle, or behind one.

    The passes go through memory from one end to the other, which counts in large plans.
    """
    # From the order of the keys, so that nothing in the plan depends on how tasks were listed.
    by_key = sorted(tasks, key=lambda task: task.key)
    index = {task.key: number for number, task in enumerate(by_key)}
    waiting = [0] * len(by_key)
    held_up: list[list[int]] = [[] for _ in by_key]
    for number, task in enumerate(by_key):
        for link in task.after:
            if link.on != LAUNCH:
                waiting[number] += 1
                held_up[index[link.on]].append(number)
    ready = [number for number, count in enumerate(waiting) if not count]
    for number in ready:  # grows as it is gone through
        for other in held_up[number]:
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return tuple(by_key[number] for number in ready)


def _before(tasks: Sequence[Task], index: Mapping[str, int]) -> Ties:
    plain: list[tuple[int, ...]] = []
    tied: list[tuple[Tie, ...]] = []
    for task in tasks:
        following: list[int] = []
        others: list[Tie] = []
        for link in task.after:
            if link.on == LAUNCH:
                others.append(Tie.of(link, task, TO_LAUNCH))
            elif is_plain(link):
                following.append(index[link.on])
            else:
                others.append(Tie.of(link, task, index[link.on]))
        plain.append(tuple(following))
        tied.append(tuple(others))
    return Ties(tuple(plain), tuple(tied))


def _turned(before: Ties) -> Ties:
    """The same links seen from their other ends."""
    plain: list[list[int]] = [[] for _ in before.plain]
    tied: list[list[Tie]] = [[] for _ in before.plain]
    for number, others in enumerate(before.plain):
        for other in others:
            plain[other].append(number)
    for number, ties in enumerate(before.tied):
        for tie in ties:
            if tie.other != TO_LAUNCH:
                tied[tie.other].append(tie.seen_from_before(number))
    return Ties(tuple(map(tuple, plain)), tuple(map(tuple, tied)))


def _without(left_out: Sequence[bool], ties: Ties) -> Ties:
    if not any(left_out):
        return ties
    return Ties(
        tuple(tuple(n for n in others if not left_out[n]) for others in ties.plain),
        tuple(tuple(tie for tie in others if not left_out[tie.other]) for others in ties.tied),
    )


def _after_launch(before: Ties) -> tuple[bool, ...]:
    marks: list[bool] = []
    for plain, tied in zip(before.plain, before.tied, strict=True):
        is_after = any(tie.other == TO_LAUNCH or marks[tie.other] for tie in tied)
        marks.append(is_after or any(marks[other] for other in plain))
    return tuple(marks)


def _own_dates(task: Task, span: Span) -> OwnDates:
    fixed = None if task.fixed is None else span.earliest(starting(task, task.fixed), ALWAYS)[0]
    return OwnDates(
        not_before=ALWAYS if task.not_before is None else starting(task, task.not_before),
        fixed=fixed,
        finish_by=NEVER if task.finish_by is None else last_slot(task.finish_by) + 1,
    )


def _spans(tasks: Sequence[Task], campaign: Campaign) -> tuple[Span, ...]:
    """How each task occupies time; those alike share one value, which keeps memory close."""
    worked: dict[tuple[WorkTime, int], Span] = {}
    spans: list[Span] = []
    for task in tasks:
        if task.kind is Kind.MILESTONE or task.kind is Kind.APPROVAL:
            spans.append(Instant() if task.kind is Kind.MILESTONE else _review(task, campaign))
            continue
        work = _counting(campaign.calendar_of(task.owner), elapsed=task.takes.elapsed)
        alike = work, task.takes.halves
        if alike not in worked:
            worked[alike] = Worked(*alike)
        spans.append(worked[alike])
    return tuple(spans)


def _review(task: Task, campaign: Campaign) -> Reviewed:
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
