"""Phases: every task in one, named after what ends it, none waiting for a later one."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given

from bot.views.pictures.phases import phases
from bot.views.pictures.wording import phase_name
from bot.views.words import Reader
from scheduling import LAUNCH, Kind, Plan
from tests.bot.pictures.plans import SEEDS, any_plan, chain, keys, planned, task, unhurried

READER = Reader(locale="en-GB", today=date(2026, 11, 23))


def names(plan: Plan) -> list[tuple[str, int]]:
    return [(phase_name(phase, READER), len(phase)) for phase in phases(plan)]


@unhurried
@given(SEEDS)
def test_every_task_is_in_one_phase(seed: int) -> None:
    plan = any_plan(seed, 150)

    found = phases(plan)

    counted = Counter(one.task.key for phase in found for one in phase.tasks)
    assert counted == Counter(keys(plan))
    assert all(len(phase) for phase in found)
    assert len(found) <= 20


@unhurried
@given(SEEDS)
def test_no_phase_waits_for_a_later_one(seed: int) -> None:
    plan = any_plan(seed, 150)

    places = {one.task.key: n for n, phase in enumerate(phases(plan)) for one in phase.tasks}

    for one in plan.tasks:
        for link in one.task.after:
            assert link.on == LAUNCH or places[link.on] <= places[one.task.key]


def test_a_phase_is_named_after_the_decision_that_ends_it() -> None:
    plan = planned(
        *(task(f"a{n}") for n in range(3)),
        task("ok", title="Approval of the visual", kind=Kind.APPROVAL, after=["a0", "a1", "a2"]),
        *(task(f"b{n}", after=["ok"]) for n in range(4)),
        task("review", after=["launch FS+5d"]),
    )

    assert names(plan) == [
        ("→ Approval of the visual", 4),
        ("Up to the launch", 4),
        ("After the launch", 1),
    ]


def test_a_task_before_two_decisions_belongs_to_the_first() -> None:
    plan = planned(
        *(task(f"a{n}") for n in range(3)),
        task("one", title="One", kind=Kind.MILESTONE, after=["a0", "a1", "a2"]),
        *(task(f"b{n}", after=["one"]) for n in range(3)),
        task("two", title="Two", kind=Kind.MILESTONE, after=["b0", "b1", "b2", "a0"]),
    )

    assert names(plan) == [("→ One", 4), ("→ Two", 4)]


def test_small_neighbours_are_put_together_under_the_last_decision() -> None:
    plan = chain(20, gate_every=2)

    assert [count for _, count in names(plan)] == [4, 4, 4, 4, 4]
    assert names(plan)[0][0] == "→ Validation 3"


@pytest.mark.parametrize("count", [80, 800])
def test_a_long_stretch_without_decisions_is_cut_into_parts(count: int) -> None:
    plan = chain(count)

    found = names(plan)

    assert 2 <= len(found) <= 12
    assert max(size for _, size in found) - min(size for _, size in found) <= 1
    assert found[0][0].startswith("Étape 0 – Étape ")
    assert found[-1][0] == "Up to the launch"


def test_what_waits_for_the_launch_may_be_before_it() -> None:
    plan = planned(task("a"), task("stand", after=["launch FS-5d"]), task("r", after=["launch"]))

    assert names(plan) == [("Up to the launch", 1), ("Around the launch", 2)]


def test_a_decision_that_ends_before_the_one_it_follows_comes_after_it_all_the_same() -> None:
    plan = planned(
        *(task(f"a{n}", "1d") for n in range(3)),
        task("long", "10d", title="Long", kind=Kind.APPROVAL, rounds=1, after=["a0", "a1", "a2"]),
        *(task(f"b{n}", "1d", after=["long SS"]) for n in range(3)),
        task(
            "early",
            title="Early",
            kind=Kind.MILESTONE,
            after=["b0", "b1", "b2"],
            finish_by=date(2027, 5, 14),
        ),
    )

    assert plan["early"].finish < plan["long"].finish
    assert names(plan) == [("→ Long", 4), ("→ Early", 4)]
