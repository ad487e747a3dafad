"""The one place that turns expected errors into sentences: what happened, and what to do next."""

from __future__ import annotations

from functools import singledispatch

from bot import errors
from bot.views.words import Mrkdwn, Reader, mention


@singledispatch
def explain(error: Exception, reader: Reader) -> Mrkdwn:
    """What to tell the person; ``TypeError`` for an error that nobody gave words."""
    raise TypeError(f"no words for {type(error).__name__}") from error


@explain.register
def _(error: errors.NotFound, reader: Reader) -> Mrkdwn:
    return reader.say("This is no longer there. `/retro list` shows what is.")


@explain.register
def _(error: errors.NotAllowed, reader: Reader) -> Mrkdwn:
    return reader.say(
        "This is not yours to change; %(who)s can. Nothing was changed.",
        who=reader.people(error.ask),
    )


@explain.register
def _(error: errors.NotAMember, reader: Reader) -> Mrkdwn:
    return reader.say(
        "Guests and people of other organisations can read campaigns but not change them. "
        "Please ask the campaign's lead. Nothing was changed."
    )


@explain.register
def _(error: errors.Empty, reader: Reader) -> Mrkdwn:
    return reader.say("Something must be written here.")


@explain.register
def _(error: errors.TooLong, reader: Reader) -> Mrkdwn:
    return reader.say(
        "%(limit)s characters at most; this has %(length)s.",
        limit=error.limit,
        length=error.length,
    )


@explain.register
def _(error: errors.LaunchInPast, reader: Reader) -> Mrkdwn:
    if error.launch == error.today:
        return reader.say("That is today; choose a later day.")
    return reader.say(
        "%(day)s is past; choose a day after today.", day=reader.full_day(error.launch)
    )


@explain.register
def _(error: errors.LaunchTooFar, reader: Reader) -> Mrkdwn:
    return reader.say(
        "Plans reach five years ahead; choose a day before %(day)s.",
        day=reader.full_day(error.last),
    )


@explain.register
def _(error: errors.LaunchImpossible, reader: Reader) -> Mrkdwn:
    short = reader.say(
        "%(missing)s too few: the work would have had to start %(day)s.",
        missing=reader.working_days(error.missing),
        day=reader.day(error.start_by),
    )
    if error.earliest is None:
        return short
    possible = reader.say(
        "The first launch that holds is %(day)s.", day=reader.full_day(error.earliest)
    )
    return Mrkdwn(f"{short} {possible}")


@explain.register
def _(error: errors.RoleMissing, reader: Reader) -> Mrkdwn:
    return reader.say("Choose who plays this role.")


@explain.register
def _(error: errors.UnknownTemplate, reader: Reader) -> Mrkdwn:
    return reader.say("This template no longer exists; choose another.")


@explain.register
def _(error: errors.PersonRefused, reader: Reader) -> Mrkdwn:
    who = error.name
    words = {
        "bot": reader.say("%(who)s is an app and cannot have work here.", who=who),
        "guest": reader.say("%(who)s is a guest here and cannot have work.", who=who),
        "external": reader.say("%(who)s is of another organisation: no work here.", who=who),
        "deleted": reader.say("%(who)s no longer has an account here.", who=who),
        "unknown": reader.say("%(who)s could not be found in this workspace.", who=who),
    }
    return words[error.standing]


@explain.register
def _(error: errors.BadDuration, reader: Reader) -> Mrkdwn:
    return reader.say(
        "“%(text)s” is not a duration: write 3d (working days), 0.5d, 2w or 10ed (calendar days).",
        text=error.text,
    )


@explain.register
def _(error: errors.BadLink, reader: Reader) -> Mrkdwn:
    return reader.say("A link starts with https:// and has no spaces.")


@explain.register
def _(error: errors.WouldCycle, reader: Reader) -> Mrkdwn:
    return reader.say(
        "These tasks would wait for each other: %(titles)s.", titles=" → ".join(error.titles)
    )


@explain.register
def _(error: errors.AlreadyDecided, reader: Reader) -> Mrkdwn:
    if error.newest > error.number:
        return reader.say(
            "Version %(newest)s of “%(title)s” is out; your click on version %(number)s "
            "changed nothing.",
            newest=error.newest,
            title=error.title,
            number=error.number,
        )
    when = reader.moment(error.at) if error.at else ""
    if error.verdict == "changes":
        return reader.say(
            "%(who)s already requested changes to “%(title)s”, %(when)s; your click changed nothing.",
            who=mention(error.by),
            title=error.title,
            when=when,
        )
    return reader.say(
        "%(who)s already approved “%(title)s”, %(when)s; your click changed nothing.",
        who=mention(error.by),
        title=error.title,
        when=when,
    )


@explain.register
def _(error: errors.AlreadyDone, reader: Reader) -> Mrkdwn:
    return reader.say("“%(title)s” was already marked so; nothing changed.", title=error.title)


@explain.register
def _(error: errors.NotReady, reader: Reader) -> Mrkdwn:
    return reader.say(
        "“%(title)s” still waits for %(others)s. Mark that done first.",
        title=error.title,
        others=reader.listed(f"“{other}”" for other in error.waits_for),
    )


@explain.register
def _(error: errors.ApprovalDecides, reader: Reader) -> Mrkdwn:
    return reader.say(
        "“%(title)s” is finished by its approvers' decision: submit a version to them.",
        title=error.title,
    )


@explain.register
def _(error: errors.NothingToSubmit, reader: Reader) -> Mrkdwn:
    return reader.say("Add a file, a link or a note, so that there is something to decide on.")


@explain.register
def _(error: errors.NoApprovers, reader: Reader) -> Mrkdwn:
    return reader.say("An approval needs someone who decides.")


@explain.register
def _(error: errors.NoCampaign, reader: Reader) -> Mrkdwn:
    return reader.say("No campaign is open. `/retro new` creates one.")


@explain.register
def _(error: errors.TooManyCampaigns, reader: Reader) -> Mrkdwn:
    return reader.say(
        "There are already %(limit)s open campaigns, the most a workspace can have.",
        limit=error.limit,
    )


@explain.register
def _(error: errors.TooManyTasks, reader: Reader) -> Mrkdwn:
    return reader.say(
        "There are already %(limit)s tasks, the most a campaign can have.", limit=error.limit
    )


@explain.register
def _(error: errors.Busy, reader: Reader) -> Mrkdwn:
    return reader.say("This was not recorded: the database is busy. Please try again in a moment.")


def unexpected(reader: Reader, reference: str) -> Mrkdwn:
    """What to say of an error that nobody foresaw: that nothing was done, and how to report it."""
    return reader.say(
        "Something went wrong here, and it may not have been recorded. It is in the log as "
        "`%(reference)s`; please try again.",
        reference=reference,
    )


def elsewhere(reader: Reader) -> Mrkdwn:
    """What to say in a workspace that is not ours."""
    return reader.say("This assistant does not work in this Slack workspace. Nothing was changed.")


def not_opened(reader: Reader) -> Mrkdwn:
    """What to say when Slack did not open a form or a page."""
    return reader.say("Slack did not open the window in time. Please try again.")


def plain(words: Mrkdwn) -> str:
    """The same sentence where Slack decodes nothing, under the field of a form."""
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
