"""The network of a plan as columns: what its nodes are, which follow which, and in what order.

Nodes are tasks, whole folded phases, and the launch. Every link goes from a column to a later one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise

from bot.views.pictures.folding import Folded, Row, Single
from bot.views.pictures.phases import after_launch
from scheduling import LAUNCH, Cause, Link, Plan, Planned

MOST_IN_COLUMN = 6

_SWEEPS = 12

Place = tuple[int, int]  # of a column, and in it


@dataclass(frozen=True, kw_only=True)
class Edge:
    """One node waits for another; ``links`` are those that are not plain end to start."""

    before: str
    after: str
    links: tuple[Link, ...] = ()
    is_critical: bool = False


@dataclass(frozen=True, kw_only=True)
class Graph:
    """``nodes`` has a row by its key, that of the launch being None."""

    nodes: Mapping[str, Single | Folded | None]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, kw_only=True)
class Point:
    """A node, or the place where an edge passes through a column."""

    key: str
    column: int
    is_node: bool


@dataclass(frozen=True, kw_only=True)
class Way:
    """An edge with the points it goes through, one in every column from its start to its end."""

    edge: Edge
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The points of each column from top to bottom, and the ways between them."""

    columns: tuple[tuple[Point, ...], ...]
    ways: tuple[Way, ...]


def graph(plan: Plan, made: Sequence[Row]) -> Graph:
    """The nodes for the rows of a picture, and what links them."""
    nodes: dict[str, Single | Folded | None] = {}
    homes: dict[str, str] = {}
    for number, row in enumerate(made):
        if isinstance(row, Single):
            nodes[row.standing.key] = row
            homes[row.standing.key] = row.standing.key
        elif isinstance(row, Folded):
            key = f"{LAUNCH}\n{number}"  # no link could name it
            nodes[key] = row
            homes |= {one.key: key for one in row.standings}
    nodes[LAUNCH], homes[LAUNCH] = None, LAUNCH
    found: dict[tuple[str, str], list[tuple[Link, bool]]] = defaultdict(list)
    for before, after, link, is_critical in _links(plan):
        ends = homes[before], homes[after]
        if ends[0] != ends[1]:
            found[ends].append((link, is_critical))
    edges = tuple(
        Edge(
            before=ends[0],
            after=ends[1],
            links=_told(nodes, ends, [link for link, _ in links]),
            is_critical=any(is_critical for _, is_critical in links),
        )
        for ends, links in found.items()
    )
    return Graph(nodes=nodes, edges=tuple(_needed(edges)))


def columns(made: Graph) -> Columns:
    """The nodes in columns, ordered so that few edges cross."""
    ranks = _ranks(made)
    ways = tuple(_way(edge, ranks) for edge in made.edges)
    points = {point for way in ways for point in way.points}
    points |= {Point(key=key, column=rank, is_node=True) for key, rank in ranks.items()}
    width = max(ranks.values()) + 1
    order = {key: number for number, key in enumerate(made.nodes)}
    start = [
        sorted(
            (point for point in points if point.column == column),
            key=lambda point: (order.get(point.key, len(order)), point.key),
        )
        for column in range(width)
    ]
    best = _uncrossed(start, ways)
    return Columns(columns=tuple(map(tuple, best)), ways=ways)


def _links(plan: Plan) -> Iterable[tuple[str, str, Link, bool]]:
    """Every link as (before, after, link, whether it is critical), the launch's included."""
    after = after_launch(plan)
    followed = {
        link.on
        for planned in plan.tasks
        if planned.task.key not in after
        for link in planned.task.after
    }
    for planned in plan.tasks:
        key = planned.task.key
        for link in planned.task.after:
            yield link.on, key, link, link.on != LAUNCH and _binds(plan[link.on], planned)
        if key not in after and key not in followed:
            yield key, LAUNCH, Link(on=key), planned.critical


def _needed(edges: Sequence[Edge]) -> Iterator[Edge]:
    """The edges without the plain ones that say no more than others do together."""
    follows: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if not edge.links:
            follows[edge.before].add(edge.after)
    reached: dict[str, frozenset[str]] = {}
    for key in TopologicalSorter(follows).static_order():  # what follows comes first
        beyond = (reached[other] for other in follows[key])
        reached[key] = frozenset(follows[key]).union(*beyond)
    for edge in edges:
        others = follows[edge.before] - {edge.after}
        is_implied = any(edge.after in reached[other] for other in others)
        if edge.links or edge.is_critical or not is_implied:
            yield edge


