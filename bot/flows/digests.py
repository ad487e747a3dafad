"""What someone has before them on a morning, and when they are told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.flows import approvals, copies, people
from bot.flows.people import Actor
from bot.ids import Kind as Said
from bot.views.digests import Line, Morning
from storage import outbox, submissions
from storage import people as directory
from storage import tasks as stored
from storage.records import Person, SubmissionState, TaskState

_BATCH = 200
_END_OF_DAY = time(17, 0)  # after which a morning message says nothing useful
_AHEAD = 7  # days in which the next five working days lie, but for a long holiday


def queue_due(session: Session, now: datetime) -> None:
    """Promise the digests of everyone whose morning has come, and move each to their next.

    The key is the reader's local date: whatever the clocks do, one digest a day.
    """
    for person, due in directory.due_for_digest(session, now, _BATCH):
        workspace = directory.workspace(session, person.team_id)
        following = people.next_morning(workspace, person, now)
        if not directory.move_digest(session, person, due, following):
            continue
        zone = people.zone_of(workspace, person)
        today = now.astimezone(zone).date()
        # After a night of silence, of ours or of Slack's, nobody is written to before their hour.
        is_early = following.astimezone(zone).date() == today
        if person.standing or is_early or not people.is_workday(workspace, today):
            continue
        copies.close_digests(session, person.team_id, person.id, now)
        outbox.promise(
            session,
            team_id=person.team_id,
            key=f"digest:{person.id}:{today.isoformat()}",
            kind=Said.DIGEST,
            ref=today.isoformat(),
            user_id=person.id,
            now=now,
            expires_at=max(
                datetime.combine(today, _END_OF_DAY, tzinfo=zone), now + timedelta(minutes=1)
            ),
        )


def in_doubt(session: Session, team_id: str, user_id: str, today: date) -> bool:
    """Whether nobody knows if someone has today's message, and it was not sent again."""
    known = outbox.unconfirmed(session, team_id, Said.DIGEST, user_id, today.isoformat())
    return known is not None and not outbox.is_promised(session, team_id, f"{known.key}:again")


def send_again(session: Session, by: Actor) -> None:
    """Promise today's message once more to whoever asks for it, if it is in doubt."""
    today = people.reader_of(session, by.team_id, by.user_id, by.now).today
    if not in_doubt(session, by.team_id, by.user_id, today):
        return
    outbox.promise(
        session,
        team_id=by.team_id,
        key=f"digest:{by.user_id}:{today.isoformat()}:again",
        kind=Said.DIGEST,
        ref=today.isoformat(),
        user_id=by.user_id,
        now=by.now,
    )


def schedule(session: Session, person: Person, now: datetime, *, afresh: bool) -> None:
    """Give someone the time of their next digest; ``afresh`` when their zone has changed."""
    workspace = directory.workspace(session, person.team_id)
    directory.set_digest(
        session, person, people.next_morning(workspace, person, now), only_if_unset=not afresh
    )


def morning(session: Session, team_id: str, user_id: str, now: datetime) -> Morning:
    """What someone has before them today, over all campaigns."""
    today = people.reader_of(session, team_id, user_id, now).today
    workspace = directory.workspace(session, team_id)
    tomorrow = people.next_workday(workspace, today)
    overdue, due, starting, ongoing, coming = [], [], [], [], []
    for line in lines(session, team_id, user_id):
        task = line.task
        if line.submission is not None and line.submission.state is SubmissionState.OPEN:
            continue  # it is the approvers' turn
        if task.late_finish.day < today:
            overdue.append(line)
        elif task.late_finish.day == today:
            due.append(line)
        elif task.state is TaskState.STARTED:
            ongoing.append(line)
        elif task.late_start.day <= tomorrow:
            starting.append(line)
        elif task.late_start.day <= today + timedelta(days=_AHEAD):
            coming.append(line)
    return Morning(
        decisions=[
            approvals.case(session, team_id, one.id, now)
            for one in submissions.waiting_for(session, team_id, user_id)
        ],
        overdue=overdue,
        due=due,
        starting=starting,
        ongoing=ongoing,
        coming=coming,
    )


def lines(session: Session, team_id: str, user_id: str) -> list[Line]:
    """Someone's unfinished tasks with what a line about each shows, the most urgent first."""
    mine = stored.open_of(session, team_id, user_id)
    newest = submissions.latest_of_each(session, team_id, [task.id for _, task in mine])
    needed = stored.unfinished(
        session,
        team_id,
        {link.needs for _, task in mine for link in task.links if link.type == "FS"},
    )
    return [
        Line(
            campaign=name,
            task=task,
            submission=newest.get(task.id),
            waits_for=[needed[link.needs] for link in task.links if link.needs in needed],
        )
        for name, task in mine
    ]
