"""Settings that are wrong stop the start with one sentence that names the variable."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import app
from bot.cli import read_settings
from bot.errors import SettingsError
from bot.settings import Settings
from sandbox import Server
from tests.bot import support


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("RETRO_PORT", "abc", "'abc' is not a port; choose a number from 1 to 65535"),
        ("RETRO_PORT", "70000", "'70000' is not a port; choose a number from 1 to 65535"),
        ("RETRO_PORT", "-1", "'-1' is not a port; choose a number from 1 to 65535"),
        ("RETRO_TIMEZONE", "Mars/Phobos", "'Mars/Phobos' is not a time zone such as Europe/Paris"),
        ("RETRO_TIMEZONE", "localtime", "'localtime' is not a time zone such as Europe/Paris"),
        ("RETRO_TIMEZONE", "../etc", "'../etc' is not a time zone such as Europe/Paris"),
        ("RETRO_COUNTRY", "XX", "'XX' is not a country whose public holidays are known"),
        ("RETRO_COUNTRY", "FR-99", "'FR-99': FR has no subdivision 99"),
        ("RETRO_LOCALE", "??", "'??' is not a language such as fr-FR or en-GB"),
        ("RETRO_DIGEST_TIME", "25:00", "'25:00' is not a time of day such as 09:00"),
        ("RETRO_DIGEST_TIME", "9am", "'9am' is not a time of day such as 09:00"),
        ("RETRO_MARGIN", "lots", "'lots' is not a margin such as 5d or 15%"),
        ("RETRO_MARGIN", "-3d", "'-3d' is not a margin such as 5d or 15%"),
        ("RETRO_MARGIN", "100%", "'100%' is not a margin such as 5d or 15%"),
        ("SLACK_API_URL", "slack", "'slack' is not an address such as https://slack.com/api/"),
        (
            "SLACK_API_URL",
            "file:///x",
            "'file:///x' is not an address such as https://slack.com/api/",
        ),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as raised:
        read_settings()

    assert str(raised.value) == f"{name}: {sentence}"


def test_several_wrong_values_are_named_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETRO_PORT", "abc")
    monkeypatch.setenv("RETRO_COUNTRY", "XX")

    with pytest.raises(SettingsError) as raised:
        read_settings()

    assert "RETRO_PORT: " in str(raised.value)
    assert "; RETRO_COUNTRY: " in str(raised.value)


def test_a_variable_that_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.setenv(str(field.validation_alias), "")

    assert read_settings() == Settings()


def test_what_is_set_is_read_in_its_usual_spellings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETRO_PORT", "8080")
    monkeypatch.setenv("RETRO_COUNTRY", "fr-57")
    monkeypatch.setenv("RETRO_DIGEST_TIME", "8:15")
    monkeypatch.setenv("RETRO_MARGIN", "15%")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", " new , old,, ")

    settings = read_settings()

    assert settings.port == 8080
    assert settings.country == "FR-57"
    assert settings.digest_time == time(8, 15)
    assert settings.margin == "15%"
    assert settings.slack_api_url == "http://127.0.0.1:9/api/"
    assert settings.signing_secrets == ("new", "old")


def test_without_an_address_the_database_is_a_file_in_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RETRO_DATA_DIR", str(tmp_path))

    assert read_settings().url == f"sqlite:///{tmp_path}/retro.sqlite3"


@pytest.mark.parametrize("secret", ["xoxb-1234-secret", "xapp-1-secret", "signing-secret"])
def test_a_secret_is_not_shown_with_the_settings(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, secret)

    settings = read_settings()

    assert secret not in repr(settings)
    assert secret not in str(settings)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"slack_bot_token": ""}, "SLACK_BOT_TOKEN is not set"),
        ({"slack_bot_token": "xoxp-user"}, "SLACK_BOT_TOKEN is not a bot token"),
        ({"slack_bot_token": "office"}, "SLACK_BOT_TOKEN is not a bot token"),
        ({"slack_app_token": "xoxb-office"}, "SLACK_APP_TOKEN is not an app-level token"),
        ({"slack_signing_secret": ""}, "Set SLACK_APP_TOKEN for Socket Mode, or"),
        ({"slack_signing_secret": " , "}, "Set SLACK_APP_TOKEN for Socket Mode, or"),
        ({"slack_bot_token": "xoxb-wrong"}, "Slack refuses SLACK_BOT_TOKEN (invalid_auth)"),
        ({"slack_api_url": "http://127.0.0.1:9/"}, "Slack does not answer at http://127.0.0.1:9/"),
    ],
)
def test_a_token_that_is_missing_or_wrong_is_one_sentence_for_the_operator(
    slack: Server, tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    secrets = {
        name: value if name == "slack_api_url" else SecretStr(value)
        for name, value in changes.items()
    }
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    settings = support.settings_for(slack.api_url, url, **secrets)

    with pytest.raises(SettingsError) as raised:
        app.build(settings)

    assert sentence in str(raised.value)
    assert "xoxb-wrong" not in str(raised.value)


@pytest.mark.parametrize("kind", ["429", "500", "drop_before", "drop_after", "error:fatal_error"])
def test_slack_that_does_not_tell_who_we_are_stops_the_start_with_a_sentence(
    slack: Server, tmp_path: Path, kind: str
) -> None:
    slack.workspace.faults.add("auth.test", kind)
    settings = support.settings_for(slack.api_url, f"sqlite:///{tmp_path / 'office.sqlite3'}")

    with pytest.raises(SettingsError, match="Slack does not answer at http://127"):
        app.build(settings)


def test_a_revoked_token_says_to_install_the_app_again(slack: Server, tmp_path: Path) -> None:
    slack.workspace.tokens.revoke(support.BOT_TOKEN)
    settings = support.settings_for(slack.api_url, f"sqlite:///{tmp_path / 'office.sqlite3'}")

    with pytest.raises(SettingsError, match=r"\(token_revoked\).*install the app again"):
        app.build(settings)


def test_every_setting_says_what_it_is_for() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert str(field.validation_alias).isupper(), name
