"""What should be known about a plan, in one sentence each, with what can be done about it."""

from __future__ import annotations

from datetime import date

from bot.views.days_off import Naming
from bot.views.moments import opens
from bot.views.words import Mrkdwn, Reader, mention
from scheduling import Notice, NoticeCode, Plan


def warning(notice: Notice, reader: Reader, plan: Plan, *, person: Naming = mention) -> Mrkdwn:
    """The sentence for one of the warnings of ``plan``.

    ``person`` spells those who are absent; a plan file knows them by a bare name.
    """
    match notice.code:
        case NoticeCode.APPROVER_AWAY:
            return _stopped(_approver_away(notice, reader, plan, person))
        case NoticeCode.OWNER_AWAY:
            return _stopped(_owner_away(notice, reader, plan, person))
        case NoticeCode.MARGIN_EATEN:
            return _margin_eaten(reader, plan)
        case NoticeCode.LAUNCH_AT_RISK:
            return reader.say_many(
                "Even without any margin, the work ends %(n)s working day too late for the launch.",
                "Even without any margin, the work ends %(n)s working days too late for the launch.",
                notice.days,
            )


def _approver_away(notice: Notice, reader: Reader, plan: Plan, person: Naming) -> Mrkdwn:
    """Who is away for a whole review, and the remedy: someone else decides, or they do earlier."""
    away = reader.say(
        "%(who)s is away during a whole review round of “%(title)s”, %(days)s",
        who=person(notice.person or ""),
        title=plan[notice.task or ""].task.title,
        days=reader.span(*_days(notice)),
    )
    if notice.ask_by is None:
        return reader.say("%(away)s: delegate the decision", away=away)
    return reader.say(
        "%(away)s: delegate the decision, or open the review by %(day)s",
        away=away,
        day=opens(notice.ask_by, reader),
    )


def _owner_away(notice: Notice, reader: Reader, plan: Plan, person: Naming) -> Mrkdwn:
    planned = plan[notice.task or ""]
    values = {
        "days": reader.span(*_days(notice)),
        "title": planned.task.title,
        "start": opens(planned.start, reader),
    }
    if notice.person is None:
        return reader.say(
            "Absence %(days)s, so “%(title)s” starts %(start)s at the latest", **values
        )
    return reader.say(
        "%(who)s is away %(days)s, so “%(title)s” starts %(start)s at the latest",
        who=person(notice.person),
        **values,
    )


def _margin_eaten(reader: Reader, plan: Plan) -> Mrkdwn:
    if plan.margin_left <= 0:
        return reader.say(
            "Nothing is left of the margin of %(planned)s.",
            planned=reader.days(plan.margin_planned),
        )
    return reader.say(
        "The margin goes from %(planned)s to %(left)s.",
        planned=plan.margin_planned,
        left=reader.days(plan.margin_left),
    )


def _days(notice: Notice) -> tuple[date, date]:
    if notice.first is None or notice.last is None:
        raise ValueError(f"{notice.code} without its days")
    return notice.first, notice.last


def _stopped(words: Mrkdwn) -> Mrkdwn:
    """With its full stop, which an abbreviated month at the end already brings."""
    return words if words.endswith(".") else Mrkdwn(f"{words}.")
