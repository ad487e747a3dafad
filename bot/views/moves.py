"""What moves from one plan to another: the whole in one sentence, then a line a person."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from bot.views.days_off import Naming
from bot.views.moments import closes, day_of, opens
from bot.views.words import Mrkdwn, Reader, mention, sentence
from scheduling import Both, HalfDay, Kind, Move, Moves, Planned


def summary(moves: Moves, reader: Reader) -> Mrkdwn:
    """How many tasks move and for how many people, and what it does to margin and launch."""
    if moves.is_nothing:
        return reader.say("Nothing moves.")
    parts = [*_counts(moves, reader), *_figures(moves, reader), _launch(moves, reader)]
    words = sentence(Mrkdwn(", ".join(parts)))
    return words if words.endswith(".") else Mrkdwn(f"{words}.")


def by_person(moves: Moves, reader: Reader, *, person: Naming = mention) -> list[Mrkdwn]:
    """A line for each person touched, with the old and new dates of their tasks.

    ``person`` spells their names; tasks that are nobody's come last.
    """
    lines = [_line(person(who), _of(moves, who, reader), reader) for who in sorted(moves.people)]
    nobodys = list(_of(moves, None, reader))
    if nobodys:
        lines.append(_line(reader.say("no owner yet"), iter(nobodys), reader))
    return lines


def _counts(moves: Moves, reader: Reader) -> Iterator[Mrkdwn]:
    if moves.tasks:
        yield reader.say_many("%(n)s task moves", "%(n)s tasks move", len(moves.tasks))
    if moves.added:
        yield reader.say_many("%(n)s task is added", "%(n)s tasks are added", len(moves.added))
    if moves.removed:
        yield reader.say_many("%(n)s task goes", "%(n)s tasks go", len(moves.removed))
    if not (moves.tasks or moves.added or moves.removed):
        yield reader.say("no task moves")
    if moves.people:
        yield reader.say_many("%(n)s person", "%(n)s people", len(moves.people))


def _figures(moves: Moves, reader: Reader) -> Iterator[Mrkdwn]:
    missing, start_by = moves.missing, moves.start_by
    if not missing.is_same:
        yield reader.say(
            "missing %(before)s → %(after)s",
            before=missing.before,
            after=reader.working_days(missing.after),
        )
    yield from _margin(moves.margin_planned, moves.margin_left, reader)
    if not start_by.is_same:
        yield reader.say(
            "start by %(before)s → %(after)s",
            before=day_of(start_by.before, reader),
            after=day_of(start_by.after, reader),
        )


def _margin(planned: Both[float], left: Both[float], reader: Reader) -> Iterator[Mrkdwn]:
    """What is left of it, which is what counts; what is planned if that does not tell it too."""
    if not left.is_same:
        yield reader.say(
            "margin %(before)s → %(after)s", before=left.before, after=reader.days(left.after)
        )
    if not planned.is_same and planned != left:
        yield reader.say(
            "planned margin %(before)s → %(after)s",
            before=planned.before,
            after=reader.days(planned.after),
        )
    if planned.is_same and left.is_same and planned.after > 0:
        yield reader.say("margin unchanged")


def _launch(moves: Moves, reader: Reader) -> Mrkdwn:
    if moves.launch.is_same:
        return reader.say("launch unchanged")
    return reader.say(
        "launch %(before)s → %(after)s",
        before=day_of(moves.launch.before, reader),
        after=day_of(moves.launch.after, reader),
    )


def _line(who: Mrkdwn, tasks: Iterator[Mrkdwn], reader: Reader) -> Mrkdwn:
    listed = reduce(
        lambda some, more: reader.say("%(some)s; %(more)s", some=some, more=more), tasks
    )
    return reader.say("%(who)s: %(tasks)s", who=who, tasks=listed)


def _of(moves: Moves, person: str | None, reader: Reader) -> Iterator[Mrkdwn]:
    """What changes for someone; None stands for the tasks that are nobody's."""
    for move in moves.tasks:
        if person in move.people or (person is None and not move.people):
            yield _moved(move, reader)
    for planned in moves.added:
        if _touches(planned, person):
            yield reader.say(
                "“%(title)s” added, %(dates)s",
                title=planned.task.title,
                dates=_dates(planned.task.kind, planned.start, planned.finish, reader),
            )
    for planned in moves.removed:
        if _touches(planned, person):
            yield reader.say("“%(title)s” removed", title=planned.task.title)


def _touches(planned: Planned, person: str | None) -> bool:
    people = {who for who in (planned.task.owner, *planned.task.approvers) if who}
    return not people if person is None else person in people


def _moved(move: Move, reader: Reader) -> Mrkdwn:
    kind, title = move.task.kind, move.task.title
    if move.is_forecast_only:
        start, finish = move.expected_start, move.expected_finish
        return reader.say(
            "“%(title)s” expected %(before)s → %(after)s",
            title=title,
            before=_dates(kind, start.before, finish.before, reader),
            after=_dates(kind, start.after, finish.after, reader),
        )
    return reader.say(
        "“%(title)s” %(before)s → %(after)s",
        title=title,
        before=_dates(kind, move.start.before, move.finish.before, reader),
        after=_dates(kind, move.start.after, move.finish.after, reader),
    )


def _dates(kind: Kind, start: HalfDay, finish: HalfDay, reader: Reader) -> Mrkdwn:
    """From when to when, half-days told apart; of a milestone, its one moment."""
    if kind is Kind.MILESTONE:
        return closes(finish, reader)
    if finish.pm and not start.pm:
        return reader.span(start.day, finish.day)
    if start == finish:
        day = day_of(start.day, reader)
        if start.pm:
            return reader.say("%(day)s in the afternoon", day=day)
        return reader.say("%(day)s in the morning", day=day)
    return Mrkdwn(f"{opens(start, reader)} – {closes(finish, reader)}")
