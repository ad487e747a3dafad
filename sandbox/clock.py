"""The sandbox's time: runs like a real clock and can be moved ahead."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

MORNING = time_of_day(9, 0)  # when most people's first message of the day comes
MORNING_ZONE = ZoneInfo("Europe/Paris")
SATURDAY = 5


class Clock:
    """A clock that starts at ``start`` and runs on, unless it is ``frozen``.

    ``start`` must be aware. Everything in the sandbox that carries a date asks this clock;
    only what Slack measures against the real world (signatures, three-second limits) does not.
    """

    def __init__(self, start: datetime, *, frozen: bool = False) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock starts at an aware datetime")
        self.frozen = frozen
        self._start = start.astimezone(UTC)
        self._origin = time.monotonic()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The present instant, in UTC."""
        with self._lock:
            return self._now()

    def _now(self) -> datetime:
        if self.frozen:
            return self._start
        return self._start + timedelta(seconds=time.monotonic() - self._origin)

    def to(self, instant: datetime) -> None:
        """Set the clock to ``instant`` (aware) and tell those who asked to know."""
        if instant.tzinfo is None:
            raise ValueError("a clock is set to an aware datetime")
        with self._lock:
            self._start = instant.astimezone(UTC)
            self._origin = time.monotonic()
        for callback in tuple(self._callbacks):
            callback()

    def move(self, by: timedelta) -> None:
        """Move the clock ahead by an elapsed time."""
        self.to(self.now() + by)

    def next_morning(self) -> None:
        """Move to the first 09:00 in Paris, Monday to Friday, strictly after now."""
        now = self.now()
        day = now.astimezone(MORNING_ZONE).date()
        while True:
            morning = datetime.combine(day, MORNING, tzinfo=MORNING_ZONE)
            if morning > now and day.weekday() < SATURDAY:
                break
            day += timedelta(days=1)
        self.to(morning)

    def on_move(self, callback: Callable[[], None]) -> None:
        """Call ``callback()`` after every move, in the mover's thread and outside all locks."""
        self._callbacks.append(callback)


def wall_seconds() -> float:
    """The real time as unix seconds: what a signature is checked against."""
    return time.time()


def system_now() -> datetime:
    """The real time, for a sandbox that starts today."""
    return datetime.now(UTC)  # noqa: TID251 - the one place
