"""Campaigns as the plan files they could have been read from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from scheduling import Calendar, Campaign, Duration, Kind, Moment, Operation, Task
from scheduling.files.planfile import WEEKDAYS


def as_file(campaign: Campaign) -> dict[str, Any]:
    """The campaign in the plan file's shape; fields that hold what they default to left out."""
    calendar = campaign.calendar
    return _given(
        name=campaign.name,
        launch=campaign.launch.isoformat(),
        margin=str(campaign.margin) if campaign.margin != Duration.ZERO else None,
        start=campaign.start.isoformat() if campaign.start else None,
        calendar={
            "weekend": _week(calendar),
            "holidays": [day.isoformat() for day in calendar.holidays],
            "closed": [str(closed) for closed in calendar.closed],
        },
        people={
            person: {"weekend": _week(own), "away": [str(away) for away in own.away]}
            for person, own in campaign.people.items()
        },
        tasks=[_task(task) for task in campaign.tasks],
    )


def as_text(file: dict[str, Any]) -> str:
    return json.dumps(file)


def patched(file: dict[str, Any], operations: Iterable[Operation]) -> dict[str, Any]:
    """A file with a JSON Patch applied, as RFC 6902 has it for ``add`` and ``replace``."""
    result = deepcopy(file)
    for operation in operations:
        *parents, last = operation["path"].split("/")[1:]
        target: Any = result
        for name in parents:
            target = target[int(name)] if isinstance(target, list) else target[name]
        if isinstance(target, list):
            assert operation["op"] == "replace", "an item would be inserted"
            target[int(last)] = operation["value"]
        else:
            assert operation["op"] == "add" or last in target
            target[last] = operation["value"]
    return result


def _task(task: Task) -> dict[str, Any]:
    return _given(
        key=task.key,
        title=task.title if task.title != task.key else None,
        kind=task.kind.value if task.kind is not Kind.WORK else None,
        takes=str(task.takes) if task.takes.halves else None,
        owner=task.owner,
        approvers=list(task.approvers),
        needs=task.needs if task.needs != "all" else None,
        rounds=task.rounds if task.rounds != 2 else None,
        rework=str(task.rework) if task.rework.halves else None,
        after=[str(link) for link in task.after],
        not_before=_moment(task.not_before),
        finish_by=_moment(task.finish_by),
        fixed=_moment(task.fixed),
        started=_moment(task.started),
        done=_moment(task.done),
    )


def _given(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != []}


def _moment(moment: Moment | None) -> str | None:
    return None if moment is None else str(moment)


def _week(calendar: Calendar) -> list[str]:
    parts = (f"{WEEKDAYS[day]} {'pm' if pm else 'am'}" for day, pm in sorted(calendar.part_days))
    return [*(WEEKDAYS[day] for day in sorted(calendar.weekend)), *parts]
