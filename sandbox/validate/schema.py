"""A small language for saying which JSON Slack takes, with its own words for what is wrong.

A check looks at a value and adds what is wrong with it, and where, to a report.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Check = Callable[[Any, str, "Report"], None]


@dataclass
class Report:
    """What is wrong, in Slack's form: a sentence and a JSON pointer."""

    problems: list[str] = field(default_factory=list)

    def add(self, problem: str, pointer: str) -> None:
        """Note one problem at one place."""
        self.problems.append(f"{problem} [json-pointer:{pointer}]")


def text(most: int, least: int = 1, pattern: str | None = None) -> Check:
    """A string of a length within limits, of a form if one is given."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add("must provide a string", pointer)
        elif len(value) < least:
            report.add(f"must be more than {least - 1} characters", pointer)
        elif len(value) > most:
            report.add(f"must be less than {most + 1} characters", pointer)
        elif pattern is not None and not re.fullmatch(pattern, value):
            report.add("must match the required format", pointer)

    return check


def one_of(*words: str) -> Check:
    """One of these strings."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if value not in words:
            report.add(f"must be one of: {', '.join(words)}", pointer)

    return check


def flag(value: Any, pointer: str, report: Report) -> None:
    """A truth value."""
    if not isinstance(value, bool):
        report.add("must provide a boolean", pointer)


def number(least: int, most: int) -> Check:
    """A whole number within limits."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.add("must provide a number", pointer)
        elif not least <= value <= most:
            report.add(f"must be between {least} and {most}", pointer)

    return check


def anything(_value: Any, _pointer: str, _report: Report) -> None:
    """Whatever it is."""


def items(each: Check, most: int, least: int = 1) -> Check:
    """A list of a length within limits, each entry checked."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add("must provide an array", pointer)
            return
        if len(value) > most:
            report.add(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            report.add(f"no fewer than {least} items allowed", pointer)
        for index, item in enumerate(value):
            each(item, f"{pointer}/{index}", report)

    return check


def shape(
    needed: Mapping[str, Check],
    allowed: Mapping[str, Check] | None = None,
    *more: Check,
    is_open: bool = False,
) -> Check:
    """An object with these fields and, unless it ``is_open``, no others.

    ``more`` are checks on the whole object, made only if its fields are right.
    """
    known = {**needed, **(allowed or {})}
    stranger = anything if is_open else _refuse_property

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", pointer)
            return
        before = len(report.problems)
        for name in sorted(needed.keys() - value.keys()):
            report.add(f"missing required field: {name}", pointer)
        for name, content in value.items():
            known.get(name, stranger)(content, f"{pointer}/{name}", report)
        if len(report.problems) == before:
            for rule in more:
                rule(value, pointer, report)

    return check


def _refuse_property(_value: Any, pointer: str, report: Report) -> None:
    owner, _, name = pointer.rpartition("/")
    report.add(f"invalid additional property: {name}", owner)


def by_type(kinds: Mapping[str, Check]) -> Check:
    """An object whose ``type`` says which check applies."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add("must provide an object", pointer)
        elif "type" not in value:
            report.add("missing required field: type", pointer)
        elif value["type"] not in kinds:
            report.add(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            kinds[value["type"]](value, pointer, report)

    return check


def exactly_one(*names: str) -> Check:
    """A rule for whole objects: one of these fields, and not two."""
    listed = " or ".join(f"`{name}`" for name in names)

    def check(value: Any, pointer: str, report: Report) -> None:
        if sum(name in value for name in names) != 1:
            report.add(f"must define either {listed}", f"{pointer}/type")

    return check
