"""What the passes mean: floats, the critical path, what is missing, the margin that is left.

All numbers are working days of the campaign's calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduling.campaigns import Kind
from scheduling.explain import chain_from
from scheduling.forecast import Forecast
from scheduling.halfdays import last_slot
from scheduling.network import Network
from scheduling.passes import Limit, Positions, fixed_start, starting, upper_limits
from scheduling.reasons import Cause
from scheduling.spans import ALWAYS, NEVER


@dataclass(frozen=True, kw_only=True)
class Passes:
    """A network with the results of its passes.

    All before the launch ends by the instant ``bound``. The campaign begins at ``start_by`` at
    the latest; early dates count from ``base``, and today it can begin at ``begin`` at the soonest.
    """

    network: Network
    bound: int
    late: Positions
    binding: dict[int, Limit]
    start_by: int
    base: int
    begin: int
    early: Positions
    forecast: Forecast

    def days(self, start: int, end: int) -> float:
        return self.network.calendar.count(start, end) / 2

    @property
    def margin_planned(self) -> float:
        return self.days(self.bound, self.network.launch)

    @property
    def margin_left(self) -> float:
        """What the forecast leaves of the margin; negative once the launch itself is missed."""
        return min(self.margin_planned, self.days(self.forecast.end, self.network.launch))

    def total_float(self, number: int) -> float:
        """How far a task may slip: the smaller of what its start and its finish may."""
        if self.network.is_after_launch[number]:
            task = self.network.tasks[number]
            if task.finish_by is None:
                return 0.0
            return self.days(self.early.finishes[number], last_slot(task.finish_by) + 1)
        return self._slack(number, self.late.starts[number], self.late.finishes[number])

    def free_float(self, number: int) -> float:
        """How far a task may slip from its early dates before it moves another's, or the end."""
        network, cause = self.network, Cause.BEFORE_LAUNCH
        last = Limit(NEVER if network.is_after_launch[number] else self.bound, cause)
        limits = upper_limits(network, number, self.early, last, only_before_launch=False)
        if limits.start is None and limits.finish.instant == NEVER:
            return 0.0
        start = limits.start.instant if limits.start else NEVER
        placed = network.spans[number].latest(start, limits.finish.instant)
        return max(0.0, self._slack(number, *placed))

    def is_critical(self, number: int) -> bool:
        """Whether one half-day of the task's own more delays the launch, or eats margin.

        Compared in the task's own time: with calendars that differ, zero float would not do.
        """
        network = self.network
        if network.is_after_launch[number]:
            return False
        early, late = self.early.starts[number], self.late.starts[number]
        if network.tasks[number].kind is Kind.MILESTONE:
            return network.calendar.count(early, late) <= 0
        return early >= late

    def missing(self) -> float:
        """Working days lacking for the plan to be carried out.

        Before anything has started, those between the last day to begin and the first day
        possible, margin included; once the campaign runs, those by which the forecast misses
        the launch, or a task's own deadline or fixed start.
        """
        lacking = self._lacking_now() if self.forecast.is_running else self._lacking_at_start()
        after = (-self.total_float(n) for n, is_after in self._tasks() if is_after)
        return max((0.0, *lacking, *after))

    def chain(self) -> tuple[int, ...]:
        """The tasks that leave the least room, each waiting for the one before."""
        before = [n for n, is_after in self._tasks() if not is_after and self._is_open(n)]
        if not before:
            return ()
        head = max(before, key=self._urgency)
        return tuple(chain_from(head, self.binding))

    def _urgency(self, number: int) -> tuple[float, float]:
        late = self.late.starts[number]
        if self.forecast.is_running:
            return self.days(late, self.forecast.soonest.starts[number]), -late
        return max(self._begun_late(number), default=0.0), -late

    def _lacking_at_start(self) -> Iterator[float]:
        for number, is_after in self._tasks():
            if not is_after:
                yield from self._begun_late(number)

    def _begun_late(self, number: int) -> Iterator[float]:
        """By how much a task's own bounds, or the campaign's first day, are past its late start."""
        late, task = self.late.starts[number], self.network.tasks[number]
        yield self.days(late, self.begin)
        for moment in (task.not_before, task.fixed):
            if moment is not None:
                soonest = self.network.spans[number].earliest(starting(task, moment), ALWAYS)
                yield self.days(late, soonest[0])

    def _lacking_now(self) -> Iterator[float]:
        yield -self.margin_left
        soonest = self.forecast.soonest
        for number, _ in self._tasks():
            task = self.network.tasks[number]
            if task.finish_by is not None and task.done is None:
                yield self.days(last_slot(task.finish_by) + 1, soonest.finishes[number])
            fixed = fixed_start(self.network, number)
            if fixed is not None and self._is_open(number) and task.started is None:
                yield self.days(fixed, soonest.starts[number])

    def _is_open(self, number: int) -> bool:
        return self.network.tasks[number].done is None

    def _tasks(self) -> Iterator[tuple[int, bool]]:
        """Every task in order, with whether it is placed after the launch."""
        return ((number, self.network.is_after_launch[number]) for number in self.network.order)

    def _slack(self, number: int, start: int, finish: int) -> float:
        return min(
            self.days(self.early.starts[number], start),
            self.days(self.early.finishes[number], finish),
        )
