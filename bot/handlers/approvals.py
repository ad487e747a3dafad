"""Submitting a version, approving it, and asking for changes."""

from __future__ import annotations

from slack_bolt import App

from bot.errors import NotFound
from bot.flows import approvals as flow
from bot.flows.approvals import Proposal
from bot.handlers import pages
from bot.handlers.forms import added_files, typed
from bot.handlers.gestures import Gesture, listen, values
from bot.ids import Action, Field, Modal
from bot.views import approval_forms
from storage import submissions


def register(app: App) -> None:
    """Listen to what approvers and authors do."""
    app.action(Action.TASK_SUBMIT)(listen(submit_clicked))
    app.view(Modal.SUBMIT)(listen(submit))
    app.action(Action.APPROVE)(listen(approve))
    app.action(Action.CHANGES)(listen(open_changes_form))
    app.view(Modal.CHANGES)(listen(request_changes))
    app.action(Action.VISUAL)(listen(link_opened))


def submit_clicked(gesture: Gesture) -> None:
    """Open the form that puts a version to the approvers."""
    open_submit_form(gesture, gesture.value)


def open_submit_form(gesture: Gesture, task_id: str) -> None:
    """Open the form for a step, if a version can be submitted now."""
    by = gesture.by
    with gesture.reading() as session:
        campaign = flow.check_can_submit(session, by, task_id)
        number = flow.next_number(session, by.team_id, task_id)
    gesture.ack()
    gesture.open(
        approval_forms.submit_form(gesture.reader(), campaign, campaign.task(task_id), number)
    )


def submit(gesture: Gesture) -> None:
    """Store the version and ask its approvers."""
    state = values(gesture)
    proposal = Proposal(
        task_id=gesture.context.get("task", ""),
        request_key=gesture.view["id"],
        note=typed(state, Field.NOTE),
        link=typed(state, Field.LINK),
        files=added_files(state, Field.FILES),
    )
    with gesture.transaction() as session:
        flow.submit(session, gesture.by, proposal)
    gesture.ack()


def approve(gesture: Gesture) -> None:
    """Record the approval; the click is acknowledged once it is stored."""
    with gesture.transaction() as session:
        flow.approve(session, gesture.by, gesture.value)
    gesture.ack()
    pages.follow(gesture)


def open_changes_form(gesture: Gesture) -> None:
    """Ask what is to be changed."""
    by = gesture.by
    with gesture.reading() as session:
        flow.check_can_decide(session, by, gesture.value)
        case = flow.case(session, by.team_id, gesture.value, by.now)
    gesture.ack()
    gesture.open(approval_forms.changes_form(gesture.reader(), case))


def request_changes(gesture: Gesture) -> None:
    """Record the request for changes; the form closes only because it is stored."""
    remarks = typed(values(gesture), Field.REMARKS)
    with gesture.transaction() as session:
        flow.request_changes(session, gesture.by, gesture.context.get("submission", ""), remarks)
    gesture.ack()


def link_opened(gesture: Gesture) -> None:
    """A button that opens a link asks nothing of us but to be acknowledged."""
    gesture.ack()


def show_newest(gesture: Gesture, task_id: str) -> None:
    """Show the newest version of a step."""
    by = gesture.by
    with gesture.reading() as session:
        newest = submissions.latest_of(session, by.team_id, task_id)
        if newest is None:
            raise NotFound
        case = flow.case(session, by.team_id, newest.id, by.now)
    gesture.ack()
    gesture.open(approval_forms.version(gesture.reader(), case))
