"""Random campaigns with everything that people may have typed into them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.errors import FieldError
from bot.flows import planning, texts
from bot.ids import Field
from bot.views.approvals import Case
from bot.views.digests import Line, Morning
from sandbox.records import File
from scheduling import HalfDay, Kind, Plan, plan
from storage.records import (
    Campaign,
    Decision,
    Link,
    Submission,
    SubmissionState,
    Summary,
    Task,
    TaskState,
    Verdict,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
TEAM = "T0SANDBOX"
PEOPLE = ["U0ALICE", "U0BRUNO", "U0CHLOE", "U0DAN", "W0GRID"]
CHANNEL = "C0AURORE"

PICTURE = File(
    id="F0PICTURE1",
    name="a.png",
    title="a",
    mimetype="image/png",
    user="U1",
    created=0,
    shared=True,
)
FILES = {PICTURE.id: PICTURE}

# What people type, by accident or not, that means something to Slack, to gettext or to Jinja.
NASTY = [
    "<!channel>",
    "<!here|here>",
    "<@U0EVIL>",
    "<#C0EVIL>",
    "<!subteam^S1>",
    "<https://evil.example|bank>",
    "<!date^1^{date}|x>",
    "&lt;!channel&gt;",
    "&",
    "<",
    ">",
    "*_~`",
    "```",
    "\u202eabc",
    "%(n)s",
    "%s %%",
    "{{ 7 * 7 }}",
    "{0}",
    "\\n",
    ":tada:",
    "@channel",
    "🎄",
    "é" * 50,
    "&" * 120,
    "<" * 120,
    "x" * 120,
]

_pieces = st.sampled_from(NASTY) | st.text(max_size=20)


@st.composite
def names(draw: st.DrawFn) -> str:
    """A name or a title as it is stored."""
    typed = "".join(draw(st.lists(_pieces, min_size=1, max_size=4)))[: texts.TITLE]
    try:
        return texts.one_line(typed, Field.NAME)
    except FieldError:
        return "Nothing one can see"


@st.composite
def notes(draw: st.DrawFn, most: int) -> str:
    """A text of several lines as it is stored, '' included."""
    typed = "\n".join(draw(st.lists(_pieces, max_size=6))) * draw(st.sampled_from([1, 1, 40]))
    return texts.several_lines(typed[:most], Field.NOTE, optional=True, limit=most)


@dataclass(frozen=True, kw_only=True, repr=False)
class Scene:
    """A campaign with its plan, its versions, and what is known of others."""

    campaign: Campaign
    plan: Plan
    cases: list[Case]
    summaries: list[Summary]

    def __repr__(self) -> str:
        """Short: a failing example is read through what it fails on."""
        return f"Scene({self.campaign.name!r}, {len(self.campaign.tasks)} tasks)"

    @property
    def newest(self) -> dict[str, Submission]:
        """The version of each step."""
        return {case.task.id: case.submission for case in self.cases}

    @property
    def lines(self) -> list[Line]:
        """The tasks as one person's, wherever they stand."""
        return [
            Line(
                campaign=self.campaign.name,
                task=task,
                submission=self.newest.get(task.id),
                waits_for=self.campaign.waits_for(task),
            )
            for task in self.campaign.tasks
            if not task.is_done
        ]

    @property
    def morning(self) -> Morning:
        """All of it before one person at once."""
        waiting = [one for one in self.cases if one.submission.state is SubmissionState.OPEN]
        parts = [self.lines[start::5] for start in range(5)]
        return Morning(
            decisions=waiting,
            overdue=parts[0],
            due=parts[1],
            starting=parts[2],
            ongoing=parts[3],
            coming=parts[4],
        )


@st.composite
def scenes(draw: st.DrawFn, most_tasks: int = 25) -> Scene:
    """A campaign of 1 to ``most_tasks`` tasks in any state, none after another's end undone."""
    count = draw(st.integers(1, most_tasks))
    launch = TODAY + timedelta(days=draw(st.integers(1, 500)))
    campaign = Campaign(
        team_id=TEAM,
        id="c_aurore",
        name=draw(names()),
        launch=launch,
        template="website",
        lead_id=draw(st.sampled_from(PEOPLE)),
        channel_id=CHANNEL,
        locale=draw(st.sampled_from(["fr-FR", "en-GB"])),
        margin=draw(st.sampled_from(["0d", "5d", "15%", "1w"])),
        country="FR",
        subdivision="",
        starts_on=TODAY - timedelta(days=draw(st.integers(0, 60))),
        roles={},
        version=1,
        created_at=NOW,
        closed_on=None,
        tasks=tuple(draw(_task(number)) for number in range(count)),
    )
    made = plan(planning.specify(campaign), TODAY)
    campaign = _dated(campaign, made)
    if all(task.is_done for task in campaign.tasks):
        campaign = replace(campaign, closed_on=draw(st.sampled_from([None, TODAY])))
    return Scene(
        campaign=campaign,
        plan=made,
        cases=[draw(_case(campaign, task)) for task in campaign.tasks if _is_put(task)],
        summaries=[
            draw(_summary(number)) for number in range(draw(st.sampled_from([0, 1, 2, 60])))
        ],
    )


