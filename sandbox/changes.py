"""Telling those who watch that something changed."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Change = dict[str, Any]
MOST_KEPT = 1000  # changes a slow reader may be behind; it re-reads everything after that


class Changes:
    """Wakes waiting tests and feeds open browsers.

    ``lock`` is the workspace's own, so that a waiter sees a consistent state.
    """

    def __init__(self, lock: "threading.RLock") -> None:
        self._changed = threading.Condition(lock)
        self._readers: list[tuple[str, queue.SimpleQueue[Change | None]]] = []
        self.closed = False

    def publish(self, what: str, *, user: str | None = None, channel: str | None = None) -> None:
        """Say that ``what`` changed, to one user or to everyone."""
        change: Change = {"what": what}
        if channel is not None:
            change["channel"] = channel
        with self._changed:
            for reader, waiting in self._readers:
                if user in {None, reader} and waiting.qsize() < MOST_KEPT:
                    waiting.put(change)
            self._changed.notify_all()

    def wait_until(self, is_true: Callable[[], bool], timeout: float) -> bool:
        """Wait at most ``timeout`` seconds; the condition is asked after each change."""
        with self._changed:
            return self._changed.wait_for(is_true, timeout)

    @contextmanager
    def reader(self, user: str) -> Iterator["queue.SimpleQueue[Change | None]"]:
        """A queue of the changes ``user`` may see; None means that there will be no more."""
        waiting: queue.SimpleQueue[Change | None] = queue.SimpleQueue()
        entry = (user, waiting)
        with self._changed:
            self._readers.append(entry)
            if self.closed:
                waiting.put(None)
        try:
            yield waiting
        finally:
            with self._changed:
                self._readers.remove(entry)

    def close(self) -> None:
        """Let every open reader end."""
        with self._changed:
            self.closed = True
            for _, waiting in self._readers:
                waiting.put(None)
            self._changed.notify_all()

    def reopen(self) -> None:
        """Accept readers again after a restart of the server."""
        with self._changed:
            self.closed = False
