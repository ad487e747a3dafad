"""The plan file: a campaign as JSON or TOML. Outside tools write it, so its shape is stable."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import NamedTuple

from scheduling.calendars import Calendar, TimeOff, country_holidays
from scheduling.campaigns import Campaign, Kind, Link, Task
from scheduling.durations import Duration, read_margin
from scheduling.engine.checks import cycles, problems
from scheduling.engine.clashes import clashes
from scheduling.engine.network import Network
from scheduling.errors import Contradiction, PlanError, UnknownCountry, raise_all
from scheduling.files.fields import Fields, Format, load, read_needs
from scheduling.files.planjson import as_json, moves_as_json
from scheduling.halfdays import Moment, read_day, read_moment
from scheduling.holidaynames import usual_weekend

__all__ = ["Format", "PlanFile", "as_json", "moves_as_json", "read"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

ANY_DAY = date(2000, 1, 1)  # stands in for a launch that is missing, until that is reported


class PlanFile(NamedTuple):
    """What a plan file holds; ``today`` only if it says so."""

    campaign: Campaign
    today: date | None


def read(text: str, format: Format) -> PlanFile:  # noqa: A002 (the word of the format's owner)
    """Read a plan file. Raise PlanError: Problems with all of them if there are several.

    >>> read('{"name": "Aurore", "launch": "2027-03-15", "tasks": []}', "json").campaign.name
    'Aurore'
    """
    errors: list[PlanError] = []
    top = Fields.of("", load(text, format), errors)
    top.require("name", "launch", "tasks")
    launch = top.read("launch", read_day) or ANY_DAY
    name, today = top.text("name") or "", top.read("today", read_day)
    start, margin = top.read("start", read_day), top.read("margin", read_margin)
    if start is not None and start > launch:
        errors += [Contradiction("", "start", "launch")] if top.has("launch") else []
        start = None
    calendar = _calendar(top.inside("calendar"), launch)
    people = {
        person: _person(Fields.of(f"people.{person}", entry, errors), calendar, launch)
        for person, entry in top.mapping("people").items()
    }
    tasks = [_task(number, entry, errors) for number, entry in enumerate(top.items("tasks"), 1)]
    top.refuse_others()
    campaign = Campaign(
        name=name,
        launch=launch,
        margin=margin or Duration.ZERO,
        calendar=calendar,
        people=people,
        tasks=tuple(task for task in tasks if task is not None),
        start=start,
    )
    if errors:
        found = [*problems(campaign), *cycles(campaign.tasks)]
        raise_all([*errors, *(found or clashes(Network.of(campaign)))])
    return PlanFile(campaign, today)


def _calendar(fields: Fields, launch: date) -> Calendar:
    holidays = _holidays(fields, launch)
    weekend, part_days = _week(fields)
    country = fields.text("country")
    if weekend is None and country is not None:
        with suppress(UnknownCountry):  # told already, for its holidays
            weekend = usual_weekend(country)
    closed = fields.read_all("closed", TimeOff.parse)
    fields.refuse_others()
    usual = Calendar()
    return Calendar(
        weekend=usual.weekend if weekend is None else weekend,
        part_days=part_days,
        holidays=holidays,
        closed=tuple(closed),
    )


def _person(fields: Fields, campaign: Calendar, launch: date) -> Calendar:
    """A person's week is their own if it is given; a country adds its holidays to the campaign's."""
    holidays = _holidays(fields, launch)
    weekend, part_days = _week(fields)
    away = fields.read_all("away", TimeOff.parse)
    fields.refuse_others()
    return campaign.of_person(
        weekend=weekend,
        part_days=None if weekend is None else part_days,
        holidays=holidays,
        away=away,
    )


def _holidays(fields: Fields, launch: date) -> Mapping[date, str]:
    """Those of the country, if there is one, and the explicit ones, which need no name."""
    explicit = dict.fromkeys(fields.read_all("holidays", read_day), "")
    subdivision = fields.text("subdivision")
    known = fields.read(
        "country",
        lambda country: country_holidays(country, subdivision, launch),
    )
    return {**explicit, **(known or {})}


def _week(fields: Fields) -> tuple[frozenset[int] | None, frozenset[tuple[int, bool]]]:
    """``sat`` is a whole day off, ``wed pm`` half a day of every week."""
    whole: set[int] = set()
    parts: set[tuple[int, bool]] = set()
    for text in fields.texts("weekend"):
        day, _, half = text.partition(" ")
        if day not in WEEKDAYS or half not in {"", "am", "pm"}:
            fields.bad("weekend", text)
        elif half:
            parts.add((WEEKDAYS.index(day), half == "pm"))
        else:
            whole.add(WEEKDAYS.index(day))
    return (frozenset(whole) if fields.has("weekend") else None), frozenset(parts)


def _task(number: int, entry: object, errors: list[PlanError]) -> Task | None:
    """A task; if something is wrong with it, one that only stands in for its key and its links."""
    before = len(errors)
    named = isinstance(entry, dict) and isinstance(entry.get("key"), str) and entry["key"]
    fields = Fields.of(str(named or f"tasks[{number}]"), entry, errors)
    fields.require("key")
    kind = fields.choice("kind", Kind) or Kind.WORK
    if kind is not Kind.MILESTONE:
        fields.require("takes")
    key, rounds = fields.key(), fields.number("rounds")
    after = tuple(fields.read_all("after", Link.parse))
    draft = partial(
        Task,
        key=key,
        title=fields.text("title") or "",
        kind=kind,
        takes=fields.read("takes", Duration.parse) or Duration.ZERO,
        owner=fields.text("owner"),
        approvers=tuple(fields.texts("approvers")),
        needs=read_needs(fields),
        rounds=2 if rounds is None else rounds,
        rework=fields.read("rework", Duration.parse) or Duration.ZERO,
        after=after,
        not_before=_start(fields, "not_before"),
        finish_by=_end(fields, "finish_by"),
        fixed=_start(fields, "fixed"),
        started=_start(fields, "started"),
        done=_end(fields, "done"),
    )
    fields.refuse_others()
    if len(errors) == before:
        try:
            return draft()
        except PlanError as error:
            errors.extend(error.errors)
    # What it waits for is known all the same: others may be wrong about that.
    return Task(key=key, kind=Kind.MILESTONE, after=after) if key else None


def _start(fields: Fields, name: str) -> Moment | None:
    return fields.read(name, read_moment)


def _end(fields: Fields, name: str) -> Moment | None:
    return fields.read(name, partial(read_moment, is_end=True))
