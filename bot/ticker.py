"""The heartbeat: does, every quarter of a minute, what the clock asks for.

There is one job and it never says when someone is due: the tables do. So a tick that is late, or
missed, or made by two replicas at once, loses nothing and does nothing twice.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_MAX_INSTANCES,
    JobEvent,
    JobExecutionEvent,
)
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.orm import Session

from bot.clock import system_now
from storage import heartbeat
from storage.db import Database

PERIOD, JITTER = 15, 5  # seconds

_log = logging.getLogger(__name__)

Job = Callable[[Session, datetime], None]


class Ticker:
    """Runs the jobs, each in a transaction of its own, and notes that it did."""

    def __init__(
        self,
        db: Database,
        jobs: Mapping[str, Job],
        now: Callable[[], datetime] = system_now,
        *,
        worker: str = "ticker",
    ) -> None:
        """``worker`` is the name under which this process's heartbeat is kept."""
        self._db = db
        self._jobs = dict(jobs)
        self._now = now
        self._worker = worker
        self._ticking = threading.Lock()
        self._scheduler: BackgroundScheduler | None = None
        self.errors = 0  # ticks that failed since the process started
        self.skipped = 0  # ticks left out because the one before was still at work

    def tick(self) -> None:
        """Run every job once. A job that fails keeps no other from running.

        The heartbeat is noted when all went well. Raises an ``ExceptionGroup`` otherwise.
        """
        failures: list[Exception] = []
        with self._ticking:
            for name, job in self._jobs.items():
                try:
                    with self._db.workers.begin() as session:
                        job(session, self._now())
                except Exception as failure:  # noqa: BLE001 - the other jobs are someone's morning
                    failure.add_note(f"in the job {name}")
                    failures.append(failure)
            if failures:
                raise ExceptionGroup("a tick failed", failures)
            with self._db.workers.begin() as session:
                heartbeat.beat(session, self._worker, self._now())

    def start(self) -> None:
        """Tick now, then every 15 seconds, in a thread of its own, until ``stop``."""
        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_listener(self._on_error, EVENT_JOB_ERROR)
        scheduler.add_listener(self._on_skipped, EVENT_JOB_MAX_INSTANCES)
        scheduler.add_job(
            self.tick,
            IntervalTrigger(seconds=PERIOD, jitter=JITTER, timezone=UTC),
            id="tick",
            next_run_time=system_now(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # however late, it is worth doing
        )
        scheduler.start()
        self._scheduler = scheduler

    def stop(self) -> None:
        """Let the current tick end, and make no other."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)
            self._scheduler = None

    def _on_error(self, event: JobExecutionEvent) -> None:
        self.errors += 1
        _log.error("a tick failed, the next one tries again: %r", event.exception)

    def _on_skipped(self, event: JobEvent) -> None:
        self.skipped += 1
        _log.warning("a tick takes longer than %s seconds", PERIOD)
