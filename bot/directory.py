"""Who is who: people as Slack describes them, kept in the database and asked for anew each day."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from sqlalchemy.orm import Session

from bot.clients import CallFailed, Verdict, calling
from bot.flows import digests
from storage import people
from storage.db import Database
from storage.people import Profile
from storage.records import Person

log = logging.getLogger(__name__)

_AGAIN = timedelta(minutes=5)  # after Slack did not answer
_BATCH = 20


@dataclass(frozen=True)
class Directory:
    """Knows people; asks Slack about those it does not."""

    database: Database
    client_for: Callable[[str], WebClient]
    now: Callable[[], datetime]

    def know(self, team_id: str, user_ids: list[str]) -> None:
        """Make sure that these people are described, asking Slack about each new one.

        Someone Slack does not describe now is asked about again later; nobody waits for that.
        """
        with self.database.readers.begin() as session:
            known = people.several(session, team_id, user_ids)
        if known.keys() != set(user_ids):  # only now does it wait for who is writing
            with self.database.sessions.begin() as session:
                people.expect(session, team_id, user_ids, self.now())
        for user_id in user_ids:
            is_described = user_id in known and known[user_id].name
            if not is_described and not self.refresh(team_id, user_id):
                return  # Slack would keep silent about the others too, each for as long

    def refresh(self, team_id: str, user_id: str) -> bool:
        """Ask Slack about someone, and keep what it says; whether it said anything."""
        now = self.now()
        try:
            with calling("users.info"):
                answer = self.client_for(team_id).users_info(user=user_id, include_locale=True)
        except CallFailed as failure:
            log.info("users.info about %s: %s", user_id, failure.error)
            with self.database.sessions.begin() as session:
                if failure.verdict is Verdict.REFUSED:
                    self._keep(session, team_id, _unknown(user_id), now)
                else:
                    people.ask_later(session, team_id, user_id, now + _AGAIN)
            return failure.verdict is Verdict.REFUSED
        user: Mapping[str, Any] = answer["user"]
        with self.database.sessions.begin() as session:
            self._keep(session, team_id, profile(team_id, user), now)
        return True

    def refresh_due(self) -> int:
        """Ask Slack about those it was not asked about for a day; how many."""
        with self.database.sessions.begin() as session:
            due = people.due_for_refresh(session, self.now(), _BATCH)
        for team_id, user_id in due:
            self.refresh(team_id, user_id)
        return len(due)

    def keep(self, session: Session, team_id: str, user: Mapping[str, Any]) -> None:
        """Keep what an event says of someone."""
        self._keep(session, team_id, profile(team_id, user), self.now())

    def _keep(self, session: Session, team_id: str, found: Profile, now: datetime) -> None:
        before = people.get(session, team_id, found.id)
        people.describe(session, team_id, found, now)
        person = people.get(session, team_id, found.id)
        if person is not None and not person.standing:
            digests.schedule(session, person, now, afresh=_has_travelled(before, person))


def _has_travelled(before: Person | None, after: Person) -> bool:
    return before is not None and bool(before.timezone) and before.timezone != after.timezone


def profile(team_id: str, user: Mapping[str, Any]) -> Profile:
    """What matters of Slack's description of someone."""
    described = user.get("profile", {})
    name = (
        described.get("display_name")
        or described.get("real_name")
        or user.get("real_name")
        or user.get("name")
        or user["id"]
    )
    return Profile(
        id=user["id"],
        name=name,
        timezone=user.get("tz") or "",
        locale=user.get("locale") or "",
        standing=_standing(team_id, user),
    )


def _standing(team_id: str, user: Mapping[str, Any]) -> str:
    if user.get("deleted"):
        return "deleted"
    if user.get("is_bot") or user["id"] == "USLACKBOT":
        return "bot"
    if user.get("is_stranger") or user.get("team_id", team_id) != team_id:
        return "external"
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return "guest"
    return ""


def _unknown(user_id: str) -> Profile:
    return Profile(id=user_id, name=user_id, timezone="", locale="", standing="unknown")
