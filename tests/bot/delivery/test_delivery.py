"""Saying what was promised."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

import bot
from bot.delivery import Delivery, Rates
from bot.ids import MARKER
from storage.models import DeliveryRow, PersonRow
from storage.outbox import Promise, State
from storage.pace import Rate
from tests.bot.delivery.scene import ALICE, AURORE, BOB, Scene
from tests.rows import NOW, TEAM


def test_says_what_was_promised_once(scene: Scene) -> None:
    promise = scene.promise("Your brief is due")
    delivery = scene.delivery()

    counts = [delivery.drain(), delivery.drain()]

    assert counts == [1, 0]
    assert scene.said() == ["Your brief is due"]
    assert scene.state(promise) == State.SENT


def test_says_it_in_a_channel(scene: Scene) -> None:
    scene.promise("Aurore begins", user_id="", channel=AURORE)

    scene.delivery().drain()

    assert scene.said(AURORE) == ["Aurore begins"]


def test_says_it_as_things_are_at_that_moment(scene: Scene) -> None:
    scene.promise("task", ref="task")
    scene.voice.words["task"] = "Brief, now due on Friday"

    scene.delivery().drain()

    assert scene.said() == ["Brief, now due on Friday"]


def test_stays_silent_when_nothing_is_left_to_say(scene: Scene) -> None:
    promise = scene.promise("task")
    scene.voice.words["task"] = None

    sent = scene.delivery().drain()

    assert sent == 0
    assert scene.said() == []
    assert scene.state(promise) == State.EXPIRED


def test_stays_silent_when_it_is_too_late(scene: Scene) -> None:
    promise = scene.promise(expires_at=NOW)
    scene.later(timedelta(seconds=1))

    scene.delivery().drain()

    assert scene.slack.calls() == []
    assert scene.state(promise) == State.EXPIRED


def test_waits_until_it_is_due(scene: Scene) -> None:
    scene.promise("Later", due=NOW + timedelta(hours=1))
    delivery = scene.delivery()

    before = delivery.drain()
    scene.later(timedelta(hours=1))
    after = delivery.drain()

    assert (before, after) == (0, 1)


def test_marks_the_first_block_and_unfurls_nothing(scene: Scene) -> None:
    promise = scene.promise()

    scene.delivery().drain()

    call = scene.slack.calls("chat.postMessage")[0]["args"]
    assert call["blocks"][0]["block_id"] == MARKER + promise.id
    assert (call["unfurl_links"], call["unfurl_media"], call["link_names"]) == (False,) * 3


def test_a_message_without_blocks_is_marked_too(scene: Scene) -> None:
    promise = scene.promise()
    scene.voice.has_blocks = False

    scene.delivery().drain()

    block = scene.slack.calls("chat.postMessage")[0]["args"]["blocks"][0]
    assert block["block_id"] == MARKER + promise.id
    assert block["text"]["text"] == "Hello"


def test_opens_a_private_channel_once_for_a_person(scene: Scene) -> None:
    with scene.database.sessions.begin() as session:
        session.add(PersonRow(team_id=TEAM, id=ALICE, refresh_due=NOW, next_due=None))
    scene.promise("One")
    scene.delivery().drain()
    scene.promise("Two")

    scene.delivery().drain()

    assert scene.said() == ["One", "Two"]
    assert scene.called("conversations.open") == 1


def test_opens_it_anew_when_slack_does_not_know_it_any_more(scene: Scene) -> None:
    with scene.database.sessions.begin() as session:
        session.add(
            PersonRow(team_id=TEAM, id=ALICE, refresh_due=NOW, next_due=None, dm_channel="D0GONE")
        )
    promise = scene.promise()

    scene.delivery().drain()

    assert scene.said() == ["Hello"]
    assert scene.state(promise) == State.SENT


def test_makes_only_as_many_calls_as_it_may(scene: Scene) -> None:
    for number in range(3):
        scene.promise(f"m{number}", user_id=(ALICE, BOB)[number % 2])

    sent = scene.delivery().drain(limit=2)

    assert sent == 2
    assert len(scene.said(ALICE) + scene.said(BOB)) == 2


def test_three_at_once_in_a_channel_then_one_a_second(scene: Scene) -> None:
    for number in range(5):
        scene.promise(f"m{number}", user_id="", channel=AURORE)
    delivery = scene.delivery()

    counts = [delivery.drain()]
    for _ in range(2):
        scene.later(timedelta(seconds=1))
        counts.append(delivery.drain())

    assert counts == [3, 1, 1]
    assert len(scene.said(AURORE)) == 5


def test_a_whole_workspace_has_its_pace_too(scene: Scene) -> None:
    for number in range(4):
        scene.promise(f"m{number}", user_id=(ALICE, BOB)[number % 2])
    delivery = scene.delivery(rates=Rates(posts=Rate(every=timedelta(seconds=1), burst=2)))

    counts = [delivery.drain()]
    scene.later(timedelta(seconds=1))
    counts.append(delivery.drain())

    assert counts == [2, 1]


def test_what_slack_refuses_is_told_to_someone(scene: Scene) -> None:
    promise = scene.promise("Hello", user_id="U0NOBODY")

    scene.delivery().drain()

    assert scene.state(promise) == State.DEAD
    assert scene.voice.refused == [("Hello", "user_not_found")]


def test_one_message_that_cannot_be_made_keeps_no_other_from_being_said(scene: Scene) -> None:
    bad = scene.promise("bad")
    scene.promise("good")

    def stumble(promise: Promise) -> None:
        if promise.id == bad.id:
            raise ZeroDivisionError

    scene.voice.rendered = stumble
    with pytest.raises(ExceptionGroup) as raised:
        scene.delivery().drain()

    assert [type(each) for each in raised.value.exceptions] == [ZeroDivisionError]
    assert scene.said() == ["good"]
    assert scene.state(bad) == State.READY


def test_gives_up_in_the_end_and_says_so(scene: Scene) -> None:
    promise = scene.promise()
    with scene.database.sessions.begin() as session:
        session.execute(update(DeliveryRow).values(attempt=299))
    scene.slack.faults.add("conversations.open", "500")

    scene.delivery().drain()

    assert scene.state(promise) == State.DEAD
    assert scene.voice.refused == [("Hello", "internal_error")]


def test_two_workers_never_say_one_thing_twice(scene: Scene) -> None:
    for number in range(30):
        scene.promise(f"m{number}", user_id=(ALICE, BOB)[number % 2])
    rates = Rates(
        channel=Rate(every=timedelta(0), burst=1), posts=Rate(every=timedelta(0), burst=1)
    )
    workers = [scene.delivery(rates=rates) for _ in range(2)]

    threads = [threading.Thread(target=worker.drain) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(scene.said(ALICE) + scene.said(BOB)) == sorted(f"m{n}" for n in range(30))


def test_is_woken_at_once_and_stops_when_told(scene: Scene) -> None:
    stop, wake = threading.Event(), threading.Event()
    worker = threading.Thread(target=scene.delivery().run, args=(stop, wake))
    worker.start()

    scene.promise()
    wake.set()
    arrived = scene.slack.wait_until(lambda: scene.said() == ["Hello"])
    stop.set()
    wake.set()
    worker.join(timeout=5)

    assert arrived
    assert not worker.is_alive()


def test_a_worker_that_stops_leaves_the_rest_for_another(scene: Scene) -> None:
    for number in range(3):
        scene.promise(f"m{number}")
    stop = threading.Event()
    scene.voice.rendered = lambda _promise: stop.set()

    first = scene.delivery().drain(stop=stop)
    rest = scene.delivery().drain()

    assert (first, rest) == (1, 2)


def test_a_worker_survives_what_it_did_not_expect(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    stop, wake = threading.Event(), threading.Event()
    scene.promise("bad")

    def stumble(_promise: Promise) -> None:
        stop.set()
        raise ZeroDivisionError

    scene.voice.rendered = stumble
    wake.set()
    scene.delivery().run(stop, wake)

    assert "goes on" in caplog.text


def test_every_client_is_made_in_one_place() -> None:
    rooms = Path(bot.__file__).parent

    makers = [
        file.name
        for file in rooms.rglob("*.py")
        if "WebClient(" in file.read_text(encoding="utf-8")
    ]

    assert makers == ["clients.py"]


def test_the_defaults_are_what_slack_asks_for() -> None:
    rates = Rates()

    assert rates.channel.every == timedelta(seconds=1)
    assert Delivery.__dataclass_fields__["at_most_once"].default == {"digest"}
