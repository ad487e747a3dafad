"""The Web API's methods by name, and what each may assume about its call."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.errors import SlackError
from sandbox.records import Channel, Message
from sandbox.tokens import Token
from sandbox.workspace import Workspace

# Which scope a conversation of each kind asks for, by the family of the method.
KIND_SCOPES = {"channel": "channels", "private": "groups", "im": "im"}
TRUE_WORDS = {"1", "true", "True"}


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of a method: who calls and with which arguments."""

    workspace: Workspace
    args: Mapping[str, Any]
    token: Token
    token_text: str

    def has(self, name: str) -> bool:
        """Whether an argument was given and is not empty."""
        value = self.args.get(name)
        return value is not None and value != ""

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def needed(self, name: str) -> str:
        """An argument that must be there; else Slack's ``invalid_arguments``."""
        if not self.has(name):
            raise missing(name)
        return self.text(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An argument as a truth value; forms carry it as text."""
        value = self.args.get(name)
        if value is None:
            return default
        return value if isinstance(value, bool) else str(value) in TRUE_WORDS

    def number(self, name: str, default: int) -> int:
        """An argument as a whole number."""
        try:
            return int(self.text(name, str(default)))
        except ValueError as error:
            raise SlackError("invalid_arguments") from error

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON, or text holding JSON; None if it is not given."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as failure:
            raise SlackError(error) from failure

    def need_scope(self, *scopes: str) -> None:
        """Refuse the call unless the token has one of these scopes."""
        if not self.token.scopes.isdisjoint(scopes):
            return
        raise SlackError(
            "missing_scope",
            {"needed": ",".join(scopes), "provided": ",".join(sorted(self.token.scopes))},
        )

    def channel(self, name: str = "channel", family: str | None = None) -> Channel:
        """The conversation an argument names, as far as the bot may know of it.

        ``family`` is the scope's second half: ``history`` asks for ``channels:history`` in a
        public channel, ``groups:history`` in a private one.
        """
        channel = self.workspace.channel(self.needed(name))
        if channel.kind != "channel" and not self.is_member(channel):
            raise SlackError("channel_not_found")
        if family:
            self.need_scope(f"{KIND_SCOPES[channel.kind]}:{family}")
        return channel

    def is_member(self, channel: Channel) -> bool:
        """Whether the bot is in a conversation."""
        return self.workspace.app.bot_user_id in channel.members

    def message(self, channel: Channel, ts_argument: str) -> Message:
        """The message an argument names; ephemeral ones cannot be named."""
        message = self.workspace.message(channel.id, self.needed(ts_argument))
        if message.ephemeral_to is not None:
            raise SlackError("message_not_found")
        return message


Run = Callable[[Call], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Method:
    """A method of the Web API. It runs while the workspace's lock is held.

    ``status`` is ``supported`` or ``partial``; ``caller`` says whose token it wants: ``bot``,
    ``app``, or ``anyone`` for none; ``tier`` is Slack's rate limit, None for a special one.
    """

    name: str
    run: Run
    scopes: tuple[str, ...]
    status: str
    caller: str
    tier: int | None
    note: str


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *scopes: str,
    status: str = "supported",
    caller: str = "bot",
    tier: int | None = 3,
    note: str = "",
) -> Callable[[Run], Run]:
    """Register a function as a method; ``scopes`` are all needed."""

    def register(run: Run) -> Run:
        METHODS[name] = Method(
            name=name, run=run, scopes=scopes, status=status, caller=caller, tier=tier, note=note
        )
        return run

    return register


def missing(name: str) -> SlackError:
    """The error for an argument that is not there."""
    return invalid([f"[ERROR] missing required field: {name}"])


def invalid(messages: list[str]) -> SlackError:
    """The error for arguments that cannot be right."""
    return SlackError("invalid_arguments", {"response_metadata": {"messages": messages}})
