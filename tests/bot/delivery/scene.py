"""A workspace with a bot that promises things, and a Slack that can be made to misbehave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clients import make_client
from bot.delivery import Delivery
from bot.ids import Kind
from bot.views.blocks import Message
from sandbox import App, Clock, Server, Workspace
from storage import outbox
from storage.db import Database
from storage.models import DeliveryRow
from storage.outbox import Promise
from storage.pace import Rate
from tests.rows import NOW, TEAM

ALICE, BOB = "U0ALICE", "U0BOB"
AURORE = "C0AURORE"
SCOPES = ("chat:write", "im:write", "im:history", "channels:history")
SETTLED = timedelta(seconds=301)  # after which it is known what became of a lost call

UNHURRIED = Rate(every=timedelta(0), burst=1)


@dataclass
class Parrot:
    """A voice that says what was put into its mouth, by what a promise is about."""

    words: dict[str, str | None] = field(default_factory=dict)
    has_blocks: bool = True
    refused: list[tuple[str, str]] = field(default_factory=list)
    rendered: Callable[[Promise], None] = lambda _promise: None

    def render(self, session: Session, promise: Promise) -> Message | None:
        words = self.words.get(promise.ref, promise.ref)
        self.rendered(promise)
        if words is None:
            return None
        if not self.has_blocks:
            return Message(text=words)
        block = {"type": "section", "text": {"type": "mrkdwn", "text": words}}
        return Message(text=words, blocks=[block])

    def undeliverable(self, session: Session, promise: Promise, error: str, now: datetime) -> None:
        self.refused.append((promise.key, error))


def a_slack(*scopes: str, team_id: str = TEAM) -> Workspace:
    """Slack, its clock stopped at ``NOW``, with two people, a channel and our app."""
    manifest = {"oauth_config": {"scopes": {"bot": list(scopes or SCOPES)}}}
    slack = Workspace(
        clock=Clock(NOW, frozen=True), app=App.from_manifest(manifest), team_id=team_id
    )
    slack.add_user(ALICE, name="alice", real_name="Alice Martin")
    slack.add_user(BOB, name="bob", real_name="Bob Durand")
    slack.add_channel(AURORE, "aurore", members=[ALICE, BOB])
    return slack


@dataclass
class Scene:
    """What a test of delivery works with."""

    database: Database
    slack: Workspace
    server: Server
    voice: Parrot = field(default_factory=Parrot)

    def client(self, team_id: str = TEAM, timeout: int = 10) -> WebClient:
        return make_client(self.slack.app.bot_token, self.server.api_url, timeout)

    def delivery(self, **changes: Any) -> Delivery:
        values: dict[str, Any] = {
            "db": self.database,
            "client_for": self.client,
            "voice": self.voice,
            "now": self.slack.clock.now,
            "jitter": lambda: 0.0,
        }
        return Delivery(**values | changes)

    def promise(self, key: str = "Hello", kind: str = Kind.NUDGE, **changes: Any) -> Promise:
        """Promise to say ``key`` to Alice, unless told otherwise."""
        values: dict[str, Any] = {
            "team_id": TEAM,
            "ref": key,
            "user_id": ALICE,
            "now": self.now,
        }
        with self.database.sessions.begin() as session:
            assert outbox.promise(session, key=key, kind=kind, **(values | changes))
            query = select(DeliveryRow.id).where(DeliveryRow.key == key)
            found = outbox.get(session, changes.get("team_id", TEAM), session.scalars(query).one())
        assert found is not None
        return found

    def change(self, promise: Promise, words: str | None, version: int = 2) -> None:
        """What a message is about changes, and it is promised that the message will show it."""
        self.voice.words[promise.ref] = words
        with self.database.sessions.begin() as session:
            for copy in outbox.copies(session, TEAM, [promise.kind], promise.ref):
                outbox.promise_update(session, copy, self.now, version)

    def about(self, ref: str, kind: str) -> list[Promise]:
        with self.database.readers.begin() as session:
            return outbox.copies(session, TEAM, [kind], ref)

    def state(self, promise: Promise) -> str:
        with self.database.readers.begin() as session:
            found = outbox.get(session, promise.team_id, promise.id)
        assert found is not None
        return found.state

    def later(self, by: timedelta = SETTLED) -> None:
        self.slack.clock.move(by)

    @property
    def now(self) -> datetime:
        return self.slack.clock.now()

    def said(self, to: str = ALICE) -> list[str]:
        """What the bot said to someone, or in a channel, as it reads now."""
        place = to if to in self.slack.channels else self.dm(to)
        return [message.text for message in self.slack.messages[place]]

    def dm(self, user_id: str) -> str:
        return self.slack.open_im(user_id, self.slack.app.bot_user_id).id

    def called(self, method: str) -> int:
        return len(self.slack.calls(method))
