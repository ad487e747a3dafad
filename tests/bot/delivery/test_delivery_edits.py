"""Messages that change in their place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.delivery import Rates
from bot.ids import MARKER
from storage import lease, outbox
from storage.models import DeliveryRow
from storage.outbox import UPDATE_KIND, Promise, State
from storage.pace import Rate
from tests.bot.delivery.scene import AURORE, Scene
from tests.rows import TEAM

UPDATE = "chat.update"


@pytest.fixture
def card(scene: Scene) -> Promise:
    """A card that was posted in the campaign's channel."""
    promise = scene.promise("card", user_id="", channel=AURORE)
    scene.delivery().drain()
    return promise


def updates(scene: Scene, state: State) -> int:
    with scene.database.readers.begin() as session:
        rows = session.query(DeliveryRow).filter_by(kind=UPDATE_KIND, state=state)
        return rows.count()


def test_a_message_follows_what_it_is_about(scene: Scene, card: Promise) -> None:
    scene.change(card, "card, one task done")

    scene.delivery().drain()

    assert scene.said(AURORE) == ["card, one task done"]
    call = scene.slack.calls(UPDATE)[0]["args"]
    assert call["blocks"][0]["block_id"] == MARKER + card.id


def test_many_changes_are_one_edit(scene: Scene, card: Promise) -> None:
    for version in range(2, 9):
        scene.change(card, f"card, version {version}", version)

    scene.delivery().drain()

    assert scene.said(AURORE) == ["card, version 8"]
    assert scene.called(UPDATE) == 1
    assert updates(scene, State.READY) == 0


def test_a_message_that_was_not_said_yet_is_said_as_it_is_now(scene: Scene) -> None:
    card = scene.promise("card", user_id="", channel=AURORE)
    scene.change(card, "card, changed")

    scene.delivery().drain()

    assert scene.said(AURORE) == ["card, changed"]
    assert scene.called(UPDATE) == 0
    assert updates(scene, State.EXPIRED) == 1


def test_a_change_while_a_message_is_being_said_is_shown_afterwards(scene: Scene) -> None:
    card = scene.promise("card", user_id="", channel=AURORE)
    other = scene.delivery()

    def change_meanwhile(_promise: Promise) -> None:
        scene.voice.rendered = lambda _promise: None
        scene.change(card, "card, changed")
        assert other.drain() == 0

    scene.voice.rendered = change_meanwhile
    delivery = scene.delivery()
    delivery.drain(limit=1)
    before = scene.said(AURORE)
    delivery.drain()

    assert before == ["card"]
    assert scene.said(AURORE) == ["card, changed"]


def test_two_workers_do_not_edit_one_message_at_once(scene: Scene, card: Promise) -> None:
    scene.change(card, "old", 2)
    other = scene.delivery()

    def meanwhile(_promise: Promise) -> None:
        scene.voice.rendered = lambda _promise: None
        scene.change(card, "new", 3)
        assert other.drain() == 0

    scene.voice.rendered = meanwhile
    scene.delivery().drain()
    before = scene.said(AURORE)
    scene.later(timedelta(seconds=2))
    other.drain()

    assert before == ["old"]
    assert scene.said(AURORE) == ["new"]


def test_a_worker_that_died_over_an_edit_holds_the_message_no_longer_than_its_lease(
    scene: Scene, card: Promise
) -> None:
    scene.change(card, "card, changed")
    with scene.database.workers.begin() as session:
        held = lease.claim(session, scene.now, 1, timedelta(seconds=120))[0]
        assert lease.lease_target(session, held, scene.now, timedelta(seconds=120))

    scene.later(timedelta(seconds=120))
    scene.delivery().drain()

    assert scene.said(AURORE) == ["card, changed"]


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "500"])
def test_an_edit_whose_answer_was_lost_is_made_again(
    scene: Scene, card: Promise, fault: str
) -> None:
    scene.change(card, "card, changed")
    scene.slack.faults.add(UPDATE, fault)
    delivery = scene.delivery()

    delivery.drain()
    scene.later(timedelta(seconds=31))
    delivery.drain()

    assert scene.said(AURORE) == ["card, changed"]
    assert updates(scene, State.SENT) == 1


def test_an_edit_of_a_message_that_someone_deleted_is_dropped(scene: Scene, card: Promise) -> None:
    scene.change(card, "card, changed")
    scene.slack.faults.add(UPDATE, "error:message_not_found")

    scene.delivery().drain()

    assert updates(scene, State.EXPIRED) == 1
    assert scene.voice.refused == []


@pytest.mark.parametrize("state", [State.DEAD, State.EXPIRED, State.UNCONFIRMED])
def test_a_message_that_nobody_saw_is_not_edited(scene: Scene, card: Promise, state: State) -> None:
    scene.change(card, "card, changed")
    with scene.database.sessions.begin() as session:
        session.execute(update(DeliveryRow).where(DeliveryRow.id == card.id).values(state=state))

    scene.delivery().drain()

    assert scene.called(UPDATE) == 0
    assert updates(scene, State.EXPIRED) == 1


def test_edits_keep_to_slacks_pace(scene: Scene, card: Promise) -> None:
    another = scene.promise("another", user_id="", channel=AURORE)
    rates = Rates(updates=Rate(every=timedelta(seconds=1), burst=1))
    delivery = scene.delivery(rates=rates)
    delivery.drain()
    scene.change(card, "card, changed")
    scene.change(another, "another, changed")

    at_once = delivery.drain()
    scene.later(timedelta(seconds=1))
    later = delivery.drain()

    assert (at_once, later) == (1, 1)


def test_slack_may_ask_for_fewer_edits(scene: Scene, card: Promise) -> None:
    scene.change(card, "card, changed")
    scene.slack.faults.add(UPDATE, "429", retry_after=60)
    delivery = scene.delivery()

    delivery.drain()
    scene.later(timedelta(seconds=59))
    early = delivery.drain()
    scene.later(timedelta(seconds=1))

    assert early == 0
    assert delivery.drain() == 1


def test_a_permit_to_edit_that_is_too_old_is_not_used(scene: Scene, card: Promise) -> None:
    scene.change(card, "card, changed")
    times = iter([0.0, 5.1, 6.0, 6.0])

    delivery = scene.delivery(monotonic=lambda: next(times))
    delivery.drain(limit=1)
    refused = scene.called(UPDATE)
    delivery.drain()

    assert refused == 0
    assert scene.said(AURORE) == ["card, changed"]


def test_the_same_change_is_promised_once(scene: Scene, card: Promise) -> None:
    with scene.database.sessions.begin() as session:
        found = outbox.copies(session, TEAM, [card.kind], card.ref)[0]
        answers = [outbox.promise_update(session, found, scene.now, 2) for _ in range(2)]

    assert answers == [True, False]


def test_an_edit_that_would_change_nothing_is_not_made(scene: Scene, card: Promise) -> None:
    scene.change(card, "card", 2)

    scene.delivery().drain()

    assert scene.called(UPDATE) == 0
    assert updates(scene, State.EXPIRED) == 1


def test_after_an_edit_whose_answer_was_lost_nothing_is_taken_for_shown(
    scene: Scene, card: Promise
) -> None:
    """Slack may show either: going back to the first words is an edit all the same."""
    scene.change(card, "card, one task done", 2)
    scene.slack.faults.add(UPDATE, "drop_after")
    scene.delivery().drain()

    scene.change(card, "card", 3)
    scene.later(timedelta(minutes=20))
    scene.delivery().drain()

    assert scene.said(AURORE) == ["card"]
    assert scene.called(UPDATE) == 2
