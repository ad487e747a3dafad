"""What a workspace remembers: people, channels, messages, files, views."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

Kind = Literal["channel", "private", "im"]
COLORS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "2b6836", "d58247")


@dataclass(kw_only=True)
class User:
    """A person or a bot of the workspace."""

    id: str
    name: str
    real_name: str
    team_id: str
    title: str = ""
    email: str = ""
    locale: str = "en-US"
    tz: str = "Europe/Paris"
    is_bot: bool = False
    deleted: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False

    @property
    def initials(self) -> str:
        """Two letters at most, for a round picture."""
        return "".join(word[0] for word in self.real_name.split()[:2]).upper()

    @property
    def color(self) -> str:
        """A colour that stays the same for one id, as six hexadecimal digits."""
        mixed = int.from_bytes(self.id.encode(), "big") % 173  # a prime: each letter counts
        return COLORS[mixed % len(COLORS)]


@dataclass(kw_only=True)
class Channel:
    """A public or private channel, or the direct messages of two users."""

    id: str
    name: str
    kind: Kind
    members: list[str]
    created: int
    topic: str = ""
    archived: bool = False
    pins: list[str] = field(default_factory=list)
    bookmarks: list[dict[str, Any]] = field(default_factory=list)
    last_read: dict[str, str] = field(default_factory=dict)

    def other(self, user: str) -> str | None:
        """Whom ``user`` talks with in these direct messages; None in a channel."""
        if self.kind != "im":
            return None
        return next((member for member in self.members if member != user), user)


@dataclass(kw_only=True)
class File:
    """An uploaded file. ``shared`` is false until the upload has been completed."""

    id: str
    name: str
    title: str
    mimetype: str
    user: str
    created: int
    content: bytes = b""
    alt_txt: str = ""
    shared: bool = False
    channels: list[str] = field(default_factory=list)

    @property
    def is_image(self) -> bool:
        """Whether a browser can show it in place."""
        return self.mimetype in {"image/png", "image/jpeg", "image/gif"}


@dataclass(kw_only=True)
class Message:
    """A message; ``ephemeral_to`` names the only reader of an ephemeral one."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    edited_ts: str | None = None
    ephemeral_to: str | None = None
    is_from_app: bool = False
    username: str = ""
    metadata: dict[str, Any] | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def is_visible_to(self, user: str) -> bool:
        """Whether a member of the channel sees it."""
        return self.ephemeral_to in {None, user}


@dataclass(kw_only=True)
class View:
    """A modal or a Home tab as its owner sees it now.

    ``payload`` is what the app gave, with the missing ids filled in; ``typed`` is what its
    owner has entered so far, by block and action.
    """

    id: str
    owner: str
    payload: dict[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks the app gave."""
        return list(self.payload["blocks"])

    @property
    def is_home(self) -> bool:
        """Whether it is a Home tab."""
        return bool(self.payload["type"] == "home")


def ts_of(instant: datetime) -> str:
    """Slack's name for an instant: unix seconds with six decimals."""
    micros = round((instant - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000_000)
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"


def instant_of(ts: str) -> datetime:
    """The instant a message's ``ts`` names, in UTC."""
    seconds, _, micros = ts.partition(".")
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(micros or 0))
