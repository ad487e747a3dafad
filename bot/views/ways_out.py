"""Ways out of an impossible plan, one line each: what to change, and how many days it gains."""

from __future__ import annotations

from bot.views.days_off import Naming
from bot.views.moments import day_of
from bot.views.words import Mrkdwn, Reader, escape, mention
from scheduling import (
    Change,
    Delegate,
    DropRound,
    Duration,
    Express,
    LaterLaunch,
    Overlap,
    Plan,
    ShortenMargin,
    SwapOwner,
    WayOut,
)

_MOST_OF_CHAIN = 8  # tasks named; a longer chain is not read to its end
_FIRST, _LAST = 5, 2  # of a chain that is folded


def way_out(way: WayOut, reader: Reader, plan: Plan, *, person: Naming = mention) -> Mrkdwn:
    """What would be changed in ``plan``, and the working days it gains.

    ``person`` spells those who are named; a plan file knows them by a bare name.
    """
    return reader.say(
        "%(change)s: %(gain)s",
        change=_change(way.change, reader, plan, person),
        gain=reader.say_many("+%(n)s day", "+%(n)s days", way.gain),
    )


def chain(reader: Reader, plan: Plan) -> Mrkdwn | None:
    """The tasks along which days are missing, or None if all that is short lies after the launch."""
    titles = [escape(plan[key].task.title) for key in plan.chain]
    if not titles:
        return None
    if len(titles) > _MOST_OF_CHAIN:
        others = len(titles) - _FIRST - _LAST
        folded = reader.say_many("(%(n)s other task)", "(%(n)s other tasks)", others)
        titles = [*titles[:_FIRST], folded, *titles[-_LAST:]]
    return reader.say("Path: %(path)s", path=Mrkdwn(" → ".join(titles)))


def _change(change: Change, reader: Reader, plan: Plan, person: Naming) -> Mrkdwn:
    match change:
        case Delegate() | SwapOwner():
            return _someone_else(change, reader, plan, person)
        case Overlap():
            return _overlap(change, reader, plan)
        case DropRound():
            return _fewer_rounds(change, reader, plan)
        case Express():
            return reader.say(
                "“%(title)s” by express (%(to)s instead of %(was)s)",
                title=plan[change.task].task.title,
                to=reader.number(change.to.days),
                was=_length(change.was, reader),
            )
        case ShortenMargin():
            return _shorter_margin(change, reader)
        case LaterLaunch():
            return reader.say("Launch on %(day)s", day=day_of(change.to, reader))


def _someone_else(
    change: Delegate | SwapOwner, reader: Reader, plan: Plan, person: Naming
) -> Mrkdwn:
    names = {"to": person(change.to), "was": person(change.was)}
    title = plan[change.task].task.title
    if isinstance(change, Delegate):
        return reader.say("%(to)s decides on “%(title)s” instead of %(was)s", title=title, **names)
    return reader.say("%(to)s does “%(title)s” instead of %(was)s", title=title, **names)


def _overlap(change: Overlap, reader: Reader, plan: Plan) -> Mrkdwn:
    return reader.say(
        "“%(title)s” begins %(lead)s before the end of “%(other)s”",
        title=plan[change.task].task.title,
        lead=_length(change.to.lag, reader),
        other=plan[change.other].task.title,
    )


def _fewer_rounds(change: DropRound, reader: Reader, plan: Plan) -> Mrkdwn:
    return reader.say_many(
        "A single review round for “%(title)s” instead of %(was)s",
        "%(n)s review rounds for “%(title)s” instead of %(was)s",
        change.to,
        title=plan[change.task].task.title,
        was=change.was,
    )


def _shorter_margin(change: ShortenMargin, reader: Reader) -> Mrkdwn:
    if not change.to.halves:
        return reader.say("No margin, instead of %(days)s", days=reader.days(change.days))
    return reader.say(
        "Margin from %(was)s to %(to)s", was=change.days, to=reader.days(change.to.days)
    )


def _length(duration: Duration, reader: Reader) -> Mrkdwn:
    days = abs(duration.days)
    if duration.elapsed:
        return reader.say_many("%(n)s calendar day", "%(n)s calendar days", days)
    return reader.days(days)
