"""Ways out of a plan that cannot be carried out, each computed by planning again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from scheduling.durations import Duration
from scheduling.engine.backplan import days_missing
from scheduling.errors import PlanError
from scheduling.plans import Plan
from scheduling.replanning.changes import (
    Change,
    DropRound,
    LaterLaunch,
    Overlap,
    ShortenMargin,
    WayOutKind,
    apply,
)
from scheduling.replanning.laterlaunch import first_launch
from scheduling.replanning.offers import offers

MOST_OF_A_KIND = 3  # told of one kind of change; the fourth overlap is no new idea
MOST = 8  # told in all
MOST_TRIED = 6  # of a kind: those that promise most; a plan of hundreds has hundreds

_GENTLEST_FIRST = {kind: place for place, kind in enumerate(WayOutKind)}


@dataclass(frozen=True, kw_only=True)
class WayOut:
    """A change, and what planning again with it says, in working days.

    ``gain``: by how much fewer are missing; ``missing``: how many still are.
    """

    change: Change
    gain: float
    missing: float

    @property
    def kind(self) -> WayOutKind:
        return self.change.kind

    @property
    def task(self) -> str | None:
        """The key of the task that is changed; None for the margin and the launch."""
        return self.change.task


def ways_out(made: Plan) -> tuple[WayOut, ...]:
    """What could be changed for the plan to be carried out, or to lack fewer working days.

    The greatest gain first, among equals the gentlest change; empty for a feasible plan. What
    has started or is done is left as it is. Only tasks that hold the plan back are looked at,
    and only those changes that take days from ``missing``. A later launch is there whenever one
    within two years would hold.

    >>> from datetime import date
    >>> from scheduling import Campaign, Duration, Task, plan
    >>> brief = Task(key="brief", takes=Duration.parse("3d"))
    >>> campaign = Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(brief,))
    >>> [(way.kind.value, way.gain) for way in ways_out(plan(campaign, date(2027, 3, 12)))]
    [('later_launch', 2.0)]
    """
    if made.feasible:
        return ()
    found = sorted(_found(made), key=_rank)
    counts: Counter[WayOutKind] = Counter()
    kept: list[WayOut] = []
    for way in found:
        counts[way.kind] += 1
        if counts[way.kind] <= MOST_OF_A_KIND:
            kept.append(way)
    kept = [_gentler(made, way) for way in kept[: MOST - 1]]
    return tuple(sorted((*kept, *_later_launch(made)), key=_rank))


def _rank(way: WayOut) -> tuple[float, int, str]:
    return -way.gain, _GENTLEST_FIRST[way.kind], way.task or ""


def _found(made: Plan) -> Iterator[WayOut]:
    for kind in offers(made):
        for offer in kind[:MOST_TRIED]:
            yield from _best(made, offer.changes)
    if made.margin_planned > 0:
        margin = made.campaign.margin
        none = ShortenMargin(was=margin, days=made.margin_planned, to=Duration.ZERO)
        yield from _best(made, [none])


def _later_launch(made: Plan) -> Iterator[WayOut]:
    launch = first_launch(made.campaign, made.today)
    if launch is not None:
        change = LaterLaunch(was=made.campaign.launch, to=launch)
        yield WayOut(change=change, gain=made.missing, missing=0.0)


def _best(made: Plan, changes: Iterable[Change]) -> Iterator[WayOut]:
    """The change that leaves the least missing, the first of equals, if it helps at all."""
    way = min((_way(made, change) for change in changes), key=lambda way: way.missing)
    if way.gain > 0:
        yield way


def _way(made: Plan, change: Change) -> WayOut:
    try:
        missing = days_missing(apply(change, made.campaign), made.today)
    except PlanError:  # such as a fixed start on a day the other person does not work
        missing = inf
    return WayOut(change=change, gain=made.missing - missing, missing=missing)


def _gentler(made: Plan, way: WayOut) -> WayOut:
    """The smallest change of the same sort that gains as much."""
    sizes = _smaller(way.change)
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        smaller = _way(made, sizes[middle])
        if smaller.missing <= way.missing:
            way, high = smaller, middle
        else:
            low = middle + 1
    return way


def _smaller(change: Change) -> Sequence[Change]:
    """Changes of the same sort that change less, the smallest first."""
    match change:
        case Overlap():
            leads = range(1 - change.was.lag.halves, -change.to.lag.halves)
            return [replace(change, to=replace(change.to, lag=Duration(-lead))) for lead in leads]
        case DropRound():
            return [replace(change, to=rounds) for rounds in range(change.was - 1, change.to, -1)]
        case ShortenMargin():
            most = int(change.days * 2) - 1
            return [replace(change, to=Duration(halves)) for halves in range(most, 0, -1)]
        case _:
            return ()
