"""Campaigns in a line, for tests of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from scheduling import Calendar, Campaign, Duration, Kind, Link, Task, TimeOff, read_margin

MONDAY_LAUNCH = date(2027, 3, 15)
LONG_BEFORE = date(2027, 1, 4)


def a_task(key: str, takes: str = "1d", *after: str, **more: Any) -> Task:
    """A task as a plan file would write it: ``a_task("print", "10ed", "ok", "visual SS+2d")``."""
    return Task(
        key=key,
        takes=Duration.parse(takes),
        after=tuple(Link.parse(text) for text in after),
        **more,
    )


def an_approval(key: str, takes: str, approvers: str, *after: str, **more: Any) -> Task:
    """An approval by people named in one text, ``"carol dan"``."""
    people = tuple(approvers.split())
    return a_task(key, takes, *after, kind=Kind.APPROVAL, approvers=people, **more)


def a_milestone(key: str, *after: str, **more: Any) -> Task:
    return a_task(key, "0d", *after, kind=Kind.MILESTONE, **more)


def a_campaign(*tasks: Task, margin: str = "0d", **more: Any) -> Campaign:
    """Launched on Monday 15 March 2027, unless told otherwise; no public holidays."""
    base = Campaign(name="Aurore", launch=MONDAY_LAUNCH, margin=read_margin(margin), tasks=tasks)
    return replace(base, **more)


def away(*texts: str, **more: Any) -> Calendar:
    """Someone who is absent then, and otherwise works from Monday to Friday."""
    return Calendar(away=tuple(map(TimeOff.parse, texts)), **more)


def people(**absences: str) -> Mapping[str, Calendar]:
    """``people(bob="2027-02-08..2027-02-12")``"""
    return {person: away(text) for person, text in absences.items()}
