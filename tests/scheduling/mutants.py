"""Break the engine's code in every small way and see whether a test notices.

Run ``python -m tests.scheduling.mutants``, with mutmut installed (the group ``mutation``). It works
on a copy of the project, takes some minutes on two cores, and lists the changes nobody noticed.
Those that ``survivors.toml`` explains are harmless; any other ends it with status 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("scheduling", "tests", "bot", "storage", "sandbox", "pyproject.toml")
EXPLAINED = Path(__file__).with_name("survivors.toml")

Change = tuple[str, str, str]  # in which function, the line as it is, the line as it was changed


def main() -> int:
    """Run mutmut; 0 when every change was noticed or is explained."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy_to(copy)
        _say("Changing the engine line by line; the tests run once for each change")
        quick = {**os.environ, "RETRO_TESTS_SHRINK": "no"}
        subprocess.run(_command("run"), cwd=copy, env=quick, check=True)  # noqa: S603 - this very interpreter
        survivors = list(_survivors(copy))
    explained = _explained()
    news = [change for change in survivors if change not in explained]
    for where, before, after in news:
        _say(f"\n{where}\n- {before}\n+ {after}")
    stale = len(explained.keys() - set(survivors))
    known = len(survivors) - len(news)
    _say(f"\n{len(news)} unnoticed, {known} explained, {stale} explained but noticed or gone")
    return 1 if news else 0


def _copy_to(folder: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)


def _survivors(folder: Path) -> Iterator[Change]:
    """What mutmut calls survived, and what no test of the selection reaches at all."""
    for line in _output(folder, "results").splitlines():
        name, _, outcome = line.strip().rpartition(": ")
        if outcome in {"survived", "no tests"}:
            yield _change(name, _output(folder, "show", name))


def _change(name: str, difference: str) -> Change:
    """One change; mutmut's numbers are left out, since they move with the code."""
    lines = difference.splitlines()
    before = [line[1:].strip() for line in lines if line.startswith("-") and line[:3] != "---"]
    after = [line[1:].strip() for line in lines if line.startswith("+") and line[:3] != "+++"]
    where = name.partition("__mutmut_")[0].replace("xǁ", "").replace("ǁ", ".").replace(".x_", ".")
    return where, " ".join(before), " ".join(after)


def _explained() -> dict[Change, str]:
    """Why a change that nobody notices is harmless."""
    entries = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["survivor"]
    return {(one["where"], one["before"], one["after"]): one["why"] for one in entries}


def _output(folder: Path, *arguments: str) -> str:
    command = _command(*arguments)
    run = subprocess.run(  # noqa: S603 - this very interpreter
        command, cwd=folder, check=True, capture_output=True, encoding="utf-8"
    )
    return run.stdout


def _command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "mutmut", *arguments)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
