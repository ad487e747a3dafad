"""A template written as the TOML that ``templates.read`` reads back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from scheduling.campaigns import Kind, Link
from scheduling.durations import Duration
from scheduling.files.templates import LANGUAGES, Role, Template, TemplateTask

_BARE = re.compile(r"[A-Za-z0-9_-]+")  # a key that TOML takes without quotes
_USUAL_ROUNDS = 2


def write(template: Template) -> str:
    """A template in TOML; ``read`` gives back an equal one.

    It must be one that ``read`` or ``template_of`` made, or that ``check`` lets through. Durations
    are written in days: ``10d`` where someone had typed ``2w``. No errors of its own.

    >>> from scheduling.durations import Duration
    >>> empty = {"en": "Empty", "fr": "Vide"}
    >>> print(write(Template(
    ...     id="empty", titles=empty, descriptions=empty, margin=Duration(4), roles=(), tasks=()
    ... )))
    id = "empty"
    title = { en = "Empty", fr = "Vide" }
    description = { en = "Empty", fr = "Vide" }
    margin = "2d"
    <BLANKLINE>
    [roles]
    <BLANKLINE>
    """
    head = [
        f"id = {_quoted(template.id)}",
        f"title = {_table(_languages(template.titles))}",
        f"description = {_table(_languages(template.descriptions))}",
        f"margin = {_quoted(str(template.margin))}",
    ]
    roles = ["[roles]", *(f"{_key(role.id)} = {_role(role)}" for role in template.roles)]
    tasks = [["[[tasks]]", *_task(task)] for task in template.tasks]
    return "\n\n".join("\n".join(lines) for lines in (head, roles, *tasks)) + "\n"


def _role(role: Role) -> str:
    fields = dict(_languages(role.titles))
    if role.optional:
        fields["optional"] = "true"
    return _table(fields)


def _task(task: TemplateTask) -> Iterator[str]:
    """The lines of a task, without those that say what is understood anyway."""
    yield f"key = {_quoted(task.key)}"
    yield f"title = {_table(_languages(task.titles))}"
    if task.kind is not Kind.WORK:
        yield f"kind = {_quoted(task.kind)}"
    if task.takes != Duration.ZERO:
        yield f"takes = {_quoted(str(task.takes))}"
    yield from _review(task)
    if task.role is not None:
        yield f"role = {_quoted(task.role)}"
    if task.approvers:
        yield f"approvers = {_list(*task.approvers)}"
    if task.after:
        yield f"after = {_list(*map(_link, task.after))}"
    yield f"source = {_quoted(task.source)}"
    yield f"source_date = {_quoted(task.source_date)}"


def _review(task: TemplateTask) -> Iterator[str]:
    if task.kind is Kind.APPROVAL or task.rounds != _USUAL_ROUNDS:
        yield f"rounds = {task.rounds}"
    if task.rework != Duration.ZERO:
        yield f"rework = {_quoted(str(task.rework))}"
    if isinstance(task.needs, int):
        yield f"needs = {task.needs}"
    elif task.needs != "all":
        yield f"needs = {_quoted(task.needs)}"


def _link(link: Link) -> str:
    """As ``str`` would, but for a lag of nothing at all that someone took the trouble to write."""
    if link.lag.halves or link.lag == Duration.ZERO:
        return str(link)
    return f"{link.on} {link.type}+{link.lag}"


def _languages(texts: Mapping[str, str]) -> Mapping[str, str]:
    return {language: _quoted(texts[language]) for language in LANGUAGES}


def _table(fields: Mapping[str, str]) -> str:
    return f"{{ {', '.join(f'{name} = {value}' for name, value in fields.items())} }}"


def _list(*texts: str) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _key(text: str) -> str:
    return text if _BARE.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """A basic string, which is that of JSON but for one character more that it wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
