"""The ways of a network's edges: upright and level lines between the nodes, each in a lane.

Between two columns every node that edges leave from has a lane of its own, so that lines run
upright beside each other; an edge to the next band goes around its end through lanes of a gutter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

from bot.views.pictures.graph import Columns, Edge, Point, Way
from bot.views.pictures.placing import NODE_WIDTH, PER_BAND, Placed, band_of
from bot.views.pictures.shapes import EDGE, WIDTH

LANE = 12.0
SIDE = 40.0  # for the lanes at both ends of the bands

GAP = (WIDTH - 2 * (EDGE + SIDE) - PER_BAND * NODE_WIDTH) / (PER_BAND - 1)  # between columns

_MOST_TRIED = 6  # lanes whose every order is tried
_LEVEL = 0.5

Lane = tuple[float, list[float]]  # the height an edge comes from, and those it goes to
Step = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Route:
    """An edge as the corners of its line; the last one is where it meets its node."""

    edge: Edge
    corners: tuple[Step, ...]


def left_of(column: int) -> float:
    """The left edge of the nodes in a column."""
    return EDGE + SIDE + (column % PER_BAND) * (NODE_WIDTH + GAP)


def gutters(made: Columns) -> list[float]:
    """The room each band needs below it for the edges that go on to the next."""
    lanes: dict[int, set[Point]] = defaultdict(set)
    for one, other in _hops(made.ways):
        if band_of(one.column) != band_of(other.column):
            lanes[band_of(one.column)].add(one)
    bands = band_of(len(made.columns) - 1) + 1
    return [40.0 + LANE * len(lanes[band]) for band in range(bands)]


def routes(made: Columns, places: Placed) -> tuple[Route, ...]:
    """The line of every edge."""
    lanes = _Lanes(made, places)
    return tuple(
        Route(edge=way.edge, corners=tuple(_straightened(_corners(way, lanes, places))))
        for way in made.ways
    )


def _corners(way: Way, lanes: _Lanes, places: Placed) -> list[Step]:
    first = way.points[0]
    line = [(left_of(first.column) + NODE_WIDTH, places.middles[first])]
    for one, other in pairwise(way.points):
        y, goal = places.middles[one], places.middles[other]
        lane = lanes.x(one, one.column)
        if band_of(one.column) == band_of(other.column):
            line += [(lane, y), (lane, goal)]
        else:
            gutter, entry = lanes.gutter(one), lanes.x(one, -1)
            line += [(lane, y), (lane, gutter), (entry, gutter), (entry, goal)]
        line.append((left_of(other.column), goal))
    return line


def _straightened(line: Sequence[Step]) -> list[Step]:
    """The same line without corners that do not turn."""
    kept = [line[0]]
    for number, (x, y) in enumerate(line[1:-1], 1):
        before, after = kept[-1], line[number + 1]
        is_upright = abs(before[0] - x) < _LEVEL and abs(after[0] - x) < _LEVEL
        is_level = abs(before[1] - y) < _LEVEL and abs(after[1] - y) < _LEVEL
        is_same = abs(before[0] - x) < _LEVEL and abs(before[1] - y) < _LEVEL
        if not (is_upright or is_level or is_same):
            kept.append((x, y))
    return [*kept, line[-1]]


class _Lanes:
    """The places of the upright lanes beside each column, and of the level ones between bands."""

    def __init__(self, made: Columns, places: Placed) -> None:
        self._x: dict[tuple[Point, int], float] = {}
        self._y: dict[Point, float] = {}
        goals: dict[Point, list[float]] = defaultdict(list)
        wraps: dict[int, set[Point]] = defaultdict(set)
        for one, other in _hops(made.ways):
            goals[one].append(places.middles[other])
            if band_of(one.column) != band_of(other.column):
                wraps[band_of(one.column)].add(one)
        for column, points in enumerate(made.columns):
            leaving = [point for point in points if point in goals]
            is_last = band_of(column) != band_of(column + 1)
            if not is_last:
                self._between(column, leaving, goals, places)
        for band, points_of in wraps.items():
            self._around(places, band, sorted(points_of, key=lambda p: -places.middles[p]), goals)

    def x(self, point: Point, column: int) -> float:
        """The lane in which an edge leaves ``point``; -1 for the one that enters the next band."""
        return self._x[point, column]

    def gutter(self, point: Point) -> float:
        return self._y[point]

    def _between(
        self,
        column: int,
        leaving: Sequence[Point],
        goals: Mapping[Point, list[float]],
        places: Placed,
    ) -> None:
        bent = [p for p in leaving if any(abs(g - places.middles[p]) > _LEVEL for g in goals[p])]
        order = _ordered([(places.middles[p], goals[p]) for p in bent])
        left = left_of(column) + NODE_WIDTH
        spread = _spread(len(bent), GAP - 30.0)
        for point in leaving:
            self._x[point, column] = left + GAP / 2
        for lane, number in enumerate(order):
            offset = (lane - (len(order) - 1) / 2) * spread
            self._x[bent[number], column] = left + GAP / 2 - 6 + offset

    def _around(
        self, places: Placed, band: int, points: Sequence[Point], goals: Mapping[Point, list[float]]
    ) -> None:
        """Lowest first: the inner lane on the right, the upper one in the gutter."""
        spread = _spread(len(points), SIDE - 6)
        right = left_of(places.bands[band].first + places.bands[band].columns - 1) + NODE_WIDTH
        entering = sorted(points, key=lambda point: max(goals[point]))
        for lane, point in enumerate(points):
            self._x[point, point.column] = right + 14 + lane * spread
            self._y[point] = places.bands[band].bottom + 20 + lane * LANE
        for lane, point in enumerate(entering):
            self._x[point, -1] = EDGE + SIDE - 22 - lane * spread


def _hops(ways: Sequence[Way]) -> list[tuple[Point, Point]]:
    return [pair for way in ways for pair in pairwise(way.points)]


def _spread(lanes: int, room: float) -> float:
    return min(LANE, room / max(1, lanes - 1))


def _ordered(lanes: Sequence[Lane]) -> list[int]:
    """The numbers of the lanes from left to right, so that the fewest lines meet."""
    numbers = list(range(len(lanes)))
    if len(numbers) > _MOST_TRIED:
        return sorted(numbers, key=lambda n: _falling(lanes[n]))
    best = min(permutations(numbers), key=lambda order: (_meetings(lanes, order), order))
    return list(best)


def _falling(lane: Lane) -> tuple[bool, float]:
    start, goals = lane
    is_down = sum(goals) / len(goals) > start
    return is_down, -start if is_down else start


def _meetings(lanes: Sequence[Lane], order: tuple[int, ...]) -> float:
    """How many level lines cross an upright one, running along another counting as several."""
    count = 0.0
    for place, number in enumerate(order):
        start, goals = lanes[number]
        for other in order[:place]:  # whose lanes this one's start has to cross
            low, high = _extent(lanes[other])
            count += low < start < high
            count += 4 * any(abs(start - goal) < _LEVEL for goal in lanes[other][1])
        for other in order[place + 1 :]:  # and its ends those
            low, high = _extent(lanes[other])
            count += sum(low < goal < high for goal in goals)
    return count


def _extent(lane: Lane) -> tuple[float, float]:
    return min(lane[0], *lane[1]), max(lane[0], *lane[1])
