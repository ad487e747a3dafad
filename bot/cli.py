"""The `retro` command: what an operator, or someone with a plan file, can do from a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import planfiles, templatefiles
from bot.clock import system_now
from bot.errors import SettingsError
from bot.logs import set_up_logging

if TYPE_CHECKING:
    from bot.settings import Settings

FAILED = 1
USUAL_LOCALE = "fr-FR"  # that of the settings, of which nothing else is needed to plan a file


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status: 0, 1 when it failed, 2 when it was misused."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except SettingsError as problem:
        print(f"retro: {problem}", file=sys.stderr)
        return FAILED
    return status


def read_settings() -> Settings:
    """The settings of the environment. Raises ``SettingsError`` naming the variable."""
    from pydantic import ValidationError  # noqa: PLC0415 - checking them takes longer than a plan

    from bot.settings import Settings  # noqa: PLC0415

    try:
        return Settings()
    except ValidationError as error:
        said = [
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors()
        ]
        raise SettingsError("; ".join(said)) from error


def _locale() -> str:
    return read_settings().locale if os.environ.get("RETRO_LOCALE") else USUAL_LOCALE


def _operate(command: str) -> Callable[[argparse.Namespace], int]:
    """A command that needs Slack or a database, whose libraries are loaded for no other."""

    def run(options: argparse.Namespace) -> int:
        from bot import operating  # noqa: PLC0415 - loading them takes a second

        return operating.COMMANDS[command](options, read_settings())

    return run


def _demo(options: argparse.Namespace) -> int:
    from bot import demo  # noqa: PLC0415 - the pretend workspace is loaded for nobody else

    set_up_logging()
    return demo.run(port=options.port, folder=options.data)


def _plan(options: argparse.Namespace) -> int:
    drawing = None
    if options.svg or options.png:
        drawing = planfiles.Drawing(svg=options.svg, png=options.png, is_network=options.network)
    elif options.network:
        options.wrong("--network chooses the picture: say --svg or --png too")
    return planfiles.run(
        options.files,
        today=options.today or system_now().date(),
        is_today_given=options.today is not None,
        as_json=options.json,
        locale=_locale(),
        out=sys.stdout,
        err=sys.stderr,
        drawing=drawing,
        with_why=options.why,
        against=options.against,
    )


def _template(options: argparse.Namespace) -> int:
    return templatefiles.run(
        options.file,
        template_id=options.id,
        today=system_now().date(),
        locale=_locale(),
        out=sys.stdout,
        err=sys.stderr,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="retro", description="Back-planning for communication campaigns, in Slack."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="run the assistant: listeners, ticker, delivery")
    serve.set_defaults(run=_operate("serve"))

    trial = commands.add_parser("demo", help="try it in the browser, with a pretend Slack")
    trial.add_argument("--port", type=int, default=4100, help="of the page (4100)")
    trial.add_argument("--data", type=Path, default=None, help="keep the database in this folder")
    trial.set_defaults(run=_demo)

    examine = commands.add_parser("doctor", help="check settings, database, token and scopes")
    examine.set_defaults(run=_operate("doctor"))

    tick = commands.add_parser("tick", help="one pass of the ticker and of delivery")
    tick.add_argument("--at", type=_instant, default=None, help="as if it were 2027-03-15T09:00Z")
    tick.set_defaults(run=_operate("tick"))

    _database_commands(commands)

    plan = commands.add_parser("plan", help="plan the campaigns of some files; no Slack, no data")
    plan.add_argument("files", nargs="+", metavar="FILE", help="JSON or TOML; - reads JSON")
    plan.add_argument("--today", type=_day, default=None, help="plan as of that day")
    plan.add_argument("--json", action="store_true", help="one line of JSON for each file")
    plan.add_argument("--why", action="store_true", help="say why each date is what it is")
    plan.add_argument("--against", metavar="OLDFILE", help="say what moves from that file's plan")
    plan.add_argument("--svg", type=Path, metavar="OUT", help="draw its Gantt chart, print nothing")
    plan.add_argument("--png", type=Path, metavar="OUT", help="the same as an image")
    plan.add_argument("--network", action="store_true", help="draw the network of tasks instead")
    plan.set_defaults(run=_plan, wrong=plan.error)

    template = commands.add_parser("template", help="make a template of a finished campaign")
    template.add_argument("file", metavar="FILE", help="its plan file, with real dates")
    template.add_argument(
        "--id", default="", help="what to call it; made from its name if left out"
    )
    template.set_defaults(run=_template)
    return parser


def _database_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    database = commands.add_parser("db", help="upgrade or copy the database")
    actions = database.add_subparsers(required=True, metavar="ACTION")
    upgrading = actions.add_parser("upgrade", help="bring the tables up to date")
    upgrading.set_defaults(run=_operate("db upgrade"))
    copying = actions.add_parser("backup", help="copy a SQLite database while it is in use")
    copying.add_argument("file", type=Path)
    copying.set_defaults(run=_operate("db backup"))


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
