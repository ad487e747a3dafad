"""The assistant's processes: start, memory and acknowledgement, on SQLite and on PostgreSQL.

Aims are set for a machine with two cores that does nothing else.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import psutil
from sqlalchemy import create_engine, text

from bench.figures import Figure, Load, measure, new_postgresql
from bench.processes import pretend_slack
from tests import postgres

_LINE = "{:<34}{:>12}{:>12}{:>10}{:>7}"


def report(load: Load) -> Iterator[str]:
    """The table, line by line."""
    with (
        tempfile.TemporaryDirectory(prefix="retro-bench-") as name,
        pretend_slack() as slack,
        postgres.server() as server,
        new_postgresql(server) as postgresql,
    ):
        folder = Path(name)
        addresses = {"SQLite": f"sqlite:///{folder / 'retro.sqlite3'}", "PostgreSQL": postgresql}
        about = list(_about(server, load))
        columns = {
            database: list(measure(slack, url, folder, load)) for database, url in addresses.items()
        }
    yield from about
    yield ""
    yield from _table(columns)


def _about(server_url: str, load: Load) -> Iterator[str]:
    memory = psutil.virtual_memory().total / 1024**3
    yield f"retro {version('retro')}, Python {platform.python_version()}, {platform.platform()}"
    yield f"{os.cpu_count()} cores, {memory:.0f} GB; load before: {os.getloadavg()[0]:.1f}"
    yield f"SQLite {sqlite3.sqlite_version}, PostgreSQL {_postgresql_version(server_url)}"
    libraries = ("slack-bolt", "slack-sdk", "sqlalchemy", "flask", "waitress", "psycopg")
    yield ", ".join(f"{name} {version(name)}" for name in libraries)
    yield f"{load.rate:g} requests a second for {load.seconds:g} s; Slack is the sandbox"


def _table(columns: dict[str, list[Figure]]) -> Iterator[str]:
    yield _LINE.format("", *columns, "aim", "n")
    for figures in zip(*columns.values(), strict=True):
        aim = figures[0].aim
        yield _LINE.format(
            figures[0].what,
            *(_cell(figure) for figure in figures),
            "" if aim is None else f"< {aim:g} {figures[0].unit}",
            figures[0].n,
        )


def _cell(figure: Figure) -> str:
    digits = 2 if figure.unit == "s" else 0 if figure.unit == "" else 1
    missed = "" if figure.is_met else "! "
    return f"{missed}{figure.value:.{digits}f} {figure.unit}".rstrip()


def _postgresql_version(url: str) -> str:
    engine = create_engine(url)
    with engine.connect() as connection:
        told: str = connection.execute(text("SHOW server_version")).scalar_one()
    engine.dispose()
    return told
