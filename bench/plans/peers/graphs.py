"""Longest paths over the working half-days of one calendar: the floor for what a plan costs.

Neither knows absences: with one calendar for everyone, a day is a number and a link is a sum.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from typing import Any

from bench.plans.campaigns import everyone_present
from bench.plans.dates import Dates, Stretch
from bench.plans.peers.kinds import InMemory, NotMeasured, Prepared
from scheduling import Campaign, LinkType

Numbers = list[int]
Links = list[tuple[tuple[int, int], ...]]  # by task: the other task, and halves between the starts


@dataclass(frozen=True, kw_only=True)
class Integers:
    """A campaign as numbers: tasks in working order, bounds as counts of worked half-days."""

    begin: int
    end: int
    takes: Numbers
    before: Links
    after: Links


def networkx() -> InMemory:
    """A ``DiGraph``, its topological order, and one relaxation each way."""
    if importlib.util.find_spec("networkx") is None:
        raise NotMeasured("the Python package networkx is not installed (make peers)")
    return InMemory(
        name=f"networkx {version('networkx')}, longest paths",
        takes=everyone_present,
        prepare=_prepare_networkx,
    )


def bare() -> InMemory:
    """Two loops over lists of integers, in an order that is known beforehand."""
    return InMemory(
        name="two bare loops over integers", takes=everyone_present, prepare=_prepare_bare
    )


def integers(campaign: Campaign, finish_by: date) -> Integers:
    """A campaign whose tasks stand in working order, with nobody away, as numbers."""
    index = {task.key: number for number, task in enumerate(campaign.tasks)}
    takes = [task.takes.halves for task in campaign.tasks]
    before: Links = [
        tuple(
            (
                index[link.on],
                link.lag.halves + (takes[index[link.on]] if link.type is LinkType.FS else 0),
            )
            for link in task.after
        )
        for task in campaign.tasks
    ]
    turned: list[list[tuple[int, int]]] = [[] for _ in takes]
    for number, links in enumerate(before):
        for other, between in links:
            turned[other].append((number, between))
    work = campaign.calendar.worktime
    begins = campaign.start or finish_by
    return Integers(
        begin=work.rank(_morning(begins)),
        end=work.rank(_morning(finish_by) + 2),
        takes=takes,
        before=before,
        after=[tuple(links) for links in turned],
    )


def both_ways(numbers: Integers) -> tuple[Numbers, Numbers]:
    """The earliest and the latest start of every task."""
    begin, end, takes = numbers.begin, numbers.end, numbers.takes
    early, late = [begin] * len(takes), [end] * len(takes)
    for number, links in enumerate(numbers.before):
        at = begin
        for other, between in links:
            start = early[other] + between
            at = max(at, start)
        early[number] = at
    for number in range(len(takes) - 1, -1, -1):
        at = end - takes[number]
        for other, between in numbers.after[number]:
            start = late[other] - between
            at = min(at, start)
        late[number] = at
    return early, late


def _prepare_bare(campaign: Campaign, finish_by: date) -> Prepared:
    numbers = integers(campaign, finish_by)
    return Prepared(
        schedule=partial(both_ways, numbers),
        dates=lambda: _dates(campaign, *both_ways(numbers)),
    )


def _prepare_networkx(campaign: Campaign, finish_by: date) -> Prepared:
    library = importlib.import_module("networkx")
    numbers = integers(campaign, finish_by)
    graph = library.DiGraph()
    graph.add_nodes_from(range(len(numbers.takes)))
    graph.add_weighted_edges_from(
        (other, number, between)
        for number, links in enumerate(numbers.before)
        for other, between in links
    )
    return Prepared(
        schedule=lambda: _relax(library, graph, numbers),
        dates=lambda: _dates(campaign, *_relax(library, graph, numbers)),
    )


def _relax(library: Any, graph: Any, numbers: Integers) -> tuple[dict[int, int], dict[int, int]]:
    order = list(library.topological_sort(graph))
    early: dict[int, int] = {}
    for number in order:
        starts = (early[other] + link["weight"] for other, link in graph.pred[number].items())
        early[number] = max(starts, default=numbers.begin)
    late: dict[int, int] = {}
    for number in reversed(order):
        starts = (late[other] - link["weight"] for other, link in graph.succ[number].items())
        last = numbers.end - numbers.takes[number]
        late[number] = min(last, min(starts, default=last))
    return early, late


def _dates(campaign: Campaign, early: Any, late: Any) -> Dates:
    return Dates(late=_stretches(campaign, late), early=_stretches(campaign, early))


def _stretches(campaign: Campaign, starts: Any) -> dict[str, Stretch]:
    work = campaign.calendar.worktime
    return {
        task.key: (
            work.slot(starts[number]),
            work.slot(starts[number] + task.takes.halves - 1) + 1,
        )
        for number, task in enumerate(campaign.tasks)
    }


def _morning(day: date) -> int:
    return (day.toordinal() - 1) * 2
