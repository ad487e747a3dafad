"""`retro doctor` finds what is wrong, says how to mend it, and never fails itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from bot import doctor, manifest
from sandbox import Server
from storage.db import open_database, upgrade
from storage.migrations import configuration
from storage.models import Base
from tests.bot import support
from tests.conftest import NewDatabase


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A SQLite database that is up to date."""
    address = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    database = open_database(address)
    upgrade(database)
    database.close()
    return address


def found(slack: Server, url: str, **changes: Any) -> tuple[list[str], list[str]]:
    """What is well and what is not."""
    findings = doctor.examine(support.settings_for(slack.api_url, url, **changes))
    well = [finding.text for finding in findings if finding.is_well]
    return well, [finding.text for finding in findings if not finding.is_well]


def test_everything_is_well_in_a_healthy_office(slack: Server, url: str) -> None:
    well, problems = found(slack, url)

    assert problems == []
    assert well[0] == "settings: HTTP on port 0, FR, Europe/Paris, fr-FR"
    assert well[2:] == [
        "migrations: up to date",
        "Slack: Sandbox (T0SANDBOX)",
        "scopes: as in manifest.yml",
    ]


def test_socket_mode_is_told_from_http(slack: Server, url: str) -> None:
    well, problems = found(slack, url, slack_app_token=SecretStr("xapp-sandbox"))

    assert problems == []
    assert well[0].startswith("settings: Socket Mode")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"slack_bot_token": SecretStr("")}, "SLACK_BOT_TOKEN is not set"),
        ({"slack_bot_token": SecretStr("xoxp-1")}, "SLACK_BOT_TOKEN is not a bot token"),
        ({"slack_bot_token": SecretStr("xoxb-wrong")}, "Slack refuses SLACK_BOT_TOKEN"),
        ({"slack_signing_secret": SecretStr("")}, "Set SLACK_APP_TOKEN for Socket Mode, or"),
        ({"slack_api_url": "http://127.0.0.1:9/"}, "Slack does not answer at"),
        ({"database_url": "sqlite:////proc/nowhere/x"}, "cannot be opened"),
    ],
)
def test_each_thing_that_is_wrong_is_found(
    slack: Server, url: str, changes: dict[str, Any], sentence: str
) -> None:
    database_url = changes.pop("database_url", url)

    _, problems = found(slack, database_url, **changes)

    assert any(sentence in problem for problem in problems)


def test_scopes_that_are_missing_are_named_with_the_way_to_get_them(
    slack: Server, url: str
) -> None:
    few = manifest.scopes() - {"im:write", "files:read"}
    slack.workspace.tokens.rescope(frozenset(few))

    _, problems = found(slack, url)

    (problem,) = problems
    assert problem.startswith("the token lacks files:read, im:write: update the app from")
    assert problem.endswith("manifest.yml and install it again.")


def test_migrations_that_wait_are_named(slack: Server, tmp_path: Path) -> None:
    _, problems = found(slack, f"sqlite:///{tmp_path / 'new.sqlite3'}")

    assert len(problems) == 1
    assert problems[0].startswith("migrations to apply: 0001")
    assert problems[0].endswith("run `retro db upgrade`.")


def test_a_database_of_a_later_release_is_told(slack: Server, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'later.sqlite3'}"
    stamp_with(url, "9999")

    _, problems = found(slack, url)

    assert problems == ["the database was made by a later release (9999): update retro."]


def test_a_password_is_not_printed(slack: Server, new_postgresql: NewDatabase) -> None:
    url = make_url(new_postgresql()).set(password="hunter2").render_as_string(hide_password=False)

    well, problems = found(slack, url)

    assert "hunter2" not in " ".join([*well, *problems])


def test_slack_that_answers_429_is_a_finding_too(slack: Server, url: str) -> None:
    slack.workspace.faults.add("auth.test", "429", times=None)

    _, problems = found(slack, url)

    assert problems == [f"Slack does not answer at {slack.api_url} (ratelimited)."]


def stamp_with(url: str, revision: str) -> None:
    """Make tables that say that they are of some revision."""
    database = open_database(url)
    with database.engine.begin() as connection:
        Base.metadata.create_all(connection)
        command.stamp(configuration(connection), "head")
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608 - ours
    database.close()
