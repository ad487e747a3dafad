"""Why a task stands where it stands, in one sentence.

Three pieces make it: when the task must start, end or be reached; what follows from that; and
which days are not worked in between.
"""

from __future__ import annotations

from bot.views.days_off import Naming, days_off
from bot.views.moments import closes, day_of, falls, opens
from bot.views.words import Mrkdwn, Reader, mention
from scheduling import Cause, Duration, HalfDay, Kind, Link, Plan, Planned, Reason

_MOST_ALSO = 3  # things asking for the same dates that are told; a sentence with more is not read

_FORWARD = {Cause.AFTER_LAUNCH, Cause.AFTER_TASK, Cause.NOT_BEFORE}


def why(reason: Reason, reader: Reader, plan: Plan, *, person: Naming = mention) -> Mrkdwn:
    """What binds a task of ``plan``, and the start and finish that follow from it.

    ``person`` spells those who are absent; a plan file knows them by a bare name.
    """
    words = _consequence(reason, reader, plan)
    if reason.also:
        words = reader.say("%(reason)s; %(also)s", reason=words, also=_also(reason, reader, plan))
    off = days_off(reason, reader, plan, person)
    return _stopped(words if off is None else Mrkdwn(f"{words} ({off})"))


def _consequence(reason: Reason, reader: Reader, plan: Plan) -> Mrkdwn:
    planned = plan[reason.task]
    if reason.cause is Cause.FIXED:
        return _fixed(planned, reader)
    if _only_waits(reason):
        return _waiting(reason, reader, plan)
    when = _when(reason, reader, plan)
    if planned.task.kind is Kind.MILESTONE:
        return reader.say(
            "This milestone must be reached %(when)s, so it falls on %(day)s",
            when=when,
            day=falls(planned.start, reader),
        )
    takes, dates = _takes(planned, reader), _dates(planned, reader)
    if not _binds_start(reason):
        return reader.say(
            "It takes %(takes)s and must end %(when)s, so it %(dates)s",
            takes=takes,
            when=when,
            dates=dates,
        )
    if _is_within_a_day(planned):
        return reader.say("It must start %(when)s, so it %(dates)s", when=when, dates=dates)
    return reader.say(
        "It must start %(when)s and takes %(takes)s, so it %(dates)s",
        when=when,
        takes=takes,
        dates=dates,
    )


def _dates(planned: Planned, reader: Reader) -> Mrkdwn:
    """What follows “so it”: where a task stands, from its start to its finish."""
    start = opens(planned.start, reader)
    if _is_within_a_day(planned):
        return reader.say("starts %(start)s", start=start)
    finish = closes(planned.finish, reader)
    return reader.say("runs from %(start)s to %(finish)s", start=start, finish=finish)


def _is_within_a_day(planned: Planned) -> bool:
    return planned.start.day == planned.finish.day


def _also(reason: Reason, reader: Reader, plan: Plan) -> Mrkdwn:
    """What else asks for the very same dates."""
    titles = [plan[tied.other].task.title for tied in reason.also if tied.other is not None]
    others = [reader.say("“%(title)s”", title=title) for title in dict.fromkeys(titles)]
    causes = {tied.cause for tied in reason.also}
    if Cause.DEADLINE in causes:
        others.append(reader.say("its deadline"))
    if Cause.FIXED in causes:
        others.append(reader.say("its fixed start"))
    if Cause.NOT_BEFORE in causes:
        others.append(reader.say("its first possible day"))
    if causes & {Cause.BEFORE_LAUNCH, Cause.AFTER_LAUNCH}:
        others.append(reader.say("the launch"))
    if len(others) > _MOST_ALSO:
        left = len(others) - _MOST_ALSO + 1
        rest = reader.say_many("%(n)s other task", "%(n)s other tasks", left)
        others = [*others[: _MOST_ALSO - 1], rest]
    if len(others) == 1:
        return reader.say("%(who)s asks for the same", who=others[0])
    who = reader.listed(others)
    return reader.say("%(who)s ask for the same", who=who)


