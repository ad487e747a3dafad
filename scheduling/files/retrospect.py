"""What a finished campaign teaches the next one: a template with the durations it really took."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import ceil

from scheduling.campaigns import Campaign, Kind, Task
from scheduling.durations import MOST_HALVES, Duration
from scheduling.errors import BadValue, PlanError, raise_all
from scheduling.files.fields import MOST_SHOWN
from scheduling.files.templates import (
    DERIVED,
    LANGUAGES,
    MEASURED,
    Role,
    Template,
    TemplateTask,
    check,
)
from scheduling.halfdays import HalfDay, first_slot, last_slot

Titles = Mapping[str, str]  # by language

_ID_LENGTH = 40
_FALLBACK_ID = "template"


def template_of(
    campaign: Campaign,
    template_id: str = "",
    *,
    titles: Titles | None = None,
    descriptions: Titles | None = None,
    task_titles: Mapping[str, Titles] | None = None,
    roles: Mapping[str, Role] | None = None,
) -> Template:
    """A template that would plan again what a campaign did, with its real durations.

    *Durations.* A task that was started and done takes the working time between the two, counted
    in its own calendar, or the days of any kind if it is counted in those; at least half a day.
    Its source is then ``campaign: NAME``, that of the others, which keep their planned duration,
    ``derived``; both are dated by the month of the launch. How many rounds an approval really
    went through is not known here: it keeps its rounds and rework, and what is left of its real
    time is shared out over the rounds, rounded up to a half-day. One whose rework is not counted
    in the same days as its turnaround keeps both as planned.

    *Roles.* The same people make the same role: an owner one, the approvers of a task together
    another. Theirs is the one that ``roles`` gives to a person, if it does; the others are
    ``role_1``, ``role_2``… in the order in which the tasks call for them, titled after their
    longest task and never after people, who leave. An approval nobody decided gets a role too.

    *Kept* are links, rounds and the margin; real and imposed dates, calendars and absences are
    not. Titles are the campaign's in every language unless ``titles``, ``descriptions`` and
    ``task_titles`` (by key) say otherwise; ``template_id`` is made from its name unless given.

    Raise PlanError, Problems if there are several: BadTemplate for a campaign without tasks,
    BadValue for an id or a key that cannot be written, and what keeps it from being planned.

    >>> from datetime import date
    >>> brief = Task(
    ...     key="brief",
    ...     title="Brief",
    ...     takes=Duration.parse("2d"),
    ...     owner="ann",
    ...     started=date(2027, 3, 1),
    ...     done=date(2027, 3, 5),
    ... )
    >>> aurore = Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(brief,))
    >>> task = template_of(aurore).tasks[0]
    >>> str(task.takes), task.role, task.source, task.source_date
    ('5d', 'role_1', 'campaign: Aurore', '2027-03')
    """
    name = " ".join(campaign.name.split())
    new_id = template_id or _id_of(name)
    raise_all(list(_bad_keys(campaign.tasks)))
    casting = _Casting(campaign.tasks, roles or {})
    learn = partial(_learnt, campaign=campaign, casting=casting, name=name or new_id)
    template = Template(
        id=new_id,
        titles=_in_every_language(name or new_id, titles),
        descriptions=_in_every_language(name or new_id, descriptions),
        margin=campaign.margin,
        roles=tuple(casting.roles(task_titles or {})),
        tasks=tuple(learn(task, (task_titles or {}).get(task.key)) for task in campaign.tasks),
    )
    check(template)
    return template


def _learnt(
    task: Task, titles: Titles | None, *, campaign: Campaign, casting: _Casting, name: str
) -> TemplateTask:
    took = _took(task, campaign)
    return TemplateTask(
        key=task.key,
        titles=_in_every_language(task.title, titles),
        kind=task.kind,
        takes=took or task.takes,
        rounds=task.rounds,
        rework=task.rework,
        role=casting.owner(task),
        approvers=casting.approvers(task),
        needs=task.needs,
        after=task.after,
        source=DERIVED if took is None else f"{MEASURED}{name}",
        source_date=f"{campaign.launch:%Y-%m}",
    )


def _took(task: Task, campaign: Campaign) -> Duration | None:
    """How long a task really took, as a template would say it; None when that is not known."""
    if task.kind is Kind.MILESTONE or task.started is None or task.done is None:
        return None
    slots = range(first_slot(task.started), last_slot(task.done) + 1)
    halves = len(slots) if task.takes.elapsed else _worked(slots, task, campaign)
    if task.kind is Kind.APPROVAL:
        rework = task.rework.halves * (task.rounds - 1)
        if rework and task.rework.elapsed != task.takes.elapsed:
            return None
        halves = ceil((halves - rework) / task.rounds)
    return Duration(min(max(halves, 1), MOST_HALVES), task.takes.elapsed)


def _worked(slots: range, task: Task, campaign: Campaign) -> int:
    """Half-days in which the task's owner worked; for an approval, enough of its approvers."""
    is_approval = task.kind is Kind.APPROVAL
    people = task.approvers or (None,) if is_approval else (task.owner,)
    enough = task.enough if is_approval else 1
    calendars = [campaign.calendar_of(person) for person in people]
    return sum(
        sum(calendar.is_worked(half_day) for calendar in calendars) >= enough
        for half_day in map(HalfDay.of_slot, slots)
    )


