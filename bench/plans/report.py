"""The planning half of the bench: one table, every figure measured in this run."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import psutil

from bench.plans import aims, engine, forty, inmemory, wholeprocesses
from bench.plans.campaigns import START, made_up
from bench.plans.table import Aim, Row, aim_lines, lines
from bench.plans.timing import written

SIZES = (100, 1_000, 10_000, 50_000)


@dataclass(frozen=True, kw_only=True)
class Amount:
    """How much is measured: ``runs`` of what runs in memory, ``limit`` in seconds a command."""

    sizes: Sequence[int] = SIZES
    runs: int = 9
    command_runs: int = 3
    limit: float = 120


def report(amount: Amount) -> Iterator[str]:
    """The table, line by line, as far as it is measured."""
    yield from _about()
    yield ""
    wanted = list(forty.measure())
    yield from _in_memory(amount, wanted)
    yield ""
    yield from _parts(amount, wanted)
    yield ""
    yield from _whole_processes(amount, wanted)
    yield ""
    yield from aim_lines(wanted)


def _about() -> Iterator[str]:
    memory = psutil.virtual_memory().total / 1024**3
    yield f"retro {version('retro')}, Python {platform.python_version()}, {platform.platform()}"
    yield f"{os.cpu_count()} cores, {memory:.0f} GB; load before: {os.getloadavg()[0]:.1f}"
    yield "medians of n runs; garbage collected as usual, for everyone"
    yield "campaigns made up from a seed: two links a task, French holidays, absences, lags"


def _in_memory(amount: Amount, wanted: list[Aim]) -> Iterator[str]:
    ours = inmemory.ours(amount.sizes, amount.runs)
    peers, missing = inmemory.of_peers(amount.sizes, amount.runs)
    rows = [row for one in (ours, *peers.values()) for row in one.rows(amount.runs)]
    yield from lines("passes in memory, tasks:", amount.sizes, rows)
    yield from missing
    yield "networkx and the bare loops know one calendar: for them nobody is away"
    wanted += aims.growth("passes", ours.medians)
    for name, peer in peers.items():
        if name == "bare loops":
            wanted += aims.within_bare_loops(ours.medians, peer.medians)
        else:
            wanted += aims.faster(name, ours.medians, peer.medians)
    if "MPXJ" in peers and aims.SMALL in ours.medians:
        what = f"passes against MPXJ's schedule(), {aims.SMALL:,} tasks"
        small = ours.medians[aims.SMALL], peers["MPXJ"].medians[aims.SMALL]
        wanted.append(aims.times_faster(what, *small, aims.MPXJ_AT_SMALL))


def _parts(amount: Amount, wanted: list[Aim]) -> Iterator[str]:
    found = {size: engine.parts(made_up(size), START, amount.runs) for size in amount.sizes}
    plans = {size: parts.plan for size, parts in found.items()}
    whys = {size: parts.reasons + parts.sentences for size, parts in found.items()}
    rows = [
        Row(what="plan()", cells=_cells(plans), n=str(amount.runs)),
        Row(what="why all dates, said in one language", cells=_cells(whys), n=str(engine.WHYS)),
        *(_share(what, found, part) for what, part in _PARTS),
    ]
    yield from lines("a plan and the shares of its parts, tasks:", amount.sizes, rows)
    wanted += aims.growth("plan()", plans)


_PARTS: tuple[tuple[str, Callable[[engine.Parts], float]], ...] = (
    ("  checks and network", lambda parts: parts.network),
    ("  calendars", lambda parts: parts.calendars),
    ("  passes, forecast included", lambda parts: parts.passes),
    ("  floats, critical path, results", lambda parts: parts.results),
    ("  reasons behind all dates", lambda parts: parts.reasons),
    ("  sentences that say them", lambda parts: parts.sentences),
)


def _share(
    what: str, found: Mapping[int, engine.Parts], part: Callable[[engine.Parts], float]
) -> Row:
    cells = {size: f"{part(parts) / parts.whole:.0%}" for size, parts in found.items()}
    return Row(what=what, cells=cells)


def _whole_processes(amount: Amount, wanted: list[Aim]) -> Iterator[str]:
    sizes = [size for size in amount.sizes if size <= wholeprocesses.LARGEST]
    if not sizes:
        return
    given = sizes, amount.command_runs, amount.limit
    ours = wholeprocesses.measure(wholeprocesses.table(), *given)
    with_reasons = wholeprocesses.measure(wholeprocesses.ours(), *given)
    peers, missing = wholeprocesses.of_peers(*given)
    rows = [row for one in (ours, with_reasons, *peers.values()) for row in one.rows()]
    yield from lines("whole processes, from file to dates, tasks:", sizes, rows)
    yield from missing
    yield "links from finish to start alone; reasons are sentences in two languages for every task"
    for name, peer in peers.items():
        least = aims.TASKJUGGLER if name == "TaskJuggler" else 1.0
        for size in sorted({*peer.medians, *peer.late} & ours.medians.keys()):
            what = f"`retro plan` against {name}, {size:,} tasks"
            if size in peer.late:
                wanted.append(aims.out_of_time(what, ours.medians[size], peer.limit, least))
            else:
                times = ours.medians[size], peer.medians[size]
                wanted.append(aims.times_faster(what, *times, least))


def _cells(times: Mapping[int, float]) -> dict[int, str]:
    return {size: written(seconds) for size, seconds in times.items()}
