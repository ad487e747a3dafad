"""The forms of an approval: submitting a version, asking for changes, looking at a version."""

from __future__ import annotations

from typing import Any

from bot.ids import Action, Field, Modal
from bot.views import approvals, forms
from bot.views.approvals import Case
from bot.views.blocks import Block, actions, button, context, section
from bot.views.words import Mrkdwn, Reader
from storage.records import Campaign, Task


def submit_form(reader: Reader, campaign: Campaign, task: Task, number: int) -> dict[str, Any]:
    """The form that puts a version to its approvers."""
    who = reader.say(
        "%(title)s · %(campaign)s · version %(number)s, to be decided by %(who)s",
        title=task.title,
        campaign=campaign.name,
        number=number,
        who=reader.people(task.approvers),
    )
    return forms.modal(
        Modal.SUBMIT,
        title=reader.plain("Submit for approval"),
        submit=reader.plain("Submit"),
        close=reader.plain("Cancel"),
        context={"task": task.id},
        blocks=[
            context(who),
            forms.field(Field.FILES, reader.plain("Files"), forms.files(), optional=True),
            forms.field(
                Field.LINK,
                reader.plain("Link"),
                forms.text_input(placeholder="https://"),
                optional=True,
                hint=reader.plain("To a shared folder, a mock-up, a video…"),
            ),
            forms.field(
                Field.NOTE,
                reader.plain("Note to the approvers"),
                forms.text_input(multiline=True),
                optional=True,
            ),
        ],
    )


def changes_form(reader: Reader, case: Case) -> dict[str, Any]:
    """The form that asks what is to be changed."""
    return forms.modal(
        Modal.CHANGES,
        title=reader.plain("Request changes"),
        submit=reader.plain("Send"),
        close=reader.plain("Cancel"),
        context={"submission": case.submission.id},
        blocks=[
            section(Mrkdwn(f"*{reader.say('%(t)s', t=approvals.version_title(reader, case))}*")),
            forms.field(
                Field.REMARKS,
                reader.plain("What should change?"),
                forms.text_input(multiline=True),
                hint=reader.plain("One remark a line reads best."),
            ),
        ],
    )


def version(reader: Reader, case: Case) -> dict[str, Any]:
    """A version to look at, with every answer so far."""
    blocks: list[Block] = [approvals.decided(reader, case), *approvals.pictures(case)]
    blocks.extend(approvals.note(reader, case.submission, folded=False))
    if case.submission.link:
        blocks.append(
            actions(
                [
                    button(
                        reader.plain("Open the link"),
                        Action.VISUAL,
                        case.submission.id,
                        url=case.submission.link,
                    )
                ]
            )
        )
    blocks.append(
        context(
            reader.say(
                "Submitted by %(who)s, %(when)s · answer expected %(day)s",
                who=reader.people([case.submission.author_id]),
                when=reader.moment(case.submission.submitted_at),
                day=reader.day(case.submission.due_on),
            )
        )
    )
    return forms.modal(
        Modal.PLAN,
        title=reader.plain("Version %(number)s", number=case.submission.number),
        close=reader.plain("Close"),
        blocks=blocks,
    )
