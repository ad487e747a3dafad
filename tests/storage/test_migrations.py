"""How the tables came to be."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from textwrap import indent

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from storage import migrations
from storage.db import (
    BrokenReferences,
    Database,
    SchemaTooNew,
    downgrade,
    open_database,
    pending_migrations,
    upgrade,
)
from storage.migrations.__main__ import main as write_the_next
from storage.models import Base
from tests.rows import a_campaign, a_workspace


def test_the_migrations_make_what_the_models_say(empty_database: Database) -> None:
    upgrade(empty_database)

    with empty_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def test_says_what_is_pending_until_it_is_done(empty_database: Database) -> None:
    before = pending_migrations(empty_database)

    upgrade(empty_database)

    assert before[0] == "0001"
    assert pending_migrations(empty_database) == ()


def test_going_all_the_way_back_leaves_no_table(empty_database: Database) -> None:
    upgrade(empty_database)

    downgrade(empty_database, "base")

    assert inspect(empty_database.engine).get_table_names() == ["alembic_version"]


def test_two_processes_that_upgrade_together_do_it_once(empty_database: Database) -> None:
    errors: list[BaseException] = []

    def work() -> None:
        try:
            upgrade(empty_database)
        except (SQLAlchemyError, CommandError) as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert pending_migrations(empty_database) == ()


def test_refuses_a_database_of_a_later_release(empty_database: Database) -> None:
    upgrade(empty_database)
    with empty_database.sessions.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaTooNew) as raised:
        pending_migrations(empty_database)

    assert raised.value.revision == "9999"


def test_upgrading_again_keeps_the_rows(empty_database: Database) -> None:
    upgrade(empty_database)
    with empty_database.sessions.begin() as session:
        session.add(a_workspace())
        session.flush()
        session.add(a_campaign())

    upgrade(empty_database)

    with empty_database.sessions.begin() as session:
        assert session.scalar(text("SELECT name FROM campaign")) == "Aurore"


def _with_another(monkeypatch: pytest.MonkeyPatch, folder: Path, change: str) -> None:
    """Let one more migration follow those of the package."""
    here = folder / "migrations"
    shutil.copytree(migrations.HERE, here)
    last = ScriptDirectory.from_config(migrations.configuration(None)).get_current_head()
    (here / "versions" / "9000_another.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = '9000', {last!r}\n"
        f"def upgrade():\n{indent(change, '    ')}\n"
    )
    monkeypatch.setattr(migrations, "HERE", here)


def test_altering_a_table_keeps_the_rows_that_point_at_its_own(
    empty_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    upgrade(empty_database)
    with empty_database.sessions.begin() as session:
        session.add(a_workspace())
        session.flush()
        session.add(a_campaign())
    _with_another(
        monkeypatch,
        tmp_path,
        "with op.batch_alter_table('workspace') as table:\n"
        "    table.alter_column('name', type_=sa.String(300))\n",
    )

    upgrade(empty_database)

    with empty_database.sessions.begin() as session:
        assert session.scalar(text("SELECT count(*) FROM campaign")) == 1
        assert session.scalar(text("SELECT count(*) FROM workspace")) == 1


def test_a_migration_that_leaves_rows_pointing_at_nothing_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'retro.sqlite3'}")
    upgrade(database)
    with database.sessions.begin() as session:
        session.add(a_workspace())
        session.flush()
        session.add(a_campaign())
    _with_another(monkeypatch, tmp_path, "op.execute('DELETE FROM workspace')")

    with pytest.raises(BrokenReferences) as raised:
        upgrade(database)

    with database.sessions.begin() as session:
        assert session.scalar(text("SELECT count(*) FROM workspace")) == 1
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    database.close()
    assert raised.value.tables == {"campaign"}


def test_writes_the_next_migration_from_the_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = tmp_path / "migrations"
    shutil.copytree(migrations.HERE, here)
    for version in (here / "versions").glob("*.py"):
        version.unlink()
    monkeypatch.setattr(migrations, "HERE", here)
    monkeypatch.setattr("sys.argv", ["storage.migrations", "All of it"])

    write_the_next()

    written = (here / "versions" / "0001_all_of_it.py").read_text()
    assert written.startswith('"""All of it."""')
    assert "UtcDateTime()" in written
    assert "# ###" not in written
    assert "0001_all_of_it" in capsys.readouterr().out
