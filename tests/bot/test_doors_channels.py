"""Campaigns for channels that the assistant is not in: nothing is lost, and the lead knows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import Assistant
from bot.ids import Action, Field
from sandbox import Clock, Person, Workspace
from tests.bot import support

POST_AGAIN = "Post the card again"


def test_a_card_is_posted_in_a_public_channel_without_an_invitation(
    assistant: Assistant, dan: Person
) -> None:
    support.create_campaign(dan, assistant, channel=support.OPEN_WITHOUT_BOT)

    assert "*Aurore*" in dan.finds(support.OPEN_WITHOUT_BOT, "Aurore").words


def test_the_command_works_where_the_assistant_is_not(
    sqlite_assistant: Assistant, dan: Person
) -> None:
    form = support.open_form(dan, "/retro new Secret", channel=support.PRIVATE_WITHOUT_BOT)

    assert form.values[Field.CHANNEL]["value"]["selected_conversation"] == (
        support.PRIVATE_WITHOUT_BOT
    )
    assert support.every_campaign(sqlite_assistant) == []


def test_a_card_that_a_private_channel_refuses_is_told_to_the_lead_with_the_way_out(
    assistant: Assistant, office: Workspace, clock: Clock, alice: Person, dan: Person
) -> None:
    campaign = support.create_campaign(
        alice, assistant, lead=support.DAN, channel=support.PRIVATE_WITHOUT_BOT
    )

    told = dan.finds_in_dm("could not be posted")
    dan.clicks(told, POST_AGAIN)
    assistant.step()
    before = dan.reads(support.PRIVATE_WITHOUT_BOT)
    office.channels[support.PRIVATE_WITHOUT_BOT].members.append(office.app.bot_user_id)
    clock.move(timedelta(minutes=1))
    dan.clicks(told, POST_AGAIN)
    assistant.step()

    assert "*Aurore* is planned and stored" in told.words
    assert "it is private, and the assistant is not a member of it" in told.words
    assert before == []
    assert "*Aurore*" in dan.finds(support.PRIVATE_WITHOUT_BOT, "Aurore").words
    assert support.stored(assistant, "Aurore").id == campaign.id
    assert [message.words for message in alice.dm()] == []


def test_the_card_is_posted_again_only_once(
    assistant: Assistant, office: Workspace, dan: Person
) -> None:
    support.create_campaign(dan, assistant, lead=support.DAN, channel=support.PRIVATE_WITHOUT_BOT)
    told = dan.finds_in_dm("could not be posted")
    office.channels[support.PRIVATE_WITHOUT_BOT].members.append(office.app.bot_user_id)

    for _ in range(3):
        dan.clicks(told, POST_AGAIN)
        assistant.step()

    assert len(dan.reads(support.PRIVATE_WITHOUT_BOT)) == 1


def test_an_archived_channel_is_told_to_the_lead(
    sqlite_assistant: Assistant, office: Workspace, alice: Person
) -> None:
    office.channels[support.AURORE].archived = True

    support.create_campaign(alice, sqlite_assistant)

    told = alice.finds_in_dm("n’a pas pu être")
    assert "il est archivé" in told.words
    assert told.buttons == ["Publier la fiche à nouveau"]


def test_only_those_who_plan_the_campaign_post_its_card_again(
    sqlite_assistant: Assistant, office: Workspace, dan: Person
) -> None:
    campaign = support.create_campaign(
        dan, sqlite_assistant, lead=support.ALICE, channel=support.PRIVATE_WITHOUT_BOT
    )
    office.channels[support.PRIVATE_WITHOUT_BOT].members.append(office.app.bot_user_id)

    support.send_click(office, dan.id, {"action_id": Action.CARD_AGAIN, "value": campaign.id})
    sqlite_assistant.step()

    assert dan.reads(support.PRIVATE_WITHOUT_BOT) == []
    assert (
        "This is not yours to change; @Alice Martin can."
        in dan.finds(support.AURORE, "not yours").words
    )


@pytest.mark.parametrize("channel", [support.GENERAL, support.OPEN_WITHOUT_BOT])
def test_commands_are_answered_wherever_they_are_typed(
    sqlite_assistant: Assistant, dan: Person, channel: str
) -> None:
    dan.types(channel, "/retro list")
    dan.types(dan.dm_channel().id, "/retro tasks")

    assert dan.finds(channel, "No campaign is open.").ephemeral
    assert dan.finds_in_dm("Nothing is waiting for you in any campaign.").ephemeral
    assert support.every_campaign(sqlite_assistant) == []


def test_a_campaign_begun_in_private_asks_for_a_channel(
    sqlite_assistant: Assistant, dan: Person
) -> None:
    form = support.open_form(dan, channel=dan.dm_channel().id)

    errors = support.fill(form, channel=None).submit()

    assert list(errors) == [Field.CHANNEL]
    assert support.every_campaign(sqlite_assistant) == []
