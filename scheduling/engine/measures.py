"""What the passes mean: floats, the critical path, what is missing, the margin that is left.

All numbers are working days of the campaign's calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduling.campaigns import Kind
from scheduling.engine.forecast import Forecast
from scheduling.engine.limits import binding
from scheduling.engine.network import Network
from scheduling.engine.passes import Positions
from scheduling.engine.spans import ALWAYS, NEVER
from scheduling.reasons import Cause


@dataclass(frozen=True, kw_only=True, slots=True)
class Passes:
    """A network with the results of its passes.

    All before the launch ends by the instant ``bound``. Today the campaign can begin at
    ``begin`` at the soonest. ``room`` is how late each task may
    be while the others keep their early dates.
    """

    network: Network
    bound: int
    late: Positions
    begin: int
    early: Positions
    room: Positions
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

    def floats(self, number: int) -> tuple[float, float]:
        """Total and free float: how far a task may slip before the end moves, or another's dates.

        Each is the smaller of what its start and its finish may.
        """
        if self.network.is_after_launch[number]:
            return self._room_after_launch(number), self._free_after_launch(number)
        total, free = self._slack(number, self.late), self._slack(number, self.room)
        return total, free if free > 0 else 0.0

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
        after = (-self._room_after_launch(number) for number in self.network.after_launch)
        return max((0.0, *lacking, *after))

    def chain(self) -> tuple[int, ...]:
        """The tasks that leave the least room, each waiting for the one before."""
        open_tasks = (n for n in self.network.in_time if self._is_open(n))
        head = max(open_tasks, key=self._urgency, default=None)
        return () if head is None else tuple(self._chain_from(head))

    def _chain_from(self, number: int) -> Iterator[int]:
        """A task, the one waiting for it that binds it, and so on to the launch or a deadline."""
        yield number
        limit = binding(self.network, number, self.late, self.bound)[0]
        while limit.cause is Cause.NEEDED_BY and limit.tie is not None:
            number = limit.tie.other
            yield number
            limit = binding(self.network, number, self.late, self.bound)[0]

    def _urgency(self, number: int) -> tuple[float, float]:
        late = self.late.starts[number]
        if self.forecast.is_running:
            return self.days(late, self.forecast.soonest.starts[number]), -late
        return max((self.days(late, self.begin), *self._begun_late(number))), -late

    def _lacking_at_start(self) -> Iterator[float]:
        starts = (self.late.starts[number] for number in self.network.in_time)
        yield self.days(min(starts, default=self.begin), self.begin)
        for number in self.network.own_dates:
            if not self._is_after(number):
                yield from self._begun_late(number)

    def _begun_late(self, number: int) -> Iterator[float]:
        """By how much a task's own first day is past its late start."""
        own = self.network.own_dates.get(number)
        if own is not None and own.soonest > ALWAYS:
            soonest = self.network.spans[number].earliest(own.soonest, ALWAYS)
            yield self.days(self.late.starts[number], soonest[0])

    def _lacking_now(self) -> Iterator[float]:
        yield -self.margin_left
        soonest = self.forecast.soonest
        for number, own in self.network.own_dates.items():
            task = self.network.tasks[number]
            if own.finish_by < NEVER and task.done is None:
                yield self.days(own.finish_by, soonest.finishes[number])
            if own.fixed is not None and task.done is None and task.started is None:
                yield self.days(own.fixed, soonest.starts[number])

    def _is_open(self, number: int) -> bool:
        return self.network.tasks[number].done is None

    def _is_after(self, number: int) -> bool:
        return self.network.is_after_launch[number]

    def _room_after_launch(self, number: int) -> float:
        own = self.network.own_dates.get(number)
        if own is None or own.finish_by == NEVER:
            return 0.0
        return self.days(self.early.finishes[number], own.finish_by)

    def _free_after_launch(self, number: int) -> float:
        return max(0.0, self._slack(number, self.room)) if self._is_held(number) else 0.0

    def _is_held(self, number: int) -> bool:
        """Whether anything bounds a task placed after the launch from above."""
        own = self.network.own_dates.get(number)
        is_bound = own is not None and (own.finish_by < NEVER or own.fixed is not None)
        return is_bound or bool(self.network.held_up_by(number))

    def _slack(self, number: int, latest: Positions) -> float:
        ranks, early = self.network.calendar.ranks, self.early
        start = ranks[latest.starts[number]] - ranks[early.starts[number]]
        finish = ranks[latest.finishes[number]] - ranks[early.finishes[number]]
        return min(start, finish) / 2
