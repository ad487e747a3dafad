"""When each process last did its round; a process that stopped is seen by its silence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage.db import insert_ignore, rows_changed
from storage.models import HeartbeatRow


def beat(session: Session, worker: str, now: datetime) -> None:
    """This worker did its round."""
    if insert_ignore(session, HeartbeatRow, worker=worker, at=now):
        return
    session.execute(update(HeartbeatRow).where(HeartbeatRow.worker == worker).values(at=now))


def last(session: Session, worker: str) -> datetime | None:
    """When this worker last did its round, None if never."""
    return session.scalar(select(HeartbeatRow.at).where(HeartbeatRow.worker == worker))


def forget(session: Session, before: datetime) -> int:
    """Drop workers not heard of since then, such as replicas that were replaced; how many."""
    return rows_changed(session, delete(HeartbeatRow).where(HeartbeatRow.at < before))
