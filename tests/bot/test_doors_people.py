"""Who may act: guests, bots and people of elsewhere are told that they may not, and nothing moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.app import Assistant
from bot.ids import Action, Field
from sandbox import Person, Workspace
from sandbox.payloads import user_json
from storage.records import Campaign, SubmissionState, TaskState
from tests.bot import support

REFUSED = "Guests and people of other organisations can read campaigns but not change them."
REFUSED_IN_FRENCH = "Les invités et les personnes d’autres organisations peuvent lire les campagnes"
OUTSIDERS = [support.GUEST, support.STRANGER, support.ROBOT, support.GONE]

Act = Callable[[Assistant, Campaign], dict[str, str]]


def started(_assistant: Assistant, campaign: Campaign) -> dict[str, str]:
    return {"action_id": Action.TASK_START, "value": id_of(campaign, "brief")}


def finished(_assistant: Assistant, campaign: Campaign) -> dict[str, str]:
    return {"action_id": Action.TASK_DONE, "value": id_of(campaign, "brief")}


def submitted(_assistant: Assistant, campaign: Campaign) -> dict[str, str]:
    return {"action_id": Action.TASK_SUBMIT, "value": id_of(campaign, "concept_ok")}


def approved(assistant: Assistant, campaign: Campaign) -> dict[str, str]:
    version = support.newest_version(assistant, id_of(campaign, "concept_ok"))
    return {"action_id": Action.APPROVE, "value": version.id if version else ""}


def sent_back(assistant: Assistant, campaign: Campaign) -> dict[str, str]:
    return approved(assistant, campaign) | {"action_id": Action.CHANGES}


def posted_again(_assistant: Assistant, campaign: Campaign) -> dict[str, str]:
    return {"action_id": Action.CARD_AGAIN, "value": campaign.id}


def id_of(campaign: Campaign, key: str) -> str:
    return next(task.id for task in campaign.tasks if task.key == key)


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("act", [started, finished, submitted, approved, sent_back, posted_again])
def test_outsiders_change_nothing_and_are_told_so(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, act: Act, who: str
) -> None:
    campaign = with_a_version(alice, sqlite_assistant, office)
    before = support.stored(sqlite_assistant, "Aurore")
    outsider = Person(office, who)
    office.users[who].locale = "en-GB"  # but Slack tells no language of who has left

    support.send_click(office, who, act(sqlite_assistant, campaign))

    outsider.finds(support.AURORE, REFUSED_IN_FRENCH if who == support.GONE else REFUSED)
    assert support.stored(sqlite_assistant, "Aurore") == before
    assert not outsider.has_modal()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_create_no_campaign(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, who: str
) -> None:
    form = support.fill(support.open_form(alice))

    answer = support.send_form(office, who, form)

    assert list(answer["errors"]) == [Field.NAME]
    assert support.every_campaign(sqlite_assistant) == []


def test_somebody_elses_task_is_theirs_and_the_refusal_says_whose(
    assistant: Assistant, emma: Person, alice: Person
) -> None:
    support.create_campaign(alice, assistant)
    card = emma.finds(support.AURORE, "Aurore")

    emma.clicks(card, "Marquer comme faite", block_id=support.block_of(card, "Brief"))

    refusal = emma.finds(support.AURORE, "not yours")
    assert refusal.words == "This is not yours to change; @Alice Martin can. Nothing was changed."
    assert refusal.ephemeral
    assert support.task_of(assistant, "brief").state is TaskState.TODO


def test_a_form_for_somebody_elses_version_does_not_even_open(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, emma: Person
) -> None:
    campaign = with_a_version(alice, sqlite_assistant, office)

    support.send_click(office, emma.id, submitted(sqlite_assistant, campaign))

    assert not emma.has_modal()
    assert "@Bruno Petit and @Alice Martin can." in emma.finds(support.AURORE, "not yours").words


def test_an_approver_who_is_deactivated_meanwhile_decides_no_more(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, dan: Person
) -> None:
    campaign = with_a_version(alice, sqlite_assistant, office)
    office.users[dan.id].is_restricted = True
    office.events.send({"type": "user_change", "user": user_as_told(office, dan.id)})
    office.events.wait_until_idle()

    support.send_click(office, dan.id, approved(sqlite_assistant, campaign))

    assert REFUSED in dan.finds(support.AURORE, "Guests").words
    version = support.newest_version(sqlite_assistant, id_of(campaign, "concept_ok"))
    assert version is not None
    assert version.state is SubmissionState.OPEN
    assert set(version.pending) == {support.CHLOE, support.DAN}


def test_a_task_is_not_added_with_work_for_a_guest(
    sqlite_assistant: Assistant, alice: Person, office: Workspace
) -> None:
    office.users[alice.id].locale = "en-GB"
    support.create_campaign(alice, sqlite_assistant)
    alice.types(support.AURORE, "/retro add Flyer")
    form = alice.modal().fill({Field.OWNER: support.GUEST})

    errors = form.submit()

    assert errors == {Field.OWNER: "gus is a guest here and cannot have work."}
    assert len(support.stored(sqlite_assistant, "Aurore").tasks) == 18


def test_a_member_who_has_no_part_in_a_campaign_adds_nothing_to_it(
    sqlite_assistant: Assistant, alice: Person, dan: Person
) -> None:
    support.create_campaign(alice, sqlite_assistant)
    dan.types(support.AURORE, "/retro add Flyer")

    errors = dan.modal().submit()

    assert list(errors.values()) == [
        "This is not yours to change; <@U0ALICE> can. Nothing was changed."
    ]


def with_a_version(alice: Person, assistant: Assistant, office: Workspace) -> Campaign:
    """A campaign whose concept waits for both approvers."""
    campaign = support.create_campaign(alice, assistant)
    bruno = Person(office, support.BRUNO)
    support.send_click(office, alice.id, finished(assistant, campaign))
    finish_concept = {"action_id": Action.TASK_DONE, "value": id_of(campaign, "concept")}
    support.send_click(office, bruno.id, finish_concept)
    support.send_click(office, bruno.id, submitted(assistant, campaign))
    errors = bruno.modal().fill({Field.NOTE: "Three ways to go."}).submit()
    assert errors == {}
    assistant.step()
    return support.stored(assistant, "Aurore")


def user_as_told(office: Workspace, user_id: str) -> dict[str, object]:
    return user_json(office, office.users[user_id], with_locale=True)
