"""The `retro` command: what is typed wrong, or cannot be done, is told in one line."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.cli import USUAL_LOCALE, main
from bot.operating import FAILED, OK
from bot.settings import Settings
from sandbox import Person, Server
from tests.bot import support
from tests.conftest import NewDatabase

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, slack: Server, tmp_path: Path) -> Path:
    """The environment of an operator of the office; the file of their database."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    file = tmp_path / "office.sqlite3"
    monkeypatch.setenv("SLACK_BOT_TOKEN", support.BOT_TOKEN)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", support.SECRET)
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    monkeypatch.setenv("RETRO_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("RETRO_PORT", "0")
    return file


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "the following arguments are required: COMMAND"),
        ("srve", "invalid choice: 'srve'"),
        ("plan", "the following arguments are required: FILE"),
        ("plan x.json --today tomorrow", "'tomorrow' is not a day such as 2027-03-15"),
        ("tick --at yesterday", "'yesterday' is not an instant such as 2027-03-15T09:00Z"),
        ("tick --at 2027-03-15T09:00", "has no zone: end it with Z or +01:00"),
        ("db", "the following arguments are required: ACTION"),
        ("db backup", "the following arguments are required: file"),
        ("demo --port x", "invalid int value: 'x'"),
    ],
)
def test_what_is_typed_wrong_is_told_with_how_it_is_used(
    capsys: Capture, typed: str, sentence: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(typed.split())

    said = capsys.readouterr().err
    assert left.value.code == 2
    assert said.startswith("usage: retro")
    assert sentence in said


@pytest.mark.parametrize("typed", ["serve", "doctor", "tick", "db upgrade", "db backup x"])
def test_a_wrong_setting_stops_every_command_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, typed: str
) -> None:
    monkeypatch.setenv("RETRO_COUNTRY", "XX")

    status = main(typed.split())

    assert status == FAILED
    assert capsys.readouterr().err == (
        "retro: RETRO_COUNTRY: 'XX' is not a country whose public holidays are known\n"
    )


@pytest.mark.parametrize("typed", ["serve", "tick", "db upgrade"])
def test_a_database_that_cannot_be_opened_stops_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, typed: str
) -> None:
    monkeypatch.setenv("RETRO_DATABASE_URL", "sqlite:////proc/nowhere/retro.sqlite3")

    status = main(typed.split())

    said = capsys.readouterr().err
    assert status == FAILED
    assert said.startswith("retro: The database sqlite:////proc/nowhere/retro.sqlite3 cannot be")
    assert said.count("\n") == 1


def test_a_missing_token_stops_the_start_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")

    status = main(["serve"])

    assert status == FAILED
    assert capsys.readouterr().err.startswith("retro: SLACK_BOT_TOKEN is not set: ")


def test_a_database_of_a_later_release_is_left_alone(environment: Path, capsys: Capture) -> None:
    assert main(["db", "upgrade"]) == OK
    with closing(sqlite3.connect(environment)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    statuses = [main(["tick"]), main(["db", "upgrade"])]

    assert statuses == [FAILED, FAILED]
    assert (
        capsys.readouterr().err.splitlines()
        == ["retro: the database was made by a later release (9999): update retro."] * 2
    )


def test_upgrading_twice_is_upgrading_once(capsys: Capture) -> None:
    statuses = [main(["db", "upgrade"]), main(["db", "upgrade"])]

    assert statuses == [OK, OK]
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("applied 0001")
    assert second == "already up to date"


def test_a_backup_is_a_database_with_the_same_rows(environment: Path, capsys: Capture) -> None:
    main(["tick"])
    copy = environment.with_name("copy.sqlite3")

    status = main(["db", "backup", str(copy)])

    assert status == OK
    assert capsys.readouterr().out.splitlines()[-1] == f"copied to {copy}, and checked"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name FROM workspace").fetchall() == [("Sandbox",)]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("office.sqlite3", "That is the database itself; choose another file."),
        ("nowhere/copy.sqlite3", "cannot be written: No such file or directory."),
    ],
)
def test_a_backup_that_cannot_be_made_is_told_and_leaves_nothing(
    environment: Path, capsys: Capture, target: str, sentence: str
) -> None:
    main(["db", "upgrade"])
    before = sorted(environment.parent.iterdir())

    status = main(["db", "backup", str(environment.parent / target)])

    assert status == FAILED
    assert sentence in capsys.readouterr().err
    assert sorted(environment.parent.iterdir()) == before


def test_a_backup_of_postgresql_says_what_to_use_instead(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, new_postgresql: NewDatabase, tmp_path: Path
) -> None:
    monkeypatch.setenv("RETRO_DATABASE_URL", new_postgresql())

    status = main(["db", "backup", str(tmp_path / "copy")])

    assert status == FAILED
    assert capsys.readouterr().err == (
        "retro: Only SQLite is copied here; for PostgreSQL use pg_dump.\n"
    )


def test_a_tick_sends_what_was_due_at_that_time(
    slack: Server, environment: Path, capsys: Capture
) -> None:
    alice = Person(slack.workspace, support.ALICE)
    with support.at_work(slack, f"sqlite:///{environment}") as assistant:
        assert support.fill(support.open_form(alice)).submit() == {}
        assert support.every_campaign(assistant)

    status = main(["tick", "--at", "2026-11-23T08:30+01:00"])

    assert status == OK
    assert capsys.readouterr().out == "1 messages sent\n"
    assert "*Aurore*" in alice.finds(support.AURORE, "Aurore").words


def test_the_doctor_prints_a_line_for_each_finding_and_fails_with_any(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    main(["db", "upgrade"])
    well = main(["doctor"])
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
    unwell = main(["doctor"])

    assert (well, unwell) == (OK, FAILED)
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split()[0] for line in lines] == ["ok"] * 8 + ["PROBLEM"]


def test_serving_says_when_it_is_ready_and_stops_when_asked() -> None:
    with serving() as process:
        assert process.stderr is not None
        ready = next(line for line in process.stderr if "ready: HTTP, port" in line)
        process.send_signal(signal.SIGTERM)
        rest = process.stderr.read()
        status = process.wait(30)

    assert ready
    assert status == OK
    assert "Traceback" not in rest
    assert support.BOT_TOKEN not in ready + rest


def test_serving_on_a_busy_port_stops_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, slack: Server
) -> None:
    port = slack.url.rpartition(":")[2]
    monkeypatch.setenv("RETRO_PORT", port)

    status = main(["serve"])

    last = capsys.readouterr().err.splitlines()[-1]
    assert status == FAILED
    assert (
        last == f"retro: Port {port} is in use by another program: choose another with RETRO_PORT."
    )


def test_the_demonstration_on_a_busy_port_stops_with_one_line(
    capsys: Capture, slack: Server
) -> None:
    port = slack.url.rpartition(":")[2]

    status = main(["demo", "--port", port])

    assert status == FAILED
    assert f"retro: Port {port} is in use by another program" in capsys.readouterr().err


@contextmanager
def serving() -> Iterator[subprocess.Popen[str]]:
    """`retro serve` in a process of its own."""
    command = [sys.executable, "-m", "bot", "serve"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as process:  # noqa: S603 - ours
        try:
            yield process
        finally:
            process.kill()


def test_a_plan_file_speaks_the_usual_language_of_the_settings() -> None:
    assert Settings.model_fields["locale"].default == USUAL_LOCALE
