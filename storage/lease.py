"""A worker's hold on a promise.

A promise is claimed under a lease and a token. Whoever changes it afterwards shows the token; a
worker that was asleep while its lease ran out finds that it changed, and stops (``LeaseLost``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage.db import rows_changed
from storage.ids import new_id
from storage.models import DeliveryRow, PaceRow, PersonRow, WorkspaceRow
from storage.outbox import COLUMNS, OPEN, UPDATE_KIND, Promise, State, is_open
from storage.pace import POST, UPDATE, channel_method
from storage.types import UtcDateTime

_ERROR_LENGTH = 120


@dataclass(eq=False)
class LeaseLost(Exception):
    """Another worker holds this promise now, or settled it."""

    id: str


def claim(session: Session, now: datetime, limit: int, lease: timedelta) -> list[Promise]:
    """Take up to ``limit`` promises that are due, for no longer than ``lease``.

    Left out are workspaces whose token is dead, what Slack asked us not to call yet, and updates
    of a message that is still to be said.
    """
    due = (
        select(DeliveryRow.team_id, DeliveryRow.id)
        .where(is_open(), DeliveryRow.next_at <= now)
        .where(~_is_suspended(), ~_is_paced(now), ~_is_early())
        .order_by(DeliveryRow.next_at)  # and no more, so that the index gives the first few
        .limit(limit)
        .with_for_update(of=DeliveryRow, skip_locked=True)
        .cte("due")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    claimed = session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.team_id == due.c.team_id, DeliveryRow.id == due.c.id)
        .values(token=new_id("l"), next_at=now + lease, attempt=DeliveryRow.attempt + 1)
        .returning(*COLUMNS),
        execution_options={"synchronize_session": False},
    )
    found = [Promise(**row) for row in claimed.mappings()]
    return sorted(found, key=lambda promise: (promise.created_at, promise.id))


def mark_sending(
    session: Session, promise: Promise, now: datetime, settle: timedelta, channel: str
) -> None:
    """From here on Slack may have it; nobody else looks at it before ``settle`` has passed."""
    _change(
        session,
        promise,
        state=State.SENDING,
        channel=channel,
        posting_at=now,
        # Kept from the first attempt to the last: whoever looks for it looks from there on.
        first_posting_at=func.coalesce(DeliveryRow.first_posting_at, literal(now, UtcDateTime())),
        next_at=now + settle,
    )


def settle_sent(
    session: Session, promise: Promise, now: datetime, *, channel: str, ts: str, shown: str
) -> None:
    """Slack has it, there; ``shown`` is its fingerprint, '' when that is not known."""
    _settle(session, promise, now, State.SENT, channel=channel, slack_ts=ts, shown=shown, error="")


def settle(
    session: Session, promise: Promise, now: datetime, state: State, error: str = ""
) -> None:
    """It will not be said, or not be known to have been."""
    _settle(session, promise, now, state, error=error[:_ERROR_LENGTH])


def put_back(
    session: Session,
    promise: Promise,
    next_at: datetime,
    error: str = "",
    *,
    unsent: bool,
    counted: bool,
) -> None:
    """Let go of it until ``next_at``.

    ``unsent``: Slack certainly does not have it; otherwise that is known no better than before.
    ``counted``: this was an attempt, and not only a turn that has not come.
    """
    values: dict[str, Any] = {"next_at": next_at, "token": "", "error": error[:_ERROR_LENGTH]}
    if unsent:
        values["state"] = State.READY
    if not counted:
        values["attempt"] = DeliveryRow.attempt - 1
    _change(session, promise, **values)


def keep_channel(session: Session, promise: Promise, channel: str) -> None:
    """Remember where the reader of a promise is spoken to in private."""
    rows_changed(
        session,
        update(PersonRow)
        .where(PersonRow.team_id == promise.team_id, PersonRow.id == promise.user_id)
        .values(dm_channel=channel),
    )


def known_channel(session: Session, promise: Promise) -> str:
    """Where a promise is to be said, ``''`` if its reader's channel must be opened first."""
    if promise.channel:
        return promise.channel
    query = select(PersonRow.dm_channel).where(
        PersonRow.team_id == promise.team_id, PersonRow.id == promise.user_id
    )
    return session.scalar(query) or ""


