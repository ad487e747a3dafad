"""Pages that follow what their reader did in them: the plan, App Home, private answers."""

from __future__ import annotations

from slack_bolt import App

from bot.flows import digests, homes, planning
from bot.handlers.gestures import Gesture, listen
from bot.ids import Action, Modal
from bot.views import cards, tasks
from bot.views.blocks import Message
from storage import submissions
from storage import tasks as stored

_DIGITS = 6


def register(app: App) -> None:
    """Listen to who opens App Home."""
    app.event("app_home_opened")(listen(home_opened))
    app.action(Action.DIGEST_AGAIN)(listen(send_digest_again))


def home_opened(gesture: Gesture) -> None:
    """Publish App Home for whoever opens it."""
    if gesture.body["event"].get("tab") == "home":
        show_home(gesture)


def send_digest_again(gesture: Gesture) -> None:
    """Send this morning's message once more to someone who may not have it."""
    with gesture.transaction() as session:
        digests.send_again(session, gesture.by)
    gesture.ack()
    show_home(gesture)


def follow(gesture: Gesture) -> None:
    """After a change: what was posted is edited by delivery; the rest is shown anew here."""
    if gesture.is_private_answer:
        gesture.tell(mine(gesture), instead=True)
    elif gesture.is_in_home:
        show_home(gesture)
    elif gesture.is_in_view and gesture.view.get("callback_id") == Modal.PLAN:
        page = page_number(gesture.context.get("page", ""))
        show_plan(gesture, gesture.context.get("campaign", ""), page, instead=True)


def page_number(text: str) -> int:
    """The page that a value names, counted from 0; the first if it names none."""
    return int(text) if text.isdecimal() and len(text) < _DIGITS else 0


def show_home(gesture: Gesture) -> None:
    """Publish App Home anew for the person."""
    by = gesture.by
    with gesture.reading() as session:
        home = homes.home(session, by.team_id, by.user_id, by.now)
    gesture.publish(home)


def show_plan(gesture: Gesture, campaign_id: str, page: int, *, instead: bool = False) -> None:
    """Show the whole plan of a campaign, in a window of its own or in the place of this one.

    Raises ``NotFound``.
    """
    by = gesture.by
    with gesture.reading() as session:
        planned = planning.load(session, by.team_id, campaign_id, by.now)
        newest = submissions.latest_of_each(
            session, by.team_id, [task.id for task in planned.campaign.tasks]
        )
    view = cards.whole_plan(
        gesture.reader(), planned.campaign, planned.plan, newest, planned.days_to_start, page=page
    )
    if instead:
        gesture.replace_view(view)
    else:
        gesture.open(view)


def mine(gesture: Gesture) -> Message:
    """The person's own tasks."""
    by = gesture.by
    with gesture.reading() as session:
        own = stored.open_of(session, by.team_id, by.user_id)
        newest = submissions.latest_of_each(session, by.team_id, [task.id for _, task in own])
    return tasks.mine(gesture.reader(), own, newest)
