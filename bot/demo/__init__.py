"""`retro demo`: the assistant and a pretend Slack workspace in one process, with one clock."""

from __future__ import annotations

import errno
import logging
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from threading import Event

from pydantic import SecretStr

from bot import app, manifest
from bot.app import Assistant
from bot.demo import company
from bot.demo.story import BEGINS, Story
from bot.errors import SettingsError
from bot.settings import Settings
from sandbox import App, Clock, Server, Workspace

log = logging.getLogger(__name__)

_BOT_TOKEN = "xoxb-demo"  # noqa: S105 - it opens the pretend workspace only
_SECRET = "demo"  # noqa: S105


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[tuple[Server, Assistant]]:
    """The workspace, its campaign and the assistant, until the end of the ``with``.

    Raises ``SettingsError`` when the port is taken.
    """
    clock = Clock(BEGINS)
    workspace = Workspace(
        clock=clock,
        app=App.from_manifest(manifest.read(), bot_token=_BOT_TOKEN, signing_secret=_SECRET),
    )
    company.settle(workspace)
    server = Server(workspace, port=port)
    _start(server, port)
    try:
        assistant = app.build(_settings(server.api_url, folder), now=clock.now)
        workspace.request_url = f"http://127.0.0.1:{assistant.listener.port}/slack/events"
        try:
            assistant.listen()
            Story(workspace, clock, assistant.step).play()
            assistant.start()
            clock.on_move(_quietly(assistant.step))
            yield server, assistant
        finally:
            assistant.stop()
    finally:
        server.stop()


def run(port: int, folder: Path | None) -> int:
    """Serve the demonstration until interrupted."""
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with (
        tempfile.TemporaryDirectory(prefix="retro-demo-") as temporary,
        running(folder or Path(temporary), port) as (server, _),
    ):
        sys.stdout.write(
            f"\n  Open {server.url}/ in a browser: five people, one running campaign.\n"
            "  Type /retro new in #aurore to plan another. Ctrl+C ends it.\n\n"
        )
        sys.stdout.flush()
        stop.wait()
    return 0


def _settings(api_url: str, folder: Path) -> Settings:
    return Settings(
        slack_bot_token=SecretStr(_BOT_TOKEN),
        slack_app_token=SecretStr(""),
        slack_signing_secret=SecretStr(_SECRET),
        slack_api_url=api_url,
        database_url=f"sqlite:///{folder / 'demo.sqlite3'}",
        host="127.0.0.1",
        port=0,
        timezone="Europe/Paris",
        country="FR",
        locale="fr-FR",
        digest_time=time(9, 0),
        margin="",
    )


def _start(server: Server, port: int) -> None:
    try:
        server.start()
    except (OSError, SystemExit) as error:
        is_taken = not isinstance(error, OSError) or error.errno == errno.EADDRINUSE
        why = "is in use by another program" if is_taken else "cannot be listened on"
        raise SettingsError(f"Port {port} {why}: choose another with --port.") from error


def _quietly(step: Callable[[], object]) -> Callable[[], None]:
    """A round after the clock was moved; what goes wrong in it is the log's, not the mover's."""

    def go() -> None:
        try:
            step()
        except ExceptionGroup:
            log.exception("a round failed after the clock was moved")

    return go
