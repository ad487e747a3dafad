"""From what is stored to a plan, and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bot.errors import NotFound
from bot.flows import calendars, copies, people
from scheduling import Campaign as Spec
from scheduling import Duration, HalfDay, Link, LinkType, Needs, Plan, plan, read_margin
from scheduling import Task as Step
from storage import campaigns
from storage.campaigns import Dates, Figures
from storage.records import Campaign, Task


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A campaign with its plan as of today."""

    campaign: Campaign
    plan: Plan

    @property
    def days_to_start(self) -> float:
        """Working days from today to the day it must start by; 0 when that is past."""
        day_before = self.plan.start_by - timedelta(days=1)
        if day_before < self.plan.today:
            return 0.0
        return self.plan.campaign.calendar.working_days(self.plan.today, day_before)

    def review_end(self, task: Task) -> date:
        """The day a review of that step would end if it began on the next working half-day.

        Days are counted from tomorrow: whoever is asked this afternoon has not lost the morning.
        """
        takes = Duration.parse(task.takes)
        tomorrow = self.plan.today + timedelta(days=1)
        if takes.elapsed:
            return tomorrow + timedelta(days=max(0, takes.halves - 1) // 2)
        worktime = self.plan.campaign.calendar.worktime
        last = worktime.rank(HalfDay(tomorrow).slot) + max(1, takes.halves) - 1
        return HalfDay.of_slot(worktime.slot(last)).day


def load(session: Session, team_id: str, campaign_id: str, now: datetime) -> Planned:
    """A campaign and its plan; ``NotFound`` if it is not of this team."""
    campaign = campaigns.get(session, team_id, campaign_id)
    if campaign is None:
        raise NotFound
    today = people.local_today(session, team_id, now)
    return Planned(campaign=campaign, plan=plan(specify(campaign), today))


def replan(session: Session, team_id: str, campaign_id: str, now: datetime) -> Planned:
    """Plan a campaign anew, remember the dates, and promise that every copy of them follows."""
    planned = load(session, team_id, campaign_id, now)
    moved = [
        task for task in planned.campaign.tasks if _moved(task, dates_of(planned.plan)[task.key])
    ]
    campaigns.save_plan(
        session,
        team_id,
        campaign_id,
        figures_of(planned.plan),
        {task.id: dates_of(planned.plan)[task.key] for task in moved},
    )
    planned = load(session, team_id, campaign_id, now)
    copies.follow_campaign(session, planned.campaign, now)
    copies.follow_people(session, planned.campaign, moved, now)
    return planned


def specify(campaign: Campaign) -> Spec:
    """What the engine is asked for a stored campaign."""
    key_of = {task.id: task.key for task in campaign.tasks}
    return Spec(
        name=campaign.name,
        launch=campaign.launch,
        margin=read_margin(campaign.margin),
        calendar=calendars.around(campaign.country, campaign.subdivision, campaign.launch),
        tasks=tuple(_step(task, key_of) for task in campaign.tasks),
        start=campaign.starts_on,
    )


def figures_of(made: Plan) -> Figures:
    """What a plan says of the whole."""
    return Figures(
        start_by=made.start_by,
        margin_planned=made.margin_planned,
        margin_left=made.margin_left,
        missing=made.missing,
    )


def dates_of(made: Plan) -> dict[str, Dates]:
    """What a plan says of each task, by key."""
    return {
        one.task.key: Dates(late_start=one.start, late_finish=one.finish, critical=one.critical)
        for one in made.tasks
    }


def _moved(task: Task, dates: Dates) -> bool:
    stored = Dates(late_start=task.late_start, late_finish=task.late_finish, critical=task.critical)
    return stored != dates


def _step(task: Task, key_of: dict[str, str]) -> Step:
    after = [
        Link(on=key_of[link.needs], type=LinkType(link.type), lag=Duration.parse(link.lag))
        for link in task.links
    ]
    if task.after_launch:
        after.append(Link.parse(task.after_launch))
    needs: Needs = int(task.needs) if task.needs.isdigit() else "any"
    if task.needs == "all":
        needs = "all"
    return Step(
        key=task.key,
        title=task.title,
        kind=task.kind,
        takes=Duration.parse(task.takes),
        owner=task.owner_id or None,
        approvers=task.approvers,
        needs=needs,
        rounds=task.rounds,
        rework=Duration.parse(task.rework),
        after=tuple(after),
        not_before=task.not_before,
        finish_by=task.finish_by,
        started=task.started_on,
        done=task.done_on,
    )