def _binds(before: Planned, after: Planned) -> bool:
    """Whether it is the link of two tasks that keeps a critical task from being later."""
    if not (before.critical and after.critical):
        return False
    reason = before.reason
    ties = [(reason.cause, reason.other), *((tied.cause, tied.other) for tied in reason.also)]
    return (Cause.NEEDED_BY, after.task.key) in ties


def _told(
    nodes: Mapping[str, object], ends: tuple[str, str], links: Sequence[Link]
) -> tuple[Link, ...]:
    """The links of two tasks that must be told; those of folded phases cannot be."""
    if any(isinstance(nodes[end], Folded) for end in ends):
        return ()
    return tuple(link for link in links if link.lag.halves or str(link) != link.on)


def _ranks(made: Graph) -> dict[str, int]:
    """The column of each node: after all it waits for, where one is free."""
    waits: dict[str, set[str]] = {key: set() for key in made.nodes}
    follows: dict[str, list[str]] = defaultdict(list)
    for edge in made.edges:
        waits[edge.after].add(edge.before)
        follows[edge.before].append(edge.after)
    ranks: dict[str, int] = {}
    taken: dict[int, int] = defaultdict(int)
    order = list(TopologicalSorter(waits).static_order())
    for key in sorted(order, key=_levels(order, waits).__getitem__):
        rank = max((ranks[other] + 1 for other in waits[key]), default=0)
        while taken[rank] >= MOST_IN_COLUMN:
            rank += 1
        ranks[key] = rank
        taken[rank] += 1
    for key in order:  # what waits for nothing stands just before what needs it
        if not waits[key] and follows[key]:
            nearest = min(ranks[other] for other in follows[key]) - 1
            if nearest > ranks[key] and taken[nearest] < MOST_IN_COLUMN:
                taken[ranks[key]] -= 1
                taken[nearest] += 1
                ranks[key] = nearest
    used = sorted(set(ranks.values()))
    return {key: used.index(rank) for key, rank in ranks.items()}


def _levels(order: Iterable[str], waits: Mapping[str, set[str]]) -> dict[str, int]:
    levels: dict[str, int] = {}
    for key in order:
        levels[key] = max((levels[other] + 1 for other in waits[key]), default=0)
    return levels


def _way(edge: Edge, ranks: Mapping[str, int]) -> Way:
    """Long edges from one node, or to the launch, go through the same places."""
    first, last = ranks[edge.before], ranks[edge.after]
    name = LAUNCH if edge.after == LAUNCH else edge.before
    between = (Point(key=name, column=n, is_node=False) for n in range(first + 1, last))
    return Way(
        edge=edge,
        points=(
            Point(key=edge.before, column=first, is_node=True),
            *between,
            Point(key=edge.after, column=last, is_node=True),
        ),
    )


def _uncrossed(start: list[list[Point]], ways: Sequence[Way]) -> list[list[Point]]:
    """The order with the fewest crossings that sweeping from side to side finds."""
    left: dict[Point, list[Point]] = defaultdict(list)
    right: dict[Point, list[Point]] = defaultdict(list)
    for one, other in dict.fromkeys(hop for way in ways for hop in pairwise(way.points)):
        right[one].append(other)
        left[other].append(one)
    best, least = start, _crossings(start, right)
    current = [list(column) for column in start]
    for sweep in range(_SWEEPS):
        is_forward = sweep % 2 == 0
        numbers = range(1, len(current)) if is_forward else range(len(current) - 2, -1, -1)
        for number in numbers:
            neighbours = left if is_forward else right
            beside = current[number - 1 if is_forward else number + 1]
            places = {point: place for place, point in enumerate(beside)}
            own = {point: place for place, point in enumerate(current[number])}
            current[number].sort(
                key=lambda point: (_middle(neighbours[point], places, own[point]), own[point])
            )
        crossings = _crossings(current, right)
        if crossings < least:
            best, least = [list(column) for column in current], crossings
    return best


def _middle(neighbours: Sequence[Point], places: Mapping[Point, int], own: int) -> float:
    if not neighbours:
        return own
    return sum(places[point] for point in neighbours) / len(neighbours)


def _crossings(order: Sequence[Sequence[Point]], right: Mapping[Point, Sequence[Point]]) -> int:
    count = 0
    for one, other in pairwise(order):
        places = {point: place for place, point in enumerate(other)}
        ends = [place for point in one for place in sorted(places[p] for p in right.get(point, ()))]
        count += sum(ends[n] > later for n in range(len(ends)) for later in ends[n + 1 :])
    return count
