"""Opening, sharing and copying a database."""

from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.orm import sessionmaker

from storage.db import (
    BackupImpossible,
    Database,
    DatabaseUnavailable,
    backup,
    insert_ignore,
    open_database,
    retryable,
    rows_changed,
)
from storage.models import HeartbeatRow, InboxRow, PaceRow, WorkspaceRow
from tests.rows import NOW, TEAM, a_campaign, a_task, a_workspace


def test_a_new_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "retro.sqlite3"

    database = open_database(f"sqlite:///{file}")
    with database.sessions.begin() as session:
        session.execute(text("CREATE TABLE t (x INTEGER)"))

    modes = {stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()}
    database.close()
    assert modes == {0o600}


def test_a_file_left_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "retro.sqlite3"
    file.touch(mode=0o644)

    open_database(f"sqlite:///{file}").close()

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_sqlite_keeps_what_was_committed_through_a_power_cut(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'retro.sqlite3'}")

    with database.sessions.begin() as session:
        found = [
            session.scalar(text(f"PRAGMA {pragma}"))
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    database.close()
    full, on = 2, 1
    assert found == ["wal", full, on, 2500]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:secret@127.0.0.1:1/retro",
        "sqlite:////proc/nowhere/retro.sqlite3",
        "sqlite://",
        "mysql://ada:secret@127.0.0.1/retro",
        "not an address, secret",
    ],
)
def test_says_which_database_cannot_be_opened_and_keeps_its_password(url: str) -> None:
    with pytest.raises(DatabaseUnavailable) as raised:
        open_database(url)

    shown = f"{raised.value.url} {raised.value.cause}"
    assert raised.value.cause
    assert "secret" not in shown


def test_inserts_unless_the_key_is_taken(database: Database) -> None:
    with database.sessions.begin() as session:
        answers = [
            insert_ignore(session, InboxRow, team_id=TEAM, event_id=event, received_at=NOW)
            for event in ("Ev1", "Ev1", "Ev2")
        ]

    assert answers == [True, False, True]


def test_inserts_what_depends_on_an_object_that_the_session_holds(database: Database) -> None:
    with database.sessions.begin() as session:
        session.add(a_workspace())
        inserted = insert_ignore(session, PaceRow, team_id=TEAM, method="m", not_before=NOW)

    assert inserted


def test_of_two_that_want_the_same_change_one_makes_it(database: Database) -> None:
    with database.sessions.begin() as session:
        session.add(a_workspace())

    counts = []
    for _ in range(2):
        with database.sessions.begin() as session:
            wanted = update(WorkspaceRow).where(WorkspaceRow.suspended == "")
            counts.append(rows_changed(session, wanted.values(suspended="token_revoked")))

    assert counts == [1, 0]


def test_refuses_a_task_in_the_campaign_of_another_workspace(database: Database) -> None:
    with database.sessions.begin() as session:
        session.add_all([a_workspace("T1"), a_workspace("T2")])
        session.flush()
        session.add(a_campaign("T1"))

    with pytest.raises(IntegrityError), database.sessions.begin() as session:
        session.add(a_task("T2"))


def test_refuses_a_time_without_a_zone(database: Database) -> None:
    naive = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the point of the test

    with pytest.raises(StatementError, match="naive"), database.sessions.begin() as session:
        session.add(HeartbeatRow(worker="w", at=naive))


def test_gives_back_the_same_instant_to_the_millisecond(database: Database) -> None:
    instant = NOW + timedelta(milliseconds=123)

    with database.sessions.begin() as session:
        session.add(HeartbeatRow(worker="w", at=instant))
    with database.readers.begin() as session:
        found = session.scalar(select(HeartbeatRow.at))

    assert found == instant
    assert found is not None
    assert found.tzinfo is not None


def test_a_reader_does_not_wait_for_the_writer(database: Database) -> None:
    with database.sessions.begin() as writing:
        writing.add(HeartbeatRow(worker="w", at=NOW))
        writing.flush()

        with database.readers.begin() as reading:
            seen = reading.scalar(select(func.count()).select_from(HeartbeatRow))

    assert seen == 0


def test_two_threads_that_read_then_write_never_meet_a_locked_database(
    database: Database,
) -> None:
    errors: list[BaseException] = []

    def work(name: str) -> None:
        for number in range(200):
            try:
                with database.workers.begin() as session:
                    session.scalar(select(func.count()).select_from(InboxRow))
                    insert_ignore(
                        session, InboxRow, team_id=name, event_id=f"Ev{number}", received_at=NOW
                    )
            except DBAPIError as error:
                errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("T1", "T2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.readers.begin() as session:
        count = session.scalar(select(func.count()).select_from(InboxRow))
    assert errors == []
    assert count == 400


def test_a_lock_that_lasts_too_long_is_worth_another_try(database: Database) -> None:
    impatient = sessionmaker(database.engine.execution_options(patience=0.05))
    with database.sessions.begin() as session:
        session.add(HeartbeatRow(worker="w", at=NOW))

    wanted = update(HeartbeatRow).values(at=NOW)
    with database.workers.begin() as holder:
        rows_changed(holder, wanted)
        with pytest.raises(DBAPIError) as raised, impatient.begin() as session:
            rows_changed(session, wanted)

    assert retryable(raised.value)


def test_a_broken_rule_is_not_worth_another_try(database: Database) -> None:
    with pytest.raises(IntegrityError) as raised, database.sessions.begin() as session:
        session.add(a_campaign("T0NOWHERE"))

    assert not retryable(raised.value)
    assert not retryable(ValueError())


def _sqlite(tmp_path: Path) -> Database:
    database = open_database(f"sqlite:///{tmp_path / 'retro.sqlite3'}")
    with database.sessions.begin() as session:
        session.execute(text("CREATE TABLE t (x INTEGER)"))
        session.execute(text("INSERT INTO t VALUES (7)"))
    return database


def test_a_backup_holds_what_is_committed_and_not_what_is_being_written(tmp_path: Path) -> None:
    database = _sqlite(tmp_path)
    copy = tmp_path / "copy.sqlite3"

    with database.sessions.begin() as session:
        session.execute(text("INSERT INTO t VALUES (8)"))
        backup(database, copy)

    database.close()
    with closing(sqlite3.connect(copy)) as connection:
        rows = connection.execute("SELECT x FROM t").fetchall()
    assert rows == [(7,)]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_backup_replaces_the_last_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    database = _sqlite(tmp_path)
    folder = tmp_path / "backups"
    folder.mkdir()

    for _ in range(2):
        backup(database, folder / "copy.sqlite3")

    database.close()
    assert [each.name for each in folder.iterdir()] == ["copy.sqlite3"]


def test_a_backup_never_overwrites_the_database_itself(tmp_path: Path) -> None:
    database = _sqlite(tmp_path)

    with pytest.raises(BackupImpossible) as raised:
        backup(database, tmp_path / "retro.sqlite3")

    database.close()
    assert raised.value.why == "same_file"


def test_postgresql_has_its_own_backups(postgresql_database: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupImpossible) as raised:
        backup(postgresql_database, tmp_path / "copy")

    assert raised.value.why == "not_sqlite"
