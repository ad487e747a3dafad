"""Putting a version to its approvers, and taking their decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.errors import AlreadyDecided, AlreadyDone, NotAllowed, NotFound, NothingToSubmit, NotReady
from bot.flows import copies, people, planning, tasks, texts
from bot.flows.people import Actor
from bot.ids import Field
from bot.ids import Kind as Said
from bot.views.approvals import Case
from scheduling import Kind
from storage import campaigns, outbox, submissions
from storage import people as directory
from storage import tasks as stored
from storage.ids import new_id
from storage.records import (
    Campaign,
    Decision,
    Submission,
    SubmissionState,
    Task,
    Verdict,
)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What someone puts to the approvers with the form."""

    task_id: str
    request_key: str
    note: str | None
    link: str | None
    files: Sequence[Mapping[str, str]]


def next_number(session: Session, team_id: str, task_id: str) -> int:
    """The number that the next version of a step gets."""
    latest = submissions.latest_of(session, team_id, task_id)
    return 1 if latest is None else latest.number + 1


def check_can_submit(session: Session, by: Actor, task_id: str) -> Campaign:
    """The campaign of a step that this person may put a version of to the approvers.

    Raises ``NotAllowed``, ``NotReady``, ``AlreadyDone``, ``AlreadyDecided`` or ``NotFound``.
    """
    people.check_member(session, by)
    campaign = campaigns.of_task(session, by.team_id, task_id)
    if campaign is None:
        raise NotFound
    task = campaign.task(task_id)
    if task.kind is not Kind.APPROVAL:
        raise NotFound
    people.check_may_work_on(by, campaign, task)
    if task.is_done:
        raise AlreadyDone(task.title)
    waits_for = campaign.waits_for(task)
    if waits_for:
        raise NotReady(task.title, tuple(other.title for other in waits_for))
    latest = submissions.latest_of(session, by.team_id, task_id)
    if latest is not None and latest.state is SubmissionState.OPEN:
        raise AlreadyDone(task.title)
    return campaign


def submit(session: Session, by: Actor, proposal: Proposal) -> str:
    """Put a version to the approvers, each of whom is asked; the id of the submission.

    Raises as ``check_can_submit``, and a ``FieldError`` for what the form holds. Asking twice
    with the same key is asking once.
    """
    team_id, now = by.team_id, by.now
    known = submissions.by_request(session, team_id, proposal.request_key)
    if known is not None:
        return known
    note = texts.several_lines(proposal.note, Field.NOTE, optional=True)
    link = texts.link(proposal.link)
    if not (note or link or proposal.files):
        raise NothingToSubmit(Field.NOTE)
    campaign = check_can_submit(session, by, proposal.task_id)
    campaigns.lock(session, team_id, campaign.id)
    # Read again: another version may have come between.
    campaign = check_can_submit(session, by, proposal.task_id)
    task = campaign.task(proposal.task_id)
    previous = submissions.latest_of(session, team_id, task.id)
    number = 1 if previous is None else previous.number + 1
    submission = Submission(
        team_id=team_id,
        id=new_id("s"),
        task_id=task.id,
        number=number,
        author_id=by.user_id,
        note=note,
        link=link,
        files=tuple(proposal.files),
        state=SubmissionState.OPEN,
        due_on=_review_by(session, campaign, task, number, now),
        submitted_at=now,
        settled_at=None,
        decisions=tuple(
            Decision(user_id=one, verdict=Verdict.PENDING, remarks="", decided_at=None)
            for one in task.approvers
        ),
    )
    nudges = {one: _nudge_at(session, submission, one) for one in task.approvers}
    submissions.add(session, submission, proposal.request_key, nudges)
    stored.start(session, team_id, task.id, people.local_today(session, team_id, now))
    for approver in task.approvers:
        outbox.promise(
            session,
            team_id=team_id,
            key=f"request:{submission.id}:{approver}",
            kind=Said.REQUEST,
            ref=submission.id,
            user_id=approver,
            now=now,
        )
    planned = planning.replan(session, team_id, campaign.id, now)
    copies.follow_people(session, planned.campaign, [task], now)
    copies.follow_task(session, task, now, planned.campaign.version)
    if previous is not None:
        copies.follow_submission(session, previous, now, planned.campaign.version)
    return submission.id


def approve(session: Session, by: Actor, submission_id: str) -> Submission:
    """Record an approval; when it is the last one needed, the step is done.

    Raises ``AlreadyDecided``, ``NotAllowed``, ``NotAMember`` or ``NotFound``: nothing is changed.
    """
    team_id, now = by.team_id, by.now
    campaign, task = _decide(session, by, submission_id, Verdict.APPROVED)
    submission = _get(session, team_id, submission_id)
    given = sum(one.verdict is Verdict.APPROVED for one in submission.decisions)
    if given >= _needed(task, len(submission.decisions)):
        submissions.settle(session, team_id, submission_id, SubmissionState.APPROVED, now)
        planned = tasks.complete(session, by, campaign, task)
    else:
        planned = planning.replan(session, team_id, campaign.id, now)
        copies.follow_people(session, planned.campaign, [task], now)
    submission = _get(session, team_id, submission_id)
    copies.follow_submission(session, submission, now, planned.campaign.version)
    copies.follow_task(session, task, now, planned.campaign.version)
    return submission