def _fixed(planned: Planned, reader: Reader) -> Mrkdwn:
    if planned.task.kind is Kind.MILESTONE:
        return reader.say("This milestone is fixed on %(day)s", day=falls(planned.start, reader))
    return reader.say(
        "Its start is fixed on %(start)s; it takes %(takes)s, so it ends %(finish)s",
        start=opens(planned.start, reader),
        takes=_takes(planned, reader),
        finish=closes(planned.finish, reader),
    )


def _waiting(reason: Reason, reader: Reader, plan: Plan) -> Mrkdwn:
    planned, event = plan[reason.task], _event(reason, reader, plan)
    if planned.task.kind is Kind.MILESTONE:
        return reader.say(
            "This milestone waits for %(event)s, so it falls on %(day)s",
            event=event,
            day=falls(planned.start, reader),
        )
    if _is_within_a_day(planned):
        dates = _dates(planned, reader)
        return reader.say("It waits for %(event)s, so it %(dates)s", event=event, dates=dates)
    return reader.say(
        "It waits for %(event)s and takes %(takes)s, so it %(dates)s",
        event=event,
        takes=_takes(planned, reader),
        dates=_dates(planned, reader),
    )


def _when(reason: Reason, reader: Reader, plan: Plan) -> Mrkdwn:
    """The bound, as what follows “must start”, “must end” or “must be reached”."""
    match reason.cause:
        case Cause.BEFORE_LAUNCH:
            return _before_launch(reason, reader, plan)
        case Cause.DEADLINE:
            return reader.say("by %(day)s, its deadline", day=closes(reason.bound, reader))
        case Cause.NOT_BEFORE:
            return reader.say("no sooner than %(day)s", day=_not_before(reason, reader, plan))
        case Cause.NEEDED_BY:
            return _before_other(reason, reader, plan)
        case _:
            return _after_event(reason, reader, plan)


def _before_launch(reason: Reason, reader: Reader, plan: Plan) -> Mrkdwn:
    launch = day_of(plan.campaign.launch, reader)
    if reason.margin <= 0:
        return reader.say("before the launch on %(launch)s", launch=launch)
    return reader.say(
        "by %(day)s to keep a margin of %(margin)s before the launch on %(launch)s",
        day=closes(reason.bound, reader),
        margin=reader.working_days(reason.margin),
        launch=launch,
    )


def _before_other(reason: Reason, reader: Reader, plan: Plan) -> Mrkdwn:
    if _is_milestone(reason, plan):
        return _before_milestone(reason, reader, plan)
    event, lag = _event(reason, reader, plan), _lag(reason)
    if lag.halves > 0:
        return reader.say(
            "at least %(lag)s before %(event)s", lag=_length(lag, reader), event=event
        )
    if lag.halves < 0:
        return reader.say("at most %(lag)s after %(event)s", lag=_length(lag, reader), event=event)
    if _meets_start(reason) == _binds_start(reason):
        return reader.say("no later than %(event)s", event=event)
    if _binds_start(reason):
        # The end of a day and the next morning are one moment: it may start only then.
        return reader.say("right after %(event)s at the latest", event=event)
    return reader.say("before %(event)s", event=event)


def _before_milestone(reason: Reason, reader: Reader, plan: Plan) -> Mrkdwn:
    """A milestone falls at the end of a worked day; the bound itself may be a day later."""
    lag, title = _lag(reason), _title(reason, plan)
    edge = opens if reason.is_start else closes
    day = edge(reason.bound, reader)
    if lag.halves > 0:
        return reader.say(
            "by %(day)s, %(lag)s before “%(title)s”", day=day, lag=_length(lag, reader), title=title
        )
    if lag.halves < 0:
        return reader.say(
            "by %(day)s, at most %(lag)s after “%(title)s”",
            day=day,
            lag=_length(lag, reader),
            title=title,
        )
    return reader.say("by %(day)s for “%(title)s”", day=day, title=title)


