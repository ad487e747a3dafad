"""Changes to a plan that are worth trying: those to tasks that hold it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduling.campaigns import Kind, Link, LinkType, Task
from scheduling.durations import Duration
from scheduling.plans import Plan, Planned
from scheduling.reasons import Cause
from scheduling.replanning.changes import Change, Delegate, DropRound, Express, Overlap, SwapOwner
from scheduling.replanning.laterlaunch import after_launch
from scheduling.replanning.standins import deciders, doers

WHOLE_DAY = 2  # half-days


@dataclass(frozen=True)
class Offer:
    """Changes of one kind to one task, of which the best counts.

    ``promise`` is about how many half-days they may gain; planning again says how many they do.
    """

    promise: int
    changes: Sequence[Change]


def offers(made: Plan) -> tuple[tuple[Offer, ...], ...]:
    """What may be offered for a plan that is not feasible: of each kind, the most promising first.

    What has started or is done is left as it is.

    >>> from datetime import date
    >>> from scheduling import Campaign, plan
    >>> printing = Task(key="print", kind=Kind.SUPPLIER, takes=Duration.parse("6d"))
    >>> campaign = Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(printing,))
    >>> [[offer.promise for offer in kind] for kind in offers(plan(campaign, date(2027, 3, 12)))]
    [[], [], [], [], [6]]
    """
    held = _holding_back(made)
    idle = [planned for planned in held if _can_change(planned.task)]
    kinds = (
        (offer for planned in idle for offer in _delegations(made, planned)),
        (offer for planned in idle for offer in _swaps(made, planned)),
        (offer for planned in idle for offer in _overlaps(planned, held)),
        (offer for planned in idle for offer in _fewer_rounds(planned.task)),
        (offer for planned in idle for offer in _express(planned.task)),
    )
    return tuple(tuple(sorted(kind, key=lambda one: -one.promise)) for kind in kinds)


def _holding_back(made: Plan) -> list[Planned]:
    """The tasks without which no other can make a plan possible, in working order.

    Before anything has started it is the chain that begins too late; a change elsewhere leaves
    that chain as it is. Once the campaign runs, it is all that the forecast puts off.
    """
    is_running = any(planned.task.started or planned.task.done for planned in made.tasks)
    after = after_launch(made.campaign)
    keys = set(made.chain)
    for planned in made.tasks:
        if planned.task.key in after:
            if planned.total_float < 0:
                keys.update(_pushed_by(made, planned))
        elif is_running and planned.expected_finish > planned.finish:
            keys.add(planned.task.key)
    return [planned for planned in made.tasks if planned.task.key in keys]


def _pushed_by(made: Plan, planned: Planned) -> Iterator[str]:
    """A task placed after the launch and those that push it, back to the launch."""
    yield planned.task.key
    while planned.reason.cause is Cause.AFTER_TASK and planned.reason.other is not None:
        planned = made[planned.reason.other]
        yield planned.task.key


def _can_change(task: Task) -> bool:
    return task.started is None and task.done is None


def _delegations(made: Plan, planned: Planned) -> Iterator[Offer]:
    task = planned.task
    if task.kind is not Kind.APPROVAL or task.takes.elapsed:
        return
    found = [
        (standin.more, Delegate(task=task.key, was=away, to=standin.person))
        for away in dict.fromkeys(task.approvers)
        for standin in deciders(made, planned, away)
    ]
    if found:
        yield Offer(max(more for more, _ in found), [change for _, change in found])


def _swaps(made: Plan, planned: Planned) -> Iterator[Offer]:
    task = planned.task
    if task.kind is not Kind.WORK or task.takes.elapsed or task.owner is None:
        return
    found = doers(made, planned, task.owner)
    if found:
        yield Offer(
            max(standin.more for standin in found),
            [SwapOwner(task=task.key, was=task.owner, to=standin.person) for standin in found],
        )


def _overlaps(planned: Planned, held: Sequence[Planned]) -> Iterator[Offer]:
    """Half the shorter task at most, where both are somebody's work."""
    task = planned.task
    before = {other.task.key: other.task for other in held if _can_overlap(other.task)}
    found = []
    for link in task.after if _can_overlap(task) else ():
        if link.on not in before or link.type is not LinkType.FS or link.lag.elapsed:
            continue
        lead = min(task.takes.halves, before[link.on].takes.halves) // 2
        if link.lag.halves <= 0 and lead > -link.lag.halves:
            nearer = Link(on=link.on, lag=Duration(-lead))
            found.append((lead + link.lag.halves, Overlap(task=task.key, was=link, to=nearer)))
    if found:
        yield Offer(max(gained for gained, _ in found), [change for _, change in found])


def _can_overlap(task: Task) -> bool:
    return task.kind is Kind.WORK and task.done is None and not task.takes.elapsed


def _fewer_rounds(task: Task) -> Iterator[Offer]:
    if task.kind is Kind.APPROVAL and task.rounds > 1:
        gained = (task.rounds - 1) * (task.takes.halves + task.rework.halves)
        yield Offer(gained, [DropRound(task=task.key, was=task.rounds, to=1)])


def _express(task: Task) -> Iterator[Offer]:
    """Half the time: of more than a day, in whole days."""
    if task.kind is not Kind.SUPPLIER or task.takes.halves == 1:
        return
    grain = 1 if task.takes.halves <= WHOLE_DAY else WHOLE_DAY
    halves = -(-task.takes.halves // (2 * grain)) * grain
    to = Duration(halves, task.takes.elapsed)
    yield Offer(task.takes.halves - halves, [Express(task=task.key, was=task.takes, to=to)])
