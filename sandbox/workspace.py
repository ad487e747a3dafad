"""The workspace: who is in it, what they can read, and one lock around all of it."""

import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sandbox.app import App
from sandbox.changes import Changes
from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.ids import Ids
from sandbox.link import Link
from sandbox.log import Log
from sandbox.pacing import Pacing
from sandbox.records import Channel, File, Kind, Message, User, View, ts_of
from sandbox.tokens import Tokens
from sandbox.triggers import OAuthCodes, ResponseUrls, Triggers

SLACKBOT = "USLACKBOT"  # Slack's own voice; the Web API does not call it a bot


class Workspace:
    """Everything a pretend Slack remembers.

    Its parts are public: the Web API, the gestures of people and the page read and change them,
    holding ``lock`` while they do and never while the app is being called.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        app: App,
        team_id: str = "T0SANDBOX",
        name: str = "Sandbox",
        domain: str = "sandbox",
        elapsed: Callable[[], float] = time.monotonic,
        seed: int = 0,
    ) -> None:
        self.clock = clock
        self.app = app
        self.team_id = team_id
        self.name = name
        self.domain = domain
        self.base_url = "http://127.0.0.1"  # the server says where it really listens
        self.lock = threading.RLock()
        self.changes = Changes(self.lock)
        self.ids = Ids(random.Random(seed))  # noqa: S311 - ids that repeat between runs
        self.faults = Faults(random.Random(seed))  # noqa: S311 - faults that repeat between runs
        self.log = Log()
        self.pacing = Pacing(elapsed)
        self.tokens = Tokens(app)
        self.triggers = Triggers(self.ids, elapsed)
        self.response_urls = ResponseUrls(self.ids, clock)
        self.codes = OAuthCodes(self.ids, clock)
        self.link = Link(app, clock, self.log)
        self.events = Events(self)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}
        self.files: dict[str, File] = {}
        self.modals: dict[str, list[View]] = {}  # by user, bottom first
        self.homes: dict[str, View] = {}  # by user
        self.home_versions: dict[str, int] = {}  # how often each Home tab was published
        self._last_ts = ts_of(datetime.fromtimestamp(0, UTC))
        self.users[SLACKBOT] = User(
            id=SLACKBOT, name="slackbot", real_name="Slackbot", team_id=team_id
        )
        self.add_user(app.bot_user_id, name=app.bot_name, real_name=app.name, is_bot=True)
        self.link.sockets.on_change = lambda: self.changes.publish("state")
        clock.on_move(lambda: self.changes.publish("clock"))

    @property
    def request_url(self) -> str | None:
        """Where payloads are posted; None: over the app's socket."""
        return self.link.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self.link.request_url = url
        self.changes.publish("state")

    def calls(self, method: str | None = None) -> list[dict[str, Any]]:
        """The Web API calls so far: ``method``, ``args``, ``result`` and ``at`` of each."""
        return self.log.calls(method)

    def wait_until(self, is_true: Callable[[], bool], timeout: float = 5.0) -> bool:
        """Wait at most ``timeout`` real seconds for something to become true here."""
        return self.changes.wait_until(is_true, timeout)

    def next_ts(self) -> str:
        """The present instant as a message's ts, later than any given before."""
        with self.lock:
            ts = ts_of(self.clock.now())
            if ts <= self._last_ts:
                seconds, _, micros = self._last_ts.partition(".")
                total = int(seconds) * 1_000_000 + int(micros) + 1
                ts = f"{total // 1_000_000}.{total % 1_000_000:06d}"
            self._last_ts = ts
            return ts

    def add_user(self, id: str, *, name: str, real_name: str, **flags: Any) -> User:  # noqa: A002 - Slack's word
        """Let somebody be a member from the start, with direct messages with the app."""
        user = User(id=id, name=name, real_name=real_name, team_id=self.team_id)
        user = replace(user, **{"email": f"{name}@example.com", **flags})
        with self.lock:
            self.users[id] = user
            if not user.is_bot:
                self.open_im(id, self.app.bot_user_id)
        self.changes.publish("state")
        return user

    def add_channel(
        self,
        id: str,  # noqa: A002 - Slack's word
        name: str,
        *,
        members: Iterable[str] = (),
        private: bool = False,
        bot: bool = True,
        topic: str = "",
    ) -> Channel:
        """Make a channel; ``bot`` says whether the app is a member of it."""
        everyone = [*members, self.app.bot_user_id] if bot else list(members)
        kind: Kind = "private" if private else "channel"
        created = int(self.clock.now().timestamp())
        channel = Channel(
            id=id, name=name, kind=kind, members=everyone, created=created, topic=topic
        )
        with self.lock:
            self.channels[id] = channel
            self.messages[id] = []
        self.changes.publish("state")
        return channel

    def open_im(self, one: str, other: str) -> Channel:
        """The direct messages between two users, made if they are new."""
        with self.lock:
            for channel in self.channels.values():
                if channel.kind == "im" and set(channel.members) == {one, other}:
                    return channel
            channel = Channel(
                id=self.ids.new("D"),
                name="",
                kind="im",
                members=[one, other],
                created=int(self.clock.now().timestamp()),
            )
            self.channels[channel.id] = channel
            self.messages[channel.id] = []
            return channel

    def user(self, id: str) -> User:  # noqa: A002 - Slack's word
        """The user with this id; raises ``user_not_found``."""
        user = self.users.get(id)
        if user is None:
            raise SlackError("user_not_found")
        return user

    def channel(self, id: str) -> Channel:  # noqa: A002 - Slack's word
        """The channel with this id; raises ``channel_not_found``."""
        channel = self.channels.get(id)
        if channel is None:
            raise SlackError("channel_not_found")
        return channel

    def message(self, channel: str, ts: str) -> Message:
        """The message at ``ts``; raises ``message_not_found``."""
        for message in self.messages.get(channel, ()):
            if message.ts == ts:
                return message
        raise SlackError("message_not_found")

    def find_view(self, view_id: str) -> View | None:
        """An open modal or a published Home tab."""
        every = [*self.homes.values(), *(view for stack in self.modals.values() for view in stack)]
        return next((view for view in every if view.id == view_id), None)

    def is_member(self, user: str, channel: Channel) -> bool:
        """Whether a user is in a channel."""
        return user in channel.members