def _after_event(reason: Reason, reader: Reader, plan: Plan) -> Mrkdwn:
    event, lag = _event(reason, reader, plan), _lag(reason)
    if lag.halves > 0:
        return reader.say("at least %(lag)s after %(event)s", lag=_length(lag, reader), event=event)
    if lag.halves < 0:
        return reader.say(
            "no sooner than %(lag)s before %(event)s", lag=_length(lag, reader), event=event
        )
    return reader.say("no sooner than %(event)s", event=event)


def _event(reason: Reason, reader: Reader, plan: Plan) -> Mrkdwn:
    """What a link compares a task with: the launch, or one end of another task, and when it is."""
    if reason.other is None:
        return reader.say("the launch on %(day)s", day=day_of(plan.campaign.launch, reader))
    other, title = plan[reason.other], _title(reason, plan)
    if other.task.kind is Kind.MILESTONE:
        return reader.say("“%(title)s” on %(day)s", title=title, day=closes(other.start, reader))
    if _meets_start(reason):
        return reader.say(
            "the start of “%(title)s” on %(day)s", title=title, day=opens(other.start, reader)
        )
    return reader.say(
        "the end of “%(title)s” on %(day)s", title=title, day=closes(other.finish, reader)
    )


def _takes(planned: Planned, reader: Reader) -> Mrkdwn:
    task = planned.task
    takes = _length(task.takes, reader)
    if task.kind is not Kind.APPROVAL or task.rounds == 1:
        return takes
    if not task.rework.halves:
        return reader.say("%(rounds)s rounds of %(takes)s", rounds=task.rounds, takes=takes)
    return reader.say(
        "%(rounds)s rounds of %(takes)s with %(rework)s of changes in between",
        rounds=task.rounds,
        takes=takes,
        rework=_length(task.rework, reader),
    )


def _not_before(reason: Reason, reader: Reader, plan: Plan) -> Mrkdwn:
    if plan[reason.task].task.kind is Kind.MILESTONE:
        # It may fall at the end of that day; the first half-day after it is the bound.
        return closes(HalfDay.of_slot(reason.bound.slot - 1), reader)
    return opens(reason.bound, reader)


def _only_waits(reason: Reason) -> bool:
    """Whether a task placed after the launch starts as soon as something else lets it."""
    is_after = reason.cause in {Cause.AFTER_LAUNCH, Cause.AFTER_TASK}
    return is_after and not _lag(reason).halves and _binds_start(reason)


def _binds_start(reason: Reason) -> bool:
    """Whether it is the task's start that is bound: its length then plays no part."""
    if reason.link is None:
        return reason.is_start
    if reason.cause in _FORWARD:
        return reason.link.type.is_to_start
    return reason.link.type.is_from_start


def _meets_start(reason: Reason) -> bool:
    """Whether a link compares with the start of the other task, which comes first or second."""
    link = reason.link or Link(on="")
    return link.type.is_from_start if reason.cause in _FORWARD else link.type.is_to_start


def _is_milestone(reason: Reason, plan: Plan) -> bool:
    return reason.other is not None and plan[reason.other].task.kind is Kind.MILESTONE


def _title(reason: Reason, plan: Plan) -> str:
    return "" if reason.other is None else plan[reason.other].task.title


def _lag(reason: Reason) -> Duration:
    return Duration.ZERO if reason.link is None else reason.link.lag


def _length(duration: Duration, reader: Reader) -> Mrkdwn:
    days = abs(duration.days)
    if duration.elapsed:
        return reader.say_many("%(n)s calendar day", "%(n)s calendar days", days)
    return reader.working_days(days)


def _stopped(sentence: Mrkdwn) -> Mrkdwn:
    """With its full stop, which an abbreviated month at the end already brings."""
    return sentence if sentence.endswith(".") else Mrkdwn(f"{sentence}.")