@st.composite
def _task(draw: st.DrawFn, number: int) -> Task:
    kind = draw(st.sampled_from(Kind))
    state = draw(st.sampled_from(TaskState))
    approvers = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=5, unique=True))
    links = draw(st.lists(st.integers(0, number - 1), max_size=2, unique=True)) if number else []
    started = TODAY - timedelta(days=draw(st.integers(0, 30)))
    return Task(
        team_id=TEAM,
        id=f"t_{number:04}",
        campaign_id="c_aurore",
        key=f"k{number}",
        position=number,
        title=draw(names()),
        kind=kind,
        takes="0d" if kind is Kind.MILESTONE else draw(st.sampled_from(["0.5d", "3d", "10ed"])),
        owner_id=draw(st.sampled_from(["", *PEOPLE])),
        rounds=draw(st.integers(1, 3)),
        rework="1d",
        needs=draw(st.sampled_from(["all", "any"])),
        after_launch="launch FS+2d" if not links and draw(st.integers(0, 9)) == 0 else "",
        not_before=None,
        finish_by=None,
        state=state,
        started_on=started if state is not TaskState.TODO else None,
        done_on=TODAY if state is TaskState.DONE else None,
        late_start=HalfDay(TODAY),
        late_finish=HalfDay(TODAY),
        critical=draw(st.booleans()),
        links=tuple(Link(needs=f"t_{one:04}") for one in links),
        approvers=tuple(approvers) if kind is Kind.APPROVAL else (),
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
            )
            for task in campaign.tasks
        ),
    )


def _is_put(task: Task) -> bool:
    return task.kind is Kind.APPROVAL and task.state is not TaskState.TODO


@st.composite
def _case(draw: st.DrawFn, campaign: Campaign, task: Task) -> Case:
    state = draw(st.sampled_from(SubmissionState))
    decisions = draw(_decisions(task, state))
    names_of_files = draw(st.lists(names(), max_size=4))
    submission = Submission(
        team_id=TEAM,
        id=f"s_{task.id}",
        task_id=task.id,
        number=draw(st.integers(1, 12)),
        author_id=draw(st.sampled_from(PEOPLE)),
        note=draw(notes(texts.NOTE)),
        link=draw(st.sampled_from(["", "https://example.com/a?b=c&d=e", f"https://{'x' * 2000}"])),
        files=tuple(
            {"id": PICTURE.id, "name": name, "mimetype": draw(st.sampled_from(_MIMES))}
            for name in names_of_files
        ),
        state=state,
        due_on=TODAY + timedelta(days=draw(st.integers(-400, 400))),
        submitted_at=NOW,
        settled_at=None if state is SubmissionState.OPEN else NOW,
        decisions=decisions,
    )
    return Case(
        campaign=campaign,
        task=task,
        submission=submission,
        next_tasks=campaign.followers(task),
        margin_left=draw(st.sampled_from([-3.5, 0.0, 1.0, 5.0])),
    )


_MIMES = ["image/png", "application/pdf", ""]


@st.composite
def _decisions(draw: st.DrawFn, task: Task, state: SubmissionState) -> tuple[Decision, ...]:
    """Answers that such a version can have: the last one made it what it is."""
    given = [draw(st.sampled_from([Verdict.PENDING, Verdict.APPROVED])) for _ in task.approvers]
    if state is SubmissionState.OPEN:
        given[-1] = Verdict.PENDING
    else:
        given[-1] = Verdict.CHANGES if state is SubmissionState.CHANGES else Verdict.APPROVED
    return tuple(
        Decision(
            user_id=user_id,
            verdict=verdict,
            remarks=draw(notes(2500)) or "Larger" if verdict is Verdict.CHANGES else "",
            decided_at=None if verdict is Verdict.PENDING else NOW,
        )
        for user_id, verdict in zip(task.approvers, given, strict=True)
    )


@st.composite
def _summary(draw: st.DrawFn, number: int) -> Summary:
    planned = draw(st.sampled_from([0.0, 0.5, 1.0, 5.0]))
    return Summary(
        team_id=TEAM,
        id=f"c_{number}",
        name=draw(names()),
        launch=TODAY + timedelta(days=draw(st.integers(-20, 500))),
        lead_id=draw(st.sampled_from(PEOPLE)),
        channel_id=CHANNEL,
        start_by=TODAY,
        margin_planned=planned,
        margin_left=draw(st.sampled_from([-2.0, 0.0, 0.5, planned])),
        missing=0.0,
    )


def example_task() -> Task:
    """An ordinary task that is still to do, and late."""
    return Task(
        team_id=TEAM,
        id="t_0000",
        campaign_id="c_aurore",
        key="k0",
        position=0,
        title="Brief",
        kind=Kind.WORK,
        takes="0.5d",
        owner_id=PEOPLE[0],
        rounds=1,
        rework="1d",
        needs="all",
        after_launch="",
        not_before=None,
        finish_by=None,
        state=TaskState.TODO,
        started_on=None,
        done_on=None,
        late_start=HalfDay(TODAY - timedelta(days=3)),
        late_finish=HalfDay(TODAY - timedelta(days=3), pm=True),
        critical=True,
        links=(),
        approvers=(),
    )


def example_campaign(tasks: tuple[Task, ...]) -> Campaign:
    """An ordinary campaign with these tasks."""
    return Campaign(
        team_id=TEAM,
        id="c_aurore",
        name="Aurore",
        launch=date(2027, 3, 15),
        template="website",
        lead_id=PEOPLE[0],
        channel_id=CHANNEL,
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


def example_summary() -> Summary:
    """An ordinary campaign in one line."""
    return Summary(
        team_id=TEAM,
        id="c_0",
        name="Aurore",
        launch=date(2027, 3, 15),
        lead_id=PEOPLE[0],
        channel_id=CHANNEL,
        start_by=TODAY,
        margin_planned=5.0,
        margin_left=5.0,
        missing=0.0,
    )
