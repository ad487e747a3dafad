"""MPXJ's Microsoft-style scheduler, in a Java machine inside this process.

One call of ``schedule`` makes both passes. The end is pinned by a milestone that must finish on
the evening given: late dates count back from it. A person who is sometimes away has a calendar
of their own, derived from the campaign's.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from types import ModuleType
from typing import Any

from bench.plans.campaigns import as_it_is
from bench.plans.dates import Dates, Stretch, instant
from bench.plans.peers.kinds import InMemory, NotMeasured, Prepared
from scheduling import Calendar, Campaign, LinkType

OPENS, CLOSES = 8, 17  # hours of its usual day

_WARM_FOR = 5.0  # seconds after which Java has compiled all that matters

_TYPES = {LinkType.FS: "FINISH_START", LinkType.SS: "START_START"}


def peer() -> InMemory:
    """The scheduler, with its version and Java's. Raises ``NotMeasured`` where one is missing."""
    java = _machine().JClass("java.lang.System").getProperty("java.version")
    return InMemory(
        name=f"MPXJ {version('mpxj')}, schedule() on warm Java {java}",
        takes=as_it_is,
        prepare=prepare,
        warm_for=_WARM_FOR,
    )


def prepare(campaign: Campaign, finish_by: date) -> Prepared:
    """A project with its tasks, links and calendars, built call by call."""
    jpype = _machine()
    mpxj = jpype.JPackage("org").mpxj
    moment = jpype.JClass("java.time.LocalDateTime").of
    file, tasks = mpxj.ProjectFile(), {}
    calendars = _calendars(file, campaign)
    for task in campaign.tasks:
        made = _task(mpxj, file, task.key, task.takes.halves / 2)
        if task.owner in calendars:
            made.setCalendar(calendars[task.owner])
        tasks[task.key] = made
    for task in campaign.tasks:
        for link in task.after:
            relation = mpxj.Relation.Builder().predecessorTask(tasks[link.on])
            relation.type(getattr(mpxj.RelationType, _TYPES[link.type]))
            relation.lag(_days(mpxj, link.lag.halves / 2))
            tasks[task.key].addPredecessor(relation)
    end = _task(mpxj, file, "end", 0)
    end.setConstraintType(mpxj.ConstraintType.MUST_FINISH_ON)
    end.setConstraintDate(moment(finish_by.year, finish_by.month, finish_by.day, CLOSES, 0))
    begins = campaign.start or finish_by
    start = moment(begins.year, begins.month, begins.day, OPENS, 0)
    scheduler = mpxj.cpm.MicrosoftScheduler()
    return Prepared(
        schedule=lambda: scheduler.schedule(file, start),
        dates=lambda: Dates(
            late=_stretches(tasks, "getLateStart", "getLateFinish"),
            early=_stretches(tasks, "getEarlyStart", "getEarlyFinish"),
        ),
    )


@cache
def _machine() -> ModuleType:
    """JPype with Java started and MPXJ on its path; Java starts once in the life of a process."""
    for module in ("jpype", "mpxj"):
        if importlib.util.find_spec(module) is None:
            raise NotMeasured(f"the Python package {module} is not installed (make peers)")
    jpype = importlib.import_module("jpype")
    try:
        jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException as error:
        raise NotMeasured("no Java is installed") from error
    importlib.import_module("mpxj")  # puts its archives on Java's path
    if not jpype.isJVMStarted():
        jpype.startJVM(convertStrings=False)
    return jpype


def _calendars(file: Any, campaign: Campaign) -> dict[str, Any]:
    usual = file.addDefaultBaseCalendar()
    file.setDefaultCalendar(usual)
    for day in campaign.calendar.holidays:
        usual.addCalendarException(_day(day))
    return {
        name: _own_calendar(file, usual, calendar) for name, calendar in campaign.people.items()
    }


def _own_calendar(file: Any, usual: Any, calendar: Calendar) -> Any:
    made = file.addDefaultDerivedCalendar()
    made.setParent(usual)
    for away in calendar.away:
        made.addCalendarException(_day(away.first.day), _day(away.last.day))
    return made


def _task(mpxj: Any, file: Any, name: str, days: float) -> Any:
    made = file.addTask()
    made.setName(name)
    made.setDuration(_days(mpxj, days))
    made.setActualDuration(_days(mpxj, 0))
    made.setRemainingDuration(_days(mpxj, days))
    return made


def _days(mpxj: Any, days: float) -> Any:
    return mpxj.Duration.getInstance(days, mpxj.TimeUnit.DAYS)


def _day(day: date) -> Any:
    return _machine().JClass("java.time.LocalDate").of(day.year, day.month, day.day)


def _stretches(tasks: Mapping[str, Any], start: str, finish: str) -> dict[str, Stretch]:
    return {
        key: (_instant(getattr(task, start)()), _instant(getattr(task, finish)()))
        for key, task in tasks.items()
    }


def _instant(moment: Any) -> int:
    return instant(datetime.fromisoformat(str(moment)))
