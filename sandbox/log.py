"""What went over the wire, both ways."""

import threading
from collections import deque
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

MOST_LINES = 2000  # for the developer panel; calls are kept in full


@dataclass(frozen=True, kw_only=True)
class Line:
    """One request. ``way`` is ``in`` for a Web API call and ``out`` for a payload to the app."""

    way: str
    what: str
    status: str
    error: str
    ms: int
    at: str


class Log:
    """Requests for the developer panel, and Web API calls for tests."""

    def __init__(self) -> None:
        self._lines: deque[Line] = deque(maxlen=MOST_LINES)
        self._calls: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def write(self, way: str, what: str, *, status: str, error: str, ms: int, at: datetime) -> None:
        """Add a line for the developer panel."""
        line = Line(way=way, what=what, status=status, error=error, ms=ms, at=at.isoformat())
        with self._lock:
            self._lines.append(line)

    def record_call(
        self, method: str, args: dict[str, Any], result: dict[str, Any] | None, at: datetime
    ) -> None:
        """Keep a Web API call. ``result`` is None when the connection was cut unanswered."""
        with self._lock:
            self._calls.append({"method": method, "args": args, "result": result, "at": at})

    def lines(self, limit: int) -> list[dict[str, Any]]:
        """The last lines, oldest first."""
        with self._lock:
            return [asdict(line) for line in list(self._lines)[-limit:]]

    def calls(self, method: str | None = None) -> list[dict[str, Any]]:
        """The recorded Web API calls, oldest first."""
        with self._lock:
            return [call for call in self._calls if method in {None, call["method"]}]
