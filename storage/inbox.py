"""Slack's events that must be done once: it sends them again when an answer was late."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from storage.db import insert_ignore, rows_changed
from storage.models import InboxRow


def receive(session: Session, team_id: str, event_id: str, now: datetime) -> bool:
    """Whether an event is new. Its effect belongs in the same transaction: both stay, or neither.

    Slack shows an event of a channel shared between workspaces once to each, hence ``team_id``.
    """
    return insert_ignore(session, InboxRow, team_id=team_id, event_id=event_id, received_at=now)


def forget(session: Session, before: datetime) -> int:
    """Drop events received before then, which Slack will not send again; how many."""
    return rows_changed(session, delete(InboxRow).where(InboxRow.received_at < before))
