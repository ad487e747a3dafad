"""Every test in random order on every core, then what they must reach: ``python -m tests.run``.

The last line is pytest's own summary; the status is 0 only if the tests and both gates passed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]

# The engine is arithmetic: a line that no test reaches is a line without a reason.
GATES = (("scheduling", "--include=scheduling/*", 100), ("the rest", "--omit=scheduling/*", 95))

_SUMMARY = re.compile(r"=+ .* in [\d.]+s.* =+")
_COLOURS = re.compile(r"\x1b\[[\d;]*m")


def main() -> int:
    """Run the tests and the gates; 0 when all passed."""
    with tempfile.TemporaryDirectory() as folder:  # a second run at the same time stays apart
        status, summary = _run_pytest({**os.environ, "COVERAGE_FILE": f"{folder}/.coverage"})
        merged = _coverage("combine", "--quiet", folder)
    gates = [_reaches(*gate) for gate in GATES] if merged else []
    _say(summary)
    return 0 if status == 0 and gates and all(gates) else 1


def _run_pytest(environment: dict[str, str]) -> tuple[int, str]:
    """Its exit status and its summary line."""
    colour = "yes" if sys.stdout.isatty() else "no"
    # Not `-n auto`: where psutil is installed that counts cores without their second thread.
    workers = ("-n", "logical", "--dist", "worksteal", "--color", colour)
    command = (sys.executable, "-m", "coverage", "run", "-m", "pytest", *workers)
    summary = "pytest ended without a summary"
    with subprocess.Popen(  # noqa: S603 - this very interpreter
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        for line in running.stdout or ():
            _say(line.rstrip("\n"))
            if _SUMMARY.fullmatch(_COLOURS.sub("", line).strip()):
                summary = line.rstrip("\n")
    return running.returncode, summary


def _reaches(room: str, chosen: str, percent: int) -> bool:
    """Whether the tests run that share of a room's lines and branches; lists what they miss."""
    _say(f"\nCoverage of {room}: at least {percent} %, branches included")
    report = ("report", chosen, "--precision=1", "--show-missing", "--skip-covered")
    reached = _coverage(*report, f"--fail-under={percent}")
    _say(f"Coverage of {room}: {'reached' if reached else f'BELOW {percent} %'}")
    return reached


def _coverage(*arguments: str) -> bool:
    command = (sys.executable, "-m", "coverage", *arguments)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 - as above


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