class _Casting:
    """Which role the people of a campaign played, in the order in which the tasks call for them."""

    def __init__(self, tasks: Sequence[Task], given: Mapping[str, Role]) -> None:
        self._tasks = tasks
        self._given = given
        self._taken = {role.id for role in given.values()}
        self._unnamed: dict[frozenset[str], str] = {}
        called = (role for task in tasks for role in (self.owner(task), *self.approvers(task)))
        self._called = tuple(dict.fromkeys(role for role in called if role is not None))

    def owner(self, task: Task) -> str | None:
        if task.owner is None:
            return None
        role = self._given.get(task.owner)
        return self._unnamed_role(frozenset({task.owner})) if role is None else role.id

    def approvers(self, task: Task) -> tuple[str, ...]:
        named = dict.fromkeys(
            self._given[person].id for person in task.approvers if person in self._given
        )
        others = frozenset(person for person in task.approvers if person not in self._given)
        if others or (task.kind is Kind.APPROVAL and not named):
            return (*named, self._unnamed_role(others))
        return tuple(named)

    def roles(self, task_titles: Mapping[str, Titles]) -> Iterator[Role]:
        given = {role.id: role for role in self._given.values()}
        for role in self._called:
            yield given[role] if role in given else self._titled(role, task_titles)

    def _titled(self, role: str, task_titles: Mapping[str, Titles]) -> Role:
        """A role titled after the longest of its tasks, approvals only if it has nothing else."""
        owned = [task for task in self._tasks if self.owner(task) == role]
        own = [task for task in owned if task.kind is not Kind.APPROVAL]
        decided = [task for task in self._tasks if role in self.approvers(task)]
        main = max(own or decided or owned, key=lambda task: task.takes.halves)
        return Role(
            id=role,
            titles=_in_every_language(main.title, task_titles.get(main.key)),
            optional=not decided and all(task.kind is Kind.SUPPLIER for task in owned),
        )

    def _unnamed_role(self, players: frozenset[str]) -> str:
        if players not in self._unnamed:
            number = len(self._unnamed) + 1
            while f"role_{number}" in self._taken:
                number += 1
            self._taken.add(f"role_{number}")
            self._unnamed[players] = f"role_{number}"
        return self._unnamed[players]


def _bad_keys(tasks: Sequence[Task]) -> Iterator[PlanError]:
    """Keys that no link in a file could name."""
    for task in tasks:
        if task.key.split() != [task.key] or len(task.key) > MOST_SHOWN:
            yield BadValue(task.key[:MOST_SHOWN], "key", task.key[:MOST_SHOWN])


def _in_every_language(text: str, translations: Titles | None = None) -> Titles:
    return {**dict.fromkeys(LANGUAGES, text), **(translations or {})}


def _id_of(name: str) -> str:
    """``ete_2027`` for “Été 2027”; a name without Latin letters gives no more than ``template``."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if not words[:1].isalpha():
        words = f"{_FALLBACK_ID}_{words}".strip("_")
    return words[:_ID_LENGTH].strip("_")
