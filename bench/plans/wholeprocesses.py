"""Whole processes: `retro plan` on a plan file, and the commands of the others on theirs.

Its table is what the others make, dates without reasons. Its JSON also says in two languages why
each date is what it is, and is what its dates are compared by.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.plans import planfile
from bench.plans.campaigns import START, finish_to_start, made_up
from bench.plans.dates import Dates, agreeing
from bench.plans.inmemory import last_day
from bench.plans.peers import taskfiles
from bench.plans.peers.kinds import NotMeasured, WholeProcess
from bench.plans.table import Row
from bench.plans.timing import Times, written
from scheduling import Campaign, plan
from scheduling.halfdays import first_slot, last_slot, read_moment

LARGEST = 10_000  # tasks; TaskJuggler needs minutes for those already

PEERS: tuple[tuple[str, Callable[[], WholeProcess]], ...] = (
    ("TaskJuggler", taskfiles.taskjuggler),
    ("scriptplan", taskfiles.scriptplan),
)


@dataclass
class Measured:
    """Runs of one command by size; ``late`` are the sizes at which it was stopped."""

    name: str
    limit: float
    times: dict[int, Times] = field(default_factory=dict)
    agreeing: dict[int, int] = field(default_factory=dict)
    late: list[int] = field(default_factory=list)

    @property
    def medians(self) -> dict[int, float]:
        """Seconds by size."""
        return {size: times.median for size, times in self.times.items()}

    def rows(self) -> Iterator[Row]:
        """A line of times, and one of dates."""
        cells = {size: written(median) for size, median in self.medians.items()}
        cells |= dict.fromkeys(self.late, f"> {self.limit:g} s")
        counts = sorted({times.n for times in self.times.values()})
        yield Row(what=self.name, cells=cells, n="-".join(map(str, counts)))
        if self.agreeing:
            agree = {size: f"{same:,}" for size, same in self.agreeing.items()}
            yield Row(what="  tasks with our dates, late", cells=agree)


def table() -> WholeProcess:
    """`retro plan`: every task with its dates, float and whether it is critical, for a terminal."""
    return _retro("retro plan, a table")


def ours() -> WholeProcess:
    """`retro plan --json`, whose dates are compared with the engine's as the others' are."""
    return _retro("retro plan --json, with reasons", "--json", read=_read_ours)


def _retro(name: str, *options: str, read: Callable[[Path], Dates] | None = None) -> WholeProcess:
    return WholeProcess(
        name=name,
        takes=finish_to_start,
        write=lambda campaign, _: planfile.write(campaign, START),
        file="plan.json",
        command=(sys.executable, "-m", "bot", "plan", *options, "plan.json"),
        read=read,
    )


def measure(command: WholeProcess, sizes: Sequence[int], runs: int, limit: float) -> Measured:
    """A command at each size until it needs more than ``limit`` seconds. Raise NotMeasured."""
    measured = Measured(command.name, limit)
    for size in sizes:
        campaign = command.takes(made_up(size))
        with tempfile.TemporaryDirectory(prefix="retro-bench-") as name:
            if not _measure_one(command, campaign, Path(name), measured, runs):
                return measured
    return measured


def of_peers(
    sizes: Sequence[int], runs: int, limit: float
) -> tuple[dict[str, Measured], list[str]]:
    """All commands that are here, and a line for each that is not."""
    found: dict[str, Measured] = {}
    missing = []
    for name, make in PEERS:
        try:
            found[name] = measure(make(), sizes, runs, limit)
        except NotMeasured as reason:
            missing.append(f"{name}: not measured, {reason.why}")
    return found, missing


def _measure_one(
    command: WholeProcess, campaign: Campaign, folder: Path, measured: Measured, runs: int
) -> bool:
    """Whether it ended in time."""
    made, size = plan(campaign, START), len(campaign.tasks)
    (folder / command.file).write_text(command.write(campaign, last_day(made)), encoding="utf-8")
    seconds: list[float] = []
    while len(seconds) < runs and sum(seconds) < measured.limit / 2:
        took = _run(command, folder, measured.limit)
        if took is None:
            measured.late.append(size)
            return False
        seconds.append(took)
    measured.times[size] = Times(tuple(seconds))
    if command.read is not None:
        measured.agreeing[size] = agreeing(made, command.read(folder))
    return True


def _run(command: WholeProcess, folder: Path, limit: float) -> float | None:
    """Seconds, or None if it was stopped at the limit. Raise NotMeasured if it failed."""
    with (folder / "said").open("w", encoding="utf-8") as said:
        began = time.perf_counter()
        try:
            subprocess.run(  # noqa: S603 - a scheduler on a file of ours
                command.command,
                cwd=folder,
                stdout=said,
                stderr=subprocess.PIPE,
                timeout=limit,
                check=True,
                text=True,
            )
        except subprocess.TimeoutExpired:
            return None
        except subprocess.CalledProcessError as error:
            last = (str(error.stderr).strip().splitlines() or [""])[-1]
            raise NotMeasured(f"it ended with {error.returncode}: {last}") from error
        return time.perf_counter() - began


def _read_ours(folder: Path) -> Dates:
    tasks = json.loads((folder / "said").read_text("utf-8"))["tasks"]
    return Dates(
        late={
            key: (
                first_slot(read_moment(task["start"])),
                last_slot(read_moment(task["finish"], is_end=True)) + 1,
            )
            for key, task in tasks.items()
        }
    )
