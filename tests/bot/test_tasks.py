"""Starting and finishing tasks: every state, every role, on both databases."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from bot.errors import (
    AlreadyDone,
    ApprovalDecides,
    NotAllowed,
    NotAMember,
    NotFound,
    NotReady,
    RetroError,
)
from bot.flows import tasks
from bot.flows.people import Actor
from scheduling import Kind
from storage import outbox
from storage.db import Database
from storage.records import TaskState
from tests.bot import small_campaign as small
from tests.bot.small_campaign import ALICE, BRUNO, CHLOE, EMMA, GUEST, TEAM

Flow = Callable[[Session, Actor, str], object]

LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ROLES = {"lead": ALICE, "owner": BRUNO, "approver": CHLOE, "stranger": EMMA, "guest": GUEST}
STATES = [TaskState.TODO, TaskState.STARTED, TaskState.DONE]


def expected(
    action: str, role: str, state: TaskState, *, is_ready: bool
) -> type[RetroError] | None:
    """What comes of it, by the product's rules."""
    if role == "guest":
        return NotAMember
    if role not in {"lead", "owner"}:
        return NotAllowed
    if action == "start":
        return None if state is TaskState.TODO else AlreadyDone
    if not is_ready:
        return NotReady
    return AlreadyDone if state is TaskState.DONE else None


@pytest.mark.parametrize(
    ("action", "role", "state", "is_ready"),
    list(itertools.product(["start", "finish"], ROLES, STATES, [True, False])),
)
def test_only_its_owner_and_the_lead_move_a_task_and_only_ahead(
    database: Database, action: str, role: str, state: TaskState, *, is_ready: bool
) -> None:
    first = small.in_state(small.step("first"), TaskState.DONE if is_ready else TaskState.TODO)
    second = small.in_state(small.step("second", after=["first"], owner=BRUNO), state)
    small.store(database, [first, second])

    outcome = attempt(database, action, ROLES[role], second.id)

    wanted = expected(action, role, state, is_ready=is_ready)
    assert outcome is wanted
    moved = {"start": TaskState.STARTED, "finish": TaskState.DONE}[action]
    assert small.task(database, "second").state is (moved if wanted is None else state)


@pytest.mark.parametrize("action", ["start", "finish"])
@pytest.mark.parametrize("role", ROLES)
def test_an_approval_is_moved_by_nobodys_hand(database: Database, action: str, role: str) -> None:
    small.store(database, [small.step("ok", kind=Kind.APPROVAL, owner=BRUNO, approvers=[CHLOE])])

    outcome = attempt(database, action, ROLES[role], "t_ok")

    assert outcome in {ApprovalDecides, NotAllowed, NotAMember}
    assert small.task(database, "ok").state is TaskState.TODO


@pytest.mark.parametrize("action", ["start", "finish"])
def test_a_task_of_another_team_is_not_there(database: Database, action: str) -> None:
    small.store(database, [small.step("first")])

    outcome = attempt(database, action, ALICE, "t_first", team="T0ELSEWHERE")

    assert outcome is NotFound
    assert small.task(database, "first").state is TaskState.TODO


def test_the_day_on_which_it_was_done_is_that_of_the_workspace(database: Database) -> None:
    small.store(database, [small.step("first")])
    just_after_midnight_in_paris = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    with database.sessions.begin() as session:
        by = Actor(team_id=TEAM, user_id=ALICE, now=just_after_midnight_in_paris)
        tasks.finish(session, by, "t_first")

    assert small.task(database, "first").done_on == date(2026, 11, 24)


def test_whoever_waited_for_it_is_told_once_and_only_when_nothing_else_is_missing(
    database: Database,
) -> None:
    small.store(
        database,
        [
            small.step("one", owner=BRUNO),
            small.step("two", owner=BRUNO),
            small.step("both", after=["one", "two"], owner=EMMA),
        ],
    )

    attempt(database, "finish", BRUNO, "t_one")
    after_one = told(database, "both")
    attempt(database, "finish", BRUNO, "t_two")
    after_both = told(database, "both")

    assert after_one == []
    assert after_both == [EMMA]


def test_nobody_is_told_what_they_did_themselves(database: Database) -> None:
    small.store(
        database,
        [small.step("one", owner=BRUNO), small.step("next", after=["one"], owner=BRUNO)],
    )

    attempt(database, "finish", BRUNO, "t_one")

    assert told(database, "next") == []


def test_a_campaign_is_over_with_its_last_task(database: Database) -> None:
    small.store(database, [small.step("one"), small.step("two")])

    attempt(database, "finish", ALICE, "t_one")
    half = small.campaign(database).closed_on
    attempt(database, "finish", ALICE, "t_two")

    assert half is None
    assert small.campaign(database).closed_on == date(2026, 11, 24)


def test_of_many_clicks_at_once_one_finishes_the_task(database: Database) -> None:
    for round_ in range(10):
        key = f"r{round_}"
        small.store(
            database,
            [
                small.step("one", owner=BRUNO),
                small.step("next", after=["one"], owner=EMMA),
            ],
            prefix=key,
        )
        outcomes = all_at_once(database, [("finish", BRUNO, f"t_{key}_one")] * 3)

        assert sorted(outcomes, key=str) == sorted([None, AlreadyDone, AlreadyDone], key=str)
        assert told(database, f"{key}_next") == [EMMA]


def attempt(
    database: Database, action: str, user_id: str, task_id: str, *, team: str = TEAM
) -> type[RetroError] | None:
    """Do something as someone; the kind of error that came of it."""
    flow: Flow = {"start": tasks.start, "finish": tasks.finish}[action]
    try:
        with database.sessions.begin() as session:
            flow(session, Actor(team_id=team, user_id=user_id, now=LATER), task_id)
    except RetroError as error:
        return type(error)
    return None


def all_at_once(
    database: Database, attempts: list[tuple[str, str, str]]
) -> list[type[RetroError] | None]:
    """Several people act at the very same moment."""
    ready = Barrier(len(attempts))

    def go(one: tuple[str, str, str]) -> type[RetroError] | None:
        ready.wait(10)
        return attempt(database, *one)

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(go, attempts))


def told(database: Database, key: str) -> list[str]:
    """Who was told that a task can start."""
    with database.readers.begin() as session:
        return [one.user_id for one in outbox.copies(session, TEAM, ["ready"], f"t_{key}")]
