"""The network: nodes that do not touch, lines that turn at right angles and cut through nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import given

from bot.views.pictures import folding, graph, tasknetwork
from bot.views.pictures.legend import Mark
from bot.views.pictures.nodes import Node
from bot.views.pictures.shapes import WIDTH, Box
from bot.views.pictures.tasknetwork import Web, web
from bot.views.words import Reader
from scheduling import LAUNCH, Kind, Plan
from tests.bot.pictures.plans import SEEDS, any_plan, chain, planned, task, unhurried

Segment = tuple[float, float, float, float]


def drawn(plan: Plan, locale: str = "en-GB") -> Web:
    return web(plan, Reader(locale=locale, today=plan.today))


def segments(made: Web) -> Iterator[Segment]:
    for route in made.routes:
        for (x, y), (to_x, to_y) in pairwise(route.corners):
            yield x, y, to_x, to_y


def said(node: Node) -> list[str]:
    return [text.text for text in node.texts]


def node_of(made: Web, title: str) -> Node:
    return next(node for node in made.nodes if title in said(node))


def is_inside(segment: Segment, box: Box) -> bool:
    """Whether a line goes through the middle of a box, not only up to its edge."""
    x, y, to_x, to_y = segment
    left, right, top, bottom = min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)
    return (
        left < box.right - 1 and right > box.x + 1 and top < box.bottom - 1 and bottom > box.y + 1
    )


@unhurried
@given(SEEDS)
def test_nodes_do_not_touch_and_stay_in_the_picture(seed: int) -> None:
    plan = any_plan(seed, 40)
    made = drawn(plan)

    for node in made.nodes:
        assert node.box.x >= 0
        assert node.box.right <= WIDTH
        assert node.box.bottom <= made.height
        for text in node.texts:
            assert node.box.x <= text.x
            assert text.right <= node.box.right + 0.5, text
    for one, other in combinations(made.nodes, 2):
        is_beside = one.box.right < other.box.x or other.box.right < one.box.x
        is_above = one.box.bottom < other.box.y or other.box.bottom < one.box.y
        assert is_beside or is_above


@unhurried
@given(SEEDS)
def test_lines_are_orthogonal_and_cut_through_no_node(seed: int) -> None:
    plan = any_plan(seed, 40)
    made = drawn(plan)

    for x, y, to_x, to_y in segments(made):
        assert abs(x - to_x) < 0.6 or abs(y - to_y) < 0.6
        assert min(x, to_x) >= 0
        assert max(x, to_x) <= WIDTH
        for node in made.nodes:
            assert not is_inside((x, y, to_x, to_y), node.box)


@unhurried
@given(SEEDS)
def test_every_link_goes_to_the_right_and_every_task_leads_to_the_launch(seed: int) -> None:
    plan = any_plan(seed, 40)
    rows = folding.rows(plan, tasknetwork.MOST_NODES, only_whole=True)
    net = graph.graph(plan, rows)

    columns = graph.columns(net)

    places = {
        point.key: point.column for column in columns.columns for point in column if point.is_node
    }
    assert set(places) == set(net.nodes)
    assert all(places[edge.before] < places[edge.after] for edge in net.edges)
    assert max(map(len, columns.columns)) <= len(net.nodes) + len(net.edges)
    linked = {edge.before for edge in net.edges} | {edge.after for edge in net.edges}
    assert linked >= set(net.nodes) - {LAUNCH}


def test_a_node_tells_early_and_late_dates_duration_and_float() -> None:
    plan = planned(
        task("a", "10d", title="Brief", after=[]),
        task("b", "2d", title="Copy", after=[]),
        start=date(2027, 5, 17),
    )

    node = node_of(drawn(plan), "Copy")

    assert said(node) == ["18 May", "2 d", "19 May", "Copy", "10 Jun", "17 d", "11 Jun"]


def test_a_milestone_has_one_date_and_a_half_day_is_told() -> None:
    plan = planned(
        task("a", "0.5d", title="Brief"), task("go", title="Go", kind=Kind.MILESTONE, after=["a"])
    )

    made = drawn(plan)

    assert said(node_of(made, "Go")) == ["11 Jun", "Go", "11 Jun", "0 d"]
    assert said(node_of(made, "Brief"))[0] == "11 Jun ½"
    assert Mark.MIDDAY in [entry.mark for entry in made.legend]


def test_the_critical_chain_is_told_from_the_rest() -> None:
    plan = planned(
        task("a", "10d", title="Brief"),
        task("b", "5d", title="Visual", after=["a"]),
        task("c", "1d", title="Copy", after=["a"]),
    )

    made = drawn(plan)

    assert node_of(made, "Visual").is_critical
    assert not node_of(made, "Copy").is_critical
    critical = {(r.edge.before, r.edge.after) for r in made.routes if r.edge.is_critical}
    assert critical == {("a", "b"), ("b", LAUNCH)}


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("a", None),
        ("a FS", None),
        ("a SS+2d", "SS +2 d"),
        ("a FF-1d", "FF \u22121 d"),
        ("a SF", "SF"),
        ("a FS+3ed", "FS +3 cal. d"),
    ],
)
def test_a_link_says_its_type_and_delay_unless_it_is_plain(link: str, said: str | None) -> None:
    plan = planned(task("a", "5d"), task("b", "5d", after=[link]))

    made = drawn(plan)

    assert [tag.text.text for tag in made.tags] == ([said] if said else [])


def test_a_link_that_others_imply_is_not_drawn() -> None:
    plan = planned(task("a"), task("b", after=["a"]), task("c", "1d", after=["b", "a"]))

    made = drawn(plan)

    assert {(r.edge.before, r.edge.after) for r in made.routes} == {
        ("a", "b"),
        ("b", "c"),
        ("c", LAUNCH),
    }


def test_a_link_that_only_looks_implied_is_drawn() -> None:
    plan = planned(task("a", "9d"), task("b", after=["a SS"]), task("c", "1d", after=["b", "a"]))

    made = drawn(plan)

    assert ("a", "c") in {(r.edge.before, r.edge.after) for r in made.routes}


@pytest.mark.parametrize("count", [80, 300])
def test_many_tasks_are_folded_into_a_few_nodes_that_count_them(count: int) -> None:
    plan = chain(count, gate_every=5)

    made = drawn(plan)

    assert len(made.nodes) <= tasknetwork.FOLDED_NODES + 1
    counted = [
        int(words.split()[0]) for node in made.nodes for words in said(node) if "tasks" in words
    ]
    singles = sum(node.kind is not None for node in made.nodes)
    assert sum(counted) + singles == count
    assert f"{sum(counted)} tasks folded" in [text.text for text in made.head.texts]


def test_no_more_nodes_stand_in_a_column_than_can_be_seen() -> None:
    plan = planned(*(task(f"t{number}") for number in range(30)))

    made = drawn(plan)

    columns = [node.box.x for node in made.nodes]
    assert max(columns.count(x) for x in columns) <= 2 * graph.MOST_IN_COLUMN
    assert made.height < 3_500


@unhurried
@given(SEEDS)
def test_the_legend_explains_what_the_nodes_show(seed: int) -> None:
    plan = any_plan(seed, 40)

    made = drawn(plan)

    marks = {entry.mark for entry in made.legend}
    words = [text for node in made.nodes for text in said(node)]
    assert (Mark.DONE in marks) == ("✓" in words)
    assert (Mark.LATE in marks) == any(word.startswith("+") for word in words)
    assert (Mark.MIDDAY in marks) == any("½" in word for word in words)
    assert (Mark.LINK in marks) == bool(made.tags)
    assert {Kind(mark) for mark in marks & set(Kind)} == {n.kind for n in made.nodes if n.kind}
