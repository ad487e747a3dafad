"""What each promised message says, rendered from the database at the moment it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.errors import NotFound
from bot.flows import approvals, digests, people, planning
from bot.ids import Kind
from bot.views import approvals as approval_views
from bot.views import cards
from bot.views import digests as digest_views
from bot.views import tasks as task_views
from bot.views.blocks import Message
from storage import campaigns, outbox, submissions
from storage.outbox import Promise
from storage.records import SubmissionState

_Render = Callable[[Session, Promise, datetime], Message | None]


class Voice:
    """Renders promised messages; ``None`` means that nothing is left to say."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def render(self, session: Session, promise: Promise) -> Message | None:
        """The message as things are now, for the one who reads it."""
        try:
            return _RENDERS[Kind(promise.kind)](session, promise, self._now())
        except NotFound:
            return None

    def undeliverable(self, session: Session, promise: Promise, error: str, now: datetime) -> None:
        """A campaign's card that Slack refuses is told to its lead; the reason is the kind's end."""
        if promise.kind != Kind.CARD:
            return
        campaign = campaigns.get(session, promise.team_id, promise.ref)
        if campaign is not None:
            outbox.promise(
                session,
                team_id=promise.team_id,
                key=f"card_lost:{promise.id}",
                kind=Kind.CARD_LOST,
                ref=f"{campaign.id} {error}",
                user_id=campaign.lead_id,
                now=now,
            )


def card_again(session: Session, by: people.Actor, campaign_id: str) -> None:
    """Promise the card of a campaign once more, unless it stands in its channel.

    Raises ``NotFound`` or ``NotAllowed``.
    """
    campaign = campaigns.get(session, by.team_id, campaign_id)
    if campaign is None:
        raise NotFound
    people.check_member(session, by)
    people.check_may_plan(by, campaign)
    if outbox.copies(session, by.team_id, [Kind.CARD], campaign_id):
        return
    outbox.promise(
        session,
        team_id=by.team_id,
        key=f"card:{campaign_id}:{by.now.isoformat()}",
        kind=Kind.CARD,
        ref=campaign_id,
        channel=campaign.channel_id,
        now=by.now,
    )


def _card(session: Session, promise: Promise, now: datetime) -> Message:
    planned = planning.load(session, promise.team_id, promise.ref, now)
    campaign = planned.campaign
    newest = submissions.latest_of_each(
        session, promise.team_id, [task.id for task in campaign.tasks]
    )
    reader = people.channel_reader(session, campaign, now)
    return cards.card(reader, campaign, planned.plan, newest, planned.days_to_start)


def _card_lost(session: Session, promise: Promise, now: datetime) -> Message:
    campaign_id, _, error = promise.ref.partition(" ")
    campaign = campaigns.get(session, promise.team_id, campaign_id)
    if campaign is None:
        raise NotFound
    reader = people.reader_of(session, promise.team_id, promise.user_id, now)
    return cards.lost(reader, campaign, error)


def _digest(session: Session, promise: Promise, now: datetime) -> Message | None:
    reader = people.reader_of(session, promise.team_id, promise.user_id, now)
    day = date.fromisoformat(promise.ref)
    if reader.today != day:
        return digest_views.past(reader, day) if promise.slack_ts else None
    morning = digests.morning(session, promise.team_id, promise.user_id, now)
    if morning.is_empty and not promise.slack_ts:
        return None
    return digest_views.digest(reader, morning)


def _request(session: Session, promise: Promise, now: datetime) -> Message:
    case = approvals.case(session, promise.team_id, promise.ref, now)
    reader = people.reader_of(session, promise.team_id, promise.user_id, now)
    return approval_views.request(reader, case, promise.user_id)


def _nudge(session: Session, promise: Promise, now: datetime) -> Message | None:
    case = approvals.case(session, promise.team_id, promise.ref, now)
    if case.submission.state is not SubmissionState.OPEN and not promise.slack_ts:
        return None
    reader = people.reader_of(session, promise.team_id, promise.user_id, now)
    return approval_views.nudge(reader, case, promise.user_id)


def _changes(session: Session, promise: Promise, now: datetime) -> Message:
    case = approvals.case(session, promise.team_id, promise.ref, now)
    reader = people.reader_of(session, promise.team_id, promise.user_id, now)
    newest = submissions.latest_of(session, promise.team_id, case.task.id)
    is_answered = newest is not None and newest.number > case.submission.number
    return approval_views.changes_wanted(reader, case, is_answered=is_answered)


def _ready(session: Session, promise: Promise, now: datetime) -> Message | None:
    campaign = campaigns.of_task(session, promise.team_id, promise.ref)
    if campaign is None:
        raise NotFound
    task = campaign.task(promise.ref)
    if task.is_done and not promise.slack_ts:
        return None
    newest = submissions.latest_of(session, promise.team_id, task.id)
    reader = people.reader_of(session, promise.team_id, promise.user_id, now)
    if newest is not None:
        case = approvals.case(session, promise.team_id, newest.id, now)
        return approval_views.stands(reader, case)
    return approval_views.can_start(
        reader, campaign, task, task_views.buttons(reader, task, newest)
    )


_RENDERS: dict[Kind, _Render] = {
    Kind.CARD: _card,
    Kind.CARD_LOST: _card_lost,
    Kind.DIGEST: _digest,
    Kind.REQUEST: _request,
    Kind.NUDGE: _nudge,
    Kind.CHANGES: _changes,
    Kind.READY: _ready,
}
