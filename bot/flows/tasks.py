"""Starting and finishing tasks, and adding one to a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.errors import (
    AlreadyDone,
    ApprovalDecides,
    NoApprovers,
    NotFound,
    NotReady,
    TooManyTasks,
    WouldCycle,
)
from bot.flows import copies, people, planning, texts
from bot.flows.people import Actor
from bot.flows.planning import Planned
from bot.ids import Field
from bot.ids import Kind as Said
from scheduling import Cycle, Kind
from storage import campaigns, outbox
from storage import people as directory
from storage import tasks as stored
from storage.ids import new_id
from storage.records import Campaign, Link, Task, TaskState

MOST_TASKS = 2000


@dataclass(frozen=True, kw_only=True)
class Addition:
    """What someone asks for with the form of ``/retro add``; tasks are given by id."""

    campaign_id: str
    request_key: str
    title: str
    kind: str
    takes: str
    owner: str
    approvers: Sequence[str]
    after: Sequence[str]
    before: Sequence[str]


def start(session: Session, by: Actor, task_id: str) -> Planned:
    """Mark a task started today. Raises ``NotAllowed``, ``AlreadyDone``, ``NotFound``."""
    campaign, task = _taken(session, by, task_id)
    if task.kind is Kind.APPROVAL:
        raise ApprovalDecides(task.title)
    today = people.local_today(session, by.team_id, by.now)
    if not stored.start(session, by.team_id, task_id, today):
        raise AlreadyDone(task.title)
    return _followed(session, campaign, task, by.now)


def finish(session: Session, by: Actor, task_id: str) -> Planned:
    """Mark a task done today, and tell the owners of what waited for it alone.

    Raises ``NotAllowed``, ``AlreadyDone``, ``NotReady``, ``NotFound``.
    """
    campaign, task = _taken(session, by, task_id)
    if task.kind is Kind.APPROVAL:
        raise ApprovalDecides(task.title)
    waits_for = campaign.waits_for(task)
    if waits_for:
        raise NotReady(task.title, tuple(other.title for other in waits_for))
    return complete(session, by, campaign, task)


def complete(session: Session, by: Actor, campaign: Campaign, task: Task) -> Planned:
    """What follows when a task is done, by its owner or by a decision. Raises ``AlreadyDone``."""
    today = people.local_today(session, campaign.team_id, by.now)
    if not stored.finish(session, campaign.team_id, task.id, today):
        raise AlreadyDone(task.title)
    planned = _followed(session, campaign, task, by.now)
    _tell_followers(session, by, planned.campaign, task)
    if all(one.is_done for one in planned.campaign.tasks):
        campaigns.close(session, campaign.team_id, campaign.id, today)
    return planned


def add(session: Session, by: Actor, addition: Addition) -> Planned:
    """Add a task to a campaign, and plan anew.

    Raises a ``FieldError`` that says which field cannot be used and why, ``NotAllowed`` or
    ``TooManyTasks``. Asking twice with the same key is asking once.
    """
    team_id, now = by.team_id, by.now
    if not campaigns.lock(session, team_id, addition.campaign_id):
        raise NotFound
    planned = planning.load(session, team_id, addition.campaign_id, now)
    campaign = planned.campaign
    key = f"added-{addition.request_key}"
    if any(task.key == key for task in campaign.tasks):
        return planned
    people.check_member(session, by)
    people.check_may_plan(by, campaign)
    if len(campaign.tasks) >= MOST_TASKS:
        raise TooManyTasks(MOST_TASKS)

    task = _new_task(session, campaign, addition, key)
    ids = {one.id for one in campaign.tasks}
    if not ids.issuperset(addition.before):
        raise NotFound
    stored.add(session, task)
    for waiting in dict.fromkeys(addition.before):
        stored.add_link(session, team_id, waiting, Link(needs=task.id))
    try:
        planned = planning.replan(session, team_id, campaign.id, now)
    except Cycle as cycle:
        titles = {one.key: one.title for one in campaign.tasks} | {key: task.title}
        raise WouldCycle(Field.BEFORE, tuple(titles[one] for one in cycle.tasks)) from cycle
    directory.expect(session, team_id, {task.owner_id, *task.approvers} - {""}, now)
    copies.follow_people(session, planned.campaign, [task], now)
    return planned


def _new_task(session: Session, campaign: Campaign, addition: Addition, key: str) -> Task:
    if addition.kind not in list(Kind):
        raise NotFound
    kind = Kind(addition.kind)
    takes = "0d" if kind is Kind.MILESTONE else texts.duration(addition.takes)
    if kind is Kind.APPROVAL and not addition.approvers:
        raise NoApprovers(Field.APPROVERS)
    people.check_can_have_work(
        session, campaign.team_id, Field.OWNER, [addition.owner] if addition.owner else []
    )
    people.check_can_have_work(session, campaign.team_id, Field.APPROVERS, addition.approvers)
    ids = {one.id for one in campaign.tasks}
    if not ids.issuperset(addition.after):
        raise NotFound
    some = campaign.tasks[0]
    return Task(
        team_id=campaign.team_id,
        id=new_id("t"),
        campaign_id=campaign.id,
        key=key,
        position=max((one.position for one in campaign.tasks), default=-1) + 1,
        title=texts.one_line(addition.title, Field.TITLE),
        kind=kind,
        takes=takes,
        owner_id=addition.owner,
        rounds=2,
        rework="1d",
        needs="all",
        after_launch="",
        not_before=None,
        finish_by=None,
        state=TaskState.TODO,
        started_on=None,
        done_on=None,
        late_start=some.late_start,  # until the plan below says better
        late_finish=some.late_finish,
        critical=False,
        links=tuple(Link(needs=one) for one in dict.fromkeys(addition.after)),
        approvers=tuple(dict.fromkeys(addition.approvers)) if kind is Kind.APPROVAL else (),
    )


def _taken(session: Session, by: Actor, task_id: str) -> tuple[Campaign, Task]:
    """A task that this person may change, and its campaign, taken for this transaction."""
    people.check_member(session, by)
    campaign = campaigns.of_task(session, by.team_id, task_id)
    if campaign is None or not campaigns.lock(session, by.team_id, campaign.id):
        raise NotFound
    campaign = campaigns.get(session, by.team_id, campaign.id)
    if campaign is None:
        raise NotFound
    task = campaign.task(task_id)
    people.check_may_work_on(by, campaign, task)
    return campaign, task


def _followed(session: Session, campaign: Campaign, task: Task, now: datetime) -> Planned:
    planned = planning.replan(session, campaign.team_id, campaign.id, now)
    followers = planned.campaign.followers(task)
    copies.follow_people(session, planned.campaign, [task, *followers], now)
    copies.follow_task(session, task, now, planned.campaign.version)
    return planned


def _tell_followers(session: Session, by: Actor, campaign: Campaign, task: Task) -> None:
    """Once: whoever owns a task that can start now, unless they finished this one themselves."""
    for follower in campaign.followers(task):
        if follower.is_done or not follower.owner_id or campaign.waits_for(follower):
            continue
        if follower.owner_id == by.user_id and follower.kind is not Kind.APPROVAL:
            continue
        outbox.promise(
            session,
            team_id=campaign.team_id,
            key=f"ready:{follower.id}",
            kind=Said.READY,
            ref=follower.id,
            user_id=follower.owner_id,
            now=by.now,
        )
