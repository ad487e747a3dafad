"""What is measured on one database."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from bench.commands import acknowledgements, answers_taken
from bench.processes import Running, Slack, assistant

_MB = 1024 * 1024
_SETTLING = 5.0  # seconds after which a process counts as idle
_PATIENCE = 10.0  # seconds for the last answers to come


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    unit: str
    n: int
    aim: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether it is within its aim, if it has one."""
        return self.aim is None or self.value < self.aim


@dataclass(frozen=True, kw_only=True)
class Load:
    """How much is measured."""

    starts: int
    rate: float  # requests a second
    seconds: float


def measure(slack: Slack, database_url: str, folder: Path, load: Load) -> Iterator[Figure]:
    """Start, memory and acknowledgement; the database is new and stays."""
    with assistant(slack, database_url, folder) as first:
        yield Figure(what="first start, tables made", value=first.ready_after, unit="s", n=1)
    yield from _starts(slack, database_url, folder, load.starts)
    with assistant(slack, database_url, folder) as running:
        time.sleep(_SETTLING)
        yield Figure(what="memory, idle", value=_memory(running), unit="MB", n=1, aim=150)
        yield from _acknowledgements(slack, running, load)
        yield Figure(what="memory, after the requests", value=_memory(running), unit="MB", n=1)


def _starts(slack: Slack, database_url: str, folder: Path, n: int) -> Iterator[Figure]:
    ready = []
    for _ in range(n):
        with assistant(slack, database_url, folder) as running:
            ready.append(running.ready_after)
    median = statistics.median(ready)
    yield Figure(what="start to ready, median", value=median, unit="s", n=n, aim=2)
    yield Figure(what="start to ready, slowest", value=max(ready), unit="s", n=n, aim=2)


def _acknowledgements(slack: Slack, running: Running, load: Load) -> Iterator[Figure]:
    with answers_taken() as answers:
        taken = acknowledgements(
            running.url,
            slack.signing_secret,
            answers.url,
            rate=load.rate,
            seconds=load.seconds,
        )
        deadline = time.monotonic() + _PATIENCE
        while answers.count < len(taken) and time.monotonic() < deadline:
            time.sleep(0.05)
        answered = answers.count
    n = len(taken)
    percentiles = statistics.quantiles(taken, n=100, method="inclusive")
    yield Figure(what="acknowledgement, p50", value=percentiles[49] * 1000, unit="ms", n=n, aim=30)
    yield Figure(what="acknowledgement, p99", value=percentiles[98] * 1000, unit="ms", n=n, aim=150)
    yield Figure(what="acknowledgement, slowest", value=max(taken) * 1000, unit="ms", n=n)
    yield Figure(what="answers that followed", value=answered, unit="", n=n)


def _memory(running: Running) -> float:
    return float(running.process.memory_info().rss) / _MB


@contextmanager
def new_postgresql(server_url: str) -> Iterator[str]:
    """A database of its own on a server, dropped at the end."""
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        connection = stack.enter_context(engine.connect())
        connection.execute(text("CREATE DATABASE retro_bench"))
        stack.callback(connection.execute, text("DROP DATABASE retro_bench WITH (FORCE)"))
        yield engine.url.set(database="retro_bench").render_as_string(hide_password=False)
