"""Whether measured times are what was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.plans.table import Aim
from bench.plans.timing import written

SMALL, LARGE = 10_000, 50_000
MOST_GROWTH = (LARGE / SMALL) * 1.2  # time grows with the tasks, and a fifth of tolerance
BARE_LOOPS = 10.0
MPXJ_AT_SMALL = 5.0
TASKJUGGLER = 100.0


def faster(what: str, ours: Mapping[int, float], theirs: Mapping[int, float]) -> Iterator[Aim]:
    """At every size that both have, ours takes less time."""
    for size in sorted(ours.keys() & theirs.keys()):
        yield times_faster(f"faster than {what}, {size:,} tasks", ours[size], theirs[size], 1.0)


def times_faster(what: str, ours: float, theirs: float, wanted: float) -> Aim:
    """Ours takes so many times less than theirs."""
    ratio = theirs / ours
    return Aim(
        what=what, wanted=f"> {wanted:g} x", measured=f"{ratio:.3g} x", is_met=ratio > wanted
    )


def out_of_time(what: str, ours: float, limit: float, wanted: float) -> Aim:
    """Theirs did not end within ``limit`` seconds: the ratio is at least so much."""
    ratio = limit / ours
    return Aim(
        what=what,
        wanted=f"> {wanted:g} x",
        measured=f"over {ratio:.3g} x",
        is_met=True if ratio > wanted else None,
    )


def within_bare_loops(ours: Mapping[int, float], loops: Mapping[int, float]) -> Iterator[Aim]:
    """Passes against two loops over integers that know one calendar alone."""
    for size in sorted(ours.keys() & loops.keys()):
        ratio = ours[size] / loops[size]
        yield Aim(
            what=f"passes against two bare loops, {size:,} tasks",
            wanted=f"< {BARE_LOOPS:g} x",
            measured=f"{ratio:.3g} x",
            is_met=ratio < BARE_LOOPS,
        )


def growth(what: str, times: Mapping[int, float]) -> Iterator[Aim]:
    """Time grows as tasks and links do."""
    if SMALL in times and LARGE in times:
        ratio = times[LARGE] / times[SMALL]
        yield Aim(
            what=f"{what}, {LARGE:,} tasks against {SMALL:,}",
            wanted=f"< {MOST_GROWTH:g} x",
            measured=f"{ratio:.3g} x",
            is_met=ratio < MOST_GROWTH,
        )


def within(what: str, seconds: float, most: float) -> Aim:
    """It takes less than ``most`` seconds."""
    return Aim(
        what=what,
        wanted=f"< {written(most)}",
        measured=written(seconds),
        is_met=seconds < most,
    )
