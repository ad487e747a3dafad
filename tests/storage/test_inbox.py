"""Events that are done once, and processes that are missed when they fall silent."""

from __future__ import annotations

from datetime import timedelta

from storage import heartbeat, inbox
from storage.db import Database
from storage.ids import new_id
from tests.rows import NOW

DAY = timedelta(days=1)


def test_an_event_that_comes_again_is_known(database: Database) -> None:
    with database.sessions.begin() as session:
        first = inbox.receive(session, "T1", "Ev1", NOW)
    with database.sessions.begin() as session:
        again = inbox.receive(session, "T1", "Ev1", NOW)
        elsewhere = inbox.receive(session, "T2", "Ev1", NOW)

    assert (first, again, elsewhere) == (True, False, True)


def test_an_event_whose_effect_was_undone_is_new_when_it_comes_again(database: Database) -> None:
    with database.sessions() as session:
        inbox.receive(session, "T1", "Ev1", NOW)
        session.rollback()

    with database.sessions.begin() as session:
        assert inbox.receive(session, "T1", "Ev1", NOW)


def test_old_events_are_forgotten(database: Database) -> None:
    with database.sessions.begin() as session:
        inbox.receive(session, "T1", "Ev1", NOW - DAY)
        inbox.receive(session, "T1", "Ev2", NOW)

    with database.sessions.begin() as session:
        assert inbox.forget(session, NOW) == 1
        assert not inbox.receive(session, "T1", "Ev2", NOW)


def test_the_last_beat_of_each_worker_is_known(database: Database) -> None:
    with database.sessions.begin() as session:
        heartbeat.beat(session, "one", NOW - DAY)
        heartbeat.beat(session, "two", NOW - DAY)
        heartbeat.beat(session, "one", NOW)

    with database.sessions.begin() as session:
        assert heartbeat.last(session, "one") == NOW
        assert heartbeat.forget(session, NOW) == 1
        assert heartbeat.last(session, "two") is None


def test_an_id_names_its_kind_and_is_not_repeated() -> None:
    ids = {new_id("t") for _ in range(1000)}

    assert len(ids) == 1000
    assert all(each.startswith("t_") and len(each) == 20 for each in ids)
