"""How payloads reach the app: signed HTTP requests, or a WebSocket the app has opened."""

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

from sandbox.app import App
from sandbox.clock import Clock, wall_seconds
from sandbox.errors import NoAnswer
from sandbox.log import Log
from sandbox.signing import signature
from sandbox.sockets import Sockets

Kind = Literal["slash_commands", "interactive", "events_api"]
PATIENCE = 3.0  # seconds Slack waits for an answer


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the app answered within three seconds; ``body`` is None for a plain ack."""

    body: dict[str, Any] | str | None


@dataclass(frozen=True, kw_only=True)
class Retry:
    """How often an event has been sent before, and why it comes again."""

    number: int
    reason: str


class Link:
    """Sends payloads to the app and waits for its answer.

    With a ``request_url`` they go there by HTTP; without one they go to an open socket.
    """

    def __init__(self, app: App, clock: Clock, log: Log) -> None:
        self._app = app
        self._clock = clock
        self._log = log
        self.sockets = Sockets(app.app_id)
        self.request_url: str | None = None
        self.patience = PATIENCE

    @property
    def is_connected(self) -> bool:
        """Whether there is somewhere to send to."""
        return self.request_url is not None or self.sockets.is_open

    def send(self, kind: Kind, payload: dict[str, Any], retry: Retry | None = None) -> Answer:
        """Deliver a payload; raises NoAnswer if the app does not take it in time."""
        began = time.monotonic()
        error = ""
        try:
            if self.request_url is not None:
                return self._post(self.request_url, kind, payload, retry)
            return self._push(kind, payload, retry)
        except NoAnswer as failure:
            error = str(failure)
            raise
        finally:
            self._log.write(
                "out",
                _label(kind, payload),
                status="failed" if error else "ok",
                error=error,
                ms=round((time.monotonic() - began) * 1000),
                at=self._clock.now(),
            )

    def _push(self, kind: Kind, payload: dict[str, Any], retry: Retry | None) -> Answer:
        envelope: dict[str, Any] = {
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope["retry_attempt"] = retry.number if retry else 0
            envelope["retry_reason"] = retry.reason if retry else ""
        return Answer(body=self.sockets.deliver(envelope, self.patience))

    def _post(self, url: str, kind: Kind, payload: dict[str, Any], retry: Retry | None) -> Answer:
        content_type, body = _encode(kind, payload)
        timestamp = int(wall_seconds())
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": str(timestamp),
            "X-Slack-Signature": signature(self._app.signing_secret, timestamp, body),
        }
        if retry:
            headers["X-Slack-Retry-Num"] = str(retry.number)
            headers["X-Slack-Retry-Reason"] = retry.reason
        try:
            return _exchange(url, headers, body, self.patience)
        except TimeoutError as error:
            raise NoAnswer("operation_timeout") from error
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer("dispatch_failed", repr(error)) from error


def _exchange(url: str, headers: Mapping[str, str], body: bytes, timeout: float) -> Answer:
    parts = urlsplit(url)
    https = parts.scheme == "https"
    connect = http.client.HTTPSConnection if https else http.client.HTTPConnection
    connection = connect(parts.hostname or "", parts.port, timeout=timeout)
    try:
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("POST", target, body, dict(headers))
        response = connection.getresponse()
        content = response.read().decode()
    finally:
        connection.close()
    if response.status != http.HTTPStatus.OK:
        may_retry = response.headers.get("X-Slack-No-Retry") != "1"
        raise NoAnswer("dispatch_failed", f"http status {response.status}", may_retry)
    return Answer(body=_read_body(content, response.headers.get_content_type()))


def _read_body(content: str, content_type: str) -> dict[str, Any] | str | None:
    if not content.strip():
        return None
    if content_type != "application/json":
        return content
    try:
        decoded = json.loads(content)
    except ValueError:
        return content
    return decoded if isinstance(decoded, dict) else content


def _encode(kind: Kind, payload: dict[str, Any]) -> tuple[str, bytes]:
    if kind == "events_api":
        return "application/json", json.dumps(payload).encode()
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return "application/x-www-form-urlencoded", urlencode(form).encode()


def _label(kind: Kind, payload: dict[str, Any]) -> str:
    if kind == "slash_commands":
        return str(payload["command"])
    if kind == "events_api":
        return f"event {payload['event']['type']}"
    return str(payload["type"])
