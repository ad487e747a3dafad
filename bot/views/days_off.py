"""Which days are not worked around a task, and why, as an aside in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from bot.views.moments import closes, day_of, opens
from bot.views.words import Mrkdwn, Reader
from scheduling import Cause, HalfDay, Off, OffKind, Plan, Reason

Naming = Callable[[str], Mrkdwn]

_MOST_TOLD = 4  # stretches told one by one; a sentence with more is not read


def days_off(reason: Reason, reader: Reader, plan: Plan, person: Naming) -> Mrkdwn | None:
    """The days off that moved a task's date, or None; ``person`` spells those who are absent."""
    off = _relevant(reason)
    if not off:
        return None
    words = [_off(one, reader, plan, person) for one in off[:_MOST_TOLD]]
    if len(off) > _MOST_TOLD:
        words.append(
            reader.say_many(
                "%(n)s other stretch not worked",
                "%(n)s other stretches not worked",
                len(off) - _MOST_TOLD,
            )
        )
    return reduce(lambda some, more: reader.say("%(some)s; %(more)s", some=some, more=more), words)


def _relevant(reason: Reason) -> list[Off]:
    """The days off that moved the date; if there are many, absences and closures first."""
    ends = reason.bound.day
    is_late_bound = reason.cause is Cause.NEEDED_BY and reason.is_start
    off = [one for one in reason.off if not is_late_bound or one.first <= ends]
    if len(off) > _MOST_TOLD:
        off.sort(key=lambda one: one.kind is OffKind.HOLIDAY)
    return off


def _off(off: Off, reader: Reader, plan: Plan, person: Naming) -> Mrkdwn:
    """Days not worked, and why."""
    days = reader.span(off.first, off.last)
    match off.kind:
        case OffKind.AWAY if off.person:
            when = _absent(off, reader, plan)
            return reader.say("%(who)s is away %(days)s", who=person(off.person), days=when)
        case OffKind.AWAY:
            return reader.say("absence %(days)s", days=_absent(off, reader, plan))
        case OffKind.CLOSED:
            return reader.say("closed %(days)s", days=_absent(off, reader, plan))
        case OffKind.WEEKEND:
            return reader.say("weekend %(days)s", days=days)
        case OffKind.HOLIDAY if off.name:
            return reader.say("%(days)s is %(holiday)s", days=days, holiday=off.name)
        case _:
            return reader.say("public holiday %(days)s", days=days)


def _absent(off: Off, reader: Reader, plan: Plan) -> Mrkdwn:
    """Whole days, unless the first afternoon or the last morning is all that is off of its day."""
    calendar = plan.campaign.calendar_of(off.person)
    first = HalfDay(off.first, pm=calendar.is_worked(HalfDay(off.first)))
    last = HalfDay(off.last, pm=not calendar.is_worked(HalfDay(off.last, pm=True)))
    if not first.pm and last.pm:
        return reader.span(off.first, off.last)
    if off.first == off.last:
        return reader.say("half of %(day)s", day=day_of(off.first, reader))
    return Mrkdwn(f"{opens(first, reader)} – {closes(last, reader)}")
