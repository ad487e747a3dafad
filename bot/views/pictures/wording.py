"""The words of the pictures, as plain text: a picture decodes no markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.views import status
from bot.views.pictures.lettering import clean
from bot.views.pictures.phases import Phase
from bot.views.pictures.standing import Standing, State, standing
from bot.views.words import Reader
from scheduling import Duration, Kind, Link, Plan, Planned, Task

Names = Mapping[str, str]

_MOST_NAMED = 2  # people after one bar


def title(planned: Planned) -> str:
    return clean(planned.task.title)


def people(planned: Planned, names: Names) -> str:
    """Whom a task waits for: its owner, or for an approval its approvers."""
    task = planned.task
    waited = task.approvers if task.kind is Kind.APPROVAL and task.approvers else ()
    if not waited:
        waited = () if task.owner is None else (task.owner,)
    named = [clean(names.get(person, person)) for person in waited[:_MOST_NAMED]]
    if len(waited) > _MOST_NAMED:
        return f"{named[0]} +{len(waited) - 1}"
    return ", ".join(named)


def phase_name(phase: Phase, reader: Reader) -> str:
    """What a phase leads to."""
    if phase.is_around_launch:
        return reader.plain("Around the launch")
    if phase.is_after_launch:
        return reader.plain("After the launch")
    if phase.is_part:
        return f"{title(phase.tasks[0])} – {title(phase.tasks[-1])}"
    if phase.gate is None:
        return reader.plain("Up to the launch")
    return f"→ {title(phase.gate)}"


def count(tasks: Sequence[object], reader: Reader) -> str:
    return str(reader.say_many("%(n)s task", "%(n)s tasks", len(tasks)))


def tally(tasks: Sequence[Standing], reader: Reader) -> str:
    """How many tasks are folded into one row, and how they stand."""
    done = sum(one.state is State.DONE for one in tasks)
    late = sum(one.state is State.LATE for one in tasks)
    words = [count(tasks, reader)]
    if 0 < done < len(tasks):
        words.append(str(reader.say_many("%(n)s done", "%(n)s done", done)))
    if late:
        words.append(str(reader.say_many("%(n)s late", "%(n)s late", late)))
    return ", ".join(words)


def lateness(days: float, reader: Reader) -> str:
    """``+3 d``: working days beyond the plan."""
    return reader.plain("+%(n)s d", n=reader.number(days))


def launch(plan: Plan, reader: Reader) -> str:
    day = reader.full_day(plan.campaign.launch)
    if plan.campaign.launch < reader.today:
        return reader.plain("launched on %(day)s", day=day)
    return reader.plain("launches %(day)s", day=day)


def margin(plan: Plan, reader: Reader) -> str:
    """What is left of the margin; nothing where none was planned."""
    if not plan.margin_planned:
        return ""
    return str(status.margin(reader, plan.margin_planned, plan.margin_left, plan.missing))


def margin_short(plan: Plan, reader: Reader) -> str:
    """The same beside the margin's own bar, which says what it is."""
    planned, left = plan.margin_planned, plan.margin_left
    if left >= planned:
        return str(reader.days(planned))
    return reader.plain(
        "%(left)s of %(planned)s left",
        left=reader.number(max(0.0, left)),
        planned=reader.days(planned),
    )


def whole_status(plan: Plan, reader: Reader) -> tuple[str, str]:
    """The sign and the word for how the campaign stands."""
    is_over = all(planned.task.done is not None for planned in plan.tasks) and plan.tasks != ()
    words = status.of_plan(reader, plan, over=is_over)
    sign, _, word = words.partition(" ")
    return sign, word


def duration(task: Task, reader: Reader) -> str:
    """``3 d``, ``10 cal. d`` or ``2 × 2 d``: how long a task takes, in the room of a cell."""
    takes = _length(task.takes, reader)
    if task.kind is Kind.APPROVAL and task.rounds > 1:
        return f"{task.rounds} × {takes}"
    return takes


def slack(days: float, reader: Reader) -> str:
    """The total float of a task, in working days."""
    return reader.plain("%(n)s d", n=reader.number(days))


def link(one: Link, reader: Reader) -> str:
    """``SS +2 d``: the type of a link and its delay; plain end to start needs no type."""
    if not one.lag.halves:
        return str(one.type)
    sign = "+" if one.lag.halves > 0 else "\u2212"
    return f"{one.type} {sign}{_length(one.lag, reader)}"


def _length(takes: Duration, reader: Reader) -> str:
    n = reader.number(abs(takes.days))
    return reader.plain("%(n)s cal. d", n=n) if takes.elapsed else reader.plain("%(n)s d", n=n)


def summary(plan: Plan, reader: Reader, *, is_network: bool) -> str:
    """The whole picture in one sentence, for those who do not see it."""
    sign_and_word = whole_status(plan, reader)
    facts = [
        count(plan.tasks, reader),
        launch(plan, reader),
        *filter(None, [margin(plan, reader)]),
        sign_and_word[1],
    ]
    late = sum(standing(plan, planned).state is State.LATE for planned in plan.tasks)
    if late:
        facts.append(str(reader.say_many("%(n)s late task", "%(n)s late tasks", late)))
    values = {"name": clean(plan.campaign.name), "facts": ", ".join(facts)}
    if is_network:
        return reader.plain("Network of the tasks of “%(name)s”: %(facts)s.", **values)
    return reader.plain("Gantt chart of “%(name)s”: %(facts)s.", **values)