def lease_target(session: Session, promise: Promise, now: datetime, lease: timedelta) -> bool:
    """Hold the sent message that an update changes; False if another worker is changing it.

    Without it, the slower of two workers would put older words over newer ones.
    """
    _change(session, promise, posting_at=now)
    held = rows_changed(
        session,
        update(DeliveryRow)
        .where(
            DeliveryRow.team_id == promise.team_id,
            DeliveryRow.id == promise.target,
            DeliveryRow.state == State.SENT,
            or_(DeliveryRow.token.in_(["", promise.token]), DeliveryRow.next_at <= now),
        )
        .values(token=promise.token, next_at=now + lease),
    )
    return held == 1


def release_target(session: Session, promise: Promise, shown: str | None) -> None:
    """Let go of the message that an update changed; ``shown`` if that is known anew."""
    _change_target(session, promise, token="", **({} if shown is None else {"shown": shown}))


def forget_shown(session: Session, promise: Promise) -> None:
    """The message is about to be changed: until that is done, what it shows is not known."""
    _change_target(session, promise, shown="")


def _change_target(session: Session, promise: Promise, **values: str) -> None:
    rows_changed(
        session,
        update(DeliveryRow)
        .where(
            DeliveryRow.team_id == promise.team_id,
            DeliveryRow.id == promise.target,
            DeliveryRow.state == State.SENT,
            DeliveryRow.token == promise.token,
        )
        .values(**values),
    )


def has_later_update(session: Session, promise: Promise, now: datetime) -> bool:
    """Whether another update of the same message is due and nobody's: it will say it all."""
    query = select(
        exists().where(
            DeliveryRow.team_id == promise.team_id,
            DeliveryRow.kind == UPDATE_KIND,
            DeliveryRow.target == promise.target,
            DeliveryRow.id != promise.id,
            DeliveryRow.state == State.READY,
            DeliveryRow.token == "",
            DeliveryRow.next_at <= now,
        )
    )
    return bool(session.scalar(query))


def waiting_updates(session: Session, promise: Promise) -> list[str]:
    """The updates of a message that is about to be rendered: it will show what they are about."""
    query = select(DeliveryRow.id).where(
        DeliveryRow.team_id == promise.team_id,
        DeliveryRow.target == promise.id,
        DeliveryRow.kind == UPDATE_KIND,
        DeliveryRow.state == State.READY,
    )
    return list(session.scalars(query))


def supersede(session: Session, promise: Promise, updates: Sequence[str], now: datetime) -> None:
    """Drop updates of a message that was rendered after they were promised."""
    rows_changed(
        session,
        update(DeliveryRow)
        .where(
            DeliveryRow.team_id == promise.team_id,
            DeliveryRow.id.in_(updates),
            DeliveryRow.state == State.READY,
        )
        .values(state=State.EXPIRED, settled_at=now, error="superseded"),
    )


def _is_suspended() -> ColumnElement[bool]:
    return exists().where(WorkspaceRow.team_id == DeliveryRow.team_id, WorkspaceRow.suspended != "")


def _is_early() -> ColumnElement[bool]:
    target = aliased(DeliveryRow)
    return exists().where(
        target.team_id == DeliveryRow.team_id,
        target.id == DeliveryRow.target,
        target.state.in_(OPEN),
    )


def _is_paced(now: datetime) -> ColumnElement[bool]:
    # Two conditions that each name a whole key: one with an OR inside would read all of the pace.
    method = case((DeliveryRow.kind == UPDATE_KIND, UPDATE), else_=POST)
    held = exists().where(PaceRow.team_id == DeliveryRow.team_id, PaceRow.not_before > now)
    in_channel = held.where(PaceRow.method == channel_method(DeliveryRow.channel))
    return or_(
        held.where(PaceRow.method == method), and_(DeliveryRow.kind != UPDATE_KIND, in_channel)
    )


def _settle(session: Session, promise: Promise, now: datetime, state: State, **values: Any) -> None:
    _change(session, promise, state=state, settled_at=now, token="", **values)


def _change(session: Session, promise: Promise, **values: Any) -> None:
    changed = rows_changed(
        session,
        update(DeliveryRow)
        .where(
            DeliveryRow.team_id == promise.team_id,
            DeliveryRow.id == promise.id,
            DeliveryRow.token == promise.token,
            is_open(),
        )
        .values(**values),
    )
    if changed != 1:
        raise LeaseLost(promise.id)
