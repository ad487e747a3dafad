"""What the engine answers: every task with its dates, and what they mean for the launch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from scheduling.campaigns import Campaign, Task
from scheduling.halfdays import HalfDay
from scheduling.reasons import Notice, Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """One review of an approval: it opens, decisions are due by, then its remarks are worked in.

    The last round has no rework.
    """

    number: int
    opens: HalfDay
    review_by: HalfDay
    rework_by: HalfDay | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A task with its dates. Half-days are inclusive: both ``start`` and ``finish`` are used.

    ``start`` and ``finish`` are the late ones, the plan itself; a milestone's are both the
    worked half-day at whose end it falls. Floats are working days of the campaign's calendar.
    ``expected_*`` are the real dates where there are some, else the plan's, pushed by what is
    already late. ``explain`` gives the reason of the task with a ``number``.
    """

    task: Task
    start: HalfDay
    finish: HalfDay
    early_start: HalfDay
    early_finish: HalfDay
    total_float: float
    free_float: float
    critical: bool
    rounds: tuple[Round, ...]
    expected_start: HalfDay
    expected_finish: HalfDay
    number: int = field(repr=False, compare=False)
    explain: Callable[[int], Reason] = field(repr=False, compare=False)

    @property
    def reason(self) -> Reason:
        """What sets its dates; looked into when somebody asks, for most of them nobody does."""
        return self.explain(self.number)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A campaign planned, its tasks in working order. All numbers are working days.

    ``start_by`` is the last day on which the campaign can begin. ``missing`` says how many days
    are lacking, 0 when the plan is feasible. ``critical_path`` names the tasks that cannot be
    delayed at all.
    """

    campaign: Campaign
    today: date
    tasks: tuple[Planned, ...]
    start_by: date
    feasible: bool
    missing: float
    margin_planned: float
    margin_left: float
    critical_path: tuple[str, ...]
    warnings: tuple[Notice, ...]
    expected_end: HalfDay
    find_chain: Callable[[], tuple[str, ...]] = field(repr=False, compare=False)

    def __getitem__(self, key: str) -> Planned:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    @cached_property
    def chain(self) -> tuple[str, ...]:
        """The tasks, each waiting for the one before, that leave the least room; when asked for."""
        return self.find_chain()

    @property
    def launch_holds(self) -> bool:
        """Whether the forecast ends before the launch, even if it eats margin."""
        return self.margin_left >= 0

    @cached_property
    def _by_key(self) -> Mapping[str, Planned]:
        return {planned.task.key: planned for planned in self.tasks}
