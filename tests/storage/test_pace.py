"""How fast Slack may be called."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from storage import pace
from storage.db import Database
from storage.pace import Rate
from tests.rows import NOW, TEAM, a_workspace

SECOND = timedelta(seconds=1)
RATE = Rate(every=SECOND, burst=3)


@pytest.fixture(autouse=True)
def team(database: Database) -> None:
    with database.sessions.begin() as session:
        session.add_all([a_workspace(), a_workspace("T2")])


def take(database: Database, now: datetime, team_id: str = TEAM) -> datetime | None:
    with database.workers.begin() as session:
        return pace.take(session, team_id, "m", now, RATE)


def test_a_burst_then_one_call_a_second(database: Database) -> None:
    at_once = [take(database, NOW) for _ in range(4)]
    a_second_later = [take(database, NOW + SECOND) for _ in range(2)]

    assert at_once == [None, None, None, NOW + SECOND]
    assert a_second_later == [None, NOW + 2 * SECOND]


def test_a_silence_saves_up_no_more_than_a_burst(database: Database) -> None:
    take(database, NOW)

    much_later = [take(database, NOW + timedelta(hours=1)) for _ in range(4)]

    assert much_later == [None, None, None, NOW + timedelta(hours=1) + SECOND]


def test_workspaces_do_not_wait_for_each_other(database: Database) -> None:
    for _ in range(4):
        take(database, NOW)

    assert take(database, NOW, "T2") is None


def test_the_later_of_two_wishes_counts(database: Database) -> None:
    with database.workers.begin() as session:
        pace.hold_off(session, TEAM, "m", NOW + 30 * SECOND)
        pace.hold_off(session, TEAM, "m", NOW + 10 * SECOND)

    with database.readers.begin() as session:
        during = pace.blocked_until(session, TEAM, "m", NOW)
        after = pace.blocked_until(session, TEAM, "m", NOW + 30 * SECOND)
    assert during == NOW + 30 * SECOND
    assert after is None
    assert take(database, NOW) == NOW + 30 * SECOND


def test_replicas_keep_to_one_rate_together(database: Database) -> None:
    taken: list[datetime | None] = []
    threads = [threading.Thread(target=lambda: taken.append(take(database, NOW))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert taken.count(None) <= RATE.burst
    assert len(taken) == 8
