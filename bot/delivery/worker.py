"""One worker of delivery.

For each promise: claim it, look for it if Slack may have it already, render it from the database as
it is now, mark it, post it, settle it. No transaction is open while Slack is called.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from slack_sdk import WebClient
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.clients import CallFailed, Verdict
from bot.clock import system_now
from bot.delivery import calls
from bot.delivery.calls import fingerprint
from bot.delivery.outcomes import Outcome, Sent, Settled, Voice, Wait, record
from bot.ids import MARKER, Kind
from bot.views.blocks import Message
from storage import lease, outbox, pace
from storage.db import Database
from storage.lease import LeaseLost
from storage.outbox import UPDATE_KIND, Promise, State
from storage.pace import Rate

BATCH = 5
LEASE = timedelta(seconds=120)  # more than a batch of the slowest calls
PERMIT = 5.0  # seconds between the decision to post and the call
# Within this time after a call began, Slack shows its message if it has it.
SETTLE = timedelta(seconds=300)
# Slack refuses a message with a picture that it has not finished to look at.
PICTURE_ATTEMPTS = 3
BUSY = timedelta(seconds=2)  # another worker is at the message that an update changes
IDLE = 1.0  # seconds

# What Slack says when a private conversation that we remember is no longer the one.
_CHANNEL_GONE = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
_MESSAGE_GONE = "message_not_found"
_BLOCKS = "invalid_blocks"

_IN_A_CHANNEL = Rate(every=timedelta(seconds=1), burst=3)
_IN_A_WORKSPACE = Rate(every=timedelta(seconds=1), burst=20)
_UPDATES = Rate(every=timedelta(seconds=1.25), burst=20)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Rates:
    """How fast we call Slack of our own accord; it asks for one message a second in a channel."""

    channel: Rate = _IN_A_CHANNEL
    posts: Rate = _IN_A_WORKSPACE
    updates: Rate = _UPDATES


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A worker; any number of them, in any number of processes, share the work."""

    db: Database
    client_for: Callable[[str], WebClient]  # by the id of a workspace
    voice: Voice
    now: Callable[[], datetime] = system_now
    monotonic: Callable[[], float] = time.monotonic  # seconds
    jitter: Callable[[], float] = random.random  # between 0 and 1
    rates: Rates = field(default_factory=Rates)
    # Rather not said than said twice, when Slack cannot be asked which it was.
    at_most_once: frozenset[str] = frozenset({Kind.DIGEST})

    def run(self, stop: Event, wake: Event) -> None:
        """Work until ``stop``, at once when ``wake`` is set; ends after the current message."""
        while not stop.is_set():
            try:
                self.drain(stop=stop)
            except (SQLAlchemyError, ExceptionGroup):
                _log.exception("delivery goes on in a moment")
            wake.wait(IDLE)
            wake.clear()

    def drain(self, limit: int | None = None, stop: Event | None = None) -> int:
        """Say everything that is due, or ``limit`` promises of it; how many messages Slack took.

        A promise that cannot be rendered is put off and keeps no other from being said; what was
        wrong with it is raised at the end, in an ``ExceptionGroup``.
        """
        sent, left = 0, limit
        mistakes: list[Exception] = []
        while (left is None or left > 0) and not _is_set(stop):
            size = BATCH if left is None else min(BATCH, left)
            with self.db.workers.begin() as session:
                batch = lease.claim(session, self.now(), size, LEASE)
            if not batch:
                break
            left = None if left is None else left - len(batch)
            newest = {promise.target: promise for promise in batch}
            for promise in batch:
                is_stale = promise.kind == UPDATE_KIND and newest[promise.target] != promise
                try:
                    sent += self._deliver(promise, is_stale=is_stale, is_stopping=_is_set(stop))
                except LeaseLost:
                    _log.info("another worker took %s", promise.id)
                except Exception as mistake:  # noqa: BLE001 - one bad row must not stop the others
                    mistakes.append(mistake)
                    self._put_off(promise, mistake)
        if mistakes:
            raise ExceptionGroup("some messages could not be made", mistakes)
        return sent

    def _deliver(self, promise: Promise, *, is_stale: bool, is_stopping: bool) -> bool:
        outcome: Outcome
        if is_stopping:
            outcome = Wait(until=self.now())
        elif is_stale:
            outcome = Settled(State.EXPIRED, "superseded")
        else:
            try:
                outcome = self._edit(promise) if promise.kind == UPDATE_KIND else self._say(promise)
            except CallFailed as failed:
                outcome = self._setback(promise, failed)
        self._record(promise, outcome)
        return isinstance(outcome, Sent)

    def _say(self, promise: Promise) -> Outcome:
        is_late = promise.expires_at is not None and promise.expires_at < self.now()
        if is_late and promise.state == State.READY:
            return Settled(State.EXPIRED)
        client = self.client_for(promise.team_id)
        with self.db.readers.begin() as session:
            remembered = lease.known_channel(session, promise)
        channel = remembered or self._open(client, promise)

        if promise.state == State.SENDING:
            known = self._reconcile(client, promise, channel)
            if known is not None:
                return known
        if is_late:
            return Settled(State.EXPIRED)
        with self.db.readers.begin() as session:
            updates = lease.waiting_updates(session, promise)
            message = self._render(session, promise, promise)
        if message is None:
            return Settled(State.EXPIRED)
        try:
            return self._post(client, promise, channel, message, updates)
        except CallFailed as failed:
            if not (promise.user_id and remembered and failed.error in _CHANNEL_GONE):
                raise
        return self._post(client, promise, self._open(client, promise), message, updates)

    def _open(self, client: WebClient, promise: Promise) -> str:
        self._respect(promise, calls.OPEN)
        channel = calls.open_channel(client, promise.user_id)
        with self.db.workers.begin() as session:
            lease.keep_channel(session, promise, channel)
        return channel

    def _reconcile(self, client: WebClient, promise: Promise, channel: str) -> Outcome | None:
        """What became of an earlier attempt; None if it is to be said again."""
        began = promise.posting_at or promise.created_at
        if self.now() < began + SETTLE:
            return Wait(until=began + SETTLE)
        self._respect(promise, calls.HISTORY)
        first = promise.first_posting_at or began
        try:
            ts = calls.find(client, channel, MARKER + promise.id, first, began + SETTLE)
        except CallFailed as failed:
            if failed.verdict is not Verdict.REFUSED:
                raise
            # Slack does not let us look, and never will.
            if promise.kind in self.at_most_once:
                return Settled(State.UNCONFIRMED, failed.error)
            return None
        return None if ts is None else Sent(channel, ts)

    def _post(
        self,
        client: WebClient,
        promise: Promise,
        channel: str,
        message: Message,
        updates: list[str],
    ) -> Outcome:
        permit, now = self.monotonic(), self.now()
        team_id, in_channel = promise.team_id, pace.channel_method(channel)
        with self.db.workers.begin() as session:
            wait = pace.take(session, team_id, in_channel, now, self.rates.channel)
            wait = wait or pace.take(session, team_id, pace.POST, now, self.rates.posts)
            if wait is not None:
                return Wait(until=wait, unsent=True)
            lease.mark_sending(session, promise, now, SETTLE, channel)
            lease.supersede(session, promise, updates, now)
        if self.monotonic() - permit > PERMIT:
            return Wait(error="stale_permit", until=self.now(), unsent=True, counted=True)
        ts = calls.post(client, channel, message, MARKER + promise.id)
        return Sent(channel, ts, fingerprint(message))

    def _edit(self, promise: Promise) -> Outcome:
        permit = self.monotonic()
        target = self._take_target(promise)
        if not isinstance(target, Promise):
            return target
        with self.db.readers.begin() as session:
            message = self._render(session, target, promise)
        if message is None:
            return Settled(State.EXPIRED)
        if target.shown == fingerprint(message):
            return Settled(State.EXPIRED, "unchanged")
        client = self.client_for(promise.team_id)
        with self.db.workers.begin() as session:
            lease.forget_shown(session, promise)
        if self.monotonic() - permit > PERMIT:
            return Wait(error="stale_permit", until=self.now(), counted=True)
        calls.edit(client, target.channel, target.slack_ts, message, MARKER + target.id)
        return Sent(target.channel, target.slack_ts, fingerprint(message))

    def _render(self, session: Session, shown: Promise, promise: Promise) -> Message | None:
        """What is shown, without the pictures if Slack has refused them too often."""
        message = self.voice.render(session, shown)
        if message is None or promise.attempt <= PICTURE_ATTEMPTS:
            return message
        return message.without_pictures()

    def _take_target(self, promise: Promise) -> Promise | Outcome:
        now = self.now()
        with self.db.workers.begin() as session:
            target = outbox.get(session, promise.team_id, promise.target)
            if target is None or target.state != State.SENT:
                return Settled(State.EXPIRED)
            if lease.has_later_update(session, promise, now):
                return Settled(State.EXPIRED, "superseded")
            if not lease.lease_target(session, promise, now, LEASE):
                return Wait(until=now + BUSY)
            held = outbox.get(session, promise.team_id, promise.target)  # as nobody changes it now
            wait = pace.take(session, promise.team_id, pace.UPDATE, now, self.rates.updates)
        return held or target if wait is None else Wait(until=wait)

    def _respect(self, promise: Promise, method: str) -> None:
        now = self.now()
        with self.db.readers.begin() as session:
            until = pace.blocked_until(session, promise.team_id, method, now)
        if until is not None:
            raise CallFailed(method, Verdict.PACED, "ratelimited", until - now)

    def _setback(self, promise: Promise, failed: CallFailed) -> Outcome:
        """What a failed call leads to. Only a post that certainly failed proves it unsent."""
        now, unsent = self.now(), failed.method == pace.POST
        match failed.verdict:
            case Verdict.PACED:
                until = now + failed.retry_after
                with self.db.workers.begin() as session:
                    pace.hold_off(session, promise.team_id, failed.method, until)
                return Wait(error=failed.error, until=until, unsent=unsent)
            case Verdict.TOKEN:
                _log.error("workspace %s lets us in no more: %s", promise.team_id, failed.error)
                with self.db.workers.begin() as session:
                    outbox.suspend(session, promise.team_id, failed.error)
                return Wait(error=failed.error, until=now, unsent=unsent)
            case Verdict.REFUSED if failed.error == _MESSAGE_GONE:
                return Settled(State.EXPIRED, failed.error)
            case Verdict.REFUSED if failed.error != _BLOCKS or promise.attempt > PICTURE_ATTEMPTS:
                return Settled(State.DEAD, failed.error)
            case Verdict.UNKNOWN if failed.method == pace.POST:
                return Wait(error=failed.error, until=now + SETTLE, counted=True)
            case _:
                return Wait(error=failed.error, unsent=unsent, counted=True)

    def _put_off(self, promise: Promise, mistake: Exception) -> None:
        try:
            self._record(promise, Wait(error=type(mistake).__name__, counted=True))
        except LeaseLost:
            _log.info("another worker took %s", promise.id)

    def _record(self, promise: Promise, outcome: Outcome) -> None:
        with self.db.workers.begin() as session:
            if promise.kind == UPDATE_KIND:
                shown = outcome.shown if isinstance(outcome, Sent) else None
                lease.release_target(session, promise, shown)
            record(session, self.voice, promise, outcome, now=self.now(), jitter=self.jitter())


def _is_set(stop: Event | None) -> bool:
    return stop is not None and stop.is_set()
