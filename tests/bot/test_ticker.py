"""The heartbeat."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.ticker import JITTER, PERIOD, Job, Ticker
from storage import heartbeat, inbox
from storage.db import Database
from tests.rows import NOW

MakeTicker = Callable[..., Ticker]


@pytest.fixture
def make_ticker(database: Database) -> Iterator[MakeTicker]:
    """Makes a ticker whose clock stands still; it is stopped in the end."""
    made: list[Ticker] = []

    def make(**jobs: Job) -> Ticker:
        ticker = Ticker(database, jobs, lambda: NOW, worker="here")
        made.append(ticker)
        return ticker

    yield make
    for ticker in made:
        ticker.stop()


def last_beat(database: Database) -> datetime | None:
    with database.readers.begin() as session:
        return heartbeat.last(session, "here")


def remember(event: str) -> Job:
    def job(session: Session, now: datetime) -> None:
        inbox.receive(session, "T1", event, now)

    return job


def is_remembered(database: Database, event: str) -> bool:
    with database.sessions() as session:
        return not inbox.receive(session, "T1", event, NOW)


def fail(session: Session, now: datetime) -> None:
    inbox.receive(session, "T1", "half done", now)
    raise ZeroDivisionError


def test_a_tick_runs_every_job_and_notes_that_it_did(
    database: Database, make_ticker: MakeTicker
) -> None:
    make_ticker(one=remember("one"), two=remember("two")).tick()

    assert is_remembered(database, "one")
    assert is_remembered(database, "two")
    assert last_beat(database) == NOW


def test_a_job_that_fails_keeps_no_other_from_running(
    database: Database, make_ticker: MakeTicker
) -> None:
    ticker = make_ticker(one=fail, two=remember("two"))

    with pytest.raises(ExceptionGroup) as raised:
        ticker.tick()

    assert raised.value.exceptions[0].__notes__ == ["in the job one"]
    assert is_remembered(database, "two")
    assert not is_remembered(database, "half done")


def test_a_tick_that_failed_is_missed(database: Database, make_ticker: MakeTicker) -> None:
    with pytest.raises(ExceptionGroup):
        make_ticker(one=fail).tick()

    assert last_beat(database) is None


def test_ticks_at_once_when_it_starts(database: Database, make_ticker: MakeTicker) -> None:
    ticked = threading.Event()
    ticker = make_ticker(one=lambda _session, _now: ticked.set())

    ticker.start()

    assert ticked.wait(5)
    ticker.stop()
    assert last_beat(database) == NOW


def test_counts_the_ticks_that_fail_and_goes_on(
    make_ticker: MakeTicker, caplog: pytest.LogCaptureFixture
) -> None:
    ticker = make_ticker(one=fail)

    ticker.start()
    _wait_until(lambda: ticker.errors == 1)
    ticker.stop()

    assert ticker.errors == 1
    assert "the next one tries again" in caplog.text


def test_stopping_lets_the_tick_end(database: Database, make_ticker: MakeTicker) -> None:
    began, go_on = threading.Event(), threading.Event()

    def slow(_session: Session, _now: datetime) -> None:
        began.set()
        go_on.wait(5)

    ticker = make_ticker(one=slow)
    ticker.start()
    began.wait(5)
    stopping = threading.Thread(target=ticker.stop)
    stopping.start()
    go_on.set()
    stopping.join(5)

    assert last_beat(database) == NOW


def test_a_silence_of_ninety_seconds_means_several_ticks_were_missed() -> None:
    assert timedelta(seconds=3 * (PERIOD + JITTER)) < timedelta(seconds=90)


def _wait_until(is_true: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(500):
        if is_true():
            return
        pause.wait(0.01)
