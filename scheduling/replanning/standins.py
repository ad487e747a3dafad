"""Who could stand in for someone whose own calendar costs a task days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduling.campaigns import Campaign, Kind
from scheduling.plans import Plan, Planned

MOST = 3  # tried for one task; after that nobody works more, or is less busy


@dataclass(frozen=True)
class Standin:
    """Someone who works ``more`` half-days while the task is to be done than its own person."""

    person: str
    more: int


def doers(made: Plan, planned: Planned, owner: str) -> list[Standin]:
    """Who owns work in the campaign and is there more than ``owner``, the best first.

    Nobody, if the owner works as much as the campaign does while the task is to be done.
    """
    owners = (one.task.owner for one in made.tasks if one.task.kind is Kind.WORK)
    return _standins(made, planned, owner, [list(owners)])


def deciders(made: Plan, planned: Planned, approver: str) -> list[Standin]:
    """Who could decide for ``approver``, the best first: whoever approves elsewhere, or owns work.

    Nobody decides on work of their own. Nobody is named if the approver works as much as the
    campaign does while the review lasts.
    """
    task = planned.task
    before = (made[link.on].task.owner for link in task.after if link.on in made)
    concerned = {*task.approvers, task.owner, *before}
    approvers = [who for one in made.tasks for who in one.task.approvers]
    owners = [one.task.owner for one in made.tasks if one.task.kind is Kind.WORK]
    groups = [[who for who in group if who not in concerned] for group in (approvers, owners)]
    return _standins(made, planned, approver, groups)


def _standins(
    made: Plan, planned: Planned, person: str, groups: Iterable[Iterable[str | None]]
) -> list[Standin]:
    """Of each group those who are there more: the most there first, then the least busy."""
    campaign, while_done = made.campaign, _while(planned)
    there = _worked(campaign, person, while_done)
    if there >= _worked(campaign, None, while_done):
        return []
    found: dict[str, Standin] = {}
    for group in groups:
        others = (
            Standin(who, _worked(campaign, who, while_done) - there)
            for who in set(group)
            if who is not None and who != person
        )
        ranked = sorted(
            (one for one in others if one.more > 0),
            key=lambda one: (-one.more, _busy(made, planned, one.person), one.person),
        )
        for one in ranked:
            found.setdefault(one.person, one)
    return list(found.values())[:MOST]


def _while(planned: Planned) -> range:
    """The slots in which the task could be done: as late as it may be, or as it is expected."""
    first = min(planned.start, planned.expected_start)
    last = max(planned.finish, planned.reason.bound, planned.expected_finish)
    return range(first.slot, last.slot + 1)


def _worked(campaign: Campaign, person: str | None, while_done: range) -> int:
    worktime = campaign.calendar_of(person).worktime
    return worktime.count(while_done.start, while_done.stop)


def _busy(made: Plan, planned: Planned, person: str) -> int:
    """How many other open tasks someone has at that time."""
    while_done = _while(planned)
    return sum(
        1
        for one in made.tasks
        if one.task.done is None
        and person in {one.task.owner, *one.task.approvers}
        and one.start.slot < while_done.stop
        and while_done.start <= one.finish.slot
    )
