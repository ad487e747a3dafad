"""What every room's tests may ask for."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, delete, text
from sqlalchemy.engine import make_url

from storage.db import Database, open_database
from storage.migrations import configuration
from storage.models import Base
from tests import postgres

NewDatabase = Callable[[], str]


@pytest.fixture(scope="session")
def new_postgresql() -> Iterator[NewDatabase]:
    """Makes a new, empty PostgreSQL database and tells its address; one server for the run."""
    with ExitStack() as stack:
        server: list[str] = []

        def new() -> str:
            if not server:  # the first test that needs one waits for it
                server.append(stack.enter_context(postgres.server()))
            url = make_url(server[0]).set(drivername="postgresql+psycopg")
            name = f"retro_{secrets.token_hex(6)}"
            _execute(server[0], f"CREATE DATABASE {name}")
            stack.callback(_execute, server[0], f"DROP DATABASE {name} WITH (FORCE)")
            return url.set(database=name).render_as_string(hide_password=False)

        yield new


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables and no rows, to be copied."""
    file = tmp_path_factory.mktemp("template") / "retro.sqlite3"
    _make_tables(f"sqlite:///{file}").close()  # the last to close moves the log into the file
    return file


@pytest.fixture(scope="session")
def postgresql_database(new_postgresql: NewDatabase) -> Iterator[Database]:
    """A PostgreSQL database with the tables, shared by the tests of one process."""
    database = _make_tables(new_postgresql())
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An open database with empty tables: the test runs once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        file = tmp_path / "retro.sqlite3"
        shutil.copy(template, file)
        database = open_database(f"sqlite:///{file}")
        yield database
        database.close()
        return
    shared: Database = request.getfixturevalue("postgresql_database")
    yield shared
    with shared.sessions.begin() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An open database without tables, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        new: NewDatabase = request.getfixturevalue("new_postgresql")
        url = new()
    database = open_database(url)
    yield database
    database.close()


def _make_tables(url: str) -> Database:
    # Made from the models, not by the migrations: a test of those says that both agree.
    database = open_database(url)
    with database.engine.begin() as connection:
        Base.metadata.create_all(connection)
        command.stamp(configuration(connection), "head")
    return database


def _execute(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
