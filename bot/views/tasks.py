"""One task as a line with its menu, wherever it is shown."""

from __future__ import annotations

from collections.abc import Mapping

from bot.ids import Action
from bot.views import status
from bot.views.blocks import (
    Block,
    Element,
    Message,
    Option,
    button,
    context,
    fitting,
    option,
    overflow,
    section,
)
from bot.views.words import Mrkdwn, Reader, escape
from scheduling import Kind
from storage.records import Submission, SubmissionState, Task, TaskState

_SHOWN = 40  # a message holds 50 blocks


def line(reader: Reader, task: Task, submission: Submission | None = None) -> Mrkdwn:
    """Dates, title, people and state: ``Fri 18 – Tue 22 Dec · *Brief* · @alice``."""
    parts = [*_when_and_what(reader, task, submission), *_rounds(reader, task)]
    if task.kind is not Kind.MILESTONE or task.owner_id:
        parts.append(_people(reader, task, submission))
    return Mrkdwn(" · ".join(parts))


def own_line(reader: Reader, task: Task, campaign: str, submission: Submission | None) -> Mrkdwn:
    """A task among the reader's own: its campaign, and of people only the approvers."""
    parts = [*_when_and_what(reader, task, submission), escape(campaign), *_rounds(reader, task)]
    if task.kind is Kind.APPROVAL:
        parts.append(_people(reader, task, submission))
    return Mrkdwn(" · ".join(parts))


def can_submit(task: Task, submission: Submission | None) -> bool:
    """Whether a version can be put to the approvers now."""
    return (
        task.kind is Kind.APPROVAL
        and not task.is_done
        and (submission is None or submission.state is SubmissionState.CHANGES)
    )


def choices(reader: Reader, task: Task, submission: Submission | None) -> list[Option]:
    """What can be done with a task as it stands."""
    if task.is_done:
        return []
    if task.kind is Kind.APPROVAL:
        if can_submit(task, submission):
            return [option(reader.plain("Submit for approval…"), f"submit:{task.id}")]
        return [option(reader.plain("See the version"), f"visual:{task.id}")]
    done = option(reader.plain("Mark done"), f"done:{task.id}")
    if task.state is TaskState.TODO and task.kind is not Kind.MILESTONE:
        return [option(reader.plain("Mark started"), f"start:{task.id}"), done]
    return [done]


def menu(reader: Reader, task: Task, submission: Submission | None) -> Element | None:
    """The menu behind three dots, or nothing when nothing can be done."""
    options = choices(reader, task, submission)
    return overflow(Action.TASK_MENU, options) if options else None


def buttons(reader: Reader, task: Task, submission: Submission | None) -> list[Element]:
    """The same choices as buttons, for the one person whose task it is."""
    if task.is_done:
        return []
    if task.kind is Kind.APPROVAL:
        if not can_submit(task, submission):
            return []
        return [
            button(
                reader.plain("Submit for approval…"), Action.TASK_SUBMIT, task.id, style="primary"
            )
        ]
    done = button(reader.plain("Done"), Action.TASK_DONE, task.id)
    if task.state is TaskState.TODO and task.kind is not Kind.MILESTONE:
        return [done, button(reader.plain("Start"), Action.TASK_START, task.id)]
    return [done]


def row(reader: Reader, task: Task, submission: Submission | None) -> Block:
    """A line of the card or of the whole plan."""
    return section(line(reader, task, submission), menu(reader, task, submission))


def mine(
    reader: Reader,
    tasks: list[tuple[str, Task]],
    submissions: Mapping[str, Submission],
) -> Message:
    """Answer to ``/retro tasks``: what someone has to do, the earliest deadline first."""
    if not tasks:
        nothing = reader.say("Nothing is waiting for you in any campaign.")
        return Message(nothing, [section(nothing)])
    title = reader.say_many("*%(n)s task for you*", "*%(n)s tasks for you*", len(tasks))
    blocks = [section(title)]
    rows = []
    for campaign, task in tasks[:_SHOWN]:
        submission = submissions.get(task.id)
        text = own_line(reader, task, campaign, submission)
        rows.append([section(text, menu(reader, task, submission))])
    shown = fitting(rows, _SHOWN)
    blocks.extend(block for row in shown for block in row)
    hidden = len(tasks) - len(shown)
    if hidden > 0:
        blocks.append(
            context(
                reader.say_many(
                    "%(n)s later task is not shown; the plan of its campaign has it.",
                    "%(n)s later tasks are not shown; the plans of their campaigns have them.",
                    hidden,
                )
            )
        )
    return Message(title, blocks)


def _when_and_what(reader: Reader, task: Task, submission: Submission | None) -> list[Mrkdwn]:
    title = f"*{escape(task.title)}*"
    parts = [
        reader.span(task.late_start.day, task.late_finish.day),
        Mrkdwn(f"_{title}_") if task.kind is Kind.MILESTONE else Mrkdwn(title),
    ]
    sign = status.task_sign(reader, task, submission)
    return parts if sign is None else [sign, *parts]


def _people(reader: Reader, task: Task, submission: Submission | None) -> Mrkdwn:
    """Who answers for a task; while a version is out, those who have not decided on it."""
    if submission is not None and submission.state is SubmissionState.OPEN:
        return reader.people(submission.pending)
    return status.owner(reader, task)


def _rounds(reader: Reader, task: Task) -> list[Mrkdwn]:
    if task.kind is not Kind.APPROVAL or task.rounds == 1:
        return []
    return [reader.say_many("%(n)s round", "%(n)s rounds", task.rounds)]
