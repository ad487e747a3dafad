"""Plans to be drawn: of any size, on their way, with people who are away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from scheduling import (
    Calendar,
    Campaign,
    Duration,
    HalfDay,
    Kind,
    Link,
    Plan,
    Task,
    TimeOff,
    plan,
)

LAUNCH = date(2027, 6, 14)
FRENCH = Calendar.of_country("FR", launch=LAUNCH)
SEEDS = st.integers(0, 1_000_000)  # of any plan
unhurried = settings(deadline=None, max_examples=60)  # a machine may be busy

PEOPLE = ("Alice", "Bruno", "Chloé", "Jean-Baptiste de La Rochefoucauld")


def task(key: str, takes: str = "3d", **fields: Any) -> Task:
    """A task whose duration and links are written as in a plan file."""
    links = tuple(Link.parse(text) for text in fields.pop("after", ()))
    kind = fields.get("kind", Kind.WORK)
    duration = Duration.ZERO if kind is Kind.MILESTONE else Duration.parse(takes)
    return Task(key=key, takes=duration, after=links, **fields)


def planned(*tasks: Task, today: date = date(2027, 5, 3), **fields: Any) -> Plan:
    """A plan of those tasks."""
    given: dict[str, Any] = {"name": "Aurore", "launch": LAUNCH, "calendar": FRENCH, **fields}
    return plan(Campaign(tasks=tasks, **given), today)


def chain(count: int, *, gate_every: int = 0, today: date = date(2026, 11, 23)) -> Plan:
    """A plan of so many tasks one after the other, some of them approvals."""
    tasks = []
    for number in range(count):
        is_gate = gate_every > 0 and number % gate_every == gate_every - 1
        tasks.append(
            task(
                f"t{number}",
                "2d",
                title=f"Validation {number}" if is_gate else f"Étape {number}",
                kind=Kind.APPROVAL if is_gate else Kind.WORK,
                owner=PEOPLE[number % 3],
                rounds=1,
                after=[f"t{number - 1}"] if number else [],
            )
        )
    return planned(*tasks, today=today, margin=Duration.parse("5d"))


def any_plan(seed: int, most: int = 45) -> Plan:
    """Any plan: begun or not, late or not, with every kind of task and of link."""
    dice = Random(seed)  # noqa: S311 (nothing secret)
    fields = [_fields(dice, number) for number in range(dice.randrange(most + 1))]
    common: dict[str, Any] = {
        "name": dice.choice(["Aurore", "Une campagne au nom vraiment très long " * 4]),
        "margin": Duration(dice.randrange(21)),
        "people": {person: FRENCH.of_person(away=[_absence(dice)]) for person in PEOPLE[:2]},
        "today": LAUNCH + timedelta(days=dice.randrange(-200, 40)),
    }
    made = planned(*(Task(**one) for one in fields), **common)
    real = _real(dice, made)
    return planned(*(Task(**one, **real.get(one["key"], {})) for one in fields), **common)


def _absence(dice: Random) -> TimeOff:
    first = LAUNCH - timedelta(days=dice.randrange(1, 90))
    return TimeOff.of(first, first + timedelta(days=dice.randrange(7)))


def _fields(dice: Random, number: int) -> dict[str, Any]:
    kind = dice.choice(list(Kind))
    before = range(max(0, number - 6), number)
    links = [
        Link.parse(f"t{on} {dice.choice(['FS', 'FS', 'SS+2d', 'FF-1d', 'FS+3ed'])}")
        for on in dice.sample(before, min(len(before), dice.randrange(3)))
    ]
    if not dice.randrange(15):
        links.append(Link.parse("launch FS+10d"))
    return {
        "key": f"t{number}",
        "title": dice.choice(["Brief", "Maquette", "Un titre qui ne tient pas sur une ligne " * 2]),
        "kind": kind,
        "takes": Duration(0 if kind is Kind.MILESTONE else dice.randrange(1, 30)),
        "owner": dice.choice([None, *PEOPLE]),
        "approvers": tuple(dice.sample(PEOPLE, dice.randrange(4))),
        "rounds": dice.randrange(1, 4),
        "after": tuple(links),
    }


def _real(dice: Random, made: Plan) -> Mapping[str, Mapping[str, Any]]:
    """Real dates for some of the tasks that the plan has before today."""
    real: dict[str, Mapping[str, Any]] = {}
    for one in made.tasks:
        if one.start.day >= made.today or dice.randrange(2):
            continue
        started = one.start.day + timedelta(days=dice.randrange(-3, 9))
        done = max(started, one.finish.day + timedelta(days=dice.randrange(-3, 9)))
        if done < made.today:
            real[one.task.key] = {"started": started, "done": done}
        elif started < made.today and one.task.kind is not Kind.MILESTONE:
            real[one.task.key] = {"started": HalfDay(started)}
    return real


def keys(plan: Plan) -> Sequence[str]:
    """The keys of all tasks."""
    return [one.task.key for one in plan.tasks]
