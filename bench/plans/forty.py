"""A campaign of the usual size: 40 tasks, eight of them approvals."""

from __future__ import annotations

from bench.plans import aims, engine
from bench.plans.campaigns import START, made_up, with_approvals
from bench.plans.table import Aim
from bench.plans.timing import timed
from bot.views import pictures
from bot.views.words import Reader
from scheduling import plan

TASKS = 40
_RUNS = 25
_PLANNED_WITHIN, _DRAWN_WITHIN = 0.002, 0.150  # seconds


def measure() -> tuple[Aim, ...]:
    """Its plan, and its Gantt chart as PNG, which it draws from a plan already made."""
    campaign = with_approvals(made_up(TASKS))
    made = plan(campaign, START)
    reader = Reader(locale="en_GB", today=START)
    planned = engine.plans(campaign, START, _RUNS)
    drawn = timed(lambda: pictures.png(pictures.gantt(made, reader)), runs=_RUNS)
    return (
        aims.within(f"plan of {TASKS} tasks, with approvals", planned.median, _PLANNED_WITHIN),
        aims.within(f"Gantt chart of {TASKS} tasks, PNG", drawn.median, _DRAWN_WITHIN),
    )
