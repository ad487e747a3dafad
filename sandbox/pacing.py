"""Slack's own rate limits. Off unless asked for."""

import threading
from collections import deque
from collections.abc import Callable

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
MINUTE = 60.0
SECONDS_BETWEEN_POSTS = 1.0  # per channel


class Pacing:
    """Counts calls per method over a minute, and messages per channel over a second."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self.enabled = False
        self._elapsed = elapsed
        self._calls: dict[str, deque[float]] = {}
        self._posted: dict[str, float] = {}
        self._lock = threading.Lock()

    def seconds_to_wait(self, method: str, tier: int | None, channel: str | None) -> int:
        """0 if the call may be made now, else what ``Retry-After`` says."""
        if not self.enabled:
            return 0
        now = self._elapsed()
        with self._lock:
            if method == "chat.postMessage":
                return self._post(channel or "", now)
            return self._call(method, PER_MINUTE.get(tier or 0), now)

    def _post(self, channel: str, now: float) -> int:
        last = self._posted.get(channel)
        if last is not None and now - last < SECONDS_BETWEEN_POSTS:
            return 1
        self._posted[channel] = now
        return 0

    def _call(self, method: str, most: int | None, now: float) -> int:
        if most is None:
            return 0
        recent = self._calls.setdefault(method, deque())
        while recent and now - recent[0] >= MINUTE:
            recent.popleft()
        if len(recent) >= most:
            return max(1, round(MINUTE - (now - recent[0])))
        recent.append(now)
        return 0
