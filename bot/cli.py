"""The `retro` command: what an operator, or someone with a plan file, can do from a terminal."""

from __future__ import annotations

import argparse
import gc
import logging
import signal
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from threading import Event

from pydantic import ValidationError

from bot import app, doctor, planfiles, startup
from bot.clock import system_now
from bot.errors import SettingsError
from bot.logs import set_up_logging
from bot.settings import Settings
from storage.db import BackupImpossible, SchemaTooNew, backup, pending_migrations, upgrade

OK, FAILED, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status: 0, 1 when it failed, 2 when it was misused."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except SettingsError as problem:
        print(f"retro: {problem}", file=sys.stderr)
        return FAILED
    except SchemaTooNew as problem:
        print(
            f"retro: the database was made by a later release ({problem.revision}): update retro.",
            file=sys.stderr,
        )
        return FAILED
    return status


def read_settings() -> Settings:
    """The settings of the environment. Raises ``SettingsError`` naming the variable."""
    try:
        return Settings()
    except ValidationError as error:
        said = [
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors()
        ]
        raise SettingsError("; ".join(said)) from error


def _serve(_options: argparse.Namespace) -> int:
    set_up_logging()
    settings = read_settings()
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


def _demo(options: argparse.Namespace) -> int:
    from bot import demo  # noqa: PLC0415 - the pretend workspace is loaded for nobody else

    set_up_logging()
    return demo.run(port=options.port, folder=options.data)


def _doctor(_options: argparse.Namespace) -> int:
    findings = doctor.examine(read_settings())
    for finding in findings:
        print(finding)
    return OK if all(finding.is_well for finding in findings) else FAILED


def _tick(options: argparse.Namespace) -> int:
    set_up_logging()
    at: datetime | None = options.at
    assistant = app.build(read_settings(), now=system_now if at is None else lambda: at)
    try:
        sent = assistant.step()
    finally:
        assistant.stop()
    print(f"{sent} messages sent")
    return OK


def _db_upgrade(_options: argparse.Namespace) -> int:
    database = startup.open_storage(read_settings())
    try:
        pending = pending_migrations(database)
        upgrade(database)
    finally:
        database.close()
    print(f"applied {', '.join(pending)}" if pending else "already up to date")
    return OK


def _db_backup(options: argparse.Namespace) -> int:
    database = startup.open_storage(read_settings())
    try:
        backup(database, options.file)
    except BackupImpossible as problem:
        raise SettingsError(_NO_BACKUP[problem.why]) from problem
    except OSError as problem:
        raise SettingsError(f"{options.file} cannot be written: {problem.strerror}.") from problem
    finally:
        database.close()
    print(f"copied to {options.file}, and checked")
    return OK


_NO_BACKUP = {
    "not_sqlite": "Only SQLite is copied here; for PostgreSQL use pg_dump.",
    "same_file": "That is the database itself; choose another file.",
    "damaged": "The copy is damaged and was thrown away: check the disk and the database.",
}


def _plan(options: argparse.Namespace) -> int:
    return planfiles.run(
        options.files,
        today=options.today or system_now().date(),
        is_today_given=options.today is not None,
        as_json=options.json,
        locale=read_settings().locale,
        out=sys.stdout,
        err=sys.stderr,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="retro", description="Back-planning for communication campaigns, in Slack."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="run the assistant: listeners, ticker, delivery")
    serve.set_defaults(run=_serve)

    trial = commands.add_parser("demo", help="try it in the browser, with a pretend Slack")
    trial.add_argument("--port", type=int, default=4100, help="of the page (4100)")
    trial.add_argument("--data", type=Path, default=None, help="keep the database in this folder")
    trial.set_defaults(run=_demo)

    examine = commands.add_parser("doctor", help="check settings, database, token and scopes")
    examine.set_defaults(run=_doctor)

    tick = commands.add_parser("tick", help="one pass of the ticker and of delivery")
    tick.add_argument("--at", type=_instant, default=None, help="as if it were 2027-03-15T09:00Z")
    tick.set_defaults(run=_tick)

    _database_commands(commands)

    plan = commands.add_parser("plan", help="plan the campaigns of some files; no Slack, no data")
    plan.add_argument("files", nargs="+", metavar="FILE", help="JSON or TOML; - reads JSON")
    plan.add_argument("--today", type=_day, default=None, help="plan as of that day")
    plan.add_argument("--json", action="store_true", help="one line of JSON for each file")
    plan.set_defaults(run=_plan)
    return parser


def _database_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    database = commands.add_parser("db", help="upgrade or copy the database")
    actions = database.add_subparsers(required=True, metavar="ACTION")
    upgrading = actions.add_parser("upgrade", help="bring the tables up to date")
    upgrading.set_defaults(run=_db_upgrade)
    copying = actions.add_parser("backup", help="copy a SQLite database while it is in use")
    copying.add_argument("file", type=Path)
    copying.set_defaults(run=_db_backup)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2027-03-15") from error


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an instant such as 2027-03-15T09:00Z"
        ) from error
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no zone: end it with Z or +01:00")
    return instant
