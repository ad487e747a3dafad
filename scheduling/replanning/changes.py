"""Single changes to a campaign that may make its plan possible, as values.

``apply`` makes one to a campaign, ``patch`` says it for the plan file that the campaign was read
from, as JSON Patch (RFC 6902), so that any tool can make it to the file it gave.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, TypedDict

from scheduling.campaigns import Campaign, Link, Task
from scheduling.durations import Duration, Margin


class WayOutKind(StrEnum):
    """What is changed, the least disruptive first."""

    DELEGATE = "delegate"  # someone else decides for an approver who is away
    SWAP_OWNER = "swap_owner"  # someone else does a task whose owner is away
    OVERLAP = "overlap"  # a task begins before the one it waits for is over
    DROP_ROUND = "drop_round"  # an approval has fewer rounds
    EXPRESS = "express"  # a supplier is asked for half the time
    SHORTEN_MARGIN = "shorten_margin"
    LATER_LAUNCH = "later_launch"


@dataclass(frozen=True, kw_only=True)
class Delegate:
    """On the approval ``task``, the person ``to`` decides instead of ``was``."""

    task: str
    was: str
    to: str

    kind: ClassVar = WayOutKind.DELEGATE


@dataclass(frozen=True, kw_only=True)
class SwapOwner:
    """The person ``to`` does ``task`` instead of ``was``."""

    task: str
    was: str
    to: str

    kind: ClassVar = WayOutKind.SWAP_OWNER


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """``task`` waits by the link ``to``, with a lead, instead of ``was``; both name ``other``."""

    task: str
    was: Link
    to: Link

    kind: ClassVar = WayOutKind.OVERLAP

    @property
    def other(self) -> str:
        """The task that is not yet over when this one begins."""
        return self.to.on


@dataclass(frozen=True, kw_only=True)
class DropRound:
    """The approval ``task`` has ``to`` rounds instead of ``was``."""

    task: str
    was: int
    to: int

    kind: ClassVar = WayOutKind.DROP_ROUND


@dataclass(frozen=True, kw_only=True)
class Express:
    """The supplier's ``task`` takes ``to`` instead of ``was``."""

    task: str
    was: Duration
    to: Duration

    kind: ClassVar = WayOutKind.EXPRESS


@dataclass(frozen=True, kw_only=True)
class ShortenMargin:
    """The margin is ``to`` instead of ``was``, which is ``days`` working days.

    What is left of a share of the campaign, or of a number of elapsed days, is a number of
    working days: it was cut by hand to what the calendar allows.
    """

    was: Margin
    days: float
    to: Duration

    kind: ClassVar = WayOutKind.SHORTEN_MARGIN
    task: ClassVar = None


@dataclass(frozen=True, kw_only=True)
class LaterLaunch:
    """The launch is on ``to`` instead of ``was``."""

    was: date
    to: date

    kind: ClassVar = WayOutKind.LATER_LAUNCH
    task: ClassVar = None


Change = Delegate | SwapOwner | Overlap | DropRound | Express | ShortenMargin | LaterLaunch

_FIELDS = {
    WayOutKind.DELEGATE: "approvers",
    WayOutKind.SWAP_OWNER: "owner",
    WayOutKind.OVERLAP: "after",
    WayOutKind.DROP_ROUND: "rounds",
    WayOutKind.EXPRESS: "takes",
    WayOutKind.SHORTEN_MARGIN: "margin",
    WayOutKind.LATER_LAUNCH: "launch",
}  # of a task or of the campaign; a plan file calls them the same


class Operation(TypedDict):
    """One step of a JSON Patch."""

    op: str
    path: str
    value: str | int


def apply(change: Change, campaign: Campaign) -> Campaign:
    """The campaign with the change made to it; ``campaign`` itself stays as it is.

    Raise LookupError if the campaign does not have what is to be changed, or no longer as it was;
    PlanError if the change makes nonsense of it.

    >>> ok = Task(key="ok", takes=Duration.parse("2d"), rounds=3)
    >>> campaign = Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(ok,))
    >>> apply(DropRound(task="ok", was=3, to=1), campaign).tasks[0].rounds
    1
    """
    if change.task is None:
        return replace(campaign, **_changed(change, campaign))
    tasks = list(campaign.tasks)
    place = _place(change.task, campaign)
    tasks[place] = replace(tasks[place], **_changed(change, tasks[place]))
    return replace(campaign, tasks=tuple(tasks))


def patch(change: Change, campaign: Campaign) -> tuple[Operation, ...]:
    """The change as JSON Patch operations on the plan file that ``campaign`` was read from.

    Its tasks must stand in the file's order, as ``planfile.read`` leaves them. Raise LookupError
    if the campaign does not have what is to be changed, or no longer as it was.

    >>> later = LaterLaunch(was=date(2027, 3, 15), to=date(2027, 3, 23))
    >>> patch(later, Campaign(name="Aurore", launch=date(2027, 3, 15)))
    ({'op': 'add', 'path': '/launch', 'value': '2027-03-23'},)
    """
    target: Campaign | Task = campaign
    path, field = "", _FIELDS[change.kind]
    if change.task is not None:
        place = _place(change.task, campaign)
        target, path = campaign.tasks[place], f"/tasks/{place}"
    index = _index(change, getattr(target, field))
    value = change.to if isinstance(change.to, int) else str(change.to)
    if index is None:  # in an object "add" also replaces; the file may have left the field out
        return ({"op": "add", "path": f"{path}/{field}", "value": value},)
    return ({"op": "replace", "path": f"{path}/{field}/{index}", "value": value},)


def _place(key: str, campaign: Campaign) -> int:
    for place, task in enumerate(campaign.tasks):
        if task.key == key:
            return place
    raise LookupError(key)


def _changed(change: Change, target: Campaign | Task) -> dict[str, Any]:
    """The changed field with its new value."""
    field = _FIELDS[change.kind]
    current = getattr(target, field)
    index = _index(change, current)
    if index is None:
        return {field: change.to}
    return {field: (*current[:index], change.to, *current[index + 1 :])}


def _index(change: Change, current: object) -> int | None:
    """Where in a list the change is made; None for a field that is no list."""
    if current == change.was:
        return None
    if isinstance(current, tuple) and change.was in current:
        return current.index(change.was)
    raise LookupError(change)
