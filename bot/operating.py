"""The commands that need Slack or a database: serving, looking after, copying."""

from __future__ import annotations

import gc
import logging
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from threading import Event

from bot import app, doctor, startup
from bot.clock import system_now
from bot.errors import SettingsError
from bot.logs import set_up_logging
from bot.settings import Settings
from storage.db import BackupImpossible, SchemaTooNew, backup, pending_migrations, upgrade

OK, FAILED = 0, 1

_NO_BACKUP = {
    "not_sqlite": "Only SQLite is copied here; for PostgreSQL use pg_dump.",
    "same_file": "That is the database itself; choose another file.",
    "damaged": "The copy is damaged and was thrown away: check the disk and the database.",
}


def serve(_options: Namespace, settings: Settings) -> int:
    """Run the assistant until it is told to stop."""
    set_up_logging()
    with _known_schema():
        assistant = app.build(settings)
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    assistant.start()
    gc.freeze()  # what stays for good need not be looked through at each collection
    way = "Socket Mode" if settings.is_socket_mode else "HTTP"
    logging.getLogger(__name__).info("ready: %s, port %s", way, assistant.listener.port)
    stop.wait()
    assistant.stop()
    return OK


def examine(_options: Namespace, settings: Settings) -> int:
    """Say of each thing that must hold whether it does."""
    findings = doctor.examine(settings)
    for finding in findings:
        _say(str(finding))
    return OK if all(finding.is_well for finding in findings) else FAILED


def tick(options: Namespace, settings: Settings) -> int:
    """One pass of the ticker and of delivery."""
    set_up_logging()
    at: datetime | None = options.at
    with _known_schema():
        assistant = app.build(settings, now=system_now if at is None else lambda: at)
    try:
        sent = assistant.step()
    finally:
        assistant.stop()
    _say(f"{sent} messages sent")
    return OK


def db_upgrade(_options: Namespace, settings: Settings) -> int:
    """Bring the tables up to date."""
    with closing(startup.open_storage(settings)) as database, _known_schema():
        pending = pending_migrations(database)
        upgrade(database)
    _say(f"applied {', '.join(pending)}" if pending else "already up to date")
    return OK


def db_backup(options: Namespace, settings: Settings) -> int:
    """Copy a SQLite database while it is in use."""
    with closing(startup.open_storage(settings)) as database:
        try:
            backup(database, options.file)
        except BackupImpossible as problem:
            raise SettingsError(_NO_BACKUP[problem.why]) from problem
        except OSError as problem:
            raise SettingsError(
                f"{options.file} cannot be written: {problem.strerror}."
            ) from problem
    _say(f"copied to {options.file}, and checked")
    return OK


COMMANDS: Mapping[str, Callable[[Namespace, Settings], int]] = {
    "serve": serve,
    "doctor": examine,
    "tick": tick,
    "db upgrade": db_upgrade,
    "db backup": db_backup,
}


@contextmanager
def _known_schema() -> Iterator[None]:
    try:
        yield
    except SchemaTooNew as problem:
        raise SettingsError(
            f"the database was made by a later release ({problem.revision}): update retro."
        ) from problem


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
