"""A plan as JSON, for tools outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from scheduling.campaigns import Kind
from scheduling.halfdays import HalfDay
from scheduling.plans import Plan, Planned
from scheduling.reasons import Notice, Reason

Words = Callable[[Reason], Mapping[str, str]]


def as_json(plan: Plan, why: Words) -> dict[str, Any]:
    """A plan in the shape that ``retro plan --json`` prints, ready for ``json.dumps``.

    ``why`` gives the sentence behind a date in each language. Tasks come in working order.
    """
    return {
        "name": plan.campaign.name,
        "feasible": plan.feasible,
        "start_by": plan.start_by.isoformat(),
        "missing": int(plan.missing) if plan.missing.is_integer() else plan.missing,
        "margin": {"planned": plan.margin_planned, "left": plan.margin_left},
        "critical_path": list(plan.critical_path),
        "tasks": {planned.task.key: _task(planned, why) for planned in plan.tasks},
        "ways_out": [],
        "warnings": [_warning(notice) for notice in plan.warnings],
    }


def _task(planned: Planned, why: Words) -> dict[str, Any]:
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


def _start(half_day: HalfDay) -> str:
    return f"{half_day.day}T12" if half_day.pm else half_day.day.isoformat()


def _end(half_day: HalfDay) -> str:
    return half_day.day.isoformat() if half_day.pm else f"{half_day.day}T12"


def _warning(notice: Notice) -> dict[str, Any]:
    """The fields that say something; dates as text."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(notice).items()
        if value
    }
