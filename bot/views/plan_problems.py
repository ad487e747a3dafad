"""What keeps a campaign from being planned, in one sentence that names the task and the field."""

from __future__ import annotations

from functools import singledispatch

from bot.views.moments import closes, opens
from bot.views.words import Mrkdwn, Reader
from scheduling import errors
from scheduling.campaigns import LAUNCH, MOST_ROUNDS


@singledispatch
def describe(error: Exception, reader: Reader) -> Mrkdwn:
    """What is wrong and what would be right; ``TypeError`` for an error that nobody gave words.

    Several problems found together come one after the other; their ``errors`` one by one.
    """
    raise TypeError(f"no words for {type(error).__name__}") from error


@describe.register
def _(error: errors.Problems, reader: Reader) -> Mrkdwn:
    return Mrkdwn(" ".join(describe(single, reader) for single in error.errors))


@describe.register
def _(error: errors.Cycle, reader: Reader) -> Mrkdwn:
    return reader.say(
        "These tasks wait for each other: %(tasks)s. Take one of these links away.",
        tasks=" → ".join((*error.tasks, error.tasks[0])),
    )


@describe.register
def _(error: errors.UnknownLink, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.task,
        "after",
        reader.say("no task has the key “%(key)s”.", key=error.on),
    )


@describe.register
def _(error: errors.BadLink, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.task,
        "after",
        reader.say(
            "“%(text)s” is not a link: write KEY, KEY FS, KEY SS+2d, KEY FF-1d or KEY FS+3ed.",
            text=error.text,
        ),
    )


@describe.register
def _(error: errors.DuplicateKey, reader: Reader) -> Mrkdwn:
    return _placed(
        reader, error.key, "key", reader.say("several tasks have this key; each needs its own.")
    )


@describe.register
def _(error: errors.ReservedKey, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.key,
        "key",
        reader.say("this word names the launch itself; the task needs another key."),
    )


@describe.register
def _(error: errors.BadDuration, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.task,
        error.field,
        reader.say(
            "“%(text)s” cannot be used as a duration: write 3d (working days), 0.5d, 2w or 10ed "
            "(calendar days).",
            text=error.text,
        ),
    )


@describe.register
def _(error: errors.BadMargin, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        "",
        "margin",
        reader.say("“%(text)s” cannot be used as a margin: write 5d or 15%%.", text=error.text),
    )


@describe.register
def _(error: errors.BadDate, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.where,
        error.field,
        reader.say(
            "“%(text)s” is not a day from 1970 to 2100 as this field takes it, such as 2027-02-15.",
            text=error.text,
        ),
    )


@describe.register
def _(error: errors.BadValue, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.where,
        error.field,
        reader.say("“%(text)s” is not a value that fits here.", text=error.text),
    )


@describe.register
def _(error: errors.UnknownField, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.where,
        error.name,
        reader.say("no such field is known here; check its spelling."),
    )


@describe.register
def _(error: errors.MissingField, reader: Reader) -> Mrkdwn:
    return _placed(reader, error.where, error.name, reader.say("this field must be given."))


@describe.register
def _(error: errors.BadSyntax, reader: Reader) -> Mrkdwn:
    if not error.line:
        return reader.say("This is not %(format)s.", format=error.format.upper())
    return reader.say(
        "This is not %(format)s: it stops making sense at line %(line)s, column %(column)s.",
        format=error.format.upper(),
        line=str(error.line),
        column=str(error.column),
    )


@describe.register
def _(error: errors.RepeatedField, reader: Reader) -> Mrkdwn:
    return reader.say(
        "“%(name)s” stands twice in one object; keep one of the two.", name=error.name
    )


@describe.register
def _(error: errors.UnknownCountry, reader: Reader) -> Mrkdwn:
    if error.subdivision:
        what = reader.say(
            "no public holidays are known for “%(subdivision)s” in “%(country)s”; write ISO codes "
            "such as FR and 57.",
            country=error.country,
            subdivision=error.subdivision,
        )
        return _placed(reader, error.where, "subdivision", what)
    what = reader.say(
        "no public holidays are known for “%(country)s”; write an ISO code such as FR.",
        country=error.country,
    )
    return _placed(reader, error.where, "country", what)


