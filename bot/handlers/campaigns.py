"""Creating a campaign, and reading its plan."""

from __future__ import annotations

from datetime import date
from html import unescape

from slack_bolt import App

from bot.flows import campaigns as flow
from bot.flows import speaking, templates
from bot.flows.campaigns import Order
from bot.handlers import pages
from bot.handlers.forms import chosen, chosen_people, picked_day, typed
from bot.handlers.gestures import Gesture, listen, values
from bot.ids import Action, Field, Modal
from bot.views import campaign_forms
from bot.views.campaign_forms import Draft


def register(app: App) -> None:
    """Listen to what creates a campaign and shows its plan."""
    app.action(Action.CAMPAIGN_NEW)(listen(open_form))
    app.action({"action_id": Action.TEMPLATE, "block_id": Field.TEMPLATE})(listen(change_template))
    app.view(Modal.CAMPAIGN_NEW)(listen(create))
    app.action(Action.PLAN_ALL)(listen(show_plan))
    app.action(Action.PLAN_BACK)(listen(turn_page))
    app.action(Action.PLAN_ON)(listen(turn_page))
    app.action(Action.CARD_AGAIN)(listen(post_card_again))


def open_form(gesture: Gesture) -> None:
    """Open the form of a new campaign, filled with what was typed after the command."""
    gesture.ack()
    known = read_draft(unescape(gesture.body.get("text") or ""))
    draft = Draft(
        name=known.name,
        launch=known.launch,
        template=known.template,
        lead=gesture.by.user_id,
        # A direct message is not a place for a card.
        channel=gesture.channel if gesture.channel.startswith(("C", "G")) else "",
    )
    gesture.open(campaign_forms.new_campaign(gesture.reader(), templates.every(), draft))


def read_draft(text: str) -> Draft:
    """Read ``new Aurore 2027-03-15``: the date may stand anywhere, the rest is the name."""
    words = text.split()[1:]
    launch = None
    name = []
    for word in words:
        day = _iso_day(word)
        if day is not None and launch is None:
            launch = day
        else:
            name.append(word)
    return Draft(name=" ".join(name), launch=launch)


def change_template(gesture: Gesture) -> None:
    """Ask for the roles of the template that was chosen; what is filled in stays."""
    gesture.ack()
    state = values(gesture)
    draft = Draft(
        name=typed(state, Field.NAME),
        launch=picked_day(state, Field.LAUNCH),
        template=gesture.value,
        lead=chosen(state, Field.LEAD),
        channel=chosen(state, Field.CHANNEL),
    )
    gesture.replace_view(campaign_forms.new_campaign(gesture.reader(), templates.every(), draft))


def create(gesture: Gesture) -> None:
    """Plan and store the campaign; the form closes only because it is stored."""
    state = values(gesture)
    prefix = f"{Field.ROLE}."
    roles = {
        block.removeprefix(prefix): chosen_people(state, block)
        for block in state
        if block.startswith(prefix)
    }
    order = Order(
        request_key=gesture.view["id"],
        name=typed(state, Field.NAME),
        launch=picked_day(state, Field.LAUNCH),
        template=chosen(state, Field.TEMPLATE),
        lead=chosen(state, Field.LEAD),
        channel=chosen(state, Field.CHANNEL),
        roles=roles,
    )
    everyone = {order.lead, *(one for played in roles.values() for one in played)}
    gesture.deps.directory.know(gesture.by.team_id, sorted(everyone - {""}))
    with gesture.transaction() as session:
        flow.create(session, gesture.by, order)
    gesture.ack()


def show_plan(gesture: Gesture) -> None:
    """Open the whole plan."""
    gesture.ack()
    pages.show_plan(gesture, gesture.value, 0)


def turn_page(gesture: Gesture) -> None:
    """Show another page of the plan, in its place."""
    gesture.ack()
    campaign_id, _, page = gesture.value.partition(":")
    pages.show_plan(gesture, campaign_id, pages.page_number(page), instead=True)


def post_card_again(gesture: Gesture) -> None:
    """Post the card once more, after what kept it from its channel was mended."""
    with gesture.transaction() as session:
        speaking.card_again(session, gesture.by, gesture.value)
    gesture.ack()


def _iso_day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
