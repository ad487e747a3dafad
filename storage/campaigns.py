"""Campaigns and their tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from scheduling import HalfDay, Kind
from storage.db import rows_changed
from storage.ids import new_id
from storage.models import ApproverRow, CampaignRow, LinkRow, TaskRow
from storage.records import Campaign, Link, Summary, Task, TaskState


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a plan says of a campaign as a whole, in working days."""

    start_by: date
    margin_planned: float
    margin_left: float
    missing: float


@dataclass(frozen=True, kw_only=True)
class Dates:
    """What a plan says of one task."""

    late_start: HalfDay
    late_finish: HalfDay
    critical: bool


def by_request(session: Session, team_id: str, request_key: str) -> str | None:
    """The id of the campaign that this request already created."""
    return session.scalar(
        select(CampaignRow.id).where(
            CampaignRow.team_id == team_id, CampaignRow.request_key == request_key
        )
    )


def add(session: Session, campaign: Campaign, figures: Figures, request_key: str) -> None:
    """Store a new campaign with its tasks and links."""
    row = CampaignRow(
        team_id=campaign.team_id,
        id=campaign.id,
        name=campaign.name,
        launch=campaign.launch,
        template=campaign.template,
        lead_id=campaign.lead_id,
        channel_id=campaign.channel_id,
        locale=campaign.locale,
        margin=campaign.margin,
        country=campaign.country,
        subdivision=campaign.subdivision,
        starts_on=campaign.starts_on,
        roles=dict(campaign.roles),
        request_key=request_key,
        created_at=campaign.created_at,
        closed_on=None,
        look_due=campaign.created_at,
        start_by=figures.start_by,
        margin_planned=figures.margin_planned,
        margin_left=figures.margin_left,
        missing=figures.missing,
    )
    session.add(row)
    session.flush()
    session.add_all(_task_row(task) for task in campaign.tasks)
    session.flush()
    for task in campaign.tasks:
        _add_links(session, task.team_id, task.id, task.links)


def add_task(session: Session, task: Task) -> None:
    """Store one more task, with its own links; ``add_link`` adds those of tasks that wait for it."""
    session.add(_task_row(task))
    session.flush()
    _add_links(session, task.team_id, task.id, task.links)


def add_link(session: Session, team_id: str, task_id: str, link: Link) -> None:
    """Make a task wait for one more."""
    _add_links(session, team_id, task_id, [link])
    session.flush()


def get(session: Session, team_id: str, campaign_id: str) -> Campaign | None:
    """A campaign with its tasks, or nothing if it is not of this team."""
    row = session.scalar(
        select(CampaignRow)
        .where(CampaignRow.team_id == team_id, CampaignRow.id == campaign_id)
        .options(
            selectinload(CampaignRow.tasks).selectinload(TaskRow.links),
            selectinload(CampaignRow.tasks).selectinload(TaskRow.approvers),
        )
        .execution_options(populate_existing=True)
    )
    return None if row is None else _campaign(row)


def of_task(session: Session, team_id: str, task_id: str) -> Campaign | None:
    """The campaign of a task, with all its tasks."""
    campaign_id = session.scalar(
        select(TaskRow.campaign_id).where(TaskRow.team_id == team_id, TaskRow.id == task_id)
    )
    return None if campaign_id is None else get(session, team_id, campaign_id)


def lock(session: Session, team_id: str, campaign_id: str) -> bool:
    """Take a campaign for this transaction, so that changes of its plan come one by one."""
    taken = rows_changed(
        session,
        update(CampaignRow)
        .where(CampaignRow.team_id == team_id, CampaignRow.id == campaign_id)
        .values(version=CampaignRow.version + 1),
    )
    return taken == 1