@describe.register
def _(error: errors.NoWorkingTime, reader: Reader) -> Mrkdwn:
    if error.person is None:
        return _placed(
            reader,
            "calendar",
            "weekend",
            reader.say("not one half-day is left to work."),
        )
    return _placed(
        reader,
        f"people.{error.person}",
        "weekend",
        reader.say("not one half-day is left to work, or none within five years."),
    )


@describe.register
def _(error: errors.BadNeeds, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.task,
        "needs",
        reader.say_many(
            "%(needs)s of %(n)s approver cannot agree: write all, any, or a number from 1 to that.",
            "%(needs)s of %(n)s approvers cannot agree: write all, any, or a number from 1 to that.",
            error.approvers,
            needs=error.needs,
        ),
    )


@describe.register
def _(error: errors.BadRounds, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.task,
        "rounds",
        reader.say(
            "%(rounds)s rounds of review cannot be: write a number from 1 to %(most)s.",
            rounds=str(error.rounds),
            most=MOST_ROUNDS,
        ),
    )


@describe.register
def _(error: errors.Contradiction, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.task,
        error.field,
        reader.say(
            "this date is later than “%(other)s”; change one of the two.", other=error.other
        ),
    )


@describe.register
def _(error: errors.TooTight, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.task,
        error.field,
        reader.say(
            "from this date on, the task takes until %(day)s, which is later than “%(other)s”; "
            "change one of the two, or its duration.",
            day=closes(error.ends, reader),
            other=error.other,
        ),
    )


@describe.register
def _(error: errors.FixedClash, reader: Reader) -> Mrkdwn:
    if error.other == LAUNCH:
        because = reader.say("the launch")
    else:
        because = reader.say(
            "“%(other)s”, with its own “%(field)s”,", other=error.other, field=error.field
        )
    return _placed(
        reader,
        error.task,
        "fixed",
        reader.say(
            "%(start)s is too soon: %(because)s leaves no time for it before %(soonest)s; "
            "change one of the two dates.",
            start=opens(error.start, reader),
            because=because,
            soonest=opens(error.soonest, reader),
        ),
    )


@describe.register
def _(error: errors.NotWorked, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.task,
        error.field,
        reader.say("%(day)s is not worked; choose a working day.", day=reader.full_day(error.day)),
    )


@describe.register
def _(error: errors.OutOfRange, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        error.task,
        "takes",
        reader.say("the plan would leave the years 1970 to 2100 here; shorten it."),
    )


@describe.register
def _(error: errors.TooManyTasks, reader: Reader) -> Mrkdwn:
    return _placed(
        reader,
        "",
        "tasks",
        reader.say(
            "%(tasks)s tasks are too many; a campaign holds %(most)s at most.",
            tasks=error.tasks,
            most=error.most,
        ),
    )


@describe.register
def _(error: errors.BadTemplate, reader: Reader) -> Mrkdwn:
    reasons = {
        "unknown_role": reader.say("this role is not among those of the template."),
        "no_approver": reader.say("this approval has no role that decides."),
        "unused_role": reader.say("no task gives this role anything to do."),
        "no_tasks": reader.say("there is not one task in it."),
    }
    return reader.say(
        "Template “%(template)s”, “%(where)s”: %(what)s",
        template=error.template,
        where=error.where,
        what=reasons[error.reason],
    )


def _placed(reader: Reader, where: str, field: str, what: Mrkdwn) -> Mrkdwn:
    """The sentence, after the task or table and the field it is about, as far as they are known."""
    if where and field:
        return reader.say(
            "“%(where)s”, field “%(field)s”: %(what)s", where=where, field=field, what=what
        )
    if field:
        return reader.say("Field “%(field)s”: %(what)s", field=field, what=what)
    if where:
        return reader.say("“%(where)s”: %(what)s", where=where, what=what)
    return what
