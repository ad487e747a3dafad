"""The HTTP pages: Slack's endpoint, and the health that a load balancer asks for."""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Thread
from typing import Any

from flask import Flask, Response, request
from slack_bolt import App, BoltRequest
from waitress import wasyncore
from waitress.server import create_server

from bot.errors import SettingsError
from bot.web.payloads import is_shaped
from bot.web.signatures import is_signed

MOST_BYTES = 1024 * 1024
STALE = timedelta(seconds=90)  # a tick older than this means that the process does not work
_THREADS = 16


@dataclass(frozen=True, kw_only=True)
class Health:
    """What ``/healthz`` looks at."""

    last_tick: Callable[[], datetime | None]
    now: Callable[[], datetime]


def make_pages(app: App | None, secrets: tuple[str, ...], health: Health) -> Flask:
    """The pages. Without ``app``, Slack is reached over a WebSocket and has no endpoint here."""
    pages = Flask("retro", static_folder=None)
    pages.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @pages.get("/healthz")
    def healthz() -> Response:
        tick = health.last_tick()
        is_alive = tick is not None and health.now() - tick < STALE
        return Response("ok\n" if is_alive else "no recent tick\n", 200 if is_alive else 503)

    if app is not None:

        @pages.post("/slack/events")
        def events() -> Response:
            return _hear(app, secrets)

    return pages


def _hear(app: App, secrets: tuple[str, ...]) -> Response:
    body = request.get_data()
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    if not is_signed(secrets, timestamp, signature, body, time.time()):
        return Response("not signed by Slack\n", 401)
    try:
        heard = BoltRequest(body=body.decode(), headers=dict(request.headers.items()))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return Response("not a Slack payload\n", 400)
    if not is_shaped(heard.body):
        return Response("not a Slack payload\n", 400)
    answer = app.dispatch(heard)
    response = Response(answer.body or "", answer.status)
    for name, values in answer.headers.items():
        if name.lower() != "content-length":
            response.headers[name] = values[-1]
    return response


class Listener:
    """The pages on a port, in threads of their own."""

    def __init__(self, pages: Flask, host: str, port: int) -> None:
        """Raises ``SettingsError`` when the port is taken or not ours to take."""
        try:
            bound = socket.create_server((host, port))
        except OSError as error:
            raise SettingsError(_why(error, host, port)) from error
        self.port: int = bound.getsockname()[1]  # also when the system chose it
        self._server = create_server(
            pages,
            sockets=[bound],
            threads=_THREADS,
            max_request_body_size=MOST_BYTES,
            channel_timeout=30,
            ident="",
        )
        self._thread = Thread(target=self._server.run, name="web", daemon=True)

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer what has come in, and nothing more."""
        # Its own thread does it, woken for it: else it would notice a second later. The trigger
        # goes last, for answers on their way need it.
        server: Any = self._server  # its types do not know the trigger
        server.trigger.pull_trigger(partial(wasyncore.dispatcher.close, server))
        self._server.task_dispatcher.shutdown()
        with suppress(OSError):  # it may be gone before the bell has rung
            server.trigger.pull_trigger(server.trigger.close)
        self._thread.join(timeout=10)

    def close(self) -> None:
        """Give the port back."""
        self._server.close()
        self._server.task_dispatcher.shutdown()


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program: choose another with RETRO_PORT."
    if error.errno == errno.EACCES:
        return f"Port {port} is not open to this user: choose one above 1023 with RETRO_PORT."
    return f"Cannot listen on {host}:{port}: {error.strerror or error}. See RETRO_HOST, RETRO_PORT."
