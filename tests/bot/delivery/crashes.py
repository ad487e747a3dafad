"""A process whose children deliver, and are killed at a chosen step: ``crashes.py DATABASE SLACK``.

It reads one JSON object a line, ``{"step": …, "now": …}``, and answers each with the signal that
ended its child (0: none). It opens nothing itself and has one thread, so that forking it is safe.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from bot.clients import make_client
from bot.delivery import Delivery
from storage.db import open_database
from tests.bot.delivery.scene import Parrot

STEPS = ("claimed", "marked", "posted", "recorded")


def deliver(database_url: str, api_url: str, step: str, now: datetime) -> None:
    """Deliver what is due, and die on the way."""
    clients, permits, records = itertools.count(1), itertools.count(1), itertools.count(1)

    def die(when: str, counter: Any, at: int) -> None:
        if step == when and next(counter) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def client_for(_team_id: str) -> WebClient:
        die("claimed", clients, 1)
        die("recorded", clients, 2)  # the first message is done with, the second not begun
        return make_client("xoxb-sandbox", api_url)

    def monotonic() -> float:
        die("marked", permits, 2)  # the permit is asked for before the mark and checked after it
        return time.monotonic()

    def jitter() -> float:
        die("posted", records, 1)  # asked for when an outcome is about to be written down
        return 0.0

    Delivery(
        db=open_database(database_url),
        client_for=client_for,
        voice=Parrot(),
        now=lambda: now,
        monotonic=monotonic,
        jitter=jitter,
    ).drain()


def _in_a_child(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


def main() -> None:
    """Serve until there are no more orders."""
    database_url, api_url = sys.argv[1:]
    for line in sys.stdin:
        order = json.loads(line)
        now = datetime.fromisoformat(order["now"])
        ended = _in_a_child(lambda: deliver(database_url, api_url, order["step"], now))  # noqa: B023 - called at once
        sys.stdout.write(f"{ended}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
