"""Response urls: five uses within half an hour."""

from datetime import timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from sandbox import Person
from tests.sandbox.blocks import actions, button, section
from tests.sandbox.pretend_app import PretendApp

C = "C0AURORE"


@pytest.fixture
def clicked(client: WebClient, pretend_app: PretendApp, alice: Person) -> WebhookClient:
    """The response url of Alice's click on a message."""
    client.chat_postMessage(channel=C, text="Question", blocks=[actions(button())])
    alice.clicks(alice.reads(C)[0], "Done")
    return WebhookClient(pretend_app.of_kind("block_actions")[0]["response_url"])


def texts(person: Person) -> list[str]:
    return [seen.text for seen in person.reads(C)]


def test_an_answer_is_for_whoever_clicked(
    clicked: WebhookClient, alice: Person, bob: Person
) -> None:
    clicked.send(text="Thanks")

    assert texts(alice) == ["Question", "Thanks"]
    assert texts(bob) == ["Question"]


def test_an_answer_in_channel_is_for_all(clicked: WebhookClient, bob: Person) -> None:
    clicked.send(text="Done by Alice", response_type="in_channel")

    assert texts(bob) == ["Question", "Done by Alice"]


def test_an_answer_may_replace_the_original(clicked: WebhookClient, bob: Person) -> None:
    clicked.send(text="Answered", blocks=[section("Answered")], replace_original=True)

    (seen,) = bob.reads(C)
    assert (seen.text, seen.buttons) == ("Answered", [])


def test_an_answer_may_delete_the_original(clicked: WebhookClient, bob: Person) -> None:
    clicked.send(delete_original=True)

    assert bob.reads(C) == []


def test_an_ephemeral_message_is_replaced_by_its_response_url(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    client.chat_postEphemeral(channel=C, user=alice.id, text="?", blocks=[actions(button())])
    alice.clicks(alice.reads(C)[0], "Done")
    url = pretend_app.of_kind("block_actions")[0]["response_url"]

    WebhookClient(url).send(text="!", replace_original=True)

    assert texts(alice) == ["!"]


def test_the_sixth_answer_is_refused(clicked: WebhookClient, alice: Person) -> None:
    answers = [clicked.send(text=str(number)) for number in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body
    assert texts(alice) == ["Question", "0", "1", "2", "3", "4"]


def test_after_half_an_hour_it_is_too_late(clicked: WebhookClient, alice: Person) -> None:
    alice.workspace.clock.move(timedelta(minutes=30))
    in_time = clicked.send(text="now")
    alice.workspace.clock.move(timedelta(seconds=1))

    late = clicked.send(text="later")

    assert (in_time.status_code, late.status_code) == (200, 404)
    assert "expired_url" in late.body


def test_wrong_answers_are_refused_and_cost_nothing(clicked: WebhookClient) -> None:
    wrong = [clicked.send(blocks=[{"type": "heading"}]) for _ in range(5)]
    empty = clicked.send()
    right = clicked.send(text="x")

    assert {answer.status_code for answer in (*wrong, empty)} == {400}
    assert "invalid_blocks" in wrong[0].body
    assert right.status_code == 200


def test_an_unknown_response_url(clicked: WebhookClient) -> None:
    answer = WebhookClient(clicked.url + "x").send(text="x")

    assert (answer.status_code, "no_active_hooks" in answer.body) == (404, True)
