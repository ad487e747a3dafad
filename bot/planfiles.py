"""``retro plan``: plan files in, plans out, with no database and no Slack."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from bot.views import plan_problems, problems
from bot.views.plan_table import printable, table, why_in_text
from bot.views.words import Mrkdwn, Reader
from scheduling import Plan, PlanError, Reason, plan, planfile

DONE, BAD_INPUT = 0, 2  # exit codes

STANDARD_INPUT = "-"

LOCALES = {"en": "en_GB", "fr": "fr_FR"}  # of the sentences in JSON


def run(
    files: Sequence[str],
    *,
    today: date,
    is_today_given: bool,
    as_json: bool,
    locale: str,
    out: TextIO,
    err: TextIO,
    with_why: bool = False,
) -> int:
    """Plan each file and print it; return the exit code, 2 if any file is bad.

    A file's own ``today`` counts unless ``is_today_given``: someone then asked for this one. A
    bad file costs one line of ``err`` a problem and keeps no other file from being planned.
    """
    code, is_first = DONE, True
    for file in files:
        reader = Reader(locale=locale, today=today)
        try:
            made = _plan(file, today, is_today_given=is_today_given)
        except (PlanError, OSError, UnicodeDecodeError) as error:
            code = BAD_INPUT
            err.writelines(f"{line}\n" for line in _complaints(file, error, reader))
            continue
        if as_json:
            out.write(f"{json.dumps(_object(made))}\n")
        else:
            reader = Reader(locale=locale, today=made.today)
            out.write("" if is_first else "\n")
            out.write(f"{table(made, reader, with_why=with_why)}\n")
        is_first = False
    return code


def _plan(file: str, today: date, *, is_today_given: bool) -> Plan:
    text = _bytes(file).decode("utf-8-sig")
    is_toml = Path(file).suffix.lower() == ".toml"
    found = planfile.read(text, "toml" if is_toml else "json")
    return plan(found.campaign, today if is_today_given else found.today or today)


def _bytes(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()


def _object(made: Plan) -> dict[str, Any]:
    readers = {
        language: Reader(locale=locale, today=made.today) for language, locale in LOCALES.items()
    }

    def words(reason: Reason) -> Mapping[str, str]:
        planned = made[reason.task]
        return {
            language: why_in_text(made, planned, reader) for language, reader in readers.items()
        }

    return planfile.as_json(made, words)


def _complaints(
    file: str, error: PlanError | OSError | UnicodeDecodeError, reader: Reader
) -> list[str]:
    """One line for each problem of a file; the same one twice is said once."""
    if isinstance(error, PlanError):
        words = [plan_problems.describe(single, reader) for single in error.errors]
    else:
        words = [_unreadable(error, reader)]
    name = reader.plain("standard input") if file == STANDARD_INPUT else file
    lines = (f"{name}: {problems.plain(what)}" for what in words)
    return list(dict.fromkeys(map(printable, lines)))


def _unreadable(error: OSError | UnicodeDecodeError, reader: Reader) -> Mrkdwn:
    match error:
        case FileNotFoundError():
            return reader.say("there is no such file.")
        case IsADirectoryError():
            return reader.say("this is a folder, not a file.")
        case PermissionError():
            return reader.say("this file may not be read; check its permissions.")
        case UnicodeDecodeError():
            return reader.say("this is not text in UTF-8.")
        case _:
            return reader.say("this could not be read (%(reason)s).", reason=error.strerror or "")
