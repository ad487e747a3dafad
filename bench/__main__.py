"""``python -m bench [plans | processes]``: both, or one of them.

`plans` measures the engine beside public schedulers, `processes` the assistant's own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from bench import assistant
from bench.figures import Load
from bench.plans import report as plans
from bench.plans.report import Amount

PARTS = ("plans", "processes")


def main() -> int:
    """Measure, and print each part as soon as it is known."""
    given = _arguments().parse_args()
    for line in _lines(given):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    return 0


def _lines(given: argparse.Namespace) -> Iterator[str]:
    wanted = (given.part,) if given.part else PARTS
    if "plans" in wanted:
        amount = Amount(
            sizes=tuple(sorted(given.sizes)),
            runs=given.runs,
            command_runs=given.command_runs,
            limit=given.limit,
        )
        yield from plans.report(amount)
    if len(wanted) == len(PARTS):
        yield ""
    if "processes" in wanted:
        yield from assistant.report(
            Load(starts=given.starts, rate=given.rate, seconds=given.seconds)
        )


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="both unless told")
    usual = Amount()
    plans_only = parser.add_argument_group("plans")
    plans_only.add_argument("--sizes", type=int, nargs="+", default=usual.sizes, metavar="TASKS")
    plans_only.add_argument("--runs", type=int, default=usual.runs, help="in memory (9)")
    plans_only.add_argument(
        "--command-runs", type=int, default=usual.command_runs, help="of whole processes (3)"
    )
    plans_only.add_argument(
        "--limit", type=float, default=usual.limit, help="seconds for a whole process (120)"
    )
    processes_only = parser.add_argument_group("processes")
    processes_only.add_argument("--starts", type=int, default=10)
    processes_only.add_argument("--rate", type=float, default=20, help="requests a second (20)")
    processes_only.add_argument("--seconds", type=float, default=20, help="of requests (20)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
