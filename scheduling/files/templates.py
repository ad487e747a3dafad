"""Campaign templates: tasks with titles in both languages, given to people by role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scheduling.calendars import Calendar
from scheduling.campaigns import Campaign, Kind, Link, Needs, Task
from scheduling.durations import Duration, Margin, read_margin
from scheduling.engine.network import Network
from scheduling.errors import BadTemplate, BadValue, PlanError, raise_all
from scheduling.files.fields import MOST_SHOWN, Fields, load, read_needs

LANGUAGES = ("en", "fr")
DERIVED = "derived"  # a proposal of ours, not a published figure
MEASURED = "campaign: "  # before the name of the campaign in which it really took that long

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SOURCE = re.compile(rf"{DERIVED}|https://\S+|{MEASURED}\S.*")
_SOURCE_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?")
_TRIAL_LAUNCH = date(2030, 6, 3)


@dataclass(frozen=True, kw_only=True)
class Role:
    """A part people play in a campaign; ``titles`` by language.

    ``optional``: the campaign can be set up with nobody in it, as for an outside supplier.
    """

    id: str
    titles: Mapping[str, str]
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class TemplateTask:
    """A task with roles where the campaign will have people.

    ``takes``, ``rework`` and the lags of ``after`` mean what they do in a ``Task``. ``source`` is
    where the durations come from: an https address, ``campaign: NAME`` or ``derived``;
    ``source_date`` the month or day they were read there, or the month of that launch.
    """

    key: str
    titles: Mapping[str, str]
    kind: Kind
    takes: Duration
    rounds: int
    rework: Duration
    role: str | None
    approvers: tuple[str, ...]
    needs: Needs
    after: tuple[Link, ...]
    source: str
    source_date: str

    def needs_of(self, approvers: int) -> Needs:
        """How many must agree when that many were found: all of them if there are too few.

        >>> board = {"key": "ok", "titles": {}, "kind": Kind.APPROVAL, "takes": Duration(4)}
        >>> board |= {"rounds": 1, "rework": Duration(), "role": None, "approvers": ("board",)}
        >>> board |= {"after": (), "source": "derived", "source_date": "2026-11"}
        >>> TemplateTask(needs=2, **board).needs_of(1)
        1
        """
        if isinstance(self.needs, int):
            return min(self.needs, max(1, approvers))
        return self.needs


@dataclass(frozen=True, kw_only=True)
class Template:
    """A kind of campaign; ``titles`` and ``descriptions`` by language."""

    id: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    margin: Margin
    roles: tuple[Role, ...]
    tasks: tuple[TemplateTask, ...]


Cast = Mapping[str, str | Sequence[str]]  # role -> who plays it; the first of several owns


def read(text: str) -> Template:
    """Read a template written in TOML, and see that it can be planned.

    Raise PlanError: Problems with all of them if there are several.

    >>> template = read('''
    ... id = "note"
    ... title = { en = "Note", fr = "Note" }
    ... description = { en = "One page", fr = "Une page" }
    ... margin = "2d"
    ... [roles]
    ... lead = { en = "Lead", fr = "Responsable" }
    ... [[tasks]]
    ... key = "copy"
    ... title = { en = "Copy", fr = "Texte" }
    ... takes = "3d"
    ... role = "lead"
    ... source = "derived"
    ... source_date = "2026-11"
    ... ''')
    >>> template.tasks[0].titles["fr"], str(template.margin)
    ('Texte', '2d')
    """
    errors: list[PlanError] = []
    top = Fields.of("", load(text, "toml"), errors)
    top.require("id", "title", "description", "margin", "roles", "tasks")
    template = Template(
        id=top.text("id") or "",
        titles=_titles(top, "title"),
        descriptions=_titles(top, "description"),
        margin=top.read("margin", read_margin) or Duration.ZERO,
        roles=tuple(
            _role(role, Fields.of(f"roles.{role}", entry, errors))
            for role, entry in top.mapping("roles").items()
        ),
        tasks=tuple(
            _task(number, entry, errors) for number, entry in enumerate(top.items("tasks"), 1)
        ),
    )
    top.refuse_others()
    _check(template, errors)
    return template


def check(template: Template) -> None:
    """See that a template made by other means than ``read`` can be written, read and planned.

    Raise PlanError: Problems with all of them if there are several.

    >>> empty = Template(
    ...     id="empty", titles={}, descriptions={}, margin=Duration(), roles=(), tasks=()
    ... )
    >>> check(empty)
    Traceback (most recent call last):
    scheduling.errors.BadTemplate: bad_template template='empty' where='tasks' reason='no_tasks'
    """
    _check(template, [])


def _check(template: Template, errors: list[PlanError]) -> None:
    raise_all([*errors, *_bad_whole(template), *_bad_roles(template)])
    Network.of(place(template, {}, _TRIAL_LAUNCH))


def place(
    template: Template,
    cast: Cast,
    launch: date,
    *,
    name: str = "",
    language: str = "en",
    margin: Margin | None = None,
    calendar: Calendar | None = None,
    people: Mapping[str, Calendar] | None = None,
    start: date | None = None,
) -> Campaign:
    """A campaign made from a template, ready to be planned.

    ``cast`` says who plays each role; a role nobody plays leaves its tasks without owner or
    approver. ``name`` and ``margin`` are the template's unless given. Raise BadDate for a launch
    or a start outside 1970-2100.

    >>> titles = {"en": "Small", "fr": "Petite"}
    >>> small = Template(
    ...     id="small", titles=titles, descriptions={}, margin=Duration(4), roles=(), tasks=()
    ... )
    >>> place(small, {"lead": "ann"}, date(2027, 3, 15), language="fr").name
    'Petite'
    """
    return Campaign(
        name=name or template.titles[_known(language)],
        launch=launch,
        margin=template.margin if margin is None else margin,
        calendar=calendar or Calendar(),
        people=people or {},
        tasks=tasks_of(template, cast, language),
        start=start,
    )


def tasks_of(template: Template, cast: Cast, language: str = "en") -> tuple[Task, ...]:
    """The tasks of a template, titled in ``language`` (English if unknown) and given to people.

    An approval that needs more approvers than were found needs them all. Raise PlanError for a
    task that cannot be, as ``Task`` does.

    >>> empty = Template(
    ...     id="empty", titles={}, descriptions={}, margin=Duration(), roles=(), tasks=()
    ... )
    >>> tasks_of(empty, {"lead": "ann"})
    ()
    """
    return tuple(_cast(task, cast, _known(language)) for task in template.tasks)


def _cast(task: TemplateTask, cast: Cast, language: str) -> Task:
    approvers = dict.fromkeys(who for role in task.approvers for who in _players(cast, role))
    return Task(
        key=task.key,
        title=task.titles[language],
        kind=task.kind,
        takes=task.takes,
        owner=next(_players(cast, task.role), None) if task.role else None,
        approvers=tuple(approvers),
        needs=task.needs_of(len(approvers)),
        rounds=task.rounds,
        rework=task.rework,
        after=task.after,
    )


def _known(language: str) -> str:
    return language if language in LANGUAGES else "en"


def _players(cast: Cast, role: str) -> Iterator[str]:
    players = cast.get(role, ())
    yield from (players,) if isinstance(players, str) else players


def _role(role: str, fields: Fields) -> Role:
    optional = fields.flag("optional")
    return Role(id=role, titles=_languages(fields), optional=optional)


def _task(number: int, entry: object, errors: list[PlanError]) -> TemplateTask:
    named = isinstance(entry, dict) and isinstance(entry.get("key"), str) and entry["key"]
    fields = Fields.of(str(named or f"tasks[{number}]"), entry, errors)
    fields.require("key", "title", "source", "source_date")
    kind = fields.choice("kind", Kind) or Kind.WORK
    if kind is not Kind.MILESTONE:
        fields.require("takes")
    rounds = fields.number("rounds")
    source, source_date = fields.text("source") or "", fields.text("source_date") or ""
    if source and not _SOURCE.fullmatch(source):
        fields.bad("source", source)
    if source_date and not _SOURCE_DATE.fullmatch(source_date):
        fields.bad("source_date", source_date)
    task = TemplateTask(
        key=fields.key(),
        titles=_titles(fields, "title"),
        kind=kind,
        takes=fields.read("takes", Duration.parse) or Duration.ZERO,
        rounds=2 if rounds is None else rounds,
        rework=fields.read("rework", Duration.parse) or Duration.ZERO,
        role=fields.text("role"),
        approvers=tuple(fields.texts("approvers")),
        needs=read_needs(fields),
        after=tuple(fields.read_all("after", Link.parse)),
        source=source,
        source_date=source_date,
    )
    fields.refuse_others()
    return task


def _titles(fields: Fields, name: str) -> Mapping[str, str]:
    return _languages(fields.inside(name)) if fields.has(name) else dict.fromkeys(LANGUAGES, "")


def _languages(fields: Fields) -> Mapping[str, str]:
    """A text in every language we speak."""
    fields.require(*LANGUAGES)
    texts = {language: fields.text(language) or "" for language in LANGUAGES}
    fields.refuse_others()
    return texts


def _bad_whole(template: Template) -> Iterator[PlanError]:
    if not _ID.fullmatch(template.id):
        yield BadValue("", "id", template.id[:MOST_SHOWN])
    if not template.tasks:
        yield BadTemplate(template.id, "tasks", "no_tasks")


def _bad_roles(template: Template) -> Iterator[PlanError]:
    """Roles that tasks name but nobody defined, and roles that no task names."""
    roles = {role.id for role in template.roles}
    named: set[str] = set()
    for task in template.tasks:
        for role in (*task.approvers, *([task.role] if task.role else [])):
            named.add(role)
            if role not in roles:
                yield BadTemplate(template.id, f"{task.key}.{role}", "unknown_role")
        if task.kind is Kind.APPROVAL and not task.approvers:
            yield BadTemplate(template.id, task.key, "no_approver")
    for role in sorted(roles - named):
        yield BadTemplate(template.id, role, "unused_role")
