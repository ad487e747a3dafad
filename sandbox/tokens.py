"""The tokens the workspace has given out."""

import threading
from dataclasses import dataclass

from sandbox.app import App
from sandbox.errors import SlackError


@dataclass(frozen=True, kw_only=True)
class Token:
    """What a token may do. ``kind`` is ``bot``, ``app`` or ``none``."""

    kind: str
    scopes: frozenset[str]


class Tokens:
    """Tokens by their text. The app's own two are known from the start."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._known = {
            app.bot_token: Token(kind="bot", scopes=app.scopes),
            app.app_token: Token(kind="app", scopes=frozenset({"connections:write"})),
        }
        self._revoked: set[str] = set()
        self.anonymous = Token(kind="none", scopes=frozenset())

    def issue(self, text: str, scopes: frozenset[str] | None = None) -> None:
        """Let a further bot token work, with the manifest's scopes unless others are given."""
        with self._lock:
            self._known[text] = Token(
                kind="bot", scopes=self._app.scopes if scopes is None else scopes
            )

    def find(self, text: str | None) -> Token:
        """What the token may do; raises Slack's error for a missing, wrong or revoked one."""
        if not text:
            raise SlackError("not_authed")
        with self._lock:
            if text in self._revoked:
                raise SlackError("token_revoked")
            token = self._known.get(text)
        if token is None:
            raise SlackError("invalid_auth")
        return token

    def revoke(self, text: str) -> None:
        """Make a token stop working."""
        with self._lock:
            self._revoked.add(text)

    def revoke_all(self) -> None:
        """Make all bot tokens stop working: the app has been removed."""
        with self._lock:
            self._revoked |= {text for text, token in self._known.items() if token.kind == "bot"}

    def rescope(self, scopes: frozenset[str]) -> None:
        """Install the app's bot token again with other scopes."""
        with self._lock:
            self._known[self._app.bot_token] = Token(kind="bot", scopes=scopes)
