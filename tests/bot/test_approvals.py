"""Submitting, approving, asking for changes: every state, every role, on both databases."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from bot.errors import (
    AlreadyDecided,
    AlreadyDone,
    Empty,
    NotAllowed,
    NotAMember,
    NotFound,
    NothingToSubmit,
    NotReady,
    RetroError,
    TooLong,
)
from bot.flows import approvals
from bot.flows.approvals import Proposal
from bot.flows.people import Actor
from scheduling import Kind
from storage import outbox, submissions
from storage.db import Database
from storage.records import Submission, SubmissionState, TaskState, Verdict
from tests.bot import small_campaign as small
from tests.bot.small_campaign import ALICE, BRUNO, CHLOE, DAN, EMMA, GUEST, TEAM

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ROLES = {
    "lead": ALICE,
    "author": BRUNO,
    "first approver": CHLOE,
    "second approver": DAN,
    "stranger": EMMA,
    "guest": GUEST,
}
APPROVERS = {"first approver", "second approver"}
# What was answered before, in this order.
HISTORIES: dict[str, list[tuple[str, str]]] = {
    "nothing": [],
    "one approved": [("approve", CHLOE)],
    "both approved": [("approve", CHLOE), ("approve", DAN)],
    "one wants changes": [("change", CHLOE)],
    "approved, then changes": [("approve", CHLOE), ("change", DAN)],
}
OPEN = {"nothing", "one approved"}

Outcome = type[RetroError] | None


def expected_of_a_decision(role: str, history: str) -> Outcome:
    """What comes of a decision when all approvers are needed."""
    if role == "guest":
        return NotAMember
    if role not in APPROVERS:
        return NotAllowed
    has_answered = history == "one approved" and role == "first approver"
    return None if history in OPEN and not has_answered else AlreadyDecided


@pytest.mark.parametrize(
    ("action", "role", "history"),
    list(itertools.product(["approve", "change"], ROLES, HISTORIES)),
)
def test_only_an_approver_who_has_not_answered_decides_on_an_open_version(
    database: Database, action: str, role: str, history: str
) -> None:
    version = a_version(database)
    for what, who in HISTORIES[history]:
        assert attempt(database, what, who, version) is None
    before = stored(database, version)

    outcome = attempt(database, action, ROLES[role], version)

    wanted = expected_of_a_decision(role, history)
    after = stored(database, version)
    assert outcome is wanted
    if wanted is not None:
        assert after == before
    else:
        verdict = Verdict.APPROVED if action == "approve" else Verdict.CHANGES
        decision = after.decision_of(ROLES[role])
        assert decision is not None
        assert decision.verdict is verdict
        assert decision.decided_at == NOW


@pytest.mark.parametrize(
    ("needs", "answers", "state", "task_state"),
    [
        ("all", "a", SubmissionState.OPEN, TaskState.STARTED),
        ("all", "aa", SubmissionState.OPEN, TaskState.STARTED),
        ("all", "aaa", SubmissionState.APPROVED, TaskState.DONE),
        ("any", "a", SubmissionState.APPROVED, TaskState.DONE),
        ("2", "a", SubmissionState.OPEN, TaskState.STARTED),
        ("2", "aa", SubmissionState.APPROVED, TaskState.DONE),
        ("3", "aa", SubmissionState.OPEN, TaskState.STARTED),
        ("all", "c", SubmissionState.CHANGES, TaskState.STARTED),
        ("all", "aac", SubmissionState.CHANGES, TaskState.STARTED),
        ("any", "c", SubmissionState.CHANGES, TaskState.STARTED),
        ("2", "ac", SubmissionState.CHANGES, TaskState.STARTED),
    ],
)
def test_as_many_approvals_as_the_step_needs_end_it_and_one_refusal_sends_it_back(
    database: Database, needs: str, answers: str, state: SubmissionState, task_state: TaskState
) -> None:
    version = a_version(database, approvers=[CHLOE, DAN, EMMA], needs=needs)

    for answer, who in zip(answers, [CHLOE, DAN, EMMA], strict=False):
        action = "approve" if answer == "a" else "change"
        assert attempt(database, action, who, version) is None

    assert stored(database, version).state is state
    assert small.task(database, "ok").state is task_state


@pytest.mark.parametrize(
    ("role", "history"), list(itertools.product(ROLES, ["none", *HISTORIES, "not ready"]))
)
def test_the_author_and_the_lead_put_a_version_when_none_is_open(
    database: Database, role: str, history: str
) -> None:
    if history in {"none", "not ready"}:
        store_step(database, is_ready=history == "none")
    else:
        version = a_version(database)
        for what, who in HISTORIES[history]:
            attempt(database, what, who, version)

    outcome = submit(database, ROLES[role], key="second form")

    assert outcome is expected_of_a_submission(role, history)
    newest = latest(database)
    is_new = newest is not None and newest.author_id == ROLES[role] and newest.note == "Second"
    assert is_new is (outcome is None)


def expected_of_a_submission(role: str, history: str) -> Outcome:
    if role == "guest":
        return NotAMember
    if role not in {"lead", "author"}:
        return NotAllowed
    if history == "not ready":
        return NotReady
    return (
        None if history in {"none", "one wants changes", "approved, then changes"} else AlreadyDone
    )


def test_versions_are_numbered_and_everyone_is_asked_anew(database: Database) -> None:
    first = a_version(database)
    attempt(database, "approve", CHLOE, first)
    attempt(database, "change", DAN, first)

    submit(database, BRUNO, key="second form")

    newest = latest(database)
    assert newest is not None
    assert newest.number == 2
    assert set(newest.pending) == {CHLOE, DAN}
    assert sorted(asked(database, newest.id)) == sorted([CHLOE, DAN])


def test_a_form_sent_twice_is_one_version(database: Database) -> None:
    store_step(database)

    outcomes = [submit(database, BRUNO, key="one form") for _ in range(3)]

    newest = latest(database)
    assert outcomes == [None, None, None]
    assert newest is not None
    assert newest.number == 1
    assert sorted(asked(database, newest.id)) == sorted([CHLOE, DAN])


@pytest.mark.parametrize("action", ["approve", "change"])
def test_a_second_click_on_the_same_button_changes_nothing_and_is_told(
    database: Database, action: str
) -> None:
    version = a_version(database)

    outcomes = [attempt(database, action, CHLOE, version) for _ in range(2)]

    assert outcomes == [None, AlreadyDecided]


def test_a_click_on_an_older_version_names_the_newer_one(database: Database) -> None:
    first = a_version(database)
    attempt(database, "change", DAN, first)
    submit(database, BRUNO, key="second form")

    with pytest.raises(AlreadyDecided) as raised, database.sessions.begin() as session:
        approvals.approve(session, actor(CHLOE), first)

    assert (raised.value.number, raised.value.newest) == (1, 2)
    newest = latest(database)
    assert newest is not None
    assert set(newest.pending) == {CHLOE, DAN}


@pytest.mark.parametrize("action", ["approve", "change"])
def test_a_version_of_another_team_is_not_there(database: Database, action: str) -> None:
    version = a_version(database)

    outcome = attempt(database, action, CHLOE, version, team="T0ELSEWHERE")

    assert outcome is NotFound
    assert len(stored(database, version).pending) == 2


@pytest.mark.parametrize(
    ("remarks", "outcome"),
    [("", Empty), ("  \n\u200b", Empty), ("x" * 2501, TooLong), ("x" * 2500, None), ("é", None)],
)
def test_changes_are_asked_for_in_words(database: Database, remarks: str, outcome: Outcome) -> None:
    version = a_version(database)

    assert attempt(database, "change", CHLOE, version, remarks=remarks) is outcome
    state = SubmissionState.CHANGES if outcome is None else SubmissionState.OPEN
    assert stored(database, version).state is state


@pytest.mark.parametrize("note", [None, "", "  ", "\u200b"])
def test_a_version_with_nothing_to_look_at_is_refused(database: Database, note: str | None) -> None:
    store_step(database)

    assert submit(database, BRUNO, key="form", note=note) is NothingToSubmit
    assert latest(database) is None


@pytest.mark.parametrize(
    "clicks", [("approve", "change"), ("approve", "approve"), ("change", "change")]
)
def test_two_approvers_who_click_at_once_make_one_outcome(
    database: Database, clicks: tuple[str, str]
) -> None:
    tally: Counter[str] = Counter()
    for round_ in range(30):
        version = a_version(database, needs="any", prefix=f"r{round_}")

        outcomes = all_at_once(database, [(clicks[0], CHLOE, version), (clicks[1], DAN, version)])

        after = stored(database, version)
        won = [what for what, outcome in zip(clicks, outcomes, strict=True) if outcome is None]
        assert Counter(outcomes) == {None: 1, AlreadyDecided: 1}
        assert len(after.pending) == 1
        settled = SubmissionState.APPROVED if won == ["approve"] else SubmissionState.CHANGES
        assert after.state is settled
        tally[won[0]] += 1

    assert tally.total() == 30


def test_two_approvers_of_two_who_approve_at_once_end_the_step_once(database: Database) -> None:
    for round_ in range(30):
        version = a_version(database, prefix=f"r{round_}")

        outcomes = all_at_once(database, [("approve", CHLOE, version), ("approve", DAN, version)])

        after = stored(database, version)
        assert outcomes == [None, None]
        assert after.state is SubmissionState.APPROVED
        assert after.pending == ()


def test_one_approver_who_clicks_many_times_at_once_decides_once(database: Database) -> None:
    for round_ in range(10):
        version = a_version(database, prefix=f"r{round_}")

        outcomes = all_at_once(database, [("approve", CHLOE, version)] * 4)

        assert Counter(outcomes) == {None: 1, AlreadyDecided: 3}
        assert stored(database, version).pending == (DAN,)


def test_two_people_who_submit_at_once_make_one_version(database: Database) -> None:
    for round_ in range(10):
        prefix = f"r{round_}"
        store_step(database, prefix=prefix)
        ready = Barrier(2)

        def go(who: str, prefix: str = prefix, ready: Barrier = ready) -> Outcome:
            ready.wait(10)
            return submit(database, who, key=f"{prefix} {who}", prefix=prefix)

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(go, [ALICE, BRUNO]))

        newest = latest(database, prefix)
        assert Counter(outcomes) == {None: 1, AlreadyDone: 1}
        assert newest is not None
        assert newest.number == 1


def actor(user_id: str, team: str = TEAM) -> Actor:
    return Actor(team_id=team, user_id=user_id, now=NOW)


def store_step(
    database: Database,
    *,
    approvers: list[str] | None = None,
    needs: str = "all",
    is_ready: bool = True,
    prefix: str = "",
) -> None:
    """Store a campaign whose second step is Bruno's, to be approved."""
    work = small.in_state(
        small.step("work", owner=BRUNO), TaskState.DONE if is_ready else TaskState.TODO
    )
    ok = small.step(
        "ok",
        kind=Kind.APPROVAL,
        owner=BRUNO,
        after=["work"],
        approvers=approvers or [CHLOE, DAN],
        needs=needs,
    )
    small.store(database, [work, ok, small.step("print", after=["ok"])], prefix=prefix)


