"""From instants back to dates: what the passes found of one task, as people read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from scheduling.campaigns import Kind
from scheduling.engine.measures import Passes
from scheduling.engine.network import Network
from scheduling.engine.passes import Positions
from scheduling.engine.spans import Reviewed, Span
from scheduling.halfdays import HalfDay
from scheduling.plans import Planned, Round
from scheduling.reasons import Reason

_of_slot = HalfDay.of_slot


def planned(passes: Passes, number: int, today: date, explain: Callable[[int], Reason]) -> Planned:
    """A task with its dates; ``explain`` gives the reason of the task with a number."""
    network, late = passes.network, passes.late
    task = network.tasks[number]
    start, finish = _half_days(network, number, late)
    early_start, early_finish = _half_days(network, number, passes.early)
    expected_start, expected_finish = _half_days(network, number, passes.forecast.expected)
    if task.kind is Kind.MILESTONE and task.done is None:
        # Friday evening and Monday morning are one moment: not yet reached means Monday.
        expected_start = expected_finish = max(expected_finish, HalfDay(today))
    total_float, free_float = passes.floats(number)
    return Planned(
        task=task,
        start=start,
        finish=finish,
        early_start=early_start,
        early_finish=early_finish,
        total_float=total_float,
        free_float=free_float,
        critical=passes.is_critical(number),
        rounds=_rounds(network.spans[number], late.starts[number]),
        expected_start=expected_start,
        expected_finish=expected_finish,
        number=number,
        explain=explain,
    )


def _half_days(network: Network, number: int, positions: Positions) -> tuple[HalfDay, HalfDay]:
    """The first and the last half-day; of a milestone, twice the one at whose end it falls."""
    start, finish = positions.starts[number], positions.finishes[number]
    if network.tasks[number].kind is Kind.MILESTONE:
        falls = _of_slot(network.calendar.closing(finish) - 1)
        return falls, falls
    return _of_slot(start), _of_slot(finish - 1)


def _rounds(span: Span, start: int) -> tuple[Round, ...]:
    if not isinstance(span, Reviewed):
        return ()
    steps = span.steps(start)
    return tuple(
        Round(
            number=count,
            opens=_of_slot(step.opens),
            review_by=_of_slot(step.review_by - 1),
            rework_by=None if count == len(steps) else _of_slot(step.rework_by - 1),
        )
        for count, step in enumerate(steps, 1)
    )
