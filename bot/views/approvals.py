"""Asking for a decision, and showing what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.ids import Action
from bot.views.blocks import Block, Element, Message, actions, button, context, image, section
from bot.views.words import Mrkdwn, Reader, escape, sentence
from storage.records import Campaign, Decision, Submission, SubmissionState, Task, Verdict

_PICTURES = ("image/png", "image/jpeg", "image/gif")
_NOTE = 1500  # a longer note is folded; the whole stands behind "See the version"


@dataclass(frozen=True, kw_only=True)
class Case:
    """An approval step with one of its versions, and what waits behind it."""

    campaign: Campaign
    task: Task
    submission: Submission
    next_tasks: Sequence[Task]
    margin_left: float


def request(reader: Reader, case: Case, user_id: str) -> Message:
    """What one approver is asked; once decided, what was decided, without buttons."""
    submission = case.submission
    decision = submission.decision_of(user_id)
    is_asked = (
        submission.state is SubmissionState.OPEN
        and decision is not None
        and decision.verdict is Verdict.PENDING
    )
    if not is_asked:
        return Message(outcome(reader, case), [decided(reader, case), *pictures(case)])
    title = version_title(reader, case)
    asks = reader.say(
        "%(author)s asks for your decision: *%(title)s* · %(campaign)s",
        author=reader.people([submission.author_id]),
        title=title,
        campaign=case.campaign.name,
    )
    blocks: list[Block] = [section(asks), *pictures(case)]
    blocks.extend(note(reader, submission))
    blocks.append(section(_deadline(reader, case)))
    blocks.append(actions(decide(reader, submission)))
    return Message(reader.say("Your decision on %(title)s", title=title), blocks)


def to_decide(reader: Reader, case: Case) -> list[Block]:
    """A decision among others that someone is to take: one line, and the answers."""
    text = reader.say(
        "*%(title)s* v%(number)s · %(campaign)s · %(due)s",
        title=case.task.title,
        number=case.submission.number,
        campaign=case.campaign.name,
        due=expected(reader, case.submission.due_on),
    )
    return [section(text), actions(decide(reader, case.submission))]


def decide(reader: Reader, submission: Submission) -> list[Element]:
    """The two answers, and a look at the version."""
    elements = [
        button(reader.plain("Approve"), Action.APPROVE, submission.id, style="primary"),
        button(reader.plain("Request changes…"), Action.CHANGES, submission.id),
    ]
    if submission.link:
        elements.append(
            button(reader.plain("Open"), Action.VISUAL, submission.id, url=submission.link)
        )
    return elements


def outcome(reader: Reader, case: Case) -> Mrkdwn:
    """One line: the version, what was decided, by whom and when, and who is still to answer."""
    submission = case.submission
    title = version_title(reader, case)
    if submission.state is SubmissionState.CHANGES:
        decision = _refusal(submission)
        return reader.say(
            "↻ *%(title)s* · %(campaign)s: changes requested by %(who)s, %(when)s",
            title=title,
            campaign=case.campaign.name,
            who=reader.people([decision.user_id]),
            when=_when(reader, decision),
        )
    approved = [one for one in submission.decisions if one.verdict is Verdict.APPROVED]
    if not approved:
        return reader.say(
            "◷ *%(title)s* · %(campaign)s: waiting for %(who)s",
            title=title,
            campaign=case.campaign.name,
            who=reader.people(submission.pending),
        )
    text = reader.say(
        "✓ *%(title)s* · %(campaign)s: approved by %(who)s, %(when)s",
        title=title,
        campaign=case.campaign.name,
        who=reader.people(one.user_id for one in approved),
        when=_when(reader, approved[-1]),
    )
    if submission.state is SubmissionState.OPEN:
        waiting = reader.say("waiting for %(who)s", who=reader.people(submission.pending))
        return Mrkdwn(f"{text} · {waiting}")
    return text


def nudge(reader: Reader, case: Case, user_id: str) -> Message:
    """A private reminder once the review date has passed."""
    decision = case.submission.decision_of(user_id)
    settled = case.submission.state is not SubmissionState.OPEN
    if settled or decision is None or decision.verdict is not Verdict.PENDING:
        return stands(reader, case)
    text = reader.say(
        "Your decision on *%(title)s* (%(campaign)s) was expected %(day)s. "
        "Each day it waits is taken from the margin: %(left)s left.",
        title=version_title(reader, case),
        campaign=case.campaign.name,
        day=reader.day(case.submission.due_on),
        left=reader.days(max(case.margin_left, 0)),
    )
    return Message(text, [section(text), actions(decide(reader, case.submission))])


def changes_wanted(reader: Reader, case: Case, *, is_answered: bool) -> Message:
    """Tells the author what is to be changed; the button goes once the next version is out."""
    decision = _refusal(case.submission)
    text = reader.say(
        "%(who)s requests changes to *%(title)s* · %(campaign)s\n> %(remarks)s",
        who=reader.people([decision.user_id]),
        title=version_title(reader, case),
        campaign=case.campaign.name,
        remarks=_quoted(decision.remarks),
    )
    if is_answered:
        return Message(text, [section(text), context(reader.say("A newer version is out."))])
    again = button(
        reader.plain("Submit a new version…"), Action.TASK_SUBMIT, case.task.id, style="primary"
    )
    return Message(text, [section(text), actions([again])])


def stands(reader: Reader, case: Case) -> Message:
    """Where a version stands, in one line."""
    text = outcome(reader, case)
    return Message(text, [section(text)])


def can_start(reader: Reader, campaign: Campaign, task: Task, elements: list[Element]) -> Message:
    """Tells an owner that what their task waited for is done, and later what became of it."""
    if task.is_done:
        done = reader.say(
            "✓ *%(title)s* · %(campaign)s is done.", title=task.title, campaign=campaign.name
        )
        return Message(done, [section(done)])
    text = reader.say(
        "*%(title)s* · %(campaign)s can start: what it waited for is done. "
        "It is to be finished by %(day)s.",
        title=task.title,
        campaign=campaign.name,
        day=reader.day(task.late_finish.day),
    )
    blocks = [section(text)]
    if elements:
        blocks.append(actions(elements))
    return Message(text, blocks)


def version_title(reader: Reader, case: Case) -> Mrkdwn:
    """The step and the number of the version."""
    return reader.say(
        "%(title)s — version %(number)s", title=case.task.title, number=case.submission.number
    )


def _deadline(reader: Reader, case: Case) -> Mrkdwn:
    parts = [
        expected(reader, case.submission.due_on),
        reader.say(
            "round %(number)s of %(rounds)s",
            number=case.submission.number,
            rounds=max(case.task.rounds, case.submission.number),
        ),
    ]
    text = sentence(Mrkdwn(" · ".join(parts)))
    if not case.next_tasks:
        return text
    after = reader.say(
        "Then: %(titles)s. Each day of delay is taken from the margin (%(left)s left).",
        titles=reader.listed(task.title for task in case.next_tasks),
        left=reader.days(max(case.margin_left, 0)),
    )
    return Mrkdwn(f"{text}\n{after}")


def expected(reader: Reader, due_on: date) -> Mrkdwn:
    """When the answer is, or was, expected."""
    if due_on == reader.today:
        return reader.say("answer expected today")
    if due_on < reader.today:
        return reader.say("answer was expected %(day)s", day=reader.day(due_on))
    return reader.say("answer expected %(day)s", day=reader.day(due_on))


def decided(reader: Reader, case: Case) -> Block:
    """The outcome, and under it the remarks if changes were requested."""
    text = outcome(reader, case)
    if case.submission.state is not SubmissionState.CHANGES:
        return section(text)
    remarks = _quoted(_refusal(case.submission).remarks)
    return section(Mrkdwn(f"{text}\n> {remarks}"))


def _refusal(submission: Submission) -> Decision:
    return next(one for one in submission.decisions if one.verdict is Verdict.CHANGES)


def pictures(case: Case) -> list[Block]:
    """The pictures among the files of a version, the first three."""
    shown = [file for file in case.submission.files if file["mimetype"] in _PICTURES]
    return [image(file["id"], file["name"]) for file in shown[:3]]


def note(reader: Reader, submission: Submission, *, folded: bool = True) -> list[Block]:
    """What the author wrote, and the files that are no pictures."""
    note = submission.note.strip()
    blocks: list[Block] = []
    if note:
        is_long = folded and len(note) > _NOTE
        quoted = _quoted(note[:_NOTE].rstrip() + "…" if is_long else note)
        blocks.append(section(Mrkdwn(f"> {quoted}")))
    others = [file for file in submission.files if file["mimetype"] not in _PICTURES]
    if others:
        blocks.append(
            context(
                reader.say_many(
                    "%(n)s file: %(names)s",
                    "%(n)s files: %(names)s",
                    len(others),
                    names=reader.listed(file["name"] for file in others),
                )
            )
        )
    return blocks


def _quoted(text: str) -> Mrkdwn:
    return Mrkdwn(escape(text.strip()).replace("\n", "\n> "))


def _when(reader: Reader, decision: Decision) -> Mrkdwn:
    if decision.decided_at is None:
        raise ValueError("a pending decision has no time")
    return reader.moment(decision.decided_at)
