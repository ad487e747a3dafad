"""What the bot promised to say, and who holds it."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text, update
from sqlalchemy.orm import Session

from storage import lease, outbox, pace
from storage.db import Database
from storage.lease import LeaseLost
from storage.models import DeliveryRow
from storage.outbox import Promise, State
from tests.rows import NOW, TEAM, a_workspace

LEASE = timedelta(seconds=120)
SETTLE = timedelta(seconds=300)


@pytest.fixture(autouse=True)
def team(database: Database) -> None:
    with database.sessions.begin() as session:
        session.add(a_workspace())


def promise(session: Session, key: str = "nudge:1", **changes: object) -> bool:
    values = {"team_id": TEAM, "kind": "nudge", "ref": "s_1", "user_id": "U1", "now": NOW}
    return outbox.promise(session, key=key, **(values | changes))  # type: ignore[arg-type]  # mixed


def promised(database: Database, key: str = "nudge:1", **changes: object) -> Promise:
    with database.sessions.begin() as session:
        assert promise(session, key, **changes)
        session.flush()
        id_ = session.scalar(text("SELECT id FROM delivery WHERE key = :key"), {"key": key})
        found = outbox.get(session, TEAM, str(id_))
    assert found is not None
    return found


def claim(database: Database, now: datetime = NOW, limit: int = 5) -> list[Promise]:
    with database.workers.begin() as session:
        return lease.claim(session, now, limit, LEASE)


def now_of(database: Database, promise: Promise) -> Promise:
    with database.readers.begin() as session:
        found = outbox.get(session, promise.team_id, promise.id)
    assert found is not None
    return found


def test_promising_twice_is_one_promise(database: Database) -> None:
    with database.sessions.begin() as session:
        answers = [promise(session), promise(session), promise(session, "nudge:2")]

    assert answers == [True, False, True]
    assert len(claim(database)) == 2


def test_a_promise_that_was_not_committed_is_not_kept(database: Database) -> None:
    with database.sessions() as session:
        promise(session)
        session.rollback()

    assert claim(database) == []


def test_nothing_is_promised_to_nobody(database: Database) -> None:
    with pytest.raises(ValueError, match="nobody"), database.sessions.begin() as session:
        promise(session, user_id="")


def test_is_claimed_when_it_is_due_and_by_one_worker(database: Database) -> None:
    due = NOW + timedelta(hours=1)
    promised(database, due=due)

    claims = [claim(database, now) for now in (NOW, due, due)]

    assert [len(each) for each in claims] == [0, 1, 0]
    assert claims[1][0].attempt == 1
    assert claims[1][0].token


def test_is_claimed_again_when_the_lease_ran_out(database: Database) -> None:
    promised(database)
    first = claim(database)[0]

    second = claim(database, NOW + LEASE)[0]

    assert second.id == first.id
    assert second.token != first.token
    assert second.attempt == 2


def test_a_worker_whose_lease_ran_out_changes_nothing(database: Database) -> None:
    promised(database)
    first = claim(database)[0]
    second = claim(database, NOW + LEASE)[0]

    with pytest.raises(LeaseLost), database.workers.begin() as session:
        lease.mark_sending(session, first, NOW, SETTLE, "D1")
    with pytest.raises(LeaseLost), database.workers.begin() as session:
        lease.settle_sent(session, first, NOW, channel="D1", ts="1.1", shown="")

    assert now_of(database, first) == second


def test_what_is_settled_stays_settled(database: Database) -> None:
    promised(database)
    held = claim(database)[0]
    with database.workers.begin() as session:
        lease.settle_sent(session, held, NOW, channel="D1", ts="1.1", shown="")

    with pytest.raises(LeaseLost), database.workers.begin() as session:
        lease.settle(session, held, NOW, State.DEAD, "channel_not_found")

    found = now_of(database, held)
    assert (found.state, found.channel, found.slack_ts, found.token) == ("sent", "D1", "1.1", "")


def test_looks_from_the_first_attempt_on(database: Database) -> None:
    promised(database)
    with database.workers.begin() as session:
        held = lease.claim(session, NOW, 1, LEASE)[0]
        lease.mark_sending(session, held, NOW, SETTLE, "D1")
    later = NOW + SETTLE
    with database.workers.begin() as session:
        held = lease.claim(session, later, 1, LEASE)[0]
        lease.mark_sending(session, held, later, SETTLE, "D1")

    found = now_of(database, held)

    assert found.first_posting_at == NOW
    assert found.posting_at == later


def test_a_turn_that_has_not_come_is_no_attempt(database: Database) -> None:
    promised(database)
    held = claim(database)[0]
    later = NOW + timedelta(minutes=1)

    with database.workers.begin() as session:
        lease.put_back(session, held, later, unsent=True, counted=False)

    assert claim(database) == []
    assert claim(database, later)[0].attempt == 1


def test_the_longest_waiting_comes_first(database: Database) -> None:
    for minute in (3, 1, 2):
        promised(database, f"nudge:{minute}", now=NOW - timedelta(minutes=minute))

    keys = [claim(database, limit=1)[0].key for _ in range(3)]

    assert keys == ["nudge:3", "nudge:2", "nudge:1"]


def test_a_suspended_workspace_waits_and_the_others_do_not(database: Database) -> None:
    with database.sessions.begin() as session:
        session.add(a_workspace("T2"))
    promised(database, "nudge:1")
    with database.sessions.begin() as session:
        promise(session, "nudge:2", team_id="T2")
        outbox.suspend(session, "T2", "token_revoked")

    claimed = claim(database)

    assert [each.team_id for each in claimed] == [TEAM]


def test_what_slack_asked_to_leave_alone_is_left_alone(database: Database) -> None:
    with database.sessions.begin() as session:
        session.add(a_workspace("T2"))
    sent = promised(database, "card", channel="C1", user_id="")
    with database.workers.begin() as session:
        held = lease.claim(session, NOW, 1, LEASE)[0]
        lease.settle_sent(session, held, NOW, channel="C1", ts="1.1", shown="")
    here = promised(database, "nudge:1")
    with database.sessions.begin() as session:
        outbox.promise_update(session, sent, NOW, 2)
        promise(session, "nudge:2", team_id="T2")
        pace.hold_off(session, TEAM, pace.POST, NOW + timedelta(seconds=30))

    during = claim(database)
    after = claim(database, NOW + timedelta(seconds=30))

    assert sorted((each.team_id, each.kind) for each in during) == [
        (TEAM, "update"),
        ("T2", "nudge"),
    ]
    assert [each.id for each in after] == [here.id]


def test_an_update_waits_for_the_message_it_changes(database: Database) -> None:
    card = promised(database, "card", channel="C1", user_id="")
    with database.sessions.begin() as session:
        outbox.promise_update(session, card, NOW, 2)

    held = claim(database)
    with database.workers.begin() as session:
        lease.settle_sent(session, held[0], NOW, channel="C1", ts="1.1", shown="")
    after = claim(database)

    assert [each.id for each in held] == [card.id]
    assert [each.target for each in after] == [card.id]


def test_a_busy_channel_waits_and_the_others_do_not(database: Database) -> None:
    promised(database, "one", channel="C1", user_id="")
    other = promised(database, "two", channel="C2", user_id="")
    with database.sessions.begin() as session:
        pace.hold_off(session, TEAM, pace.channel_method("C1"), NOW + timedelta(seconds=1))

    claimed = claim(database)

    assert [each.id for each in claimed] == [other.id]


def test_claims_are_made_through_the_index(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL reads so small a table as a whole")
    ran: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        ran.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    claim(database)

    statement, values = next(each for each in ran if "delivery" in each[0])
    with database.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert "ix_delivery_due" in str(plan)


def test_many_workers_share_the_work_and_claim_nothing_twice(database: Database) -> None:
    with database.sessions.begin() as session:
        for number in range(100):
            promise(session, f"nudge:{number}")
    claimed: list[str] = []

    def work() -> None:
        while batch := claim(database):
            claimed.extend(each.id for each in batch)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(claimed) == 100
    assert len(set(claimed)) == 100


def test_copies_are_what_people_see_or_are_about_to(database: Database) -> None:
    states = [*State]
    for state in states:
        one = promised(database, f"nudge:{state}", now=NOW)
        with database.sessions.begin() as session:
            session.execute(update(DeliveryRow).where(DeliveryRow.id == one.id).values(state=state))
    promised(database, "another", ref="s_2")

    with database.readers.begin() as session:
        found = outbox.copies(session, TEAM, ["nudge", "card"], "s_1")

    assert {each.state for each in found} == {State.READY, State.SENDING, State.SENT}


def test_another_workspace_sees_none_of_it(database: Database) -> None:
    mine = promised(database)

    with database.readers.begin() as session:
        assert outbox.get(session, "T2", mine.id) is None
        assert outbox.copies(session, "T2", ["nudge"], "s_1") == []


def test_what_nobody_began_in_time_expires_even_in_a_suspended_workspace(
    database: Database,
) -> None:
    late = promised(database, "late", expires_at=NOW)
    kept = promised(database, "kept")
    with database.sessions.begin() as session:
        outbox.suspend(session, TEAM, "token_revoked")

    with database.workers.begin() as session:
        dropped = outbox.expire_overdue(session, NOW + timedelta(seconds=1))

    assert dropped == 1
    assert now_of(database, late).state == State.EXPIRED
    assert now_of(database, kept).state == State.READY


def test_what_a_worker_holds_does_not_expire_under_it(database: Database) -> None:
    promised(database, expires_at=NOW)
    held = claim(database)[0]

    with database.workers.begin() as session:
        dropped = outbox.expire_overdue(session, NOW + timedelta(seconds=1))

    assert dropped == 0
    assert now_of(database, held).state == State.READY


def test_the_backlog_tells_since_when_the_oldest_waits(database: Database) -> None:
    early = NOW - timedelta(hours=2)
    promised(database, "one", now=early)
    dead = promised(database, "two")
    held = next(each for each in claim(database) if each.id == dead.id)
    with database.workers.begin() as session:
        lease.settle(session, held, NOW, State.DEAD, "user_not_found")

    with database.readers.begin() as session:
        backlog = outbox.backlog(session)

    assert (backlog.ready, backlog.sending, backlog.dead, backlog.unconfirmed) == (1, 0, 1, 0)
    assert backlog.oldest_due == NOW + LEASE
