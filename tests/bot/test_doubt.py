"""A morning message of which nobody knows whether it arrived: said so, and sent again on request."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.app import Assistant
from sandbox import Clock, Person, Workspace
from tests.bot import support


def test_a_digest_that_slack_did_not_confirm_is_sent_again_from_app_home(
    office: Workspace, clock: Clock, assistant: Assistant, alice: Person
) -> None:
    """Without the history scope it is rather not said than said twice; App Home offers it."""
    campaign = support.create_campaign(alice, assistant)
    first_day = min(task.late_start.day for task in campaign.tasks)
    office.tokens.rescope(office.app.scopes - {"im:history"})
    office.faults.add("chat.postMessage", "drop_before")

    clock.to(datetime.combine(first_day, time(9, 0), tzinfo=support.ZONE))
    assistant.step()
    clock.move(timedelta(minutes=10))
    assistant.step()
    in_doubt = alice.opens_home()
    office.faults.clear()
    alice.clicks(in_doubt, "Le renvoyer")
    assistant.step()
    afterwards = alice.opens_home()

    assert "Slack n’a pas confirmé" in in_doubt.words
    assert "Brief" in alice.finds_in_dm("Lundi 4 janvier").words
    assert "Slack n’a pas confirmé" not in afterwards.words
