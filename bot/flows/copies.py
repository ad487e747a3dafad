"""Every message about one thing says the same: what was sent is edited when the thing changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.ids import Kind
from storage import outbox
from storage.records import Campaign, Submission, Task

_RECENT = timedelta(days=10)  # an older digest is out of sight
_PAST = "past"  # the version of a digest that only says that its day is over: promised once


def follow_campaign(session: Session, campaign: Campaign, now: datetime) -> None:
    """Promise that the card of a campaign shows its state of now."""
    for sent in outbox.copies(session, campaign.team_id, [Kind.CARD], campaign.id):
        outbox.promise_update(session, sent, now, campaign.version)


def follow_people(
    session: Session, campaign: Campaign, tasks: Iterable[Task], now: datetime
) -> None:
    """Promise that this morning's digests of everyone these tasks concern show them as they are."""
    concerned = {task.owner_id for task in tasks} | {
        approver for task in tasks for approver in task.approvers
    }
    follow_digests(
        session, campaign.team_id, concerned - {""}, now, f"{campaign.id}.{campaign.version}"
    )


def follow_digests(
    session: Session, team_id: str, user_ids: Iterable[str], now: datetime, version: str
) -> None:
    """Promise that the digests of some people show the state of now; ``version`` names it.

    Only the newest of each has buttons: an older one says that its day is over.
    """
    seen: set[str] = set()
    for sent in outbox.sent_to(session, team_id, Kind.DIGEST, user_ids, now - _RECENT):
        outbox.promise_update(session, sent, now, _PAST if sent.user_id in seen else version)
        seen.add(sent.user_id)


def close_digests(session: Session, team_id: str, user_id: str, now: datetime) -> None:
    """Promise that the digests of earlier days lose their buttons, as a new one comes."""
    for sent in outbox.sent_to(session, team_id, Kind.DIGEST, [user_id], now - _RECENT):
        outbox.promise_update(session, sent, now, _PAST)


def follow_submission(
    session: Session, submission: Submission, now: datetime, version: int
) -> None:
    """Promise that every request and reminder about a version shows what was decided."""
    kinds = [Kind.REQUEST, Kind.NUDGE, Kind.CHANGES]
    for sent in outbox.copies(session, submission.team_id, kinds, submission.id):
        outbox.promise_update(session, sent, now, version)


def follow_task(session: Session, task: Task, now: datetime, version: int) -> None:
    """Promise that the message which said a task can start shows what became of it."""
    for sent in outbox.copies(session, task.team_id, [Kind.READY], task.id):
        outbox.promise_update(session, sent, now, version)
