"""A plan as JSON, for tools outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from scheduling.campaigns import Campaign, Kind
from scheduling.halfdays import HalfDay
from scheduling.plans import Plan, Planned
from scheduling.reasons import Notice, Reason
from scheduling.replanning.changes import Overlap, patch
from scheduling.replanning.moves import Both, Move, Moves, Shift
from scheduling.replanning.waysout import WayOut, ways_out

Words = Mapping[str, str]  # a sentence in each language


def as_json(
    plan: Plan,
    why: Callable[[Reason], Words],
    *,
    way_out: Callable[[WayOut], Words] | None = None,
    warning: Callable[[Notice], Words] | None = None,
) -> dict[str, Any]:
    """A plan in the shape that ``retro plan --json`` prints, ready for ``json.dumps``.

    ``why`` gives the sentence behind a date in each language, ``way_out`` and ``warning`` those
    that go with their fields as ``text``, which is left out without them. Tasks come in working
    order; numbers are working days.

    >>> from scheduling import Duration, Task, plan
    >>> brief = Task(key="brief", takes=Duration.parse("3d"))
    >>> campaign = Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(brief,))
    >>> found = as_json(plan(campaign, date(2027, 3, 12)), why=lambda reason: {})
    >>> found["missing"], found["ways_out"][0]["change"]
    (2, [{'op': 'add', 'path': '/launch', 'value': '2027-03-17'}])
    """
    return {
        "name": plan.campaign.name,
        "feasible": plan.feasible,
        "start_by": plan.start_by.isoformat(),
        "missing": _whole(plan.missing),
        "margin": {"planned": plan.margin_planned, "left": plan.margin_left},
        "critical_path": list(plan.critical_path),
        "tasks": {planned.task.key: _task(planned, why) for planned in plan.tasks},
        "ways_out": [
            {**_way_out(way, plan.campaign), **_text(way_out, way)} for way in ways_out(plan)
        ],
        "warnings": [{**_warning(notice), **_text(warning, notice)} for notice in plan.warnings],
    }


def moves_as_json(moves: Moves, summary: Callable[[Moves], Words] | None = None) -> dict[str, Any]:
    """What moves between two plans, ready for ``json.dumps``; days are working days.

    ``summary`` gives the sentence that says it in each language.

    >>> from scheduling import Campaign, compare, plan
    >>> made = plan(Campaign(name="Aurore", launch=date(2027, 3, 15)), date(2027, 1, 4))
    >>> moves_as_json(compare(made, made))["launch"]
    {'before': '2027-03-15', 'after': '2027-03-15'}
    """
    return {
        "launch": _both(moves.launch),
        "start_by": _both(moves.start_by),
        "margin": {"planned": _both(moves.margin_planned), "left": _both(moves.margin_left)},
        "missing": _both(moves.missing),
        "people": sorted(moves.people),
        "tasks": {move.task.key: _move(move) for move in moves.tasks},
        "added": [planned.task.key for planned in moves.added],
        "removed": [planned.task.key for planned in moves.removed],
        **_text(summary, moves),
    }


def _task(planned: Planned, why: Callable[[Reason], Words]) -> dict[str, Any]:
    # A milestone takes no time: its one moment is an end, like a finish.
    first = _end if planned.task.kind is Kind.MILESTONE else _start
    return {
        "start": first(planned.start),
        "finish": _end(planned.finish),
        "early_start": first(planned.early_start),
        "early_finish": _end(planned.early_finish),
        "total_float": planned.total_float,
        "free_float": planned.free_float,
        "critical": planned.critical,
        "why": dict(why(planned.reason)),
    }


def _way_out(way: WayOut, campaign: Campaign) -> dict[str, Any]:
    change = way.change
    found: dict[str, Any] = {"kind": way.kind.value}
    if change.task is not None:
        found["task"] = change.task
    if isinstance(change, Overlap):
        found["other"] = change.other
    return {
        **found,
        "from": _value(change.was),
        "to": _value(change.to),
        "gain": _whole(way.gain),
        "missing": _whole(way.missing),
        "change": list(patch(change, campaign)),
    }


def _warning(notice: Notice) -> dict[str, Any]:
    """The fields that say something; dates as text."""
    values = ((field.name, getattr(notice, field.name)) for field in fields(notice))
    return {name: _value(value) for name, value in values if value}


def _move(move: Move) -> dict[str, Any]:
    first = _end if move.task.kind is Kind.MILESTONE else _start
    return {
        "start": _shift(move.start, first),
        "finish": _shift(move.finish, _end),
        "expected_start": _shift(move.expected_start, first),
        "expected_finish": _shift(move.expected_finish, _end),
        "longer": move.longer,
        "people": sorted(move.people),
    }


def _shift(shift: Shift, say: Callable[[HalfDay], str]) -> dict[str, Any]:
    return {"before": say(shift.before), "after": say(shift.after), "days": shift.days}


def _both(both: Both[date] | Both[float]) -> dict[str, Any]:
    return {"before": _value(both.before), "after": _value(both.after)}


def _value(value: object) -> object:
    """A number as it is; anything else as a plan file would write it."""
    match value:
        case HalfDay():
            return _start(value)
        case int() | float():
            return value
        case _:
            return str(value)


def _text(words: Callable[[Any], Words] | None, value: object) -> dict[str, Any]:
    return {} if words is None else {"text": dict(words(value))}


def _whole(days: float) -> float:
    return int(days) if days.is_integer() else days


def _start(half_day: HalfDay) -> str:
    return f"{half_day.day}T12" if half_day.pm else half_day.day.isoformat()


def _end(half_day: HalfDay) -> str:
    return half_day.day.isoformat() if half_day.pm else f"{half_day.day}T12"
