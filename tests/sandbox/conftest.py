"""A workspace with two people, a server for it, a client, and an app that listens."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk import WebClient

from sandbox import App, Clock, Person, Server, Workspace
from tests.sandbox.pretend_app import PretendApp

START = datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Europe/Paris"))


class Stopwatch:
    """Elapsed seconds that only pass when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def manifest() -> dict[str, Any]:
    return {
        "display_information": {"name": "Retro"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "retro"},
            "slash_commands": [
                {"command": "/retro", "description": "Plan", "should_escape": True},
                {"command": "/plain", "description": "Not escaped"},
            ],
            "shortcuts": [
                {"type": "global", "callback_id": "new", "name": "New campaign"},
                {"type": "message", "callback_id": "task", "name": "Make a task"},
            ],
        },
        "oauth_config": {
            "redirect_urls": ["http://127.0.0.1:3000/slack/oauth_redirect"],
            "scopes": {
                "bot": [
                    "app_mentions:read",
                    "bookmarks:read",
                    "bookmarks:write",
                    "channels:history",
                    "channels:join",
                    "channels:read",
                    "chat:write",
                    "commands",
                    "dnd:read",
                    "files:read",
                    "files:write",
                    "groups:history",
                    "groups:read",
                    "im:history",
                    "im:read",
                    "im:write",
                    "pins:read",
                    "pins:write",
                    "reactions:write",
                    "team:read",
                    "users:read",
                    "users:read.email",
                ]
            },
        },
        "settings": {
            "event_subscriptions": {
                "bot_events": [
                    "app_home_opened",
                    "app_mention",
                    "app_uninstalled",
                    "message.im",
                    "team_join",
                    "tokens_revoked",
                    "user_change",
                ]
            }
        },
    }


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def workspace(manifest: dict[str, Any], stopwatch: Stopwatch) -> Workspace:
    workspace = Workspace(
        clock=Clock(START, frozen=True), app=App.from_manifest(manifest), elapsed=stopwatch
    )
    workspace.add_user("U0ALICE", name="alice", real_name="Alice Martin", locale="fr-FR")
    workspace.add_user("U0BOB", name="bob", real_name="Bob Stone", tz="America/New_York")
    workspace.add_channel("C0AURORE", "aurore", members=["U0ALICE", "U0BOB"])
    return workspace


@pytest.fixture
def server(workspace: Workspace) -> Iterator[Server]:
    with Server(workspace) as server:
        yield server


@pytest.fixture
def client(server: Server) -> WebClient:
    token = server.workspace.app.bot_token
    return WebClient(token=token, base_url=server.api_url, retry_handlers=[])


@pytest.fixture
def pretend_app(server: Server) -> Iterator[PretendApp]:
    with PretendApp() as app:
        server.workspace.request_url = app.url
        server.workspace.events.retry_pauses = (0.0, 0.0, 0.0)
        yield app


@pytest.fixture
def alice(workspace: Workspace) -> Person:
    return Person(workspace, "U0ALICE")


@pytest.fixture
def bob(workspace: Workspace) -> Person:
    return Person(workspace, "U0BOB")
