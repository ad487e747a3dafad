"""Where a campaign and a task stand, in words: never by a sign alone."""

from __future__ import annotations

from bot.views.words import Mrkdwn, Reader
from scheduling import Kind, Plan
from storage.records import Campaign, Submission, SubmissionState, Summary, Task, TaskState


def launch(reader: Reader, campaign: Campaign | Summary) -> Mrkdwn:
    """When it launches, or launched."""
    if campaign.launch == reader.today:
        return reader.say("launches today")
    if campaign.launch < reader.today:
        return reader.say("launched on %(day)s", day=reader.day(campaign.launch))
    return reader.say("launches %(day)s", day=reader.day(campaign.launch))


def campaign_status(reader: Reader, planned: float, left: float, *, over: bool = False) -> Mrkdwn:
    """Whether the launch holds, from the margin planned and left in working days."""
    if over:
        return reader.say("✓ done")
    if left < 0:
        return reader.say("● late")
    if left < planned:
        return reader.say("◐ at risk")
    return reader.say("○ on track")


def of_plan(reader: Reader, plan: Plan, *, over: bool = False) -> Mrkdwn:
    """Where a plan stands: how many days are missing, or how the campaign is doing."""
    if plan.missing:
        return reader.say_many(
            "● %(n)s working day missing", "● %(n)s working days missing", plan.missing
        )
    return campaign_status(reader, plan.margin_planned, plan.margin_left, over=over)


def margin(reader: Reader, planned: float, left: float, missing: float = 0.0) -> Mrkdwn:
    """What is left of the margin before launch, in working days.

    Where days are ``missing`` nothing is said to be untouched, though the end may hold by a
    weekend.
    """
    if left >= planned and missing:
        return reader.say("margin %(days)s", days=reader.days(planned))
    if left >= planned:
        return reader.say("margin %(days)s, untouched", days=reader.days(planned))
    if left <= 0:
        return reader.say("margin used up (%(days)s)", days=reader.days(planned))
    return reader.say(
        "margin %(left)s of %(planned)s left", left=left, planned=reader.days(planned)
    )


def start_by(reader: Reader, campaign: Campaign, plan: Plan, working_days: float) -> Mrkdwn:
    """The last day on which the campaign can begin, and how far it is in working days."""
    day = reader.day(plan.start_by)
    if any(task.state is not TaskState.TODO for task in campaign.tasks):
        return reader.say("start by %(day)s (started)", day=day)
    if plan.start_by < reader.today:
        return reader.say("start by %(day)s (past)", day=day)
    if plan.start_by == reader.today:
        return reader.say("start by %(day)s (today)", day=day)
    return reader.say(
        "start by %(day)s (%(days)s from now)", day=day, days=reader.working_days(working_days)
    )


def most_late(reader: Reader, campaign: Campaign) -> Task | None:
    """The unfinished task whose latest finish is longest past."""
    late = [
        task for task in campaign.tasks if not task.is_done and task.late_finish.day < reader.today
    ]
    return min(late, key=lambda task: task.late_finish, default=None)


def why(reader: Reader, campaign: Campaign, planned: float, left: float) -> Mrkdwn | None:
    """What puts the launch at risk, in one sentence; nothing when it holds."""
    task = most_late(reader, campaign)
    if left >= planned:
        return None
    if left < 0:
        return reader.say_many(
            "The launch is %(n)s working day short.",
            "The launch is %(n)s working days short.",
            -left,
        )
    if task is None:
        return None
    return reader.say(
        "“%(title)s” was due %(day)s; every day it waits is taken from the margin.",
        title=task.title,
        day=reader.day(task.late_finish.day),
    )


def task_sign(reader: Reader, task: Task, submission: Submission | None = None) -> Mrkdwn | None:
    """The state of a task as a sign and a word, or nothing when it just waits its turn."""
    if task.is_done:
        return reader.say("✓ done")
    if submission is not None and submission.state is SubmissionState.OPEN:
        return reader.say("◷ waiting for approval")
    if submission is not None and submission.state is SubmissionState.CHANGES:
        return reader.say("◐ changes requested")
    if task.late_finish.day < reader.today:
        return reader.say("● late")
    if task.state is TaskState.STARTED:
        return reader.say("◐ started")
    return None


def owner(reader: Reader, task: Task) -> Mrkdwn:
    """Who answers for a task: its owner, or for an approval its approvers."""
    if task.kind is Kind.APPROVAL and task.approvers:
        return reader.people(task.approvers)
    if not task.owner_id:
        return reader.say("no owner yet")
    return reader.people([task.owner_id])
