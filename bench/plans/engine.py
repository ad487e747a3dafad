"""Our engine, taken apart as far as the bench times its parts.

The one place of the bench that knows the engine's insides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from bench.plans.campaigns import made_anew
from bench.plans.timing import Times, timed, timed_anew
from bot.views.plan_table import why_in_text
from bot.views.words import Reader
from scheduling import Campaign, Plan, plan
from scheduling.engine.backplan import run_passes
from scheduling.engine.explain import reason_for
from scheduling.engine.network import Network
from scheduling.engine.passes import backward, forward

WHYS = 3  # runs of what says why: those take the longest


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the parts of a plan take, in seconds, each timed on its own.

    ``plan`` is ``plan()``: ``network`` checks the campaign and puts it in order, ``calendars``
    makes them and counts along them for the first time, ``passes`` are all of them, the
    forecast's too. Reasons are looked into when asked for, after ``plan()``: ``reasons`` are
    those behind the dates of all tasks, ``sentences`` say them in one language.
    """

    plan: float
    network: float
    calendars: float
    passes: float
    reasons: float
    sentences: float

    @property
    def results(self) -> float:
        """The rest of ``plan``: floats, the critical path, the values that are handed back."""
        return self.plan - self.network - self.calendars - self.passes

    @property
    def whole(self) -> float:
        """A plan with the reasons behind all its dates said."""
        return self.plan + self.reasons + self.sentences


def plans(campaign: Campaign, today: date, runs: int) -> Times:
    """``plan()``, each on calendars that nobody has counted along."""
    return timed_anew(lambda: made_anew(campaign), lambda anew: plan(anew, today), runs=runs)


def both_passes(campaign: Campaign, today: date) -> Callable[[], object]:
    """Late and early dates on a network that is made: what ``schedule()`` does elsewhere."""
    network = Network.of(campaign)
    done = run_passes(network, today)

    def run() -> None:
        backward(network, done.bound)
        forward(network, min(done.late.starts), {})

    return run


def parts(campaign: Campaign, today: date, runs: int) -> Parts:
    """The parts of a plan."""
    network = Network.of(campaign)
    done = run_passes(network, today)
    numbers = range(len(network.tasks))
    made = plan(campaign, today)
    reader = Reader(locale="en_GB", today=today)
    passes = timed(partial(run_passes, network, today), runs=runs).median
    first_passes = timed_anew(
        lambda: Network.of(made_anew(campaign)),
        lambda anew: run_passes(anew, today),
        runs=runs,
    )
    networks = timed(partial(Network.of, campaign), runs=runs).median
    first_networks = timed_anew(lambda: made_anew(campaign), Network.of, runs=runs)
    return Parts(
        plan=plans(campaign, today, runs).median,
        network=networks,
        calendars=max(0.0, first_passes.median - passes)
        + max(0.0, first_networks.median - networks),
        passes=passes,
        reasons=timed(lambda: [reason_for(done, number) for number in numbers], runs=WHYS).median,
        sentences=timed(lambda: _sentences(made, reader), runs=WHYS).median,
    )


def _sentences(made: Plan, reader: Reader) -> list[str]:
    return [why_in_text(made, planned, reader) for planned in made.tasks]
