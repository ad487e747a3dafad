"""What becomes of a promise after an attempt, and how that is written down."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from bot.views.blocks import Message
from storage import lease, outbox
from storage.outbox import Promise, State

BACK_OFF, LONGEST_BACK_OFF = timedelta(seconds=30), timedelta(minutes=15)
ATTEMPTS = 300  # some three days of them

_log = logging.getLogger(__name__)


class Voice(Protocol):
    """Finds the words."""

    def render(self, session: Session, promise: Promise) -> Message | None:
        """What a promise says as things are now; None if there is nothing left to say.

        Its first block must not need a ``block_id`` of its own: delivery marks it with one.
        """

    def undeliverable(self, session: Session, promise: Promise, error: str, now: datetime) -> None:
        """Slack refused a promise for good; the transaction is the one that settles it."""


@dataclass(frozen=True)
class Sent:
    """Slack has it."""

    channel: str
    ts: str
    shown: str = ""  # its fingerprint, '' when that is not known


@dataclass(frozen=True)
class Settled:
    """It ended otherwise."""

    state: State
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Not now."""

    error: str = ""
    until: datetime | None = None  # None: longer after each attempt
    unsent: bool = False  # Slack certainly does not have it
    counted: bool = False  # it was an attempt


Outcome = Sent | Settled | Wait


def record(
    session: Session,
    voice: Voice,
    promise: Promise,
    outcome: Outcome,
    *,
    now: datetime,
    jitter: float,
) -> None:
    """Write down what became of a promise. ``jitter`` is between 0 and 1.

    Raises ``LeaseLost``.
    """
    if isinstance(outcome, Wait) and outcome.counted and promise.attempt >= ATTEMPTS:
        outcome = _give_up(session, promise, outcome)
    match outcome:
        case Sent(channel, ts, shown):
            lease.settle_sent(session, promise, now, channel=channel, ts=ts, shown=shown)
        case Settled(state, error):
            lease.settle(session, promise, now, state, error)
            if state is State.DEAD:
                _log.warning("%s was refused: %s", promise.id, error)
                voice.undeliverable(session, promise, error, now)
        case Wait():
            until = outcome.until or now + back_off(promise.attempt, jitter)
            lease.put_back(
                session,
                promise,
                until,
                outcome.error,
                unsent=outcome.unsent,
                counted=outcome.counted,
            )


def back_off(attempt: int, jitter: float) -> timedelta:
    """How long to wait after this many attempts, so that many do not come back at once."""
    doublings: int = 2 ** min(max(attempt - 1, 0), 10)
    return min(BACK_OFF * doublings * (1 + 0.2 * jitter), LONGEST_BACK_OFF)


def _give_up(session: Session, promise: Promise, outcome: Wait) -> Settled:
    row = outbox.get(session, promise.team_id, promise.id)
    in_doubt = row is not None and row.state == State.SENDING and not outcome.unsent
    return Settled(State.UNCONFIRMED if in_doubt else State.DEAD, outcome.error)
