"""``retro plan``: plan files in, plans out, with no database and no Slack."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TextIO, TypeVar

from bot.views import plan_problems, problems
from bot.views.plan_table import (
    moved,
    printable,
    summary_in_text,
    table,
    warning_in_text,
    way_out_in_text,
    why_in_text,
)
from bot.views.words import Mrkdwn, Reader
from scheduling import Plan, PlanError, Reason, compare, plan, planfile
from scheduling.files.planfile import PlanFile

T = TypeVar("T")

DONE, BAD_INPUT = 0, 2  # exit codes

STANDARD_INPUT = "-"

LOCALES = {"en": "en_GB", "fr": "fr_FR"}  # of the sentences in JSON


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Where to write a picture of the plan, in one format or in both; a Gantt chart unless told."""

    svg: Path | None = None
    png: Path | None = None
    is_network: bool = False


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
    drawing: Drawing | None = None,
    against: str | None = None,
) -> int:
    """Plan each file and print it; return the exit code, 2 if any file is bad.

    A file's own ``today`` counts unless ``is_today_given``: someone then asked for this one. A
    bad file costs one line of ``err`` a problem and keeps no other file from being planned.
    With a ``drawing``, which takes one file, ``out`` says nothing unless ``as_json``. With a file
    to compare ``against``, it says what moves from that plan; in JSON beside all the rest.
    """
    if drawing is not None and len(files) > 1:
        words = Reader(locale=locale, today=today).say("a picture shows one plan: give one file.")
        err.write(f"retro plan: {problems.plain(words)}\n")
        return BAD_INPUT
    planned = partial(_plan, today=today, is_today_given=is_today_given, locale=locale, err=err)
    before = None if against is None else planned(against)
    if against is not None and before is None:
        return BAD_INPUT
    code, is_first = DONE, True
    for file in files:
        made = planned(file)
        if made is None:
            code = BAD_INPUT
            continue
        reader = Reader(locale=locale, today=made.today)
        if drawing is not None and not _draw(made, drawing, reader, err):
            code = BAD_INPUT
        if as_json:
            out.write(f"{json.dumps(_object(made, before))}\n")
        elif drawing is None:
            out.write("" if is_first else "\n")
            out.write(f"{_text(made, before, reader, with_why=with_why)}\n")
        is_first = False
    return code


def read(file: str) -> PlanFile:
    """What a plan file holds. Raise PlanError, OSError or UnicodeDecodeError."""
    text = _bytes(file).decode("utf-8-sig")
    is_toml = Path(file).suffix.lower() == ".toml"
    return planfile.read(text, "toml" if is_toml else "json")


def _plan(file: str, *, today: date, is_today_given: bool, locale: str, err: TextIO) -> Plan | None:
    """The plan of a file; None once ``err`` has been told what is wrong with it."""
    try:
        found = read(file)
        return plan(found.campaign, today if is_today_given else found.today or today)
    except (PlanError, OSError, UnicodeDecodeError) as error:
        reader = Reader(locale=locale, today=today)
        err.writelines(f"{line}\n" for line in complaints(file, error, reader))
        return None


def _bytes(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()


def _draw(made: Plan, drawing: Drawing, reader: Reader, err: TextIO) -> bool:
    """Write the picture; whether it could be. ``err`` gets a line for each file that could not."""
    from bot.views import pictures  # noqa: PLC0415 - loaded for those who want one

    draw = pictures.network if drawing.is_network else pictures.gantt
    svg = draw(made, reader)
    failures: list[str] = []
    if drawing.svg is not None:
        failures += _write(drawing.svg, svg.encode(), reader)
    if drawing.png is not None:
        failures += _write(drawing.png, pictures.png(svg), reader)
    err.writelines(f"{line}\n" for line in failures)
    return not failures


def _write(file: Path, content: bytes, reader: Reader) -> Iterator[str]:
    try:
        file.write_bytes(content)
    except OSError as error:
        words = reader.say("this could not be written (%(reason)s).", reason=error.strerror or "")
        yield printable(f"{file}: {problems.plain(words)}")


def _text(made: Plan, before: Plan | None, reader: Reader, *, with_why: bool) -> str:
    if before is None:
        return table(made, reader, with_why=with_why)
    return moved(made, compare(before, made), reader)


def _object(made: Plan, before: Plan | None) -> dict[str, Any]:
    readers = {
        language: Reader(locale=locale, today=made.today) for language, locale in LOCALES.items()
    }

    def in_each(say: Callable[[Plan, T, Reader], str]) -> Callable[[T], Mapping[str, str]]:
        return lambda value: {
            language: say(made, value, reader) for language, reader in readers.items()
        }

    def why(made: Plan, reason: Reason, reader: Reader) -> str:
        return why_in_text(made, made[reason.task], reader)

    found = planfile.as_json(
        made, in_each(why), way_out=in_each(way_out_in_text), warning=in_each(warning_in_text)
    )
    if before is not None:
        moves = compare(before, made)
        found["moves"] = planfile.moves_as_json(moves, in_each(summary_in_text))
    return found


def complaints(
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
