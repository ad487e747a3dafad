"""The network of a plan (PERT): a node for each task, with its early and late dates and its float."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.views.pictures import wording
from bot.views.pictures.folding import Folded, Row, Single, folded, rows
from bot.views.pictures.graph import Point, columns, graph
from bot.views.pictures.head import HEIGHT as HEAD
from bot.views.pictures.head import Head, head
from bot.views.pictures.legend import Entry, Mark, legend
from bot.views.pictures.legend import height as legend_height
from bot.views.pictures.lettering import fit, width
from bot.views.pictures.nodes import Node, launch_node, phase_node, task_node
from bot.views.pictures.palette import INK
from bot.views.pictures.placing import NODE_HEIGHT, NODE_WIDTH, placed
from bot.views.pictures.routes import GAP, Route, gutters, left_of, routes
from bot.views.pictures.shapes import EDGE, WIDTH, Box, Text
from bot.views.words import Reader
from scheduling import Plan

MOST_NODES, FOLDED_NODES = 32, 16  # more tasks than that are folded to so few nodes

_LABEL = 18.0  # the size of letters on edges


@dataclass(frozen=True, kw_only=True)
class Tag:
    """What an edge says, with the paper behind it."""

    text: Text
    mask: Box


@dataclass(frozen=True, kw_only=True)
class Web:
    """A whole network, ready to be written as SVG."""

    height: float
    head: Head
    nodes: tuple[Node, ...]
    routes: tuple[Route, ...]
    tags: tuple[Tag, ...]
    legend: tuple[Entry, ...]
    width: float = field(default=WIDTH)


def web(plan: Plan, reader: Reader) -> Web:
    """The places and words of everything in the network."""
    is_small = len(plan.tasks) <= MOST_NODES
    made = rows(plan, MOST_NODES if is_small else FOLDED_NODES, only_whole=True)
    net = graph(plan, made)
    order = columns(net)
    places = placed(order, HEAD + 24, gutters(order))
    nodes = [
        _node(net.nodes[point.key], point, places.middles[point], plan, reader)
        for column in order.columns
        for point in column
        if point.is_node
    ]
    lines = sorted(routes(order, places), key=lambda route: route.edge.is_critical)
    tags = [tag for route in lines for tag in _tags(route, reader)]
    bottom = places.bands[-1].bottom + 30
    entries = legend(_marks(nodes, lines, tags), reader, bottom, WIDTH - EDGE)
    return Web(
        height=round(bottom + legend_height(entries, bottom) + 22),
        head=head(plan, reader, WIDTH, folded(made)),
        nodes=tuple(nodes),
        routes=tuple(lines),
        tags=tuple(tags),
        legend=entries,
    )


def _node(row: Row | None, point: Point, middle: float, plan: Plan, reader: Reader) -> Node:
    x = left_of(point.column)
    match row:
        case Single(standing=one):
            return task_node(one, x, middle, reader)
        case Folded():
            return phase_node(row, x, middle, plan, reader)
        case _:
            return launch_node(plan, x, middle, reader)


def _tags(route: Route, reader: Reader) -> Iterator[Tag]:
    """The links of an edge that are not plain end to start, above its end, or above its node."""
    if not route.edge.links:
        return
    words = ", ".join(wording.link(link, reader) for link in route.edge.links)
    x, y = route.corners[-1]
    if x > left_of(0) and width(words, _LABEL) <= GAP - 8:
        text = Text.ending_at(x - 4, y - 10, words, _LABEL, colour=INK)
    else:
        room = NODE_WIDTH - 8
        text = Text(
            x=x + 4,
            y=y - NODE_HEIGHT / 2 - 6,
            text=fit(words, room, _LABEL),
            size=_LABEL,
            colour=INK,
        )
    yield Tag(
        text=text,
        mask=Box(x=text.x - 3, y=text.y - _LABEL * 0.86, width=text.width + 6, height=_LABEL * 1.1),
    )


def _marks(nodes: Sequence[Node], lines: Sequence[Route], tags: Sequence[Tag]) -> Iterator[Mark]:
    """What a legend must explain."""
    for node in nodes:
        if node.is_launch:
            continue
        yield Mark.NODE
        yield Mark.FOLDED if node.kind is None else Mark(node.kind.value)
        shown = {
            Mark.CRITICAL: node.is_critical,
            Mark.DONE: node.is_done,
            Mark.LATE: node.is_late,
            Mark.MIDDAY: node.has_midday,
        }
        yield from (mark for mark, is_shown in shown.items() if is_shown)
    if any(route.edge.is_critical for route in lines):
        yield Mark.CRITICAL
    if tags:
        yield Mark.LINK
