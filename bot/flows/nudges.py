"""Reminding an approver who let the review date pass."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.ids import Kind
from storage import outbox, submissions

_BATCH = 200


def queue_due(session: Session, now: datetime) -> None:
    """Promise the reminders whose time has come, each once."""
    for nudge in submissions.take_nudges(session, now, _BATCH):
        outbox.promise(
            session,
            team_id=nudge.team_id,
            key=f"nudge:{nudge.submission_id}:{nudge.user_id}",
            kind=Kind.NUDGE,
            ref=nudge.submission_id,
            user_id=nudge.user_id,
            now=now,
        )
