"""Who reads and who acts: their language, their day, and whether they may act at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from bot import clock
from bot.errors import NotAllowed, NotAMember, PersonRefused
from bot.flows import calendars
from bot.views.words import Reader
from storage import people
from storage.records import Campaign, Person, Task, Workspace


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who does something, and when; the team is that of the verified request, never of a value."""

    team_id: str
    user_id: str
    now: datetime


def reader_of(session: Session, team_id: str, user_id: str, now: datetime) -> Reader:
    """How to speak to someone; the workspace's ways where theirs are unknown."""
    workspace = people.workspace(session, team_id)
    person = people.get(session, team_id, user_id)
    zone = zone_of(workspace, person)
    locale = person.locale if person is not None and person.locale else workspace.locale
    return Reader(locale=locale, today=now.astimezone(zone).date(), timezone=zone.key)


def channel_reader(session: Session, campaign: Campaign, now: datetime) -> Reader:
    """How to speak to a whole channel: in the language the campaign was created in."""
    zone = zone_of(people.workspace(session, campaign.team_id), None)
    return Reader(locale=campaign.locale, today=now.astimezone(zone).date(), timezone=zone.key)


def zone_of(workspace: Workspace, person: Person | None) -> ZoneInfo:
    """Someone's time zone, or the workspace's."""
    return clock.zone(person.timezone if person is not None else "", workspace.timezone)


def local_today(session: Session, team_id: str, now: datetime) -> date:
    """The day it is for the workspace: the day that its plans count from."""
    return now.astimezone(zone_of(people.workspace(session, team_id), None)).date()


def next_morning(
    workspace: Workspace, person: Person | None, after: datetime, not_before: date | None = None
) -> datetime:
    """The next instant at which someone is to be written to: their hour, on a working day.

    ``not_before`` keeps it from falling on an earlier day.
    """
    text = person.digest_time if person is not None and person.digest_time else ""
    hour = time.fromisoformat(text or workspace.digest_time)

    def is_wanted(day: date) -> bool:
        return (not_before is None or day >= not_before) and is_workday(workspace, day)

    return clock.next_local(hour, zone_of(workspace, person), after, is_wanted)


def is_workday(workspace: Workspace, day: date) -> bool:
    """Whether the workspace works on that day: neither weekend nor public holiday."""
    return calendars.around(workspace.country, workspace.subdivision, day).is_workday(day)


def next_workday(workspace: Workspace, day: date) -> date:
    """The first day after that one on which the workspace works."""
    following = day + timedelta(days=1)
    while not is_workday(workspace, following):
        following += timedelta(days=1)
    return following


def check_member(session: Session, by: Actor) -> None:
    """Refuse people who may read but not act.

    Raises ``NotAMember`` for a bot, a guest, someone deactivated or of another organisation.
    """
    person = people.get(session, by.team_id, by.user_id)
    if person is not None and person.standing:
        raise NotAMember(person.standing)


def check_may_work_on(by: Actor, campaign: Campaign, task: Task) -> None:
    """Only a task's owner and the campaign's lead change its state; else ``NotAllowed``."""
    allowed = tuple(dict.fromkeys(one for one in (task.owner_id, campaign.lead_id) if one))
    if by.user_id not in allowed:
        raise NotAllowed(allowed)


def check_may_plan(by: Actor, campaign: Campaign) -> None:
    """Only the lead, and the owners of its tasks, add to a plan; else ``NotAllowed``."""
    if by.user_id in {campaign.lead_id, *(task.owner_id for task in campaign.tasks)}:
        return
    raise NotAllowed((campaign.lead_id,))


def check_can_have_work(
    session: Session, team_id: str, field: str, user_ids: Iterable[str]
) -> None:
    """Refuse to give work to people who cannot do it here; else ``PersonRefused``."""
    known = people.several(session, team_id, user_ids)
    for user_id in user_ids:
        person = known.get(user_id)
        if person is not None and person.standing:
            raise PersonRefused(field, person.name or user_id, person.standing)
