"""Creating a campaign, and adding tasks to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bot.errors import (
    Empty,
    LaunchImpossible,
    LaunchInPast,
    LaunchTooFar,
    RoleMissing,
    TooManyCampaigns,
    UnknownTemplate,
)
from bot.flows import people, planning, templates, texts
from bot.flows.people import Actor
from bot.ids import Field, Kind
from bot.views.words import Reader
from scheduling import HalfDay, Plan, Template, TemplateTask, first_launch, plan
from storage import campaigns, outbox
from storage import people as directory
from storage.ids import new_id
from storage.records import Campaign, Link, Task, TaskState

HORIZON = timedelta(days=5 * 365)
MOST_CAMPAIGNS = 200  # open ones of a workspace
_BATCH = 50


@dataclass(frozen=True, kw_only=True)
class Order:
    """What someone asks for with the form of ``/retro new``."""

    request_key: str  # the view's id: a double submit is the same campaign
    name: str
    launch: date | None
    template: str
    lead: str
    channel: str
    roles: Mapping[str, Sequence[str]] = field(default_factory=dict)


def create(session: Session, by: Actor, order: Order) -> str:
    """Plan and store a campaign, and promise its card; the campaign's id.

    Raises a ``FieldError`` that says which field cannot be used and why, ``NotAMember`` or
    ``TooManyCampaigns``. Asking twice with the same key is asking once.
    """
    team_id, now = by.team_id, by.now
    known = campaigns.by_request(session, team_id, order.request_key)
    if known is not None:
        return known
    people.check_member(session, by)
    if campaigns.count_open(session, team_id) >= MOST_CAMPAIGNS:
        raise TooManyCampaigns(MOST_CAMPAIGNS)
    workspace = directory.workspace(session, team_id)
    today = people.local_today(session, team_id, now)
    template = _template(order)
    if not order.channel:
        raise Empty(Field.CHANNEL)
    base = Campaign(
        team_id=team_id,
        id=new_id("c"),
        name=texts.one_line(order.name, Field.NAME),
        launch=_launch(order, today),
        template=template.id,
        lead_id=order.lead,
        channel_id=order.channel,
        locale=people.reader_of(session, team_id, by.user_id, now).locale,
        margin=workspace.margin or str(template.margin),
        country=workspace.country,
        subdivision=workspace.subdivision,
        starts_on=today,
        roles={},
        version=1,
        created_at=now,
        closed_on=None,
        tasks=(),
    )
    roles = _roles(session, by, order, template)
    campaign = _compose(template, roles, replace(base, roles=roles))
    spec = planning.specify(campaign)
    made = plan(spec, today)
    if not made.feasible:
        raise LaunchImpossible(
            Field.LAUNCH,
            campaign.launch,
            made.start_by,
            made.missing,
            first_launch(spec, today),
        )
    campaigns.add(session, _dated(campaign, made), planning.figures_of(made), order.request_key)
    everyone = {one for chosen in roles.values() for one in chosen}
    directory.expect(session, team_id, everyone | {by.user_id}, now)
    outbox.promise(
        session,
        team_id=team_id,
        key=f"card:{campaign.id}",
        kind=Kind.CARD,
        ref=campaign.id,
        channel=order.channel,
        now=now,
    )
    return campaign.id


def queue_looks(session: Session, now: datetime) -> None:
    """Look again at every open campaign whose last look was on an earlier day."""
    for team_id, campaign_id in campaigns.due_for_a_look(session, now, _BATCH):
        look_again(session, team_id, campaign_id, now)


def look_again(session: Session, team_id: str, campaign_id: str, now: datetime) -> None:
    """Plan a campaign as of today: a day on which nothing happened eats margin too."""
    if not campaigns.lock(session, team_id, campaign_id):
        return
    planning.replan(session, team_id, campaign_id, now)
    workspace = directory.workspace(session, team_id)
    tomorrow = now.astimezone(people.zone_of(workspace, None)).date() + timedelta(days=1)
    morning = people.next_morning(workspace, None, now, not_before=tomorrow)
    campaigns.look_again(session, team_id, campaign_id, morning - timedelta(hours=1))


def _template(order: Order) -> Template:
    template = templates.get(order.template)
    if template is None:
        raise UnknownTemplate(Field.TEMPLATE)
    return template


def _roles(session: Session, by: Actor, order: Order, template: Template) -> dict[str, list[str]]:
    """Who plays each role of the template; the lead is one of them."""
    known = {role.id for role in template.roles}
    for role_id in order.roles:
        if role_id not in known:
            raise RoleMissing(f"{Field.ROLE}.{role_id}", role_id)
    chosen: dict[str, list[str]] = {}
    for role in template.roles:
        played = [order.lead] if role.id == "lead" else list(order.roles.get(role.id, ()))
        where = Field.LEAD if role.id == "lead" else f"{Field.ROLE}.{role.id}"
        if not any(played) and not role.optional:
            raise RoleMissing(where, role.id)
        people.check_can_have_work(session, by.team_id, where, played)
        chosen[role.id] = [one for one in played if one]
    return chosen


def _launch(order: Order, today: date) -> date:
    if order.launch is None:
        raise Empty(Field.LAUNCH)
    if order.launch <= today:
        raise LaunchInPast(Field.LAUNCH, order.launch, today)
    if order.launch > today + HORIZON:
        raise LaunchTooFar(Field.LAUNCH, order.launch, today + HORIZON)
    return order.launch


def _compose(template: Template, roles: Mapping[str, Sequence[str]], base: Campaign) -> Campaign:
    """The campaign with the tasks of its template, titled in its language."""
    ids = {step.key: new_id("t") for step in template.tasks}
    return replace(
        base,
        tasks=tuple(
            _task(base, step, position, ids, roles) for position, step in enumerate(template.tasks)
        ),
    )


def _task(
    base: Campaign,
    step: TemplateTask,
    position: int,
    ids: Mapping[str, str],
    roles: Mapping[str, Sequence[str]],
) -> Task:
    language = Reader(locale=base.locale, today=base.starts_on).language
    owners = roles.get(step.role, ()) if step.role else ()
    approvers = dict.fromkeys(one for role in step.approvers for one in roles.get(role, ()))
    links = [link for link in step.after if link.on in ids]
    after_launch = [link for link in step.after if link.on not in ids]
    undated = HalfDay(base.launch)  # until the plan says when
    return Task(
        team_id=base.team_id,
        id=ids[step.key],
        campaign_id=base.id,
        key=step.key,
        position=position,
        title=step.titles[language],
        kind=step.kind,
        takes=str(step.takes),
        owner_id=owners[0] if owners else "",
        rounds=step.rounds,
        rework=str(step.rework),
        needs=str(step.needs_of(len(approvers))),
        after_launch=str(after_launch[0]) if after_launch else "",
        not_before=None,
        finish_by=None,
        state=TaskState.TODO,
        started_on=None,
        done_on=None,
        late_start=undated,
        late_finish=undated,
        critical=False,
        links=tuple(Link(needs=ids[link.on], type=link.type, lag=str(link.lag)) for link in links),
        approvers=tuple(approvers),
    )


def _dated(campaign: Campaign, made: Plan) -> Campaign:
    dates = planning.dates_of(made)
    return replace(
        campaign,
        tasks=tuple(
            replace(
                task,
                late_start=dates[task.key].late_start,
                late_finish=dates[task.key].late_finish,
                critical=dates[task.key].critical,
            )
            for task in campaign.tasks
        ),
    )
