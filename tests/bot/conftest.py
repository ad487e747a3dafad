"""An office with the assistant at work in it, on each database."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.app import Assistant
from sandbox import Clock, Person, Server, Workspace
from storage.db import Database
from tests.bot import support

People = Callable[[str], Person]


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """A command of ours logs to the standard error of its test, which is closed after it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def clock() -> Clock:
    """The office's clock: it stands still on a Monday morning until it is moved."""
    return Clock(support.MONDAY, frozen=True)


@pytest.fixture
def office(clock: Clock) -> Workspace:
    """Five members, four others, four channels; nobody has spoken yet."""
    return support.settle(clock)


@pytest.fixture
def slack(office: Workspace) -> Iterator[Server]:
    """The office's Web API."""
    with support.serving(office) as server:
        yield server


@pytest.fixture
def assistant(slack: Server, database: Database) -> Iterator[Assistant]:
    """The assistant, listening; the test runs once on SQLite, once on PostgreSQL."""
    url = database.engine.url.render_as_string(hide_password=False)
    with support.at_work(slack, url) as assistant:
        yield assistant


@pytest.fixture
def sqlite_assistant(slack: Server, sqlite_template: Path, tmp_path: Path) -> Iterator[Assistant]:
    """The assistant on SQLite alone, where the database makes no difference."""
    file = tmp_path / "office.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    with support.at_work(slack, f"sqlite:///{file}") as assistant:
        yield assistant


@pytest.fixture
def alice(office: Workspace) -> Person:
    """The lead, who reads French."""
    return Person(office, support.ALICE)


@pytest.fixture
def bruno(office: Workspace) -> Person:
    """The designer, who reads French."""
    return Person(office, support.BRUNO)


@pytest.fixture
def chloe(office: Workspace) -> Person:
    """An approver, who reads French."""
    return Person(office, support.CHLOE)


@pytest.fixture
def dan(office: Workspace) -> Person:
    """An approver, who reads English."""
    return Person(office, support.DAN)


@pytest.fixture
def emma(office: Workspace) -> Person:
    """A member who reads English, the media planner of the campaigns made here."""
    return Person(office, support.EMMA)


@pytest.fixture
def guest(office: Workspace) -> Person:
    """A guest, who reads English."""
    return Person(office, support.GUEST)
