"""Permissions that wear out: trigger ids, response urls, OAuth codes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.errors import SlackError
from sandbox.ids import Ids

TRIGGER_SECONDS = 3.0
RESPONSE_USES = 5
RESPONSE_LIFE = timedelta(minutes=30)
CODE_LIFE = timedelta(minutes=10)


@dataclass
class Trigger:
    """What one gesture allows: to open one modal, soon."""

    user: str
    view_id: str | None  # the modal in which the gesture was made
    born: float
    used: bool = False


class Triggers:
    """Trigger ids live three real seconds and work once."""

    def __init__(self, ids: Ids, elapsed: Callable[[], float]) -> None:
        self._ids = ids
        self._elapsed = elapsed
        self._known: dict[str, Trigger] = {}
        self._lock = threading.Lock()

    def issue(self, user: str, view_id: str | None = None) -> str:
        """A new trigger id for a gesture of ``user``."""
        name = f"{self._ids.new('')}.{self._ids.secret()}"
        with self._lock:
            self._known[name] = Trigger(user, view_id, self._elapsed())
        return name

    def spend(self, name: str) -> Trigger:
        """Use a trigger id up, or say in Slack's words why it opens nothing."""
        with self._lock:
            trigger = self._known.get(name)
            if trigger is None:
                raise SlackError("invalid_trigger_id")
            if trigger.used:
                raise SlackError("exchanged_trigger_id")
            if self._elapsed() - trigger.born > TRIGGER_SECONDS:
                raise SlackError("expired_trigger_id")
            trigger.used = True
            return trigger


@dataclass
class ResponseUrl:
    """The right to answer one gesture five times within half an hour."""

    user: str
    channel: str
    message_ts: str | None
    expires: datetime
    thread_ts: str | None = None
    uses_left: int = RESPONSE_USES


class ResponseUrls:
    """Response urls by the secret at their end."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._known: dict[str, ResponseUrl] = {}
        self._lock = threading.Lock()

    def issue(
        self,
        user: str,
        channel: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """The secret of a new response url."""
        secret = self._ids.secret()
        with self._lock:
            self._known[secret] = ResponseUrl(
                user, channel, message_ts, self._clock.now() + RESPONSE_LIFE, thread_ts
            )
        return secret

    def find(self, secret: str) -> ResponseUrl:
        """Who may answer where, or the error Slack answers with."""
        with self._lock:
            url = self._known.get(secret)
            if url is None:
                raise SlackError("no_active_hooks")
            if url.uses_left == 0 or self._clock.now() > url.expires:
                raise SlackError("expired_url" if url.uses_left else "used_url")
            return url

    def count(self, url: ResponseUrl) -> None:
        """One of the five uses is gone."""
        with self._lock:
            url.uses_left -= 1


@dataclass
class OAuthCodes:
    """Codes that an installed app may exchange once, within ten minutes."""

    ids: Ids
    clock: Clock
    known: dict[str, tuple[datetime, str | None]] = field(default_factory=dict)

    def issue(self, redirect_uri: str | None) -> str:
        """A new code for this redirect address."""
        code = self.ids.secret()
        self.known[code] = (self.clock.now() + CODE_LIFE, redirect_uri)
        return code

    def spend(self, code: str, redirect_uri: str | None) -> None:
        """Use a code up, or say why it is refused."""
        expires, expected = self.known.pop(code, (None, None))
        if expires is None or self.clock.now() > expires:
            raise SlackError("invalid_code")
        if expected is not None and redirect_uri != expected:
            raise SlackError("bad_redirect_uri")
