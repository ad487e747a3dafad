"""People of a workspace, as Slack last described them, and the workspace itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.db import insert_ignore, rows_changed
from storage.models import PersonRow, WorkspaceRow
from storage.records import Person, Workspace

FRESH = timedelta(hours=24)  # after which Slack is asked again


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What Slack says of someone."""

    id: str
    name: str
    timezone: str
    locale: str
    standing: str


def keep_workspace(session: Session, workspace: Workspace) -> None:
    """Store a workspace, or what changed of its name and its bot."""
    insert_ignore(
        session,
        WorkspaceRow,
        team_id=workspace.team_id,
        name=workspace.name,
        bot_user_id=workspace.bot_user_id,
        country=workspace.country,
        subdivision=workspace.subdivision,
        timezone=workspace.timezone,
        locale=workspace.locale,
        digest_time=workspace.digest_time,
        margin=workspace.margin,
        suspended="",
    )
    session.execute(
        update(WorkspaceRow)
        .where(WorkspaceRow.team_id == workspace.team_id)
        .values(name=workspace.name, bot_user_id=workspace.bot_user_id, suspended="")
    )


def workspace(session: Session, team_id: str) -> Workspace:
    """A workspace; ``NoResultFound`` if the bot was never started for it."""
    row = session.scalars(select(WorkspaceRow).where(WorkspaceRow.team_id == team_id)).one()
    return Workspace(
        team_id=row.team_id,
        name=row.name,
        bot_user_id=row.bot_user_id,
        country=row.country,
        subdivision=row.subdivision,
        timezone=row.timezone,
        locale=row.locale,
        digest_time=row.digest_time,
        margin=row.margin,
        suspended=row.suspended,
    )


def expect(session: Session, team_id: str, user_ids: Iterable[str], now: datetime) -> None:
    """Make sure that these people are known; Slack is asked about the new ones soon."""
    for user_id in sorted(set(user_ids)):
        insert_ignore(
            session,
            PersonRow,
            team_id=team_id,
            id=user_id,
            name="",
            timezone="",
            locale="",
            digest_time="",
            standing="",
            dm_channel="",
            refresh_due=now,
            next_due=None,
        )


def get(session: Session, team_id: str, user_id: str) -> Person | None:
    """Someone, if they were ever heard of."""
    row = session.scalar(
        select(PersonRow).where(PersonRow.team_id == team_id, PersonRow.id == user_id)
    )
    return None if row is None else _person(row)


def several(session: Session, team_id: str, user_ids: Iterable[str]) -> dict[str, Person]:
    """Those of some people who were ever heard of, by id."""
    query = select(PersonRow).where(
        PersonRow.team_id == team_id, PersonRow.id.in_(sorted(set(user_ids)))
    )
    return {row.id: _person(row) for row in session.scalars(query)}


def describe(session: Session, team_id: str, profile: Profile, now: datetime) -> None:
    """Keep what Slack says of someone."""
    expect(session, team_id, [profile.id], now)
    session.execute(
        update(PersonRow)
        .where(PersonRow.team_id == team_id, PersonRow.id == profile.id)
        .values(
            name=profile.name[:200],
            timezone=profile.timezone,
            locale=profile.locale,
            standing=profile.standing,
            refresh_due=now + FRESH,
        )
    )


def ask_later(session: Session, team_id: str, user_id: str, at: datetime) -> None:
    """Slack did not answer about someone: ask again then."""
    session.execute(
        update(PersonRow)
        .where(PersonRow.team_id == team_id, PersonRow.id == user_id)
        .values(refresh_due=at)
    )


def due_for_refresh(session: Session, now: datetime, limit: int) -> list[tuple[str, str]]:
    """People (team, id) to ask Slack about, those waiting longest first."""
    query = (
        select(PersonRow.team_id, PersonRow.id)
        .where(PersonRow.refresh_due <= now)
        .order_by(PersonRow.refresh_due)
        .limit(limit)
    )
    return [(team_id, user_id) for team_id, user_id in session.execute(query)]


def due_for_digest(session: Session, now: datetime, limit: int) -> list[tuple[Person, datetime]]:
    """People whose morning has come, with the instant that was due."""
    query = (
        select(PersonRow).where(PersonRow.next_due <= now).order_by(PersonRow.next_due).limit(limit)
    )
    return [(_person(row), row.next_due) for row in session.scalars(query) if row.next_due]


def move_digest(session: Session, person: Person, due: datetime, following: datetime) -> bool:
    """Move someone's next digest, if it is still ``due`` then: of two who try, one does."""
    changed = rows_changed(
        session,
        update(PersonRow)
        .where(
            PersonRow.team_id == person.team_id,
            PersonRow.id == person.id,
            PersonRow.next_due == due,
        )
        .values(next_due=following),
    )
    return changed == 1


def set_digest(session: Session, person: Person, at: datetime, *, only_if_unset: bool) -> None:
    """Say when someone's next digest is due."""
    change = update(PersonRow).where(PersonRow.team_id == person.team_id, PersonRow.id == person.id)
    if only_if_unset:
        change = change.where(PersonRow.next_due.is_(None))
    session.execute(change.values(next_due=at))


def _person(row: PersonRow) -> Person:
    return Person(
        team_id=row.team_id,
        id=row.id,
        name=row.name,
        timezone=row.timezone,
        locale=row.locale,
        digest_time=row.digest_time,
        standing=row.standing,
    )
