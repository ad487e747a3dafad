"""What the bot promised to say: promised with the change it speaks of, said once that is committed.

``storage.lease`` is the other side: how a worker takes a promise and says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from storage.db import insert_ignore, rows_changed
from storage.ids import new_id
from storage.models import DeliveryRow, WorkspaceRow

UPDATE_KIND = "update"

_SUSPENDED_LENGTH = 40


class State(StrEnum):
    """Where a promise stands. The last four are final, and can be seen by someone."""

    READY = "ready"
    SENDING = "sending"  # Slack may have it: look before posting again
    SENT = "sent"
    DEAD = "dead"  # Slack refused it
    EXPIRED = "expired"  # there was nothing left to say
    UNCONFIRMED = "unconfirmed"  # Slack may have it, and cannot be asked


OPEN = (State.READY, State.SENDING)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A message that is to be said, or was."""

    team_id: str
    id: str
    key: str
    kind: str
    ref: str
    user_id: str
    channel: str
    target: str
    state: str
    attempt: int
    token: str
    posting_at: datetime | None
    first_posting_at: datetime | None
    slack_ts: str
    shown: str
    expires_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """What is waiting, and since when the oldest of it should have been said."""

    ready: int
    sending: int
    dead: int
    unconfirmed: int
    oldest_due: datetime | None


COLUMNS = tuple(getattr(DeliveryRow, field.name) for field in fields(Promise))


def promise(
    session: Session,
    *,
    team_id: str,
    key: str,
    kind: str,
    ref: str,
    now: datetime,
    user_id: str = "",
    channel: str = "",
    target: str = "",
    due: datetime | None = None,
    expires_at: datetime | None = None,
) -> bool:
    """Promise to say something to ``user_id`` in private, or else in ``channel``, once ``due``.

    False if ``key`` was promised before. A promise not begun by ``expires_at`` is dropped.
    Raises ``ValueError`` if nobody would hear it.
    """
    if not user_id and not channel:
        raise ValueError(f"{key!r} is promised to nobody")
    return insert_ignore(
        session,
        DeliveryRow,
        team_id=team_id,
        id=new_id("m"),
        key=key,
        kind=kind,
        ref=ref,
        user_id=user_id,
        channel=channel,
        target=target,
        next_at=due or now,
        expires_at=expires_at,
        created_at=now,
    )


def promise_update(session: Session, message: Promise, now: datetime, version: int | str) -> bool:
    """Promise that a message be said anew in its place, because what it shows changed.

    Right whatever became of the message meanwhile: one that is not said yet will be said as
    things are then, and the update expires. False if this ``version`` was promised before: it
    must tell apart all that the message shows.
    """
    return promise(
        session,
        team_id=message.team_id,
        key=f"{UPDATE_KIND}:{message.id}:{version}",
        kind=UPDATE_KIND,
        ref=message.ref,
        now=now,
        user_id=message.user_id,
        channel=message.channel,
        target=message.id,
    )


def copies(session: Session, team_id: str, kinds: Iterable[str], ref: str) -> list[Promise]:
    """The messages about a thing that people see, or are about to, the oldest first."""
    query = (
        select(*COLUMNS)
        .where(
            DeliveryRow.team_id == team_id,
            DeliveryRow.ref == ref,
            DeliveryRow.kind.in_(list(kinds)),
            DeliveryRow.state.in_([*OPEN, State.SENT]),
        )
        .order_by(DeliveryRow.created_at, DeliveryRow.id)
    )
    return [Promise(**row) for row in session.execute(query).mappings()]


def sent_to(
    session: Session, team_id: str, kind: str, user_ids: Iterable[str], since: datetime
) -> list[Promise]:
    """The messages of one kind promised to some people since then, the newest first."""
    query = (
        select(*COLUMNS)
        .where(
            DeliveryRow.team_id == team_id,
            DeliveryRow.kind == kind,
            DeliveryRow.user_id.in_(sorted(set(user_ids))),
            DeliveryRow.created_at >= since,
            DeliveryRow.state.in_([*OPEN, State.SENT]),
        )
        .order_by(DeliveryRow.created_at.desc(), DeliveryRow.id)
    )
    return [Promise(**row) for row in session.execute(query).mappings()]


def is_promised(session: Session, team_id: str, key: str) -> bool:
    """Whether that was ever promised."""
    query = select(DeliveryRow.id).where(DeliveryRow.team_id == team_id, DeliveryRow.key == key)
    return session.scalar(query) is not None


def unconfirmed(
    session: Session, team_id: str, kind: str, user_id: str, ref: str
) -> Promise | None:
    """The message about a thing of which nobody knows whether its reader has it."""
    query = select(*COLUMNS).where(
        DeliveryRow.team_id == team_id,
        DeliveryRow.kind == kind,
        DeliveryRow.user_id == user_id,
        DeliveryRow.ref == ref,
        DeliveryRow.state == State.UNCONFIRMED,
    )
    row = session.execute(query).mappings().first()
    return None if row is None else Promise(**row)


def get(session: Session, team_id: str, id: str) -> Promise | None:  # noqa: A002 - its own name
    """One promise, if there is such a one in this workspace."""
    query = select(*COLUMNS).where(DeliveryRow.team_id == team_id, DeliveryRow.id == id)
    row = session.execute(query).mappings().one_or_none()
    return None if row is None else Promise(**row)


def suspend(session: Session, team_id: str, error: str) -> None:
    """Say nothing more in a workspace whose token is dead; what is promised there waits."""
    session.execute(
        update(WorkspaceRow)
        .where(WorkspaceRow.team_id == team_id)
        .values(suspended=error[:_SUSPENDED_LENGTH])
    )


def expire_overdue(session: Session, now: datetime) -> int:
    """Drop what nobody began in time, suspended workspaces included; how many."""
    return rows_changed(
        session,
        update(DeliveryRow)
        .where(
            is_open(),
            DeliveryRow.state == State.READY,
            DeliveryRow.expires_at < now,
            or_(DeliveryRow.token == "", DeliveryRow.next_at <= now),
        )
        .values(state=State.EXPIRED, settled_at=now, token=""),
    )


def backlog(session: Session) -> Backlog:
    """Figures for whoever watches the bot."""
    counts = dict(
        session.execute(select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)).all()
    )
    oldest = session.scalar(select(func.min(DeliveryRow.next_at)).where(is_open()))
    return Backlog(
        ready=counts.get(State.READY, 0),
        sending=counts.get(State.SENDING, 0),
        dead=counts.get(State.DEAD, 0),
        unconfirmed=counts.get(State.UNCONFIRMED, 0),
        oldest_due=oldest,
    )


def is_open() -> ColumnElement[bool]:
    """Condition of a query: the promise is not final."""
    # Spelled out in the query, not passed as a parameter: only so is the partial index used.
    states: BindParameter[list[State]] = bindparam(
        "open_states", list(OPEN), expanding=True, literal_execute=True
    )
    return DeliveryRow.state.in_(states)
