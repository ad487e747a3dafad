"""Where the points of a network stand: columns in bands of a few, each point level with its own.

Columns that do not fit beside each other go on below, as lines of a text do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.views.pictures.graph import Columns, Point

NODE_WIDTH, NODE_HEIGHT = 300.0, 136.0
PER_BAND = 4

_PASSING = 26.0  # the height kept for an edge that passes
_BETWEEN = 24.0  # nodes
_STEADY = 200.0  # how much more a critical edge wants to be level than another
_NEAR = 20.0  # a smaller step in a line looks like a mistake
_ROUNDS = 40


@dataclass(frozen=True, kw_only=True)
class Band:
    """A row of columns, from ``top`` to ``bottom``; ``first`` is the number of its first column."""

    first: int
    columns: int
    top: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class Placed:
    """The middle of every point, and the bands from top to bottom."""

    middles: Mapping[Point, float]
    bands: tuple[Band, ...]


def placed(made: Columns, top: float, gutters: Sequence[float]) -> Placed:
    """Give every point a height. ``gutters`` has the room between a band and the next."""
    middles: dict[Point, float] = {}
    bands: list[Band] = []
    for first in range(0, len(made.columns), PER_BAND):
        columns = made.columns[first : first + PER_BAND]
        heights = _levelled(columns, made)
        highest = min(middle - _height(point) / 2 for point, middle in heights.items())
        shifted = {point: middle - highest + top for point, middle in heights.items()}
        bottom = max(middle + _height(point) / 2 for point, middle in shifted.items())
        middles |= shifted
        bands.append(Band(first=first, columns=len(columns), top=top, bottom=bottom))
        top = bottom + gutters[min(len(bands) - 1, len(gutters) - 1)] if gutters else bottom
    return Placed(middles=middles, bands=tuple(bands))


def band_of(column: int) -> int:
    """The band that a column is in."""
    return column // PER_BAND


def _levelled(columns: Sequence[Sequence[Point]], made: Columns) -> dict[Point, float]:
    """Heights that keep the order of each column and make edges as level as may be."""
    inside = {point for column in columns for point in column}
    pulls: dict[Point, list[tuple[Point, float]]] = defaultdict(list)
    for way in made.ways:
        for one, other in pairwise(way.points):
            if one in inside and other in inside:
                is_passing = not (one.is_node and other.is_node)
                pull = _STEADY if way.edge.is_critical else 2.0 if is_passing else 1.0
                pulls[one].append((other, pull))
                pulls[other].append((one, pull))
    middles = {point: y for column in columns for point, y in _stacked(column)}
    for number in range(_ROUNDS):
        for column in columns if number % 2 == 0 else reversed(columns):
            wanted = [_wanted(point, pulls[point], middles) for point in column]
            middles |= dict(zip(column, _apart(column, wanted), strict=True))
    for column in columns:
        _snap(column, pulls, middles, -1)
    for column in reversed(columns):
        _snap(column, pulls, middles, 1)
    return middles


def _snap(
    column: Sequence[Point],
    pulls: Mapping[Point, Sequence[tuple[Point, float]]],
    middles: dict[Point, float],
    side: int,
) -> None:
    """Level what is nearly level with its strongest neighbour on a side, if there is room."""
    for number, point in enumerate(column):
        beside = [pull for pull in pulls[point] if (pull[0].column - point.column) * side > 0]
        if not beside:
            continue
        level = middles[max(beside, key=lambda pull: pull[1])[0]]
        above, below = column[max(0, number - 1)], column[min(len(column) - 1, number + 1)]
        is_free = (above is point or level - middles[above] >= _gap(above, point)) and (
            below is point or middles[below] - level >= _gap(point, below)
        )
        if is_free and abs(level - middles[point]) < _NEAR:
            middles[point] = level


def _stacked(column: Sequence[Point]) -> list[tuple[Point, float]]:
    middles, y = [], 0.0
    for number, point in enumerate(column):
        y += _gap(column[number - 1], point) if number else 0.0
        middles.append((point, y))
    half = y / 2
    return [(point, middle - half) for point, middle in middles]


def _wanted(
    point: Point, pulls: Sequence[tuple[Point, float]], middles: Mapping[Point, float]
) -> tuple[float, float]:
    """The height a point is drawn to, and how strongly."""
    total = sum(pull for _, pull in pulls)
    if not total:
        return middles[point], 0.1
    return sum(middles[other] * pull for other, pull in pulls) / total, total


def _apart(column: Sequence[Point], wanted: Sequence[tuple[float, float]]) -> list[float]:
    """The heights nearest to those wanted that leave room: neighbours too close move as one."""
    offsets = [0.0]
    for one, other in pairwise(column):
        offsets.append(offsets[-1] + _gap(one, other))
    groups: list[tuple[float, float, int]] = []  # where, how strongly, how many points
    for (height, strength), offset in zip(wanted, offsets, strict=True):
        mean, weight, count = height - offset, strength, 1
        while groups and groups[-1][0] > mean:
            above, more, size = groups.pop()
            mean = (mean * weight + above * more) / (weight + more)
            weight, count = weight + more, count + size
        groups.append((mean, weight, count))
    bases = [mean for mean, _, count in groups for _ in range(count)]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]


def _gap(one: Point, other: Point) -> float:
    """How far the middles of two neighbours in a column must be apart."""
    between = _BETWEEN if one.is_node and other.is_node else 8.0
    return (_height(one) + _height(other)) / 2 + between


def _height(point: Point) -> float:
    return NODE_HEIGHT if point.is_node else _PASSING