def request_changes(
    session: Session, by: Actor, submission_id: str, remarks: str | None
) -> Submission:
    """Send a version back with remarks; its author is told what is to change.

    Raises as ``approve``, and ``Empty`` or ``TooLong`` for the remarks.
    """
    said = texts.several_lines(remarks, Field.REMARKS, optional=False, limit=2500)
    team_id, now = by.team_id, by.now
    campaign, task = _decide(session, by, submission_id, Verdict.CHANGES, said)
    submissions.settle(session, team_id, submission_id, SubmissionState.CHANGES, now)
    planned = planning.replan(session, team_id, campaign.id, now)
    submission = _get(session, team_id, submission_id)
    copies.follow_submission(session, submission, now, planned.campaign.version)
    copies.follow_task(session, task, now, planned.campaign.version)
    copies.follow_people(session, planned.campaign, [task], now)
    outbox.promise(
        session,
        team_id=team_id,
        key=f"changes:{submission_id}",
        kind=Said.CHANGES,
        ref=submission_id,
        user_id=submission.author_id,
        now=now,
    )
    return submission


def case(session: Session, team_id: str, submission_id: str, now: datetime) -> Case:
    """A version with all that a view of it shows; ``NotFound`` if it is not of this team."""
    submission = _get(session, team_id, submission_id)
    campaign = campaigns.of_task(session, team_id, submission.task_id)
    if campaign is None:
        raise NotFound
    planned = planning.load(session, team_id, campaign.id, now)
    task = planned.campaign.task(submission.task_id)
    return Case(
        campaign=planned.campaign,
        task=task,
        submission=submission,
        next_tasks=planned.campaign.followers(task),
        margin_left=planned.plan.margin_left,
    )


def check_can_decide(session: Session, by: Actor, submission_id: str) -> None:
    """Whether this person's decision on a version is still awaited.

    Raises ``AlreadyDecided``, ``NotAllowed``, ``NotAMember`` or ``NotFound``.
    """
    people.check_member(session, by)
    submission = _get(session, by.team_id, submission_id)
    decision = submission.decision_of(by.user_id)
    if decision is None:
        raise NotAllowed(submission.pending or tuple(one.user_id for one in submission.decisions))
    campaign = campaigns.of_task(session, by.team_id, submission.task_id)
    if campaign is None:
        raise NotFound
    if submission.state is not SubmissionState.OPEN or decision.verdict is not Verdict.PENDING:
        raise _too_late(session, submission, campaign)


def _decide(
    session: Session, by: Actor, submission_id: str, verdict: Verdict, remarks: str = ""
) -> tuple[Campaign, Task]:
    team_id = by.team_id
    check_can_decide(session, by, submission_id)
    submission = _get(session, team_id, submission_id)
    campaign = campaigns.of_task(session, team_id, submission.task_id)
    # The campaign is always taken first: two who take the same things in one order never wait
    # for each other.
    if campaign is None or not campaigns.lock(session, team_id, campaign.id):
        raise NotFound
    is_open = submissions.take_open(session, team_id, submission_id)
    if not is_open or not submissions.decide(
        session,
        team_id,
        submission_id,
        user_id=by.user_id,
        verdict=verdict,
        remarks=remarks,
        now=by.now,
    ):
        raise _too_late(session, _get(session, team_id, submission_id), campaign)
    return campaign, campaign.task(submission.task_id)


def _too_late(session: Session, submission: Submission, campaign: Campaign) -> AlreadyDecided:
    latest = submissions.latest_of(session, submission.team_id, submission.task_id)
    answered = [one for one in submission.decisions if one.decided_at is not None]
    last = max(answered, key=lambda one: (one.verdict is Verdict.CHANGES, one.decided_at))
    return AlreadyDecided(
        title=campaign.task(submission.task_id).title,
        number=submission.number,
        verdict=last.verdict,
        by=last.user_id,
        at=last.decided_at,
        newest=submission.number if latest is None else latest.number,
    )


def _needed(task: Task, asked: int) -> int:
    if task.needs == "any":
        return 1
    return min(int(task.needs), asked) if task.needs.isdigit() else asked


def _get(session: Session, team_id: str, submission_id: str) -> Submission:
    submission = submissions.get(session, team_id, submission_id)
    if submission is None:
        raise NotFound
    return submission


def _review_by(
    session: Session, campaign: Campaign, task: Task, number: int, now: datetime
) -> date:
    """The day by which this version is to be decided.

    The plan's latest date for this round, but never less than the time that a review takes:
    an approver is not late because the version was.
    """
    planned = planning.load(session, campaign.team_id, campaign.id, now)
    rounds = planned.plan[task.key].rounds
    latest = rounds[min(number, len(rounds)) - 1].review_by.day
    return max(latest, planned.review_end(task))


def _nudge_at(session: Session, submission: Submission, user_id: str) -> datetime:
    """The morning after the review date, by the approver's own clock."""
    workspace = directory.workspace(session, submission.team_id)
    person = directory.get(session, submission.team_id, user_id)
    after = date.fromordinal(submission.due_on.toordinal() + 1)
    return people.next_morning(workspace, person, submission.submitted_at, not_before=after)
