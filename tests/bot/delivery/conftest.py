"""The scene of the tests of delivery."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox import Server
from storage.db import Database
from tests.bot.delivery.scene import Scene, a_slack
from tests.rows import a_workspace


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    """One workspace, on either database."""
    with database.sessions.begin() as session:
        session.add(a_workspace())
    with Server(a_slack()) as server:
        yield Scene(database, server.workspace, server)
