"""What bounds a single task, and which of its bounds really hold it where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduling.campaigns import Kind
from scheduling.engine.network import Network
from scheduling.engine.passes import Positions
from scheduling.engine.spans import ALWAYS, NEVER, Placement, Span
from scheduling.engine.ties import TO_LAUNCH, Tie
from scheduling.reasons import Cause

FORWARD = frozenset({Cause.AFTER_LAUNCH, Cause.AFTER_TASK, Cause.NOT_BEFORE})


@dataclass(frozen=True, slots=True)
class Limit:
    """An instant that bounds a task's start, or its finish, and what set it.

    ``tie`` only when a link did.
    """

    instant: int
    is_start: bool
    cause: Cause
    tie: Tie | None = None


def binding(network: Network, number: int, late: Positions, bound: int) -> tuple[Limit, ...]:
    """What holds a task at its late dates: each of these would with all the others gone.

    Never empty: a task is as late as its strictest bound allows, or after the launch as early.
    """
    if network.is_after_launch[number]:
        limits, place = list(lower_limits(network, number, late)), earliest_under
    else:
        limits, place = _upper(network, number, late, bound), _latest
    here = _seen(network, number, late.starts[number], late.finishes[number])
    span = network.spans[number]
    return tuple(limit for limit in limits if _seen(network, number, *place(span, limit)) == here)


def lower_limits(network: Network, number: int, positions: Positions) -> Iterator[Limit]:
    """What a task must wait for, where ``positions`` has the others: links, then its own dates."""
    own = network.own_dates.get(number)
    for tie in network.waits_of(number):
        if tie.other == TO_LAUNCH:
            instant, cause = network.launch, Cause.AFTER_LAUNCH
        else:
            instant = (positions.starts if tie.from_start else positions.finishes)[tie.other]
            cause = Cause.AFTER_TASK
        yield Limit(tie.push(instant, network.calendar), tie.to_start, cause, tie)
    if own is not None and own.not_before > ALWAYS:
        yield Limit(own.not_before, is_start=True, cause=Cause.NOT_BEFORE)
    if own is not None and own.fixed is not None:
        yield Limit(own.fixed, is_start=True, cause=Cause.FIXED)


def earliest_under(span: Span, limit: Limit) -> Placement:
    """The first placement a single bound allows."""
    if limit.is_start:
        return span.earliest(limit.instant, ALWAYS)
    return span.earliest(ALWAYS, limit.instant)


def _upper(network: Network, number: int, late: Positions, bound: int) -> list[Limit]:
    """How late a task before the launch may be: what bounds its finish, the strictest first."""
    limits = [Limit(bound, is_start=False, cause=Cause.BEFORE_LAUNCH)]
    own = network.own_dates.get(number)
    if own is not None and own.finish_by < NEVER:
        limits.append(Limit(own.finish_by, is_start=False, cause=Cause.DEADLINE))
    if own is not None and own.fixed is not None:
        limits.append(Limit(own.fixed, is_start=True, cause=Cause.FIXED))
    for tie in network.held_up_by(number):
        if not network.is_after_launch[tie.other]:
            instant = (late.starts if tie.to_start else late.finishes)[tie.other]
            pulled = tie.pull(instant, network.calendar)
            limits.append(Limit(pulled, tie.from_start, Cause.NEEDED_BY, tie))
    return sorted(limits, key=lambda limit: (limit.is_start, limit.instant))


def _latest(span: Span, limit: Limit) -> Placement:
    return (
        span.latest(limit.instant, NEVER) if limit.is_start else span.latest(NEVER, limit.instant)
    )


def _seen(network: Network, number: int, start: int, finish: int) -> Placement:
    """A placement as people see it: a milestone of Monday morning is one of Friday evening."""
    if network.tasks[number].kind is not Kind.MILESTONE:
        return start, finish
    end = network.calendar.closing(finish)
    return end, end
