"""Slack that answers 429, too late or nothing: nobody is left without an answer, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Assistant
from bot.ids import Action, Field
from sandbox import Clock, Person, Server, Workspace
from tests.bot import support

SILENT = ["429", "500", "drop_before", "drop_after"]
REFUSING = [kind for kind in SILENT if kind != "drop_after"]


@pytest.fixture
def hurried_assistant(
    slack: Server, sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Assistant]:
    """The assistant with real threads: it is acknowledged before the listener has ended."""
    monkeypatch.setattr("bot.app._HASTE", 0.5)
    file = tmp_path / "office.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    with (
        ThreadPoolExecutor(8) as pool,
        support.at_work(slack, f"sqlite:///{file}", executor=pool) as assistant,
    ):
        yield assistant


@pytest.mark.parametrize("kind", ["429", "500", "drop_before", "error:expired_trigger_id"])
def test_a_form_that_slack_does_not_open_is_said_beside_the_command(
    hurried_assistant: Assistant, office: Workspace, dan: Person, kind: str
) -> None:
    office.faults.add("views.open", kind)

    dan.types(support.AURORE, "/retro new Aurore")
    told = dan.finds(support.AURORE, "Slack did not open")
    dan.types(support.AURORE, "/retro new Aurore")

    assert told.words == "Slack did not open the window in time. Please try again."
    assert told.ephemeral
    assert dan.modal().values[Field.NAME]["value"]["value"] == "Aurore"
    assert support.every_campaign(hurried_assistant) == []


@pytest.mark.parametrize("kind", ["429", "drop_before"])
def test_a_page_that_slack_does_not_open_is_said_beside_the_button(
    hurried_assistant: Assistant, office: Workspace, alice: Person, dan: Person, kind: str
) -> None:
    support.create_campaign(alice, hurried_assistant)
    card = dan.finds(support.AURORE, "Aurore")
    office.faults.add("views.open", kind)

    dan.clicks(card, "Voir tout le plan")

    assert dan.finds(support.AURORE, "Slack did not open").ephemeral


@pytest.mark.parametrize("kind", REFUSING)
def test_a_card_that_slack_does_not_take_comes_once_it_does(
    assistant: Assistant, office: Workspace, clock: Clock, dan: Person, kind: str
) -> None:
    office.faults.add("chat.postMessage", kind, times=2, retry_after=5)

    support.create_campaign(dan, assistant)
    for _ in range(6):
        clock.move(timedelta(minutes=6))
        assistant.step()

    cards = [seen for seen in dan.reads(support.AURORE) if "*Aurore*" in seen.words]
    assert len(cards) == 1


def test_a_card_whose_receipt_is_lost_is_in_the_channel_and_follows_the_campaign(
    assistant: Assistant, office: Workspace, clock: Clock, alice: Person
) -> None:
    office.faults.add("chat.postMessage", "drop_after")
    support.create_campaign(alice, assistant)
    clock.move(timedelta(minutes=6))
    assistant.step()

    card = alice.finds(support.AURORE, "Aurore")
    alice.clicks(card, "Marquer comme faite", block_id=support.block_of(card, "Brief"))
    assistant.step()

    assert "1 tâche faite" in alice.finds(support.AURORE, "Aurore").words


@pytest.mark.parametrize("kind", SILENT)
def test_people_whom_slack_does_not_describe_are_answered_all_the_same(
    assistant: Assistant, office: Workspace, dan: Person, kind: str
) -> None:
    office.faults.add("users.info", kind, times=None)

    campaign = support.create_campaign(dan, assistant)

    assert campaign.lead_id == support.ALICE
    assert "Aurore" in dan.finds(support.AURORE, "Aurore").words


def test_people_are_asked_about_again_once_slack_answers(
    assistant: Assistant, office: Workspace, clock: Clock, dan: Person
) -> None:
    office.faults.add("users.info", "429", times=None)
    dan.types(support.AURORE, "/retro")
    in_french = dan.finds(support.AURORE, "/retro new")
    office.faults.clear()

    clock.move(timedelta(minutes=10))
    assistant.step()
    dan.types(support.AURORE, "/retro")

    assert "planifier une campagne" in in_french.words
    assert "plan a campaign" in dan.finds(support.AURORE, "/retro new").words


def test_someone_whom_slack_is_slow_to_describe_is_answered_in_time(
    hurried_assistant: Assistant, office: Workspace, dan: Person
) -> None:
    office.faults.add("users.info", "late", times=None, seconds=3.5)

    dan.types(support.AURORE, "/retro list")

    answer = dan.finds(support.AURORE, "")
    assert answer.ephemeral
    assert "failed with the error" not in answer.words
    assert answer.user == office.app.bot_user_id
    assert support.every_campaign(hurried_assistant) == []


def test_a_form_that_names_many_people_waits_for_slack_once(
    hurried_assistant: Assistant, office: Workspace, alice: Person
) -> None:
    form = support.fill(support.open_form(alice))
    office.faults.add("users.info", "late", times=9, seconds=3.5)

    errors = form.submit()

    assert errors == {}
    assert [fault["times"] for fault in office.faults.all()] == [8]
    assert support.stored(hurried_assistant, "Aurore").lead_id == alice.id


def test_an_answer_that_is_not_taken_changes_nothing_of_what_is_stored(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, emma: Person
) -> None:
    support.create_campaign(alice, sqlite_assistant)
    brief = support.task_of(sqlite_assistant, "brief")
    click = {"action_id": Action.TASK_DONE, "value": brief.id}
    nowhere = f"{office.base_url}/response/nowhere"

    support.send_click(office, emma.id, click, response_url=nowhere)
    support.send_click(office, emma.id, click, response_url="")

    assert support.task_of(sqlite_assistant, "brief") == brief


def test_a_campaign_is_stored_while_slack_is_silent_and_its_card_comes_later(
    assistant: Assistant, office: Workspace, clock: Clock, alice: Person
) -> None:
    form = support.fill(support.open_form(alice))
    office.faults.add("*", "drop_before", times=None)

    errors = form.submit()
    assistant.step()
    office.faults.clear()
    clock.move(timedelta(minutes=10))
    assistant.step()

    assert errors == {}
    assert support.stored(assistant, "Aurore").lead_id == support.ALICE
    assert "*Aurore*" in alice.finds(support.AURORE, "Aurore").words


def test_home_that_slack_does_not_take_comes_at_the_next_visit(
    sqlite_assistant: Assistant, office: Workspace, dan: Person
) -> None:
    office.faults.add("views.publish", "429")
    patient = Person(office, dan.id, patience=0.5)
    with pytest.raises(AssertionError):
        patient.opens_home()

    home = dan.opens_home()

    assert "No campaign yet." in home.words
    assert support.every_campaign(sqlite_assistant) == []


def test_a_revoked_token_keeps_what_is_promised_until_the_bot_is_back(
    assistant: Assistant, office: Workspace, alice: Person
) -> None:
    office.faults.add("chat.postMessage", "error:token_revoked")

    support.create_campaign(alice, assistant)
    assistant.step()

    assert alice.reads(support.AURORE) == []
    assert support.stored(assistant, "Aurore").lead_id == support.ALICE
