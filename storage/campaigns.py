"""Campaigns: each with its tasks, or in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from scheduling import HalfDay
from storage import tasks
from storage.db import rows_changed
from storage.models import CampaignRow, TaskRow
from storage.records import Campaign, Summary


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
    session.add_all(tasks.to_row(task) for task in campaign.tasks)
    session.flush()
    for task in campaign.tasks:
        tasks.add_links(session, task.team_id, task.id, task.links)


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
        tasks=tuple(tasks.from_row(task) for task in row.tasks),
    )
