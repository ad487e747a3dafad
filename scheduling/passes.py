"""The passes over a network: as late as possible, and as early as possible.

Positions are kept as two lists of instants, starts and finishes, by task index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduling.campaigns import Kind, Task
from scheduling.halfdays import Moment, first_slot, last_slot
from scheduling.network import Network
from scheduling.reasons import Cause
from scheduling.spans import ALWAYS, NEVER, Placement
from scheduling.ties import TO_LAUNCH, Tie


@dataclass(frozen=True)
class Positions:
    """Where every task stands."""

    starts: list[int]
    finishes: list[int]


@dataclass(frozen=True, slots=True)
class Limit:
    """An instant that bounds a task, and what set it. ``tie`` only when another task did."""

    instant: int
    cause: Cause
    tie: Tie | None = None


@dataclass(frozen=True)
class Limits:
    """The strictest bounds on a task's start, if any, and on its finish."""

    start: Limit | None
    finish: Limit


def backward(network: Network, bound: int) -> tuple[Positions, dict[int, Limit]]:
    """Every task as late as it can be and still be through by ``bound``, with what binds it.

    Tasks after the launch are placed forward from it.
    """
    size = len(network.tasks)
    late = Positions([0] * size, [0] * size)
    last = Limit(bound, Cause.BEFORE_LAUNCH)
    binding: dict[int, Limit] = {}
    settled: dict[int, Placement] = {}
    for number in reversed(network.order):
        if network.is_after_launch[number]:
            continue
        limits = upper_limits(network, number, late, last, only_before_launch=True)
        placed, binding[number] = _latest(network, number, limits)
        late.starts[number], late.finishes[number] = settled[number] = placed
    if len(settled) == size:
        return late, binding

    late = forward(network, ALWAYS, settled)
    for number in network.order:
        if network.is_after_launch[number]:
            binding[number] = _what_pushes(network, number, late)
    return late, binding


def forward(network: Network, base: int, settled: Mapping[int, Placement]) -> Positions:
    """Every task as early as it can be from instant ``base``; ``settled`` ones stay put."""
    size = len(network.tasks)
    early = Positions([0] * size, [0] * size)
    for number in network.order:
        placed = settled.get(number)
        if placed is None:
            start, finish = base, ALWAYS
            for limit, is_start in lower_limits(network, number, early):
                if is_start:
                    start = max(start, limit.instant)
                else:
                    finish = max(finish, limit.instant)
            placed = network.spans[number].earliest(start, finish)
        early.starts[number], early.finishes[number] = placed
    return early


def upper_limits(
    network: Network, number: int, positions: Positions, last: Limit, *, only_before_launch: bool
) -> Limits:
    """How late a task may be for its own dates, for those that wait for it, and to end by ``last``.

    ``only_before_launch`` overlooks waiting tasks that are themselves placed after the launch.
    """
    task = network.tasks[number]
    start, finish = None, last
    if task.finish_by is not None:
        finish = _stricter(finish, Limit(last_slot(task.finish_by) + 1, Cause.DEADLINE))
    fixed = fixed_start(network, number)
    if fixed is not None:
        start = Limit(fixed, Cause.FIXED)
    for tie in network.after[number]:
        if only_before_launch and network.is_after_launch[tie.other]:
            continue
        instant = (positions.starts if tie.to_start else positions.finishes)[tie.other]
        limit = Limit(tie.pull(instant, network.calendar), Cause.NEEDED_BY, tie)
        if tie.from_start:
            start = _stricter(start, limit)
        else:
            finish = _stricter(finish, limit)
    return Limits(start, finish)


def lower_limits(network: Network, number: int, positions: Positions) -> list[tuple[Limit, bool]]:
    """What a task must wait for, each with whether it bounds the start (or the finish)."""
    task = network.tasks[number]
    limits: list[tuple[Limit, bool]] = []
    for tie in network.before[number]:
        if tie.other == TO_LAUNCH:
            instant, cause = network.launch, Cause.AFTER_LAUNCH
        else:
            cause = Cause.AFTER_TASK
            instant = (positions.starts if tie.from_start else positions.finishes)[tie.other]
        limits.append((Limit(tie.push(instant, network.calendar), cause, tie), tie.to_start))
    if task.not_before is not None:
        limits.append((Limit(starting(task, task.not_before), Cause.NOT_BEFORE), True))
    fixed = fixed_start(network, number)
    if fixed is not None:
        limits.append((Limit(fixed, Cause.FIXED), True))
    return limits


def fixed_start(network: Network, number: int) -> int | None:
    """The instant at which a task with a ``fixed`` start begins work."""
    task = network.tasks[number]
    if task.fixed is None:
        return None
    return network.spans[number].earliest(starting(task, task.fixed), ALWAYS)[0]


def starting(task: Task, moment: Moment) -> int:
    """The instant a start on that day or half-day means; for a milestone the end of it."""
    return last_slot(moment) + 1 if task.kind is Kind.MILESTONE else first_slot(moment)


def _latest(network: Network, number: int, limits: Limits) -> tuple[Placement, Limit]:
    span = network.spans[number]
    by_finish = span.latest(NEVER, limits.finish.instant)
    if limits.start is None:
        return by_finish, limits.finish
    placed = span.latest(limits.start.instant, limits.finish.instant)
    return placed, limits.finish if by_finish == placed else limits.start


def _what_pushes(network: Network, number: int, late: Positions) -> Limit:
    """What keeps a task placed after the launch from starting earlier: the last thing to."""
    span = network.spans[number]
    pushes = [
        (span.earliest(*((limit.instant, ALWAYS) if is_start else (ALWAYS, limit.instant))), limit)
        for limit, is_start in lower_limits(network, number, late)
    ]
    return max(pushes, key=lambda push: push[0])[1]


def _stricter(limit: Limit | None, other: Limit) -> Limit:
    return other if limit is None or other.instant < limit.instant else limit
