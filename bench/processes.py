"""The processes that are measured, and what they talk to."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
_PATIENCE = 30.0  # seconds for a process to come up
_LOOK_EVERY = 0.005  # seconds, which is also how exactly a start is measured


@dataclass(frozen=True, kw_only=True)
class Slack:
    """The pretend workspace: where it is and what opens it."""

    api_url: str
    bot_token: str
    signing_secret: str


@dataclass(frozen=True, kw_only=True)
class Running:
    """An assistant that is ready."""

    url: str
    ready_after: float  # seconds from the start of its process
    process: psutil.Process


@contextmanager
def pretend_slack() -> Iterator[Slack]:
    """The sandbox, in a process of its own."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--request-url", "http://127.0.0.1"]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            greeting = iter(process.stdout or ())
            said = dict(re.findall(r"(SLACK_\w+)=(\S+)", "".join(next(greeting) for _ in range(6))))
            yield Slack(
                api_url=said["SLACK_API_URL"],
                bot_token=said["SLACK_BOT_TOKEN"],
                signing_secret=said["SLACK_SIGNING_SECRET"],
            )
        finally:
            process.terminate()


@contextmanager
def assistant(slack: Slack, database_url: str, folder: Path) -> Iterator[Running]:
    """`retro serve` over HTTP, from its start until it is healthy and to its end.

    Its log is in ``folder``. Raises ``TimeoutError`` when it does not come up.
    """
    port = _free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "RETRO_DATABASE_URL": database_url,
        "RETRO_PORT": str(port),
    }
    url = f"http://127.0.0.1:{port}"
    with (folder / "assistant.log").open("a", encoding="utf-8") as log:
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=environment, stderr=log
        ) as process:
            try:
                _wait_until_healthy(process, url, folder / "assistant.log")
                ready = time.perf_counter() - began
                yield Running(url=url, ready_after=ready, process=psutil.Process(process.pid))
            finally:
                process.terminate()


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=1):  # noqa: S310 - our own
                return
        except (urllib.error.URLError, OSError):
            time.sleep(_LOOK_EVERY)
    raise TimeoutError(f"the assistant did not come up:\n{log.read_text(encoding='utf-8')}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port
