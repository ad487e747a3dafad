"""Several runs of one thing, and the median of what they took.

Garbage is collected before the runs, and during them whenever Python sees fit, for everyone.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Given = TypeVar("Given")

_LEAST = 0.01  # seconds for one run, so that the clock and a warm cache matter little
_MOST = 1_000


@dataclass(frozen=True)
class Times:
    """What each run took, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one, in seconds."""
        return statistics.median(self.seconds)

    @property
    def n(self) -> int:
        """How many runs."""
        return len(self.seconds)


def timed(run: Callable[[], object], *, runs: int, warm_for: float = 0.0) -> Times:
    """Time ``runs`` runs, after at least one and at least ``warm_for`` seconds that do not count.

    What takes next to no time is done over and over for one run, and its mean taken.
    """
    once = _warm(run, warm_for)
    times = max(1, math.ceil(_LEAST / once)) if once > 0 else _MOST
    gc.collect()
    return Times(tuple(_mean(run, min(times, _MOST)) for _ in range(runs)))


def timed_anew(prepare: Callable[[], Given], run: Callable[[Given], object], *, runs: int) -> Times:
    """Time ``runs`` runs after one, each on something that is prepared for it, outside the time."""
    run(prepare())
    gc.collect()
    return Times(tuple(_one(prepare(), run) for _ in range(runs)))


def written(seconds: float) -> str:
    """A time as people read it.

    >>> written(0.00123), written(0.0456), written(12.3456)
    ('1.23 ms', '45.6 ms', '12.3 s')
    """
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1000:.3g} ms"


def _warm(run: Callable[[], object], least: float) -> float:
    """What the last run took, in seconds."""
    began = last = time.perf_counter()
    while True:
        run()
        now = time.perf_counter()
        if now - began >= least:
            return now - last
        last = now


def _mean(run: Callable[[], object], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        run()
    return (time.perf_counter() - began) / times


def _one(given: Given, run: Callable[[Given], object]) -> float:
    began = time.perf_counter()
    run(given)
    return time.perf_counter() - began
