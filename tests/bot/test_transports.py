"""The same listeners over both transports: signed HTTP, and Socket Mode through the real SDK."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import Assistant
from sandbox import Person, Server, Workspace
from tests.bot import support


@pytest.fixture
def connected(slack: Server, sqlite_template: Path, tmp_path: Path) -> Iterator[Assistant]:
    """The assistant at work over Socket Mode: it has no address that Slack could call."""
    file = tmp_path / "office.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    pool = ThreadPoolExecutor(4)
    changes = {"slack_app_token": SecretStr(slack.workspace.app.app_token)}
    with support.at_work(slack, f"sqlite:///{file}", executor=pool, **changes) as assistant:
        slack.workspace.request_url = None
        assistant.start()
        slack.workspace.link.sockets.wait_until_open(5.0)
        yield assistant


@pytest.mark.usefixtures("connected")
def test_a_campaign_is_planned_over_socket_mode(office: Workspace) -> None:
    """Command, modal, choice and submission all come through the WebSocket."""
    alice = Person(office, support.ALICE)

    errors = support.fill(support.open_form(alice)).submit()

    assert errors == {}
    assert "lancement lun. 15 mars 2027" in alice.finds(support.AURORE, "Aurore").words


def test_over_socket_mode_nothing_of_slack_is_taken_over_http(connected: Assistant) -> None:
    """There is no endpoint that someone could send a forged payload to, only the health."""
    with closing(HTTPConnection("127.0.0.1", connected.listener.port, timeout=5)) as connection:
        connection.request("POST", "/slack/events", "command=/retro")
        forged = connection.getresponse()
        forged.read()
        connection.request("GET", "/healthz")
        health = connection.getresponse()
        health.read()

    assert forged.status == HTTPStatus.NOT_FOUND
    assert health.status == HTTPStatus.OK
