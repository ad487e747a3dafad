"""A database that is busy, broken or not there: one sentence, and nothing half done."""

from __future__ import annotations

import logging
import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot import app
from bot.app import Assistant
from bot.errors import SettingsError
from bot.ids import Action, Field
from sandbox import NoAnswer, Person, Server, Workspace
from storage.db import LISTENER_PATIENCE, Database
from storage.models import CampaignRow
from tests.bot import support

BUSY = "Ceci n’a pas été enregistré"
SLACKS_PATIENCE = 3.0


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Listeners that wait for a lock no longer than a test wants to."""
    monkeypatch.setattr("storage.db.LISTENER_PATIENCE", 0.4)


@contextmanager
def somebody_is_writing(database: Database) -> Iterator[None]:
    """Hold what every change of a campaign waits for, as a long transaction would."""
    with database.workers.begin() as session:
        session.execute(select(CampaignRow.id).with_for_update()).all()
        yield


def test_a_click_while_the_database_is_busy_is_answered_in_time_and_can_be_made_again(
    assistant: Assistant, database: Database, alice: Person
) -> None:
    support.create_campaign(alice, assistant)
    card = alice.finds(support.AURORE, "Aurore")
    block = support.block_of(card, "Brief")

    with somebody_is_writing(database):
        alice.clicks(card, "Marquer comme faite", block_id=block)
    told = alice.finds(support.AURORE, BUSY)
    was_done = support.task_of(assistant, "brief").is_done
    alice.clicks(card, "Marquer comme faite", block_id=block)

    assert told.ephemeral
    assert not was_done
    assert support.task_of(assistant, "brief").is_done


def test_listeners_wait_less_than_slack_does() -> None:
    assert LISTENER_PATIENCE <= SLACKS_PATIENCE - 0.5


def test_a_form_sent_while_the_database_is_busy_stays_open_and_says_so(
    sqlite_assistant: Assistant, alice: Person
) -> None:
    form = support.fill(support.open_form(alice))

    with somebody_is_writing(sqlite_assistant.database):
        refused = form.submit()
    accepted = form.submit()

    assert list(refused) == [Field.NAME]
    assert BUSY in refused[Field.NAME]
    assert accepted == {}
    assert support.stored(sqlite_assistant, "Aurore").lead_id == alice.id


def test_somebody_new_is_told_too_that_the_database_is_busy(
    sqlite_assistant: Assistant, office: Workspace, alice: Person
) -> None:
    support.create_campaign(alice, sqlite_assistant)
    click = {
        "action_id": Action.TASK_DONE,
        "value": support.task_of(sqlite_assistant, "brief").id,
    }
    office.add_user("U0NEW", name="nina", real_name="Nina Nouvelle", locale="fr-FR")
    nina = Person(office, "U0NEW")

    with somebody_is_writing(sqlite_assistant.database):
        support.send_click(office, nina.id, click)

    assert nina.finds(support.AURORE, BUSY).ephemeral


def test_reading_waits_for_nobody(sqlite_assistant: Assistant, alice: Person) -> None:
    support.create_campaign(alice, sqlite_assistant)

    began = time.monotonic()
    with somebody_is_writing(sqlite_assistant.database):
        alice.types(support.AURORE, "/retro list")
        alice.types(support.AURORE, "/retro digest")
        alice.types(support.AURORE, "/retro tasks")
    waited = time.monotonic() - began

    assert "campagne en cours" in alice.finds(support.AURORE, "campagne en cours").words
    assert waited < SLACKS_PATIENCE


def test_an_error_that_nobody_foresaw_has_a_number_in_the_log_and_for_the_person(
    sqlite_assistant: Assistant,
    dan: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr("bot.handlers.commands.store.summaries", fail)
        dan.types(support.AURORE, "/retro list")

    told = dan.finds(support.AURORE, "Something went wrong here")
    assert told.ephemeral
    number = re.search(r"`([0-9a-f]{8})`", told.words)
    assert number is not None
    assert number[1] in caplog.text
    assert support.every_campaign(sqlite_assistant) == []


def test_a_database_that_is_gone_is_told_in_the_language_of_the_settings(
    sqlite_assistant: Assistant, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    support.create_campaign(alice, sqlite_assistant)
    card = alice.finds(support.AURORE, "Aurore")

    with monkeypatch.context() as patch:
        patch.setattr("storage.people.workspace", lose_the_disk)
        alice.clicks(card, "Marquer comme faite", block_id=support.block_of(card, "Brief"))

    assert alice.finds(support.AURORE, "Une erreur est survenue").ephemeral
    assert not support.task_of(sqlite_assistant, "brief").is_done


def test_a_change_that_fails_in_the_middle_is_not_half_done(
    assistant: Assistant, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    support.create_campaign(alice, assistant)
    before = support.stored(assistant, "Aurore")
    card = alice.finds(support.AURORE, "Aurore")

    with monkeypatch.context() as patch:
        patch.setattr("bot.flows.planning.replan", fail)
        alice.clicks(card, "Marquer comme faite", block_id=support.block_of(card, "Brief"))
    told = alice.finds(support.AURORE, "Une erreur est survenue")
    after = support.stored(assistant, "Aurore")
    alice.clicks(card, "Marquer comme faite", block_id=support.block_of(card, "Brief"))

    assert told.ephemeral
    assert after == before
    assert support.task_of(assistant, "brief").is_done


def test_a_form_whose_handling_fails_is_not_closed(
    assistant: Assistant, office: Workspace, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = support.fill(support.open_form(alice))
    monkeypatch.setattr("bot.flows.campaigns.outbox.promise", fail)

    with pytest.raises(NoAnswer, match="500"):
        support.send_form(office, alice.id, form)

    assert form.is_open
    assert support.every_campaign(assistant) == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:////proc/nowhere/retro.sqlite3", "cannot be opened"),
        ("sqlite:///{folder}", "cannot be opened"),
        ("sqlite:///{folder}/not-a-database", "file is not a database"),
        ("sqlite://", "SQLite needs a file"),
        ("mysql://root@localhost/retro", "neither sqlite nor postgresql"),
        ("nonsense", "not a database address"),
        ("postgresql://retro:hunter2@127.0.0.1:{port}/retro", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_sentence_for_the_operator(
    slack: Server, tmp_path: Path, url: str, reason: str
) -> None:
    (tmp_path / "not-a-database").write_bytes(b"nothing of the kind " * 100)
    settings = support.settings_for(
        slack.api_url, url.format(folder=tmp_path, port=a_port_nobody_listens_on())
    )

    with pytest.raises(SettingsError) as raised:
        app.build(settings)

    sentence = str(raised.value)
    assert reason in sentence
    assert "RETRO_DATABASE_URL" in sentence
    assert "hunter2" not in sentence
    assert "Traceback" not in sentence


def fail(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def lose_the_disk(*_: object) -> None:
    raise OperationalError("SELECT", {}, sqlite3.OperationalError("disk I/O error"))


def a_port_nobody_listens_on() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as bound:
        port: int = bound.getsockname()[1]
    return port
