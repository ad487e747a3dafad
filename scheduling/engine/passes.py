"""The passes over a network: as late as possible, and as early as possible.

Positions are kept as two lists of instants, starts and finishes, by task index. The passes are
those of the critical path method (Kelley and Walker 1959) with the link types of the precedence
diagramming method (Fondahl 1961), over calendars that differ from task to task.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduling.engine.network import Network, Ties
from scheduling.engine.spans import ALWAYS, NEVER, Placement
from scheduling.engine.ties import TO_LAUNCH


@dataclass(frozen=True, slots=True)
class Positions:
    """Where every task stands."""

    starts: list[int]
    finishes: list[int]

    @classmethod
    def unknown(cls, size: int) -> Positions:
        """Room for so many tasks."""
        return cls([0] * size, [0] * size)


def backward(network: Network, bound: int) -> Positions:
    """Every task as late as it can be and still be through by ``bound``.

    Tasks after the launch are placed forward from it.
    """
    late = Positions.unknown(len(network.tasks))
    in_time, after = network.in_time, network.after_launch
    ties = network.after_in_time
    _place_late(network, reversed(in_time), bound, after=ties, seen=late, placed=late)
    _place_early(network, after, ALWAYS, late)
    return late


def forward(network: Network, base: int, settled: Mapping[int, Placement]) -> Positions:
    """Every task as early as it can be from instant ``base``; ``settled`` ones stay put."""
    early = Positions.unknown(len(network.tasks))
    for number, (start, finish) in settled.items():
        early.starts[number], early.finishes[number] = start, finish
    numbers = range(len(network.tasks))
    _place_early(network, [n for n in numbers if n not in settled], base, early)
    return early


def room(network: Network, early: Positions, bound: int) -> Positions:
    """How late each task may be while all the others keep their ``early`` positions.

    What nothing holds after the launch is left at the end of time.
    """
    latest = Positions.unknown(len(network.tasks))
    _place_late(network, network.in_time, bound, after=network.after, seen=early, placed=latest)
    rest = network.after_launch
    _place_late(network, rest, NEVER, after=network.after, seen=early, placed=latest)
    return latest


def _place_late(
    network: Network,
    numbers: Iterable[int],
    bound: int,
    *,
    after: Ties,
    seen: Positions,
    placed: Positions,
) -> None:
    """Place tasks by ``bound`` and before those that wait for them, found where ``seen`` has them.

    Nearly all the time of a plan is spent here and in ``_place_early``: hence the local names,
    and comparisons where ``min`` would do.
    """
    starts, finishes = seen.starts, seen.finishes
    spans, calendar, own_dates = network.spans, network.calendar, network.own_dates
    plain, tied = after.plain, after.tied
    for number in numbers:
        start, finish = NEVER, bound
        for other in plain[number]:
            if starts[other] < finish:  # noqa: PLR1730 - twice as quick as min()
                finish = starts[other]
        for tie in tied[number]:
            instant = tie.pull((starts if tie.to_start else finishes)[tie.other], calendar)
            if not tie.from_start:
                finish = min(finish, instant)
            else:
                start = min(start, instant)
        if number in own_dates:
            own = own_dates[number]
            start, finish = min(start, own.latest), min(finish, own.finish_by)
        placed.starts[number], placed.finishes[number] = spans[number].latest(start, finish)


def _place_early(network: Network, numbers: Iterable[int], base: int, placed: Positions) -> None:
    """Place tasks from ``base`` and after those they wait for, which are placed already."""
    starts, finishes = placed.starts, placed.finishes
    spans, calendar, own_dates = network.spans, network.calendar, network.own_dates
    plain, tied = network.before.plain, network.before.tied
    for number in numbers:
        start, finish = base, ALWAYS
        for other in plain[number]:
            if finishes[other] > start:  # noqa: PLR1730 - twice as quick as max()
                start = finishes[other]
        for tie in tied[number]:
            if tie.other == TO_LAUNCH:
                instant = tie.push(network.launch, calendar)
            else:
                instant = tie.push((starts if tie.from_start else finishes)[tie.other], calendar)
            if tie.to_start:
                start = max(start, instant)
            else:
                finish = max(finish, instant)
        if number in own_dates:
            start = max(start, own_dates[number].soonest)
        starts[number], finishes[number] = spans[number].earliest(start, finish)
