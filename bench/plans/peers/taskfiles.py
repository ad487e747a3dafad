"""TaskJuggler 3 and scriptplan: commands that read TaskJuggler's project files.

All is planned as late as possible. ``length`` counts the working days of the project, so a task
of somebody who is sometimes away is ``effort`` of a resource with that person's absences: one
such resource a task, since these schedulers let nobody do two things at a time. A start to start
link does not hold a task back here, so all links go from finish to start.
"""

from __future__ import annotations

import csv
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from bench.plans.campaigns import finish_to_start
from bench.plans.dates import Dates, instant
from bench.plans.peers.kinds import NotMeasured, WholeProcess
from scheduling import Campaign, Task

FILE, REPORT = "plan.tjp", "dates.csv"

_DAY = timedelta(1)
_HEAD = """\
project bench "bench" {start} +{days}d {{
  timezone "UTC"
  timeformat "%Y-%m-%d %H:%M"
  dailyworkinghours 8
  workinghours mon - fri {hours}
}}
"""
_TAIL = """\
taskreport "dates" {
  formats csv
  columns id, start, end
  timeformat "%Y-%m-%d %H:%M"
}
"""


def taskjuggler() -> WholeProcess:
    """The command `tj3`. Raises ``NotMeasured`` where it is missing."""
    command = shutil.which("tj3")
    if command is None:
        raise NotMeasured("the command tj3 is not installed (apt-get install tj3)")
    told = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"\d+(\.\d+)+", told.stdout + told.stderr)
    return WholeProcess(
        name=f"TaskJuggler {found[0] if found else 3}, tj3",
        takes=finish_to_start,
        file=FILE,
        write=for_taskjuggler,
        command=(command, "--silent", "--no-color", FILE),
        read=lambda folder: read_report(folder, ";"),
    )


def scriptplan() -> WholeProcess:
    """The command `plan report`. Raises ``NotMeasured`` where it is missing."""
    if importlib.util.find_spec("scriptplan") is None:
        raise NotMeasured("the Python package scriptplan is not installed (make peers)")
    return WholeProcess(
        name=f"scriptplan {version('scriptplan')}, plan report",
        takes=finish_to_start,
        file=FILE,
        write=for_scriptplan,
        command=(
            str(Path(sys.executable).with_name("plan")),
            "report",
            "--csv",
            "--force",
            "-o",
            REPORT,
            FILE,
        ),
        read=lambda folder: read_report(folder, ","),
    )


def for_taskjuggler(campaign: Campaign, finish_by: date) -> str:
    """Links are given where they lead to: only those hold a task back that is done late."""
    following: dict[str, list[str]] = {task.key: [] for task in campaign.tasks}
    for task in campaign.tasks:
        for link in task.after:
            following[link.on].append(_link(task.key, link.lag.halves // 2))
    links = {key: ("precedes", others) for key, others in following.items()}
    days_off = (
        f'leaves holiday "h" {day} - {day + _DAY}' for day in _holidays(campaign, finish_by)
    )
    hours = "9:00 - 12:00, 13:00 - 18:00"
    return _file(campaign, finish_by, hours, days_off, links)


def for_scriptplan(campaign: Campaign, finish_by: date) -> str:
    """It works from nine to five, knows holidays as vacations, and lags where they come from."""
    links = {
        task.key: ("depends", [_link(link.on, link.lag.halves // 2) for link in task.after])
        for task in campaign.tasks
    }
    days_off = (f'vacation "h" {day}' for day in _holidays(campaign, finish_by))
    return _file(campaign, finish_by, "9:00 - 17:00", days_off, links)


def _file(
    campaign: Campaign,
    finish_by: date,
    hours: str,
    days_off: Iterable[str],
    links: dict[str, tuple[str, list[str]]],
) -> str:
    begins = campaign.start or finish_by
    days = (finish_by + _DAY - begins).days
    held_up = {link.on for task in campaign.tasks for link in task.after}
    return "\n".join(
        [
            _HEAD.format(start=begins, days=days, hours=hours),
            *days_off,
            *(
                _resource(campaign, task)
                for task in campaign.tasks
                if task.owner in campaign.people
            ),
            *(
                line
                for task in campaign.tasks
                for line in _task(
                    task,
                    is_own=task.owner in campaign.people,
                    end=None if task.key in held_up else finish_by,
                    hour=hours.rpartition(" ")[2],
                    links=links[task.key],
                )
            ),
            _TAIL,
        ]
    )


def _task(
    task: Task, *, is_own: bool, end: date | None, hour: str, links: tuple[str, list[str]]
) -> Iterator[str]:
    yield f'task {task.key} "{task.key}" {{'
    yield f"  {'effort' if is_own else 'length'} {task.takes.halves // 2}d"
    if is_own:
        yield f"  allocate r{task.key}"
    if end is not None:
        yield f"  end {end}-{hour}"
    word, others = links
    if others:
        yield f"  {word} {', '.join(others)}"
    yield "  scheduling alap"  # last: what comes before would turn it round
    yield "}"


def _resource(campaign: Campaign, task: Task) -> str:
    away = campaign.people[task.owner or ""].away
    leaves = (f"  leaves annual {off.first.day} - {off.last.day + _DAY}" for off in away)
    return "\n".join([f'resource r{task.key} "r{task.key}" {{', *leaves, "}"])


def _link(key: str, days: int) -> str:
    return f"{key} {{ gaplength {days}d }}" if days else key


def _holidays(campaign: Campaign, finish_by: date) -> list[date]:
    begins = campaign.start or finish_by
    return sorted(day for day in campaign.calendar.holidays if begins <= day <= finish_by)


def read_report(folder: Path, delimiter: str) -> Dates:
    """The dates of all tasks, from the report in a folder."""
    text = (folder / REPORT).read_text(encoding="utf-8")
    rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if row][1:]
    return Dates(
        late={
            key.rpartition(".")[2]: (_instant(start), _instant(finish))
            for key, start, finish in rows
        }
    )


def _instant(text: str) -> int:
    return instant(datetime.fromisoformat(text))
