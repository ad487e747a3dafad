"""The same plan found the slow way: every half-day is tried, one after another.

Nothing here uses the engine's own arithmetic. Worked half-days are looked up in the calendar's
own lists, durations and lags are counted off half-day by half-day, late dates are found by
moving each task earlier until nothing is broken any more, early ones by moving it later, and
whether a task is critical by delaying it and looking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import ceil

from scheduling import LAUNCH, Campaign, Kind, Link, LinkType, Share, Task
from tests.scheduling.days import Days, closing, morning, opening, reached

Placed = tuple[int, int]  # the instants at which a task starts and is finished
Instants = dict[str, Placed]


class Search:
    """One campaign, and all that can be found out about it by trying."""

    def __init__(self, campaign: Campaign, today: date) -> None:
        self.campaign = campaign
        self.today = morning(today)
        self.launch = morning(campaign.launch)
        self.tasks = {task.key: task for task in campaign.tasks}
        self.days = Days(campaign.calendar)
        self._every = Days(None)
        self._people = {name: Days(found) for name, found in campaign.people.items()}
        self._places: dict[tuple[str, int], int] = {}
        self.after_launch = {key for key in self.tasks if self._waits_for_launch(key)}
        self.real = {key for key, task in self.tasks.items() if task.started or task.done}
        self.waiting: dict[str, list[tuple[Task, Link]]] = {key: [] for key in self.tasks}
        for task in campaign.tasks:
            for link in task.after:
                if link.on != LAUNCH:
                    self.waiting[link.on].append((task, link))

    # What is planned

    def bound(self) -> int:
        """The instant by which all is done: the margin is counted off back from the launch."""
        margin, last = self.campaign.margin, self.days.evening(self.launch)
        if isinstance(margin, Share):
            begun = self.first_start(self.late(last))
            share = Fraction(margin.percent) / 100 * Fraction(self.days.count(begun, last)) * 2
            return self.days.evening(self.days.before(last, ceil(share)))
        if margin.elapsed:
            return self.days.evening(self.launch - margin.halves)
        return self.days.evening(self.days.before(last, margin.halves))

    def first_start(self, found: Instants) -> int:
        return min((found[key][0] for key in self._before_launch()), default=self.launch)

    def late(self, bound: int) -> Instants:
        """Everything as late as nothing is broken, done by ``bound``; then what follows launch."""
        found: Instants = {}
        for key in reversed(self.in_order()):
            if key in self.after_launch:
                continue
            start = bound + 1
            while not (self.may_start(key, start) and self._is_on_time(key, start, bound, found)):
                start -= 1
            found[key] = self.place(key, start)
        for key in self.in_order():
            if key in self.after_launch:
                found[key] = self.place(key, self.earliest_start(key, found))
        return found

    def early(self, base: int, held: Mapping[str, int], settled: Instants) -> Instants:
        """Everything as early as it has waited for all it waits for, none before ``base``.

        ``held`` keeps some tasks from starting before an instant of their own; ``settled`` are
        where they are.
        """
        found: Instants = {}
        for key in self.in_order():
            if key in settled:
                found[key] = settled[key]
                continue
            start = max(base, held.get(key, base))
            while not (self.may_start(key, start) and self._has_waited(key, start, found)):
                start += 1
            found[key] = self.place(key, start)
        return found

    def settled(self) -> Instants:
        """Where tasks really began or ended; one that should be over has a day left, or less."""
        found: Instants = {}
        for key, task in self.tasks.items():
            if task.done is not None:
                finish = closing(task.done)
                if task.started is not None and task.kind is not Kind.MILESTONE:
                    found[key] = opening(task.started), finish
                else:
                    start = finish
                    while not self.may_start(key, start) or self.place(key, start)[1] > finish:
                        start -= 1
                    found[key] = start, finish
            elif task.started is not None:
                begun = start = opening(task.started)
                while not self.may_start(key, start):
                    start += 1
                finish = self.place(key, start)[1]
                found[key] = begun, finish if finish > self.today else self._day_left(task)
        return found

    # What the dates mean

    def total_float(self, key: str, late: Instants, early: Instants) -> float:
        if key not in self.after_launch:
            return self._slack(early[key], late[key])
        deadline = self.tasks[key].finish_by
        return 0.0 if deadline is None else self.days.count(early[key][1], closing(deadline))

    def free_float(self, key: str, early: Instants, bound: int) -> float:
        """The task alone is moved later and later, as long as nothing else has to move."""
        is_free = key in self.after_launch
        if is_free and not self.waiting[key] and not self._has_own_limit(key):
            return 0.0
        last = early[key][1] + 10_000 if is_free else bound
        others = {other: early[other] for other in self.tasks if other != key}
        start = kept = early[key][0]
        while not self.may_start(key, start) or self._is_on_time(key, start, last, others):
            kept = start if self.may_start(key, start) else kept
            start += 1
        return max(0.0, self._slack(early[key], self.place(key, kept)))

    def is_critical(self, key: str, late: Instants, early: Instants, bound: int) -> bool:
        """One of the task's own half-days later, and something is no longer in time."""
        if key in self.after_launch:
            return False
        if not self._all_in_time(early, bound):  # then nothing can be seen by delaying more
            if self.tasks[key].kind is Kind.MILESTONE:
                return self.days.count(early[key][0], late[key][0]) <= 0
            return early[key][0] >= late[key][0]
        held = {other: start for other, (start, _) in early.items()}
        held[key] += 1
        if self.tasks[key].kind is Kind.MILESTONE:
            held[key] = self.days.after(early[key][0], 1)
        return not self._all_in_time(self.early(min(held.values()), held, {}), bound)

    def _all_in_time(self, found: Instants, bound: int) -> bool:
        return all(self._keeps_own_dates(key, found[key], bound) for key in self._before_launch())

    def _slack(self, first: Placed, last: Placed) -> float:
        return min(self.days.count(first[0], last[0]), self.days.count(first[1], last[1]))

    # One task

    def may_start(self, key: str, slot: int) -> bool:
        """Whether somebody is there to begin it."""
        task = self.tasks[key]
        if task.kind is Kind.MILESTONE or task.takes.elapsed:
            return True
        people = (task.approvers or (None,)) if task.kind is Kind.APPROVAL else (task.owner,)
        return any(self.days_of(person).is_worked(slot) for person in people)

    def place(self, key: str, start: int) -> Placed:
        """Where a task that begins at ``start`` ends."""
        if (key, start) not in self._places:
            self._places[key, start] = self._end(self.tasks[key], start)
        return start, self._places[key, start]

    def days_of(self, person: str | None, *, elapsed: bool = False) -> Days:
        if elapsed:
            return self._every
        return self.days if person is None else self._people.get(person, self.days)

    def fixed_start(self, key: str) -> int | None:
        """The first moment it can begin on the day, or half-day, it is fixed to."""
        task = self.tasks[key]
        if task.fixed is None:
            return None
        start = reached(task, task.fixed)
        while not self.may_start(key, start):
            start += 1
        return start

    def _end(self, task: Task, start: int) -> int:
        if task.kind is Kind.MILESTONE:
            return start
        if task.kind is not Kind.APPROVAL:
            days = self.days_of(task.owner, elapsed=task.takes.elapsed)
            return days.after(start, task.takes.halves)
        end = self._review(task, start, task.takes.halves)
        for _ in range(task.rounds - 1):
            owner = self.days_of(task.owner, elapsed=task.rework.elapsed)
            end = self._review(task, owner.after(end, task.rework.halves), task.takes.halves)
        return end

    def _review(self, task: Task, opens: int, halves: int) -> int:
        """When enough approvers have had their time."""
        people = task.approvers or (None,)
        elapsed = task.takes.elapsed
        ends = sorted(self.days_of(who, elapsed=elapsed).after(opens, halves) for who in people)
        if task.needs == "all":
            return ends[-1]
        return ends[0] if task.needs == "any" else ends[task.needs - 1]

    def _day_left(self, task: Task) -> int:
        if task.kind is Kind.MILESTONE:
            return self.today
        halves = min(task.takes.halves, 2)
        if task.kind is Kind.APPROVAL:
            return self._review(task, self.today, halves)
        return self.days_of(task.owner, elapsed=task.takes.elapsed).after(self.today, halves)

    # What it must keep

    def _is_on_time(self, key: str, start: int, bound: int, found: Instants) -> bool:
        """Whether its own dates, and the tasks that wait for it, allow it to be so late."""
        placed = self.place(key, start)
        return self._keeps_own_dates(key, placed, bound) and all(
            self.keeps(link, placed, found[task.key], task)
            for task, link in self.waiting[key]
            if task.key in found
        )

    def _keeps_own_dates(self, key: str, placed: Placed, bound: int) -> bool:
        deadline, fixed = self.tasks[key].finish_by, self.fixed_start(key)
        return (
            placed[1] <= bound
            and (deadline is None or placed[1] <= closing(deadline))
            and (fixed is None or placed[0] <= fixed)
        )

    def _has_waited(self, key: str, start: int, found: Instants) -> bool:
        """Whether all it waits for, and its own dates, allow it to be so early."""
        task, fixed = self.tasks[key], self.fixed_start(key)
        if task.not_before is not None and start < reached(task, task.not_before):
            return False
        if fixed is not None and start < fixed:
            return False
        placed, launched = self.place(key, start), (self.launch, self.launch)
        return all(
            self.keeps(link, found.get(link.on, launched), placed, task)
            for link in task.after
            if link.on == LAUNCH or link.on in found
        )

    def keeps(self, link: Link, first: Placed, second: Placed, waiting: Task) -> bool:
        """Whether a link holds between two placements."""
        from_start = link.type in {LinkType.SS, LinkType.SF}
        to_start = link.type in {LinkType.SS, LinkType.FS}
        to_end = not to_start or waiting.kind is Kind.MILESTONE
        instant, halves = first[0] if from_start else first[1], link.lag.halves
        if link.lag.elapsed and halves:
            instant += halves
        elif halves > 0:
            instant = self.days.after(instant, halves)
        else:
            instant = self.days.before(instant, -halves)
            if to_end and (from_start or halves):
                instant = self.days.evening(instant)
        return (second[0] if to_start else second[1]) >= instant

    def earliest_start(self, key: str, found: Instants) -> int:
        """Later from the launch until it has waited, or else earlier as long as it has."""
        start = self.launch
        while not (self.may_start(key, start) and self._has_waited(key, start, found)):
            start += 1
        earlier = start - 1
        while not self.may_start(key, earlier) or self._has_waited(key, earlier, found):
            start = earlier if self.may_start(key, earlier) else start
            earlier -= 1
        return start

    def _has_own_limit(self, key: str) -> bool:
        return self.tasks[key].finish_by is not None or self.tasks[key].fixed is not None

    def _before_launch(self) -> Iterable[str]:
        return (key for key in self.tasks if key not in self.after_launch)

    def _waits_for_launch(self, key: str) -> bool:
        links = self.tasks[key].after
        return any(link.on == LAUNCH or self._waits_for_launch(link.on) for link in links)

    def in_order(self) -> list[str]:
        """Every task after those it waits for."""
        order: list[str] = []
        while len(order) < len(self.tasks):
            order += [
                key
                for key, task in self.tasks.items()
                if key not in order and all(on in {LAUNCH, *order} for on in _names(task))
            ]
        return order


def _names(task: Task) -> set[str]:
    return {link.on for link in task.after}
