"""Dates set on tasks that cannot all be kept, whenever the campaign begins or is launched."""

from __future__ import annotations

from collections.abc import Iterator

from scheduling.campaigns import LAUNCH, Kind
from scheduling.engine.limits import Limit, earliest_under, lower_limits
from scheduling.engine.network import Network
from scheduling.engine.passes import Positions, forward
from scheduling.engine.spans import ALWAYS, NEVER, Placement
from scheduling.errors import FixedClash, PlanError, TooTight
from scheduling.halfdays import HalfDay
from scheduling.reasons import Cause

_FIELDS = {Cause.FIXED: "fixed", Cause.NOT_BEFORE: "not_before"}


def clashes(network: Network) -> Iterator[PlanError]:
    """Tasks too long for their own dates, and fixed starts that others' dates leave no time for.

    What has really begun counts no more: its dates are what they are.
    """
    real = {n for n, task in enumerate(network.tasks) if task.started or task.done}
    dated = [number for number in network.own_dates if number not in real]
    if not dated:
        return
    nowhere: dict[int, Placement] = dict.fromkeys(real, (ALWAYS, ALWAYS))
    first = forward(network, ALWAYS, nowhere)
    for number in dated:
        yield from _too_tight(network, number)
        yield from _too_soon(network, number, first)


def _too_tight(network: Network, number: int) -> Iterator[PlanError]:
    own, task = network.own_dates[number], network.tasks[number]
    if own.soonest == ALWAYS or own.finish_by == NEVER:
        return
    _, ends = network.spans[number].earliest(own.soonest, ALWAYS)
    if ends > own.finish_by:
        field = "not_before" if task.fixed is None else "fixed"
        yield TooTight(task.key, field, "finish_by", HalfDay.of_slot(ends - 1))


def _too_soon(network: Network, number: int, first: Positions) -> Iterator[PlanError]:
    fixed, task = network.own_dates[number].fixed, network.tasks[number]
    if fixed is None:
        return
    pushes = [limit for limit in lower_limits(network, number, first) if limit.tie is not None]
    if not pushes:
        return
    last = max(pushes, key=lambda limit: _under(network, number, limit))
    soonest, _ = _under(network, number, last)
    if task.kind is Kind.MILESTONE:
        # Friday evening and Monday morning are one moment.
        soonest, fixed = network.calendar.closing(soonest), network.calendar.closing(fixed)
    if soonest <= fixed:
        return
    other, field = _behind(network, last, first)
    edge = 1 if task.kind is Kind.MILESTONE else 0
    yield FixedClash(
        task=task.key,
        start=HalfDay.of_slot(fixed - edge),
        other=other,
        field=field,
        soonest=HalfDay.of_slot(soonest - edge),
    )


def _behind(network: Network, limit: Limit, first: Positions) -> tuple[str, str]:
    """The task whose own date a bound comes from, through however many links, and that date."""
    number = -1
    while limit.tie is not None and limit.cause is not Cause.AFTER_LAUNCH:
        number = limit.tie.other
        limit = max(
            lower_limits(network, number, first), key=lambda one: _under(network, number, one)
        )
    if limit.cause is Cause.AFTER_LAUNCH:
        return LAUNCH, ""
    return network.tasks[number].key, _FIELDS[limit.cause]


def _under(network: Network, number: int, limit: Limit) -> Placement:
    return earliest_under(network.spans[number], limit)
