"""How Slack is called, and what it means when that fails.

Every client is made here and none retries by itself: the SDK's own retry posts a message twice when
Slack accepted it and the answer was lost.
"""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

_ANSWER_TIMEOUT = 5
_DEFAULT_RETRY_AFTER = timedelta(seconds=30)

_NAME = re.compile(r"[a-z0-9_]+")  # Slack's names of errors; anything else came from elsewhere
_TOKEN_ERRORS = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
)
_RATE_ERRORS = frozenset({"ratelimited", "rate_limited"})
_PASSING_ERRORS = frozenset({"org_login_required", "team_added_to_org"})  # it is being moved
_UNKNOWN_ERRORS = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
)
_UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH})


class Verdict(Enum):
    """What a failed call means for what it was meant to do."""

    REFUSED = auto()  # not done, and it never will be
    LATER = auto()  # not done, but it may be another time
    PACED = auto()  # not done: we called too often
    TOKEN = auto()  # not done: the workspace does not let us in any more
    UNKNOWN = auto()  # perhaps done: the answer was lost


@dataclass(eq=False)
class CallFailed(Exception):
    """A call of ``method`` failed; ``error`` is Slack's name for it, or the exception's."""

    method: str
    verdict: Verdict
    error: str
    retry_after: timedelta = _DEFAULT_RETRY_AFTER


def make_client(token: str, api_url: str, timeout: int = 10) -> WebClient:
    """A client of Slack's Web API; ``timeout`` in seconds, for each operation on its socket."""
    return WebClient(token=token or None, base_url=api_url, timeout=timeout, retry_handlers=[])


def make_socket_handler(app: App, app_token: str, api_url: str) -> SocketModeHandler:
    """What connects an app to Slack over a WebSocket, whose address it asks at ``api_url``."""
    client = make_client(app_token, api_url)
    return SocketModeHandler(app, app_token, web_client=client)


def answer(
    response_url: str, text: str, blocks: Sequence[dict[str, Any]], *, instead: bool
) -> None:
    """Answer a gesture for its person alone; ``instead`` replaces the answer they acted in.

    Raises what ``calling`` understands; Slack takes five answers within half an hour.
    """
    client = WebhookClient(response_url, timeout=_ANSWER_TIMEOUT, retry_handlers=[])
    response = client.send(
        text=text,
        blocks=blocks,
        response_type="ephemeral",
        replace_original=instead,
        delete_original=False,
    )
    if response.status_code != HTTPStatus.OK:
        raise SlackClientError(f"http_{response.status_code}")


@contextmanager
def calling(method: str) -> Iterator[None]:
    """Say of a call made inside what its failure means, by raising ``CallFailed``."""
    try:
        yield
    except SlackApiError as error:
        raise _answered(method, error) from error
    except (SlackClientError, OSError, HTTPException) as error:
        verdict = Verdict.LATER if _never_left(error) else Verdict.UNKNOWN
        cause = error.reason if isinstance(error, URLError) else error
        raise CallFailed(method, verdict, type(cause).__name__) from error


def _answered(method: str, error: SlackApiError) -> CallFailed:
    status: int = error.response.status_code
    answer = error.response.data
    name = answer.get("error") if isinstance(answer, dict) else None
    is_slack = isinstance(name, str) and _NAME.fullmatch(name) is not None
    shown = name if is_slack and isinstance(name, str) else f"http_{status}"
    if status == HTTPStatus.TOO_MANY_REQUESTS or shown in _RATE_ERRORS:
        return CallFailed(method, Verdict.PACED, "ratelimited", _retry_after(error))
    return CallFailed(method, _verdict(status, shown, is_slack=is_slack), shown)


def _verdict(status: int, name: str, *, is_slack: bool) -> Verdict:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return Verdict.UNKNOWN
    if not is_slack:  # a proxy between us and Slack, or half an answer
        return Verdict.UNKNOWN if status == HTTPStatus.OK else Verdict.LATER
    if name in _TOKEN_ERRORS:
        return Verdict.TOKEN
    if name in _PASSING_ERRORS:
        return Verdict.LATER
    return Verdict.UNKNOWN if name in _UNKNOWN_ERRORS else Verdict.REFUSED


def _retry_after(error: SlackApiError) -> timedelta:
    headers = {name.lower(): value for name, value in error.response.headers.items()}
    seconds = str(headers.get("retry-after", ""))
    if not (seconds.isascii() and seconds.isdigit()):
        return _DEFAULT_RETRY_AFTER
    return timedelta(seconds=min(int(seconds[:6]), 86_400))


def _never_left(error: Exception) -> bool:
    """Whether the call failed before a byte of it was written."""
    if isinstance(error, SlackClientError):
        return True
    cause = error.reason if isinstance(error, URLError) else None
    if isinstance(cause, OSError) and cause.errno in _UNREACHABLE:
        return True
    early = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
    return isinstance(cause, early)
