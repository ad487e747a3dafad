"""Adding tasks, and saying that one is started or done."""

from __future__ import annotations

from html import unescape

from slack_bolt import App

from bot.errors import NoCampaign, NotFound
from bot.flows import tasks as flow
from bot.flows.tasks import Addition
from bot.handlers import approvals, pages
from bot.handlers.forms import chosen, chosen_options, chosen_people, typed
from bot.handlers.gestures import Gesture, listen, values
from bot.ids import Action, Field, Modal
from bot.views import campaign_forms
from storage import campaigns
from storage.records import Summary


def register(app: App) -> None:
    """Listen to what adds and changes tasks."""
    app.action(Action.TASK_ADD)(listen(open_form_of))
    app.view(Modal.CAMPAIGN_CHOICE)(listen(campaign_chosen))
    app.view(Modal.TASK_ADD)(listen(add))
    app.action(Action.TASK_START)(listen(start))
    app.action(Action.TASK_DONE)(listen(finish))
    app.action(Action.TASK_MENU)(listen(choose))


def open_form(gesture: Gesture) -> None:
    """Open the form of a new task, for the channel's campaign if it has just one."""
    gesture.ack()
    title = " ".join(unescape(gesture.body.get("text") or "").split()[1:])
    with gesture.reading() as session:
        summaries = campaigns.summaries(session, gesture.by.team_id)
    if not summaries:
        raise NoCampaign
    here = [one for one in summaries if one.channel_id == gesture.channel]
    only = here if len(here) == 1 else summaries
    if len(only) == 1:
        _open(gesture, only[0].id, title)
        return
    gesture.open(campaign_forms.which_campaign(gesture.reader(), _first(here, summaries), title))


def open_form_of(gesture: Gesture) -> None:
    """Open the form of a new task for the campaign whose button was clicked."""
    gesture.ack()
    _open(gesture, gesture.value, "")


def campaign_chosen(gesture: Gesture) -> None:
    """Go on from the choice of a campaign to the form of its new task."""
    campaign_id = chosen(values(gesture), Field.CAMPAIGN)
    with gesture.reading() as session:
        campaign = campaigns.get(session, gesture.by.team_id, campaign_id)
    if campaign is None:
        raise NotFound
    gesture.ack(
        response_action="update",
        view=campaign_forms.new_task(
            gesture.reader(), campaign, title=gesture.context.get("title", "")
        ),
    )


def add(gesture: Gesture) -> None:
    """Add the task and plan anew; the form closes only because it is stored."""
    state = values(gesture)
    addition = Addition(
        campaign_id=gesture.context.get("campaign", ""),
        request_key=gesture.view["id"],
        title=typed(state, Field.TITLE),
        kind=chosen(state, Field.KIND),
        takes=typed(state, Field.TAKES),
        owner=chosen(state, Field.OWNER),
        approvers=chosen_people(state, Field.APPROVERS),
        after=chosen_options(state, Field.AFTER),
        before=chosen_options(state, Field.BEFORE),
    )
    people = sorted({addition.owner, *addition.approvers} - {""})
    gesture.deps.directory.know(gesture.by.team_id, people)
    with gesture.transaction() as session:
        flow.add(session, gesture.by, addition)
    gesture.ack()


def start(gesture: Gesture) -> None:
    """Mark the clicked task started."""
    _start(gesture, gesture.value)


def finish(gesture: Gesture) -> None:
    """Mark the clicked task done."""
    _finish(gesture, gesture.value)


def choose(gesture: Gesture) -> None:
    """Do what was chosen in a task's menu."""
    what, _, task_id = gesture.value.partition(":")
    if what == "start":
        _start(gesture, task_id)
    elif what == "done":
        _finish(gesture, task_id)
    elif what == "submit":
        approvals.open_submit_form(gesture, task_id)
    elif what == "visual":
        approvals.show_newest(gesture, task_id)
    else:
        raise NotFound


def show_mine(gesture: Gesture) -> None:
    """Answer with the person's own tasks."""
    gesture.ack()
    gesture.tell(pages.mine(gesture))


def _start(gesture: Gesture, task_id: str) -> None:
    with gesture.transaction() as session:
        flow.start(session, gesture.by, task_id)
    gesture.ack()
    pages.follow(gesture)


def _finish(gesture: Gesture, task_id: str) -> None:
    with gesture.transaction() as session:
        flow.finish(session, gesture.by, task_id)
    gesture.ack()
    pages.follow(gesture)


def _open(gesture: Gesture, campaign_id: str, title: str) -> None:
    with gesture.reading() as session:
        campaign = campaigns.get(session, gesture.by.team_id, campaign_id)
    if campaign is None:
        raise NotFound
    gesture.open(campaign_forms.new_task(gesture.reader(), campaign, title=title))


def _first(here: list[Summary], summaries: list[Summary]) -> list[Summary]:
    """The channel's own campaigns before the others."""
    return [*here, *(one for one in summaries if one not in here)]
