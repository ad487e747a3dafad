"""What becomes of a message when Slack, the network or a worker fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from bot.clients import make_client
from bot.delivery import Delivery
from bot.delivery.worker import LEASE, PERMIT
from bot.ids import Kind
from sandbox import Server
from storage import lease, outbox
from storage.outbox import State
from tests.bot.delivery.scene import ALICE, AURORE, BOB, SETTLED, Scene, a_slack
from tests.rows import TEAM, a_workspace

POST, HISTORY = "chat.postMessage", "conversations.history"
ELSEWHERE = "T0ELSEWHERE"


@pytest.fixture
def elsewhere(scene: Scene) -> Iterator[Scene]:
    """A second workspace, with a Slack of its own, on the same database."""
    with scene.database.sessions.begin() as session:
        session.add(a_workspace(ELSEWHERE))
    with Server(a_slack(team_id=ELSEWHERE)) as server:
        yield Scene(scene.database, server.workspace, server)


def test_a_lost_answer_is_found_in_the_history(scene: Scene) -> None:
    promise = scene.promise()
    scene.slack.faults.add(POST, "drop_after")
    delivery = scene.delivery()

    at_once = delivery.drain()
    in_doubt = scene.state(promise)
    scene.later()
    later = delivery.drain()

    assert (at_once, in_doubt, later) == (0, State.SENDING, 1)
    assert scene.said() == ["Hello"]
    assert scene.state(promise) == State.SENT
    assert scene.called(POST) == 1


def test_what_was_found_can_be_edited(scene: Scene) -> None:
    promise = scene.promise()
    scene.slack.faults.add(POST, "drop_after")
    delivery = scene.delivery()
    delivery.drain()
    scene.later()
    delivery.drain()

    scene.change(promise, "Hello again")
    delivery.drain()

    assert scene.said() == ["Hello again"]


def test_nothing_is_looked_for_before_slack_must_show_it(scene: Scene) -> None:
    scene.promise()
    scene.slack.faults.add(POST, "drop_after")
    delivery = scene.delivery()
    delivery.drain()

    scene.later(timedelta(seconds=299))
    delivery.drain()

    assert scene.called(HISTORY) == 0


@pytest.mark.parametrize("fault", ["drop_before", "500", "error:fatal_error"])
def test_a_call_that_may_have_been_done_is_looked_for_then_made_again(
    scene: Scene, fault: str
) -> None:
    scene.promise()
    scene.slack.faults.add(POST, fault)
    delivery = scene.delivery()

    delivery.drain()
    scene.later()
    delivery.drain()

    assert scene.said() == ["Hello"]
    assert scene.called(HISTORY) == 1


def test_an_answer_that_comes_too_late_is_no_second_message(scene: Scene) -> None:
    scene.promise()
    scene.slack.faults.add(POST, "late", seconds=1.5)

    def hasty(team_id: str) -> WebClient:
        return scene.client(team_id, timeout=1)

    delivery = scene.delivery(client_for=hasty)
    delivery.drain()
    scene.later()
    delivery.drain()

    assert scene.said() == ["Hello"]


def test_a_message_on_the_last_page_is_found(scene: Scene) -> None:
    scene.promise(user_id="", channel=AURORE)
    scene.slack.faults.add(POST, "drop_after")
    delivery = scene.delivery()
    delivery.drain()
    client = scene.client()
    for number in range(120):
        client.chat_postMessage(channel=AURORE, text=f"chat {number}")

    scene.later()
    delivery.drain()

    assert scene.said(AURORE).count("Hello") == 1
    assert scene.called(HISTORY) == 2


def test_what_is_late_when_it_is_known_to_be_missing_expires(scene: Scene) -> None:
    promise = scene.promise(expires_at=scene.now + timedelta(minutes=1))
    scene.slack.faults.add(POST, "drop_before")
    delivery = scene.delivery()

    delivery.drain()
    scene.later()
    delivery.drain()

    assert scene.said() == []
    assert scene.state(promise) == State.EXPIRED


@pytest.mark.parametrize("error", ["error:missing_scope", "error:not_allowed_token_type"])
def test_a_digest_that_cannot_be_looked_for_is_unconfirmed(scene: Scene, error: str) -> None:
    promise = scene.promise("digest", kind=Kind.DIGEST)
    scene.slack.faults.add(POST, "drop_after")
    scene.slack.faults.add(HISTORY, error)
    delivery = scene.delivery()

    delivery.drain()
    scene.later()
    delivery.drain()

    assert scene.said() == ["digest"]
    assert scene.state(promise) == State.UNCONFIRMED


def test_a_nudge_that_cannot_be_looked_for_is_said_again(scene: Scene) -> None:
    promise = scene.promise("nudge", kind=Kind.NUDGE)
    scene.slack.faults.add(POST, "drop_after")
    scene.slack.faults.add(HISTORY, "error:missing_scope")
    delivery = scene.delivery()

    delivery.drain()
    scene.later()
    delivery.drain()

    assert scene.said() == ["nudge", "nudge"]
    assert scene.state(promise) == State.SENT


def test_a_history_that_is_down_leaves_the_doubt(scene: Scene) -> None:
    promise = scene.promise("digest", kind=Kind.DIGEST)
    scene.slack.faults.add(POST, "drop_after")
    scene.slack.faults.add(HISTORY, "500")
    delivery = scene.delivery()
    delivery.drain()
    scene.later()

    delivery.drain()
    during = scene.state(promise)
    scene.later(timedelta(minutes=15))
    delivery.drain()

    assert during == State.SENDING
    assert scene.state(promise) == State.SENT
    assert scene.said() == ["digest"]


def test_slack_is_asked_for_the_history_no_more_often_than_it_wants(scene: Scene) -> None:
    for name in ("one", "two"):
        scene.promise(name)
    scene.slack.faults.add(POST, "drop_after", times=2)
    scene.slack.faults.add(HISTORY, "429", retry_after=60)
    delivery = scene.delivery()
    delivery.drain()
    scene.later()

    delivery.drain()
    during = scene.called(HISTORY)
    scene.later(timedelta(seconds=61))
    delivery.drain()

    assert during == 1
    assert sorted(scene.said()) == ["one", "two"]


def test_a_workspace_that_is_told_to_wait_keeps_no_other_waiting(
    scene: Scene, elsewhere: Scene
) -> None:
    for number in range(3):
        scene.promise(f"here {number}", user_id=(ALICE, BOB)[number % 2])
    elsewhere.promise("elsewhere", team_id=ELSEWHERE)
    scene.slack.faults.add(POST, "429", retry_after=30)
    scenes = {TEAM: scene, ELSEWHERE: elsewhere}
    delivery = scene.delivery(client_for=lambda team_id: scenes[team_id].client())

    at_once = delivery.drain()
    calls = scene.called(POST)
    scene.later(timedelta(seconds=29))
    early = delivery.drain()
    scene.later(timedelta(seconds=1))
    in_time = delivery.drain()
    for _ in range(2):  # Slack was impatient: no burst now
        scene.later(timedelta(seconds=1))
        delivery.drain()

    assert elsewhere.said() == ["elsewhere"]
    assert (at_once, calls, early, in_time) == (1, 1, 0, 1)
    assert len(scene.said(ALICE) + scene.said(BOB)) == 3


def test_a_method_that_must_wait_keeps_no_other_waiting(scene: Scene) -> None:
    card = scene.promise("card", user_id="", channel=AURORE)
    delivery = scene.delivery()
    delivery.drain()
    scene.promise("more")
    scene.change(card, "card, changed")
    scene.slack.faults.add(POST, "429", retry_after=30)

    delivery.drain()

    assert scene.said(AURORE) == ["card, changed"]
    assert scene.said() == []


def test_opening_a_private_channel_keeps_to_slacks_pace_too(scene: Scene) -> None:
    scene.promise("one", user_id=ALICE)
    scene.promise("two", user_id=BOB)
    scene.slack.faults.add("conversations.open", "429", retry_after=30)
    delivery = scene.delivery()

    delivery.drain()
    calls = scene.called("conversations.open")
    scene.later(timedelta(seconds=30))
    delivery.drain()

    assert calls == 1
    assert scene.said(ALICE) + scene.said(BOB) == ["one", "two"]


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_revoked"])
def test_a_dead_token_silences_the_workspace_until_it_is_renewed(scene: Scene, error: str) -> None:
    promise = scene.promise()
    scene.promise("other", user_id=BOB)
    scene.slack.faults.add(POST, f"error:{error}", times=None)
    delivery = scene.delivery()

    delivery.drain()
    calls = scene.called(POST)
    with scene.database.sessions.begin() as session:
        outbox.suspend(session, TEAM, "")
    scene.slack.faults.clear()
    after = delivery.drain()

    assert calls in {1, 2}  # the other one may have been claimed with it
    assert after == 2
    assert scene.state(promise) == State.SENT
    assert scene.voice.refused == []


def test_a_slack_that_cannot_be_reached_gets_the_message_once_it_can(scene: Scene) -> None:
    promise = scene.promise()
    unreachable = make_client("xoxb-sandbox", "http://127.0.0.1:1/api/")
    channel = scene.dm(ALICE)
    with scene.database.sessions.begin() as session:
        outbox.promise(
            session, team_id=TEAM, key="c", kind="nudge", ref="c", channel=channel, now=scene.now
        )

    down = scene.delivery(client_for=lambda _team_id: unreachable).drain()
    states = [scene.state(promise), scene.about("c", "nudge")[0].state]
    scene.later(timedelta(seconds=31))
    up = scene.delivery().drain()

    assert (down, up) == (0, 2)
    assert states == [State.READY, State.READY]
    assert scene.called(HISTORY) == 0


def test_waits_longer_and_longer_but_no_longer_than_a_quarter_of_an_hour(scene: Scene) -> None:
    scene.promise(user_id="", channel=AURORE)
    scene.slack.faults.add(POST, "error:team_added_to_org", times=None)
    delivery = scene.delivery()
    waits = []

    for _ in range(7):
        delivery.drain()
        waits.append(_seconds_until_next(scene, delivery))

    assert waits == [30, 60, 120, 240, 480, 900, 900]


def _seconds_until_next(scene: Scene, delivery: Delivery) -> int:
    before = scene.called(POST)
    for seconds in range(0, 901, 30):
        delivery.drain()
        if scene.called(POST) > before:
            scene.slack.faults.clear()
            scene.slack.faults.add(POST, "error:team_added_to_org", times=None)
            return seconds
        scene.later(timedelta(seconds=30))
    return -1


def test_a_permit_that_is_too_old_is_not_used(scene: Scene) -> None:
    promise = scene.promise()
    times = iter([0.0, PERMIT + 0.1, 10.0, 10.0])
    delivery = scene.delivery(monotonic=lambda: next(times))

    delivery.drain(limit=1)
    refused = (scene.said(), scene.state(promise))
    delivery.drain()

    assert refused == ([], State.READY)
    assert scene.said() == ["Hello"]


def test_a_worker_that_slept_past_its_lease_says_nothing(scene: Scene) -> None:
    promise = scene.promise()
    other = scene.delivery()
    asleep = True

    def sleep(_promise: object) -> None:
        nonlocal asleep
        if asleep:
            asleep = False
            scene.later(LEASE)
            other.drain()

    scene.voice.rendered = sleep
    scene.delivery().drain()

    assert scene.said() == ["Hello"]
    assert scene.state(promise) == State.SENT


def test_a_worker_that_slept_past_its_lease_says_nothing_even_if_nobody_else_did_yet(
    scene: Scene,
) -> None:
    promise = scene.promise()

    def sleep(_promise: object) -> None:
        scene.later(LEASE)
        with scene.database.workers.begin() as session:
            assert [each.id for each in lease.claim(session, scene.now, 5, LEASE)] == [promise.id]

    scene.voice.rendered = sleep
    scene.delivery().drain(limit=1)

    assert scene.said() == []
    assert scene.state(promise) == State.READY


def test_a_worker_that_slept_while_another_gave_up_leaves_it_so(scene: Scene) -> None:
    promise = scene.promise()
    other = scene.delivery()
    scene.slack.faults.add(POST, "error:restricted_action")
    asleep = True

    def sleep(_promise: object) -> None:
        nonlocal asleep
        if asleep:
            asleep = False
            scene.later(LEASE)
            other.drain()

    scene.voice.rendered = sleep
    scene.delivery().drain()

    assert scene.said() == []
    assert scene.state(promise) == State.DEAD
    assert len(scene.voice.refused) == 1


def test_a_storm_of_faults_loses_nothing_and_says_nothing_twice(scene: Scene) -> None:
    count = int(os.environ.get("RETRO_TEST_STORM", "30"))
    for number in range(count):
        scene.promise(f"m{number}", user_id=(ALICE, BOB)[number % 2])
    for kind in ("429", "500", "drop_before", "drop_after"):
        scene.slack.faults.add(POST, kind, times=None, probability=0.1)
    scene.slack.faults.add(HISTORY, "500", times=None, probability=0.1)
    delivery = scene.delivery()

    for _ in range(20 * count):
        delivery.drain()
        if not _open_rows(scene):
            break
        scene.later(timedelta(seconds=20))

    assert _open_rows(scene) == 0
    assert sorted(scene.said(ALICE) + scene.said(BOB)) == sorted(f"m{n}" for n in range(count))


def _open_rows(scene: Scene) -> int:
    with scene.database.readers.begin() as session:
        backlog = outbox.backlog(session)
    return backlog.ready + backlog.sending


def test_what_is_found_is_later_than_the_doubt(scene: Scene) -> None:
    """A message of the day before, under the same roof, is not mistaken for this one."""
    scene.promise("yesterday")
    delivery = scene.delivery()
    delivery.drain()
    scene.later(timedelta(days=1))
    scene.promise("today")
    scene.slack.faults.add(POST, "drop_before")

    delivery.drain()
    scene.later(SETTLED)
    delivery.drain()

    assert scene.said() == ["yesterday", "today"]
