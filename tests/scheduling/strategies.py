"""Small random campaigns with everything in them, and the one profile they are tested with."""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from scheduling import (
    Calendar,
    Campaign,
    Duration,
    HalfDay,
    Kind,
    Link,
    LinkType,
    Margin,
    Share,
    Task,
    TimeOff,
)
from tests.scheduling.builders import MONDAY_LAUNCH

# Whoever only asks whether a test fails (tests/scheduling/mutants.py) needs no simplest example.
_PHASES = [Phase.generate] if os.environ.get("RETRO_TESTS_SHRINK") == "no" else list(Phase)

# Fixed, so that a red build is red again when it is looked into.
engine = settings(
    phases=_PHASES,
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

PEOPLE = ("ann", "bob", "cyd")

_days = st.integers(-70, 70).map(lambda days: MONDAY_LAUNCH + timedelta(days=days))
_weekends = st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({6}), frozenset()])


@st.composite
def _time_off(draw: st.DrawFn) -> TimeOff:
    first = HalfDay(draw(_days), pm=draw(st.booleans()))
    length = draw(st.one_of(st.integers(0, 10), st.integers(50, 70)))
    return TimeOff(first, HalfDay.of_slot(first.slot + length))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    return Calendar(
        weekend=draw(_weekends),
        part_days=draw(st.sampled_from([frozenset(), frozenset({(2, True)})])),
        holidays=dict.fromkeys(draw(st.lists(_days, max_size=4)), "holiday"),
        closed=tuple(draw(st.lists(_time_off(), max_size=1))),
    )


def _durations(most: int) -> st.SearchStrategy[Duration]:
    # Elapsed time is rarer, as in life.
    elapsed = st.sampled_from([False, False, False, True])
    return st.builds(Duration, st.integers(1, most), elapsed)


_lags = st.one_of(
    st.just(Duration.ZERO),
    st.builds(Duration, st.integers(-6, 8), st.sampled_from([False, False, True])),
)


@st.composite
def _tasks(draw: st.DrawFn, number: int, link_types: tuple[LinkType, ...], *, plain: bool) -> Task:
    kind = draw(
        st.sampled_from([Kind.WORK, Kind.WORK, Kind.SUPPLIER, Kind.MILESTONE, Kind.APPROVAL])
    )
    approvers = tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True)))
    before = draw(st.lists(st.integers(0, number - 1), max_size=3, unique=True)) if number else []
    lags = st.just(Duration.ZERO) if plain else _lags
    return Task(
        key=f"t{number}",
        kind=kind,
        takes=Duration.ZERO if kind is Kind.MILESTONE else draw(_durations(12)),
        owner=draw(st.sampled_from([None, *PEOPLE])),
        approvers=approvers,
        needs=draw(st.sampled_from(["all", "any", *range(1, len(approvers) + 1)])),
        rounds=draw(st.integers(1, 3)),
        rework=draw(st.one_of(st.just(Duration.ZERO), _durations(4))),
        after=tuple(
            Link(on=f"t{other}", type=draw(st.sampled_from(link_types)), lag=draw(lags))
            for other in before
        ),
        finish_by=None if plain else draw(st.one_of(st.none(), st.none(), st.none(), _days)),
        not_before=None,
    )


_margins: st.SearchStrategy[Margin] = st.sampled_from(
    [Duration.ZERO, Duration(5), Duration(4, elapsed=True), Share(Decimal(15))]
)


@st.composite
def campaigns(
    draw: st.DrawFn,
    link_types: tuple[LinkType, ...] = tuple(LinkType),
    *,
    plain: bool = False,
) -> Campaign:
    """Up to six tasks. ``plain``: no lags and no deadlines."""
    calendar = draw(calendars())
    count = draw(st.integers(1, 6))
    tasks = [draw(_tasks(number, link_types, plain=plain)) for number in range(count)]
    return Campaign(
        name="random",
        launch=MONDAY_LAUNCH + timedelta(days=draw(st.integers(0, 13))),
        margin=draw(_margins),
        calendar=calendar,
        people={
            person: calendar.of_person(
                weekend=draw(st.one_of(st.none(), _weekends)),
                away=draw(st.lists(_time_off(), max_size=2)),
            )
            for person in draw(st.lists(st.sampled_from(PEOPLE), unique=True))
        },
        tasks=tuple(tasks),
        start=draw(st.one_of(st.none(), st.just(date(2027, 2, 1)))),
    )
