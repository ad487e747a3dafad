"""Passes over a plan already built: ours, and those of the schedulers that run in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bench.plans import engine
from bench.plans.campaigns import START, made_up
from bench.plans.dates import agreeing
from bench.plans.peers import graphs, mpxj
from bench.plans.peers.kinds import InMemory, NotMeasured
from bench.plans.table import Row
from bench.plans.timing import timed, written
from scheduling import Plan, plan

PEERS: tuple[tuple[str, Callable[[], InMemory]], ...] = (
    ("networkx", graphs.networkx),
    ("bare loops", graphs.bare),
    ("MPXJ", mpxj.peer),  # last: its Java works on for a while when nobody asks
)


@dataclass
class Measured:
    """Medians in seconds by size, and how many tasks got the engine's dates."""

    name: str
    medians: dict[int, float] = field(default_factory=dict)
    agreeing: dict[int, int] = field(default_factory=dict)

    def rows(self, runs: int) -> Iterator[Row]:
        """A line of times, and for a peer one of dates."""
        cells = {size: written(median) for size, median in self.medians.items()}
        yield Row(what=self.name, cells=cells, n=str(runs))
        if self.agreeing:
            agree = {size: f"{same:,}" for size, same in self.agreeing.items()}
            yield Row(what="  tasks with our dates, early and late", cells=agree)


def ours(sizes: Sequence[int], runs: int) -> Measured:
    """Both passes on a network already made."""
    measured = Measured("both passes, plan already built")
    for size in sizes:
        run = engine.both_passes(made_up(size), START)
        measured.medians[size] = timed(run, runs=runs).median
    return measured


def of_peer(make: Callable[[], InMemory], sizes: Sequence[int], runs: int) -> Measured:
    """A peer on the same campaigns. Raise NotMeasured."""
    peer = make()
    measured = Measured(peer.name)
    for size in sizes:
        campaign = peer.takes(made_up(size))
        made = plan(campaign, START)
        prepared = peer.prepare(campaign, last_day(made))
        median = timed(prepared.schedule, runs=runs, warm_for=peer.warm_for).median
        measured.medians[size] = median
        measured.agreeing[size] = agreeing(made, prepared.dates())
    return measured


def of_peers(sizes: Sequence[int], runs: int) -> tuple[dict[str, Measured], list[str]]:
    """All peers that are here, and a line for each that is not."""
    found: dict[str, Measured] = {}
    missing = []
    for name, make in PEERS:
        try:
            found[name] = of_peer(make, sizes, runs)
        except NotMeasured as reason:
            missing.append(f"{name}: not measured, {reason.why}")
    return found, missing


def last_day(made: Plan) -> date:
    """The day by whose evening all is done: what a scheduler that knows no margin must be told."""
    return max(planned.finish.day for planned in made.tasks)
