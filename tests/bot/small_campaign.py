"""A campaign of a few tasks, stored as it is needed; nothing of Slack's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.flows import planning
from scheduling import HalfDay, Kind, plan
from storage import campaigns, people
from storage.db import Database
from storage.people import Profile
from storage.records import Campaign, Link, Task, TaskState, Workspace

TEAM = "T0SANDBOX"
ALICE, BRUNO, CHLOE, DAN, EMMA = "U0ALICE", "U0BRUNO", "U0CHLOE", "U0DAN", "U0EMMA"
GUEST = "U0GUEST"

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def step(
    key: str,
    *,
    kind: Kind = Kind.WORK,
    owner: str = ALICE,
    after: Sequence[str] = (),
    approvers: Sequence[str] = (),
    needs: str = "all",
) -> Task:
    """A task of three days, or an approval of two."""
    return Task(
        team_id=TEAM,
        id=f"t_{key}",
        campaign_id="c_small",
        key=key,
        position=0,
        title=key.capitalize(),
        kind=kind,
        takes="0d" if kind is Kind.MILESTONE else "2d",
        owner_id=owner,
        rounds=2,
        rework="1d",
        needs=needs,
        after_launch="",
        not_before=None,
        finish_by=None,
        state=TaskState.TODO,
        started_on=None,
        done_on=None,
        late_start=HalfDay(TODAY),
        late_finish=HalfDay(TODAY),
        critical=False,
        links=tuple(Link(needs=f"t_{one}") for one in after),
        approvers=tuple(approvers),
    )


def in_state(one: Task, state: TaskState) -> Task:
    """The task as it is once it has come so far."""
    return replace(
        one,
        state=state,
        started_on=None if state is TaskState.TODO else TODAY,
        done_on=TODAY if state is TaskState.DONE else None,
    )


def store(database: Database, steps: Sequence[Task], *, prefix: str = "") -> None:
    """Store a campaign that Alice leads; ``prefix`` tells several apart in one database."""
    tasks = tuple(
        _told_apart(replace(one, position=position), prefix) for position, one in enumerate(steps)
    )
    campaign = _dated(
        Campaign(
            team_id=TEAM,
            id=_id("c_small", prefix),
            name="Small",
            launch=date(2027, 3, 15),
            template="website",
            lead_id=ALICE,
            channel_id="C0AURORE",
            locale="fr-FR",
            margin="5d",
            country="FR",
            subdivision="",
            starts_on=TODAY,
            roles={},
            version=1,
            created_at=NOW,
            closed_on=None,
            tasks=tasks,
        )
    )
    with database.sessions.begin() as session:
        people.keep_workspace(session, _WORKSPACE)
        for user_id in (ALICE, BRUNO, CHLOE, DAN, EMMA, GUEST):
            people.describe(session, TEAM, _profile(user_id), NOW)
        figures = planning.figures_of(plan(planning.specify(campaign), TODAY))
        campaigns.add(session, campaign, figures, f"form-{prefix}")


def campaign(database: Database) -> Campaign:
    """The campaign as the database has it."""
    with database.readers.begin() as session:
        found = campaigns.get(session, TEAM, "c_small")
    if found is None:
        raise LookupError("the campaign is not stored")
    return found


def task(database: Database, key: str) -> Task:
    """One of its tasks."""
    return campaign(database).task(f"t_{key}")


def _told_apart(one: Task, prefix: str) -> Task:
    return replace(
        one,
        id=_id(one.id, prefix),
        campaign_id=_id("c_small", prefix),
        links=tuple(replace(link, needs=_id(link.needs, prefix)) for link in one.links),
    )


def _id(plain: str, prefix: str) -> str:
    kind, _, rest = plain.partition("_")
    return f"{kind}_{prefix}_{rest}" if prefix else plain


def _dated(undated: Campaign) -> Campaign:
    dates = planning.dates_of(plan(planning.specify(undated), TODAY))
    tasks = tuple(
        replace(one, late_start=dates[one.key].late_start, late_finish=dates[one.key].late_finish)
        for one in undated.tasks
    )
    return replace(undated, tasks=tasks)


def _profile(user_id: str) -> Profile:
    return Profile(
        id=user_id,
        name=user_id.removeprefix("U0").capitalize(),
        timezone="Europe/Paris",
        locale="fr-FR",
        standing="guest" if user_id == GUEST else "",
    )


_WORKSPACE = Workspace(
    team_id=TEAM,
    name="Office",
    bot_user_id="U0BOT",
    country="FR",
    subdivision="",
    timezone="Europe/Paris",
    locale="fr-FR",
    digest_time="09:00",
    margin="",
)
