"""Versions put to approvers, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, selectinload

from storage.db import rows_changed
from storage.models import DecisionRow, SubmissionRow
from storage.records import Decision, Submission, SubmissionState, Verdict


@dataclass(frozen=True, kw_only=True)
class Nudge:
    """An approver whose time to remind has come."""

    team_id: str
    submission_id: str
    user_id: str


def by_request(session: Session, team_id: str, request_key: str) -> str | None:
    """The id of the submission that this request already made."""
    return session.scalar(
        select(SubmissionRow.id).where(
            SubmissionRow.team_id == team_id, SubmissionRow.request_key == request_key
        )
    )


def add(
    session: Session, submission: Submission, request_key: str, nudges: dict[str, datetime]
) -> None:
    """Store a new version; ``nudges`` says when to remind each approver."""
    session.add(
        SubmissionRow(
            team_id=submission.team_id,
            id=submission.id,
            task_id=submission.task_id,
            number=submission.number,
            author_id=submission.author_id,
            note=submission.note,
            link=submission.link,
            files=[dict(file) for file in submission.files],
            state=submission.state,
            due_on=submission.due_on,
            submitted_at=submission.submitted_at,
            settled_at=None,
            request_key=request_key,
            decisions=[
                DecisionRow(
                    team_id=submission.team_id,
                    user_id=decision.user_id,
                    position=position,
                    verdict=decision.verdict,
                    decided_at=None,
                    nudge_at=nudges.get(decision.user_id),
                )
                for position, decision in enumerate(submission.decisions)
            ],
        )
    )
    session.flush()


def get(session: Session, team_id: str, submission_id: str) -> Submission | None:
    """A submission with its decisions, or nothing if it is not of this team."""
    row = session.scalar(
        _loaded().where(SubmissionRow.team_id == team_id, SubmissionRow.id == submission_id)
    )
    return None if row is None else _submission(row)


def latest_of(session: Session, team_id: str, task_id: str) -> Submission | None:
    """The newest version of a step."""
    row = session.scalar(
        _loaded()
        .where(SubmissionRow.team_id == team_id, SubmissionRow.task_id == task_id)
        .order_by(SubmissionRow.number.desc())
        .limit(1)
    )
    return None if row is None else _submission(row)


def latest_of_each(
    session: Session, team_id: str, task_ids: Iterable[str]
) -> dict[str, Submission]:
    """The newest version of each of some steps, by task id."""
    newest = (
        select(SubmissionRow.task_id, func.max(SubmissionRow.number).label("number"))
        .where(SubmissionRow.team_id == team_id, SubmissionRow.task_id.in_(list(task_ids)))
        .group_by(SubmissionRow.task_id)
        .subquery()
    )
    query = (
        _loaded()
        .join(
            newest,
            (SubmissionRow.task_id == newest.c.task_id) & (SubmissionRow.number == newest.c.number),
        )
        .where(SubmissionRow.team_id == team_id)
    )
    return {row.task_id: _submission(row) for row in session.scalars(query)}


def waiting_for(session: Session, team_id: str, user_id: str) -> list[Submission]:
    """Open versions that someone has yet to decide on, the most urgent first."""
    query = (
        _loaded()
        .join(SubmissionRow.decisions)
        .where(
            SubmissionRow.team_id == team_id,
            SubmissionRow.state == SubmissionState.OPEN,
            DecisionRow.user_id == user_id,
            DecisionRow.verdict == Verdict.PENDING,
        )
        .order_by(SubmissionRow.due_on, SubmissionRow.submitted_at)
    )
    return [_submission(row) for row in session.scalars(query)]


def take_open(session: Session, team_id: str, submission_id: str) -> bool:
    """Take an open version for this transaction: two deciders are put one after the other.

    False if it is settled, or not of this team.
    """
    taken = rows_changed(
        session,
        update(SubmissionRow)
        .where(
            SubmissionRow.team_id == team_id,
            SubmissionRow.id == submission_id,
            SubmissionRow.state == SubmissionState.OPEN,
        )
        .values(state=SubmissionState.OPEN),
    )
    return taken == 1


def decide(
    session: Session,
    team_id: str,
    submission_id: str,
    *,
    user_id: str,
    verdict: Verdict,
    remarks: str,
    now: datetime,
) -> bool:
    """Record one approver's answer; false if they already gave one, or were not asked."""
    changed = rows_changed(
        session,
        update(DecisionRow)
        .where(
            DecisionRow.team_id == team_id,
            DecisionRow.submission_id == submission_id,
            DecisionRow.user_id == user_id,
            DecisionRow.verdict == Verdict.PENDING,
        )
        .values(verdict=verdict, remarks=remarks, decided_at=now, nudge_at=None),
    )
    return changed == 1


def settle(
    session: Session, team_id: str, submission_id: str, state: SubmissionState, now: datetime
) -> None:
    """Close a version; nobody is reminded of it any more."""
    session.execute(
        update(SubmissionRow)
        .where(SubmissionRow.team_id == team_id, SubmissionRow.id == submission_id)
        .values(state=state, settled_at=now)
    )
    session.execute(
        update(DecisionRow)
        .where(DecisionRow.team_id == team_id, DecisionRow.submission_id == submission_id)
        .values(nudge_at=None)
    )


def take_nudges(session: Session, now: datetime, limit: int) -> list[Nudge]:
    """Who is to be reminded now; each is taken once."""
    due = session.execute(
        select(DecisionRow.team_id, DecisionRow.submission_id, DecisionRow.user_id)
        .where(DecisionRow.nudge_at <= now)
        .order_by(DecisionRow.nudge_at)
        .limit(limit)
    ).all()
    taken = []
    for team_id, submission_id, user_id in due:
        changed = rows_changed(
            session,
            update(DecisionRow)
            .where(
                DecisionRow.team_id == team_id,
                DecisionRow.submission_id == submission_id,
                DecisionRow.user_id == user_id,
                DecisionRow.nudge_at.is_not(None),
            )
            .values(nudge_at=None),
        )
        if changed == 1:
            taken.append(Nudge(team_id=team_id, submission_id=submission_id, user_id=user_id))
    return taken


def _loaded() -> Select[SubmissionRow]:
    return (
        select(SubmissionRow)
        .options(selectinload(SubmissionRow.decisions))
        .execution_options(populate_existing=True)
    )


def _submission(row: SubmissionRow) -> Submission:
    return Submission(
        team_id=row.team_id,
        id=row.id,
        task_id=row.task_id,
        number=row.number,
        author_id=row.author_id,
        note=row.note,
        link=row.link,
        files=tuple(row.files),
        state=SubmissionState(row.state),
        due_on=row.due_on,
        submitted_at=row.submitted_at,
        settled_at=row.settled_at,
        decisions=tuple(
            Decision(
                user_id=decision.user_id,
                verdict=Verdict(decision.verdict),
                remarks=decision.remarks,
                decided_at=decision.decided_at,
            )
            for decision in row.decisions
        ),
    )