def save_plan(
    session: Session,
    team_id: str,
    campaign_id: str,
    figures: Figures,
    dates: Mapping[str, Dates],
) -> None:
    """Remember what the last plan said; ``dates`` is by task id."""
    session.execute(
        update(CampaignRow)
        .where(CampaignRow.team_id == team_id, CampaignRow.id == campaign_id)
        .values(
            start_by=figures.start_by,
            margin_planned=figures.margin_planned,
            margin_left=figures.margin_left,
            missing=figures.missing,
        )
    )
    for task_id, planned in dates.items():
        session.execute(
            update(TaskRow)
            .where(TaskRow.team_id == team_id, TaskRow.id == task_id)
            .values(
                late_start=str(planned.late_start),
                late_finish=str(planned.late_finish),
                critical=planned.critical,
            )
        )


def start_task(session: Session, team_id: str, task_id: str, day: date) -> bool:
    """Mark a task started; false if it already was, or is done."""
    changed = rows_changed(
        session,
        update(TaskRow)
        .where(TaskRow.team_id == team_id, TaskRow.id == task_id, TaskRow.state == TaskState.TODO)
        .values(state=TaskState.STARTED, started_on=day, version=TaskRow.version + 1),
    )
    return changed == 1


def finish_task(session: Session, team_id: str, task_id: str, day: date) -> bool:
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


def close(session: Session, team_id: str, campaign_id: str, day: date) -> None:
    """The campaign is over: nothing is left to do in it."""
    session.execute(
        update(CampaignRow)
        .where(CampaignRow.team_id == team_id, CampaignRow.id == campaign_id)
        .values(closed_on=day, look_due=None)
    )


def look_again(session: Session, team_id: str, campaign_id: str, at: datetime) -> None:
    """Say when the plan is to be looked at again."""
    session.execute(
        update(CampaignRow)
        .where(CampaignRow.team_id == team_id, CampaignRow.id == campaign_id)
        .values(look_due=at)
    )


def due_for_a_look(session: Session, now: datetime, limit: int) -> list[tuple[str, str]]:
    """Open campaigns (team, id) whose plan was last looked at on an earlier day."""
    query = (
        select(CampaignRow.team_id, CampaignRow.id)
        .where(CampaignRow.look_due <= now)
        .order_by(CampaignRow.look_due)
        .limit(limit)
    )
    return [(team_id, campaign_id) for team_id, campaign_id in session.execute(query)]


def summaries(session: Session, team_id: str) -> list[Summary]:
    """The open campaigns of a team, the next launch first."""
    query = (
        select(CampaignRow)
        .where(CampaignRow.team_id == team_id, CampaignRow.closed_on.is_(None))
        .order_by(CampaignRow.launch, CampaignRow.name)
    )
    return [
        Summary(
            team_id=row.team_id,
            id=row.id,
            name=row.name,
            launch=row.launch,
            lead_id=row.lead_id,
            channel_id=row.channel_id,
            start_by=row.start_by,
            margin_planned=row.margin_planned,
            margin_left=row.margin_left,
            missing=row.missing,
        )
        for row in session.scalars(query)
    ]


def count_open(session: Session, team_id: str) -> int:
    """How many open campaigns a team has."""
    return session.scalars(
        select(func.count()).where(CampaignRow.team_id == team_id, CampaignRow.closed_on.is_(None))
    ).one()


def open_tasks_of(session: Session, team_id: str, user_id: str) -> list[tuple[str, Task]]:
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
    return [(name, _task(row)) for name, row in session.execute(query)]


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
    return {row.id: _task(row) for row in session.scalars(query)}


def _add_links(session: Session, team_id: str, task_id: str, links: Iterable[Link]) -> None:
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


def _task_row(task: Task) -> TaskRow:
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


def _task(row: TaskRow) -> Task:
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


def _campaign(row: CampaignRow) -> Campaign:
    roles: dict[str, Any] = row.roles
    return Campaign(
        team_id=row.team_id,
        id=row.id,
        name=row.name,
        launch=row.launch,
        template=row.template,
        lead_id=row.lead_id,
        channel_id=row.channel_id,
        locale=row.locale,
        margin=row.margin,
        country=row.country,
        subdivision=row.subdivision,
        starts_on=row.starts_on,
        roles=roles,
        version=row.version,
        created_at=row.created_at,
        closed_on=row.closed_on,
        tasks=tuple(_task(task) for task in row.tasks),
    )