def a_version(
    database: Database,
    *,
    approvers: list[str] | None = None,
    needs: str = "all",
    prefix: str = "",
) -> str:
    """A version of Bruno's that waits for its approvers."""
    store_step(database, approvers=approvers, needs=needs, prefix=prefix)
    proposal = a_proposal(f"form {prefix}", "First", prefix)
    with database.sessions.begin() as session:
        return approvals.submit(session, actor(BRUNO), proposal)


def a_proposal(key: str, note: str | None, prefix: str = "") -> Proposal:
    task_id = f"t_{prefix}_ok" if prefix else "t_ok"
    return Proposal(task_id=task_id, request_key=key, note=note, link=None, files=())


def submit(
    database: Database, user_id: str, *, key: str, note: str | None = "Second", prefix: str = ""
) -> Outcome:
    """Put a version to the approvers as someone; the kind of error that came of it."""
    try:
        with database.sessions.begin() as session:
            later = replace(actor(user_id), now=NOW + timedelta(minutes=5))
            approvals.submit(session, later, a_proposal(key, note, prefix))
    except RetroError as error:
        return type(error)
    return None


def attempt(
    database: Database,
    action: str,
    user_id: str,
    version: str,
    *,
    team: str = TEAM,
    remarks: str = "Larger logo",
) -> Outcome:
    """Decide as someone; the kind of error that came of it."""

    def change(session: Session, by: Actor, submission_id: str) -> Submission:
        return approvals.request_changes(session, by, submission_id, remarks)

    flow: Callable[[Session, Actor, str], Submission]
    flow = approvals.approve if action == "approve" else change
    try:
        with database.sessions.begin() as session:
            flow(session, actor(user_id, team), version)
    except RetroError as error:
        return type(error)
    return None


def all_at_once(database: Database, attempts: list[tuple[str, str, str]]) -> list[Outcome]:
    """Several people decide at the very same moment."""
    ready = Barrier(len(attempts))

    def go(one: tuple[str, str, str]) -> Outcome:
        ready.wait(10)
        return attempt(database, *one)

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(go, attempts))


def stored(database: Database, version: str) -> Submission:
    with database.readers.begin() as session:
        found = submissions.get(session, TEAM, version)
    assert found is not None
    return found


def latest(database: Database, prefix: str = "") -> Submission | None:
    task_id = f"t_{prefix}_ok" if prefix else "t_ok"
    with database.readers.begin() as session:
        return submissions.latest_of(session, TEAM, task_id)


def asked(database: Database, version: str) -> list[str]:
    """Whom a version was, or will be, put to."""
    with database.readers.begin() as session:
        return [one.user_id for one in outbox.copies(session, TEAM, ["request"], version)]
