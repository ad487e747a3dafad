"""The morning message: at most a dozen lines over all campaigns, with the buttons that act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.views import approvals, status, tasks
from bot.views.approvals import Case
from bot.views.blocks import (
    ROOM,
    Block,
    Message,
    actions,
    context,
    fitting,
    header,
    length,
    section,
)
from bot.views.words import Mrkdwn, Reader
from storage.records import Submission, Task, TaskState

_LINES = 12
_COMING = 5  # as many as fit a line


@dataclass(frozen=True, kw_only=True)
class Line:
    """A task of the reader's, the campaign it is of, and whom it waits for."""

    campaign: str
    task: Task
    submission: Submission | None
    waits_for: Sequence[Task]


@dataclass(frozen=True, kw_only=True)
class Morning:
    """What someone has before them today."""

    decisions: Sequence[Case]
    overdue: Sequence[Line]
    due: Sequence[Line]
    starting: Sequence[Line]
    ongoing: Sequence[Line]
    coming: Sequence[Line]

    @property
    def is_empty(self) -> bool:
        """Whether nothing asks for anything today; what is only coming is not worth a message."""
        return not any((self.decisions, self.overdue, self.due, self.starting))


def digest(reader: Reader, morning: Morning) -> Message:
    """The message itself; when everything is done it says so."""
    title = reader.long_day(reader.today)
    if morning.is_empty:
        text = reader.say("Everything is up to date.")
        return Message(Mrkdwn(f"{title} · {text}"), [header(title), section(text)])
    summary = _summary(reader, morning)
    blocks: list[Block] = [header(title), section(summary)]
    rest: list[Block] = []
    if morning.ongoing:
        rest.append(context(_named(reader, reader.say("In progress"), morning.ongoing)))
    if morning.coming:
        rest.append(context(_named(reader, reader.say("Coming up"), morning.coming)))
    lines, room = _LINES, ROOM - length(rest)
    hidden = 0
    for name, items in _parts(reader, morning):
        shown = fitting(items, lines, room)
        lines, room = lines - len(shown), room - length(shown)
        hidden += len(items) - len(shown)
        if shown:
            blocks.append(section(Mrkdwn(f"*{name}*")))
            blocks.extend(block for item in shown for block in item)
    if hidden:
        blocks.append(
            context(
                reader.say_many(
                    "%(n)s more: App Home shows it.", "%(n)s more: App Home shows them.", hidden
                )
            )
        )
    return Message(Mrkdwn(f"{title} · {summary}"), [*blocks, *rest])


def past(reader: Reader, day: date) -> Message:
    """What is left of a message whose day is over: nothing to press."""
    text = reader.say(
        "%(day)s: this day is over. `/retro tasks` shows what is open.", day=reader.long_day(day)
    )
    return Message(text, [context(text)])


def _parts(reader: Reader, morning: Morning) -> list[tuple[Mrkdwn, list[list[Block]]]]:
    """The headings with what stands under each, the most pressing first."""
    decisions = [approvals.to_decide(reader, case) for case in morning.decisions]
    return [
        (reader.say("To decide"), decisions),
        (reader.say("Late"), [_work(reader, line) for line in morning.overdue]),
        (reader.say("To finish today"), [_work(reader, line) for line in morning.due]),
        (reader.say("To start"), [_work(reader, line) for line in morning.starting]),
    ]


def _summary(reader: Reader, morning: Morning) -> Mrkdwn:
    decisions, overdue = len(morning.decisions), len(morning.overdue)
    due, starting = len(morning.due), len(morning.starting)
    counts = [
        (
            decisions,
            reader.say_many("%(n)s decision expected", "%(n)s decisions expected", decisions),
        ),
        (overdue, reader.say_many("%(n)s late task", "%(n)s late tasks", overdue)),
        (due, reader.say_many("%(n)s task to finish today", "%(n)s tasks to finish today", due)),
        (
            starting,
            reader.say_many("%(n)s task to start", "%(n)s tasks to start", starting),
        ),
    ]
    said = [text for n, text in counts if n]
    return Mrkdwn(", ".join(said)) if said else reader.say("Nothing is due today.")


def _work(reader: Reader, line: Line) -> list[Block]:
    task = line.task
    parts = [reader.say("*%(title)s* · %(campaign)s", title=task.title, campaign=line.campaign)]
    if task.late_finish.day < reader.today:
        parts.insert(0, reader.say("● late"))
        parts.append(reader.say("was due %(day)s", day=reader.day(task.late_finish.day)))
    elif task.late_finish.day > reader.today:
        if task.late_start.day > reader.today:
            parts.append(reader.say("starts %(day)s", day=reader.day(task.late_start.day)))
        parts.append(reader.say("to be finished by %(day)s", day=reader.day(task.late_finish.day)))
    if line.waits_for:
        first = line.waits_for[0]
        parts.append(
            reader.say(
                "waits for “%(title)s” (%(who)s)",
                title=first.title,
                who=status.owner(reader, first),
            )
        )
    blocks: list[Block] = [section(Mrkdwn(" · ".join(parts)))]
    elements = [] if line.waits_for else tasks.buttons(reader, task, line.submission)
    if elements:
        blocks.append(actions(elements))
    return blocks


def _named(reader: Reader, heading: Mrkdwn, lines: Sequence[Line]) -> Mrkdwn:
    named = [
        Mrkdwn(
            f"{reader.say('%(title)s', title=line.task.title)} "
            f"{reader.short_day(_next_date(line.task))}"
        )
        for line in lines[:_COMING]
    ]
    text = Mrkdwn(f"*{heading}* · {' · '.join(named)}")
    if len(lines) > _COMING:
        text = Mrkdwn(
            f"{text} · {reader.say_many('%(n)s more', '%(n)s more', len(lines) - _COMING)}"
        )
    return text


def _next_date(task: Task) -> date:
    """The day that matters next: its start, or once started its end."""
    is_started = task.state is TaskState.STARTED
    return task.late_finish.day if is_started else task.late_start.day
