"""Made-up campaigns of any size, the same in every run.

They hold to what the public schedulers agree with the engine on: links that carry a lag, and
those from start to start, join people who are never away, since schedulers differ on whose
calendar a lag counts in. Absences, holidays and the rest stand anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from scheduling import Calendar, Campaign, Duration, Kind, Link, LinkType, Task, TimeOff

START = date(2026, 1, 5)
LAUNCH = date(2028, 6, 13)
DEPTH = 50  # tasks one after another, so that even 50,000 of them take no more than two years

_SATURDAY = date(2020, 1, 4)
_times = count()  # how often a campaign was made anew

_TASKS_A_PERSON = 20
_LOOK_BACK = 5  # a task waits for those of the last few places, of any deliverable
_AWAY = 0.3  # of the people
_LAGS = 0.15  # of the links between people who are never away
_FROM_START = 0.1  # likewise
_THIRD_LINK = 0.1  # of the tasks


def made_up(size: int, *, seed: int = 1) -> Campaign:
    """A campaign of ``size`` tasks with about two links each, owned by one person in twenty.

    Deliverables run side by side, each a chain of tasks that also wait for one another's.
    """
    chance = Random(f"{size}-{seed}")  # noqa: S311 - a plan, not a secret
    calendar = Calendar.of_country("FR", launch=LAUNCH)
    names = [f"p{number}" for number in range(max(2, size // _TASKS_A_PERSON))]
    away = {name: _absences(chance) for name in names if chance.random() < _AWAY}
    owners = [chance.choice(names) for _ in range(size)]
    width = -(-size // min(DEPTH, max(1, size // 2)))
    tasks = tuple(
        Task(
            key=f"t{number}",
            takes=Duration(2 * chance.randint(1, 10)),
            owner=owners[number],
            after=tuple(_links(number, width, owners, away, chance)),
        )
        for number in range(size)
    )
    return Campaign(
        name=f"{size} tasks",
        launch=LAUNCH,
        margin=Duration(10),
        calendar=calendar,
        people={name: calendar.of_person(away=absences) for name, absences in away.items()},
        tasks=tasks,
        start=START,
    )


def everyone_present(campaign: Campaign) -> Campaign:
    """The same campaign with nobody away: one calendar, as a plain graph library has it."""
    return replace(campaign, people={})


def as_it_is(campaign: Campaign) -> Campaign:
    """The campaign, for schedulers that can express all of it."""
    return campaign


def finish_to_start(campaign: Campaign) -> Campaign:
    """The same campaign with every link from finish to start, and its lag."""
    tasks = (
        replace(task, after=tuple(replace(link, type=LinkType.FS) for link in task.after))
        for task in campaign.tasks
    )
    return replace(campaign, tasks=tuple(tasks))


def made_anew(campaign: Campaign) -> Campaign:
    """The same campaign with calendars that nobody has counted along yet, in this process.

    Equal calendars share what was counted: these are also closed on one Saturday long ago.
    """
    long_ago = _SATURDAY - timedelta(weeks=next(_times))
    closed = (TimeOff.of(long_ago, long_ago),)
    people = {name: replace(calendar, closed=closed) for name, calendar in campaign.people.items()}
    return replace(campaign, calendar=replace(campaign.calendar, closed=closed), people=people)


def with_approvals(campaign: Campaign) -> Campaign:
    """The same campaign with every fifth task an approval by two people, in two rounds."""
    tasks = (
        replace(
            task,
            kind=Kind.APPROVAL,
            takes=Duration(4),
            rework=Duration(2),
            approvers=("dir", "legal"),
        )
        if place % 5 == 4  # noqa: PLR2004 - every fifth
        else task
        for place, task in enumerate(campaign.tasks)
    )
    return replace(campaign, tasks=tuple(tasks))


def _absences(chance: Random) -> tuple[TimeOff, ...]:
    """One or two stretches of a week or two."""
    days = (LAUNCH - START).days
    firsts = (START + timedelta(chance.randrange(days)) for _ in range(chance.randint(1, 2)))
    return tuple(TimeOff.of(day, day + timedelta(chance.choice((6, 13)))) for day in firsts)


def _links(
    number: int, width: int, owners: list[str], away: Collection[str], chance: Random
) -> Iterator[Link]:
    """One to the task before in the same deliverable, others to whatever stands a little earlier."""
    place = number // width
    if place == 0:
        return
    others = {number - width}
    for _ in range(2 if chance.random() < _THIRD_LINK else 1):
        earlier = place - chance.randint(1, min(_LOOK_BACK, place))
        others.add(earlier * width + chance.randrange(width))
    for other in sorted(others):
        if owners[other] in away or owners[number] in away:
            yield Link(on=f"t{other}")
            continue
        is_from_start = chance.random() < _FROM_START
        lag = 2 * chance.randint(1, 3) if chance.random() < _LAGS else 0
        yield Link(
            on=f"t{other}",
            type=LinkType.SS if is_from_start else LinkType.FS,
            lag=Duration(lag),
        )
