"""Where a campaign is heading, from what has really happened and from today."""

from __future__ import annotations

from dataclasses import dataclass

from scheduling.campaigns import Kind
from scheduling.engine.network import Network
from scheduling.engine.passes import Positions, forward
from scheduling.engine.spans import ALWAYS, NEVER, Placement
from scheduling.halfdays import first_slot, last_slot


@dataclass(frozen=True)
class Forecast:
    """``expected``: where every task will be, with the plan kept where it still can be.

    ``end`` is the instant the last task before the launch is over if all goes on from today at
    once; it is what eats the margin. ``is_running``: some task has really started.
    """

    expected: Positions
    soonest: Positions
    end: int
    is_running: bool


def forecast(network: Network, late: Positions, today: int, base: int) -> Forecast:
    """Forward from ``today`` with the real dates of started and finished tasks.

    A task not begun starts at ``base`` at the earliest, and when the plan says if that is
    later: being ahead of a plan moves nobody's dates.
    """
    settled = _real_placements(network, today)
    soonest = forward(network, base, settled)
    expected = Positions(
        [max(pair) for pair in zip(soonest.starts, late.starts, strict=True)],
        [max(pair) for pair in zip(soonest.finishes, late.finishes, strict=True)],
    )
    for number, (start, finish) in settled.items():
        expected.starts[number], expected.finishes[number] = start, finish
    ends = (soonest.finishes[number] for number in network.in_time)
    return Forecast(expected, soonest, max(ends, default=ALWAYS), bool(settled))


def _real_placements(network: Network, today: int) -> dict[int, Placement]:
    """Tasks with real dates. One that should be over by now has a day left, or less."""
    placements: dict[int, Placement] = {}
    for number, task in enumerate(network.tasks):
        span = network.spans[number]
        if task.done is not None:
            finish = last_slot(task.done) + 1
            if task.started is not None and task.kind is not Kind.MILESTONE:
                start = first_slot(task.started)
            else:
                start = span.latest(NEVER, finish)[0]
            placements[number] = start, finish
        elif task.started is not None:
            start = first_slot(task.started)
            finish = span.earliest(start, ALWAYS)[1]
            placements[number] = start, finish if finish > today else span.remaining(today)
    return placements
