"""Tasks, their links and their approvers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from scheduling import HalfDay, Kind
from storage.db import rows_changed
from storage.ids import new_id
from storage.models import ApproverRow, CampaignRow, LinkRow, TaskRow
from storage.records import Link, Task, TaskState


def add(session: Session, task: Task) -> None:
    """Store one more task, with its own links; ``add_link`` adds those of tasks that wait for it."""
    session.add(to_row(task))
    session.flush()
    add_links(session, task.team_id, task.id, task.links)


def add_link(session: Session, team_id: str, task_id: str, link: Link) -> None:
    """Make a task wait for one more."""
    add_links(session, team_id, task_id, [link])
    session.flush()


def start(session: Session, team_id: str, task_id: str, day: date) -> bool:
    """Mark a task started; false if it already was, or is done."""
    changed = rows_changed(
        session,
        update(TaskRow)
        .where(TaskRow.team_id == team_id, TaskRow.id == task_id, TaskRow.state == TaskState.TODO)
        .values(state=TaskState.STARTED, started_on=day, version=TaskRow.version + 1),
    )
    return changed == 1


def finish(session: Session, team_id: str, task_id: str, day: date) -> bool:
    """Mark a task done; false if it already was."""
    changed = rows_changed(
        session,
        update(TaskRow)
        .where(TaskRow.team_id == team_id, TaskRow.id == task_id, TaskRow.state != TaskState.DONE)
        .values(
            state=TaskState.DONE,
            started_on=func.coalesce(TaskRow.started_on, day),
            done_on=day,
            version=TaskRow.version + 1,
        ),
    )
    return changed == 1


def open_of(session: Session, team_id: str, user_id: str) -> list[tuple[str, Task]]:
    """Unfinished tasks that someone owns in open campaigns, the earliest deadline first.

    Each comes with the name of its campaign.
    """
    query = (
        select(CampaignRow.name, TaskRow)
        .join(TaskRow.campaign)
        .where(
            TaskRow.team_id == team_id,
            TaskRow.owner_id == user_id,
            TaskRow.state != TaskState.DONE,
            CampaignRow.closed_on.is_(None),
        )
        .order_by(TaskRow.late_finish, TaskRow.late_start, TaskRow.position)
        .options(selectinload(TaskRow.links), selectinload(TaskRow.approvers))
        .execution_options(populate_existing=True)
    )
    return [(name, from_row(row)) for name, row in session.execute(query)]


def unfinished(session: Session, team_id: str, task_ids: Iterable[str]) -> dict[str, Task]:
    """Those of some tasks that are not done, by id."""
    query = (
        select(TaskRow)
        .where(
            TaskRow.team_id == team_id,
            TaskRow.id.in_(list(task_ids)),
            TaskRow.state != TaskState.DONE,
        )
        .options(selectinload(TaskRow.links), selectinload(TaskRow.approvers))
        .execution_options(populate_existing=True)
    )
    return {row.id: from_row(row) for row in session.scalars(query)}


def to_row(task: Task) -> TaskRow:
    """A task as it is stored, without its links."""
    return TaskRow(
        team_id=task.team_id,
        id=task.id,
        campaign_id=task.campaign_id,
        key=task.key,
        position=task.position,
        title=task.title,
        kind=task.kind,
        takes=task.takes,
        owner_id=task.owner_id,
        rounds=task.rounds,
        rework=task.rework,
        needs=task.needs,
        after_launch=task.after_launch,
        not_before=task.not_before,
        finish_by=task.finish_by,
        state=task.state,
        started_on=task.started_on,
        done_on=task.done_on,
        late_start=str(task.late_start),
        late_finish=str(task.late_finish),
        critical=task.critical,
        approvers=[
            ApproverRow(team_id=task.team_id, user_id=user_id, position=position)
            for position, user_id in enumerate(task.approvers)
        ],
    )


def from_row(row: TaskRow) -> Task:
    """A stored task as a value."""
    return Task(
        team_id=row.team_id,
        id=row.id,
        campaign_id=row.campaign_id,
        key=row.key,
        position=row.position,
        title=row.title,
        kind=Kind(row.kind),
        takes=row.takes,
        owner_id=row.owner_id,
        rounds=row.rounds,
        rework=row.rework,
        needs=row.needs,
        after_launch=row.after_launch,
        not_before=row.not_before,
        finish_by=row.finish_by,
        state=TaskState(row.state),
        started_on=row.started_on,
        done_on=row.done_on,
        late_start=HalfDay.parse(row.late_start),
        late_finish=HalfDay.parse(row.late_finish),
        critical=row.critical,
        links=tuple(Link(needs=link.needs_id, type=link.type, lag=link.lag) for link in row.links),
        approvers=tuple(approver.user_id for approver in row.approvers),
    )


def add_links(session: Session, team_id: str, task_id: str, links: Iterable[Link]) -> None:
    """Make a task wait for others."""
    session.add_all(
        LinkRow(
            team_id=team_id,
            id=new_id("l"),
            task_id=task_id,
            needs_id=link.needs,
            type=link.type,
            lag=link.lag,
        )
        for link in links
    )
