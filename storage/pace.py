"""How fast Slack may be called: what it asked of us, and what we ask of ourselves.

One table holds both, so that every replica keeps to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import overload

from sqlalchemy import ColumnElement, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.db import insert_ignore, rows_changed
from storage.models import PaceRow

POST = "chat.postMessage"
UPDATE = "chat.update"


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One call every so often, and ``burst`` of them at once after a silence."""

    every: timedelta
    burst: int


@overload
def channel_method(channel: str) -> str: ...
@overload
def channel_method(channel: InstrumentedAttribute[str]) -> ColumnElement[str]: ...
def channel_method(
    channel: str | InstrumentedAttribute[str],
) -> str | ColumnElement[str]:
    """The name under which posting to one channel is paced."""
    if isinstance(channel, str):
        return f"{POST}:{channel}"
    return literal(f"{POST}:") + channel


def hold_off(session: Session, team_id: str, method: str, until: datetime) -> None:
    """Slack asked not to be called again before ``until``; the later of two such wishes counts."""
    if insert_ignore(session, PaceRow, team_id=team_id, method=method, not_before=until):
        return
    rows_changed(
        session,
        update(PaceRow)
        .where(PaceRow.team_id == team_id, PaceRow.method == method, PaceRow.not_before < until)
        .values(not_before=until),
    )


def blocked_until(session: Session, team_id: str, method: str, now: datetime) -> datetime | None:
    """Until when a method must be left alone, None if it may be called."""
    query = select(PaceRow.not_before).where(
        PaceRow.team_id == team_id, PaceRow.method == method, PaceRow.not_before > now
    )
    return session.scalar(query)


def take(session: Session, team_id: str, method: str, now: datetime, rate: Rate) -> datetime | None:
    """Take a turn to call a method: None if it may be called now, else when to ask again."""
    earliest = now - rate.every * (rate.burst - 1)
    query = select(PaceRow.not_before).where(PaceRow.team_id == team_id, PaceRow.method == method)
    seen = session.scalar(query)
    if seen is None:
        first = earliest + rate.every
        taken = insert_ignore(session, PaceRow, team_id=team_id, method=method, not_before=first)
    elif seen > now:
        return seen
    else:
        following = max(seen, earliest) + rate.every
        changed = rows_changed(
            session,
            update(PaceRow)
            .where(PaceRow.team_id == team_id, PaceRow.method == method)
            .where(PaceRow.not_before == seen)
            .values(not_before=following),
        )
        taken = changed == 1
    return None if taken else now + rate.every  # another replica took this turn
