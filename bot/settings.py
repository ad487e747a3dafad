"""Every setting, read from the environment once, at the start of a process."""

from __future__ import annotations

from datetime import datetime, time
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import holidays
from babel import Locale, UnknownLocaleError
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import clock
from scheduling import PlanError, read_margin

_MOST_PORTS = 65535


class Settings(BaseSettings):
    """What an operator can set; the README's table is made from these fields."""

    model_config = SettingsConfigDict(
        extra="ignore", frozen=True, populate_by_name=True, env_ignore_empty=True
    )

    slack_bot_token: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SLACK_BOT_TOKEN",
        description="The bot's token, `xoxb-…`, from the app's “Install App” page. Required.",
    )
    slack_app_token: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SLACK_APP_TOKEN",
        description="An app-level token, `xapp-…`, with `connections:write`: turns on Socket Mode, "
        "which needs no public address.",
    )
    slack_signing_secret: SecretStr = Field(
        default=SecretStr(""),
        validation_alias="SLACK_SIGNING_SECRET",
        description="Proves that a request comes from Slack. Required without Socket Mode. During "
        "a rotation, the new and the old secret separated by a comma.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/",
        validation_alias="SLACK_API_URL",
        description="Where Slack's Web API is; another address for tests, used by every client.",
    )
    database_url: str = Field(
        default="",
        validation_alias="RETRO_DATABASE_URL",
        description="`postgresql://…` or `sqlite:///…`. Default: SQLite in `RETRO_DATA_DIR`.",
    )
    data_dir: Path = Field(
        default=Path("data"),
        validation_alias="RETRO_DATA_DIR",
        description="Where the SQLite database is kept.",
    )
    port: int = Field(
        default=3000,
        ge=0,
        le=65535,
        validation_alias="RETRO_PORT",
        description="The port of `/slack/events` and `/healthz`.",
    )
    host: str = Field(
        default="127.0.0.1",
        validation_alias="RETRO_HOST",
        description="The address to listen on; `0.0.0.0` behind a proxy or in a container.",
    )
    timezone: str = Field(
        default="Europe/Paris",
        validation_alias="RETRO_TIMEZONE",
        description="The workspace's time zone, for people whose own is unknown.",
    )
    country: str = Field(
        default="FR",
        validation_alias="RETRO_COUNTRY",
        description="Whose public holidays the plans respect: a country of two letters, with a "
        "subdivision where it has its own (`FR`, `FR-57`, `GB-SCT`).",
    )
    locale: str = Field(
        default="fr-FR",
        validation_alias="RETRO_LOCALE",
        description="The language for people whose own is unknown: `fr-FR`, `en-GB`…",
    )
    digest_time: Annotated[time, NoDecode] = Field(
        default=time(9, 0),
        validation_alias="RETRO_DIGEST_TIME",
        description="When the morning message comes, by each reader's own clock.",
    )
    margin: str = Field(
        default="",
        validation_alias="RETRO_MARGIN",
        description="The margin kept before every launch: `5d` (working days) or `15%` of the "
        "work. Default: what the template says.",
    )

    @field_validator("port", mode="before")
    @classmethod
    def _port(cls, value: object) -> int:
        text = str(value)
        if not (text.isascii() and text.isdecimal() and int(text[:6]) <= _MOST_PORTS):
            raise ValueError(f"{text!r} is not a port; choose a number from 1 to {_MOST_PORTS}")
        return int(text)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if clock.zone(value).key != value:
            raise ValueError(f"{value!r} is not a time zone such as Europe/Paris")
        return value

    @field_validator("locale")
    @classmethod
    def _known_locale(cls, value: str) -> str:
        try:
            Locale.parse(value.replace("-", "_"))
        except (ValueError, UnknownLocaleError) as error:
            raise ValueError(f"{value!r} is not a language such as fr-FR or en-GB") from error
        return value

    @field_validator("digest_time", mode="before")
    @classmethod
    def _hour(cls, value: object) -> time:
        if isinstance(value, time):
            return value
        try:
            return datetime.strptime(str(value), "%H:%M").time()  # noqa: DTZ007 - of any zone
        except ValueError as error:
            raise ValueError(f"{value!r} is not a time of day such as 09:00") from error

    @field_validator("margin")
    @classmethod
    def _margin(cls, value: str) -> str:
        try:
            return str(read_margin(value)) if value else ""
        except PlanError as error:
            raise ValueError(f"{value!r} is not a margin such as 5d or 15%") from error

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        country, _, subdivision = value.upper().partition("-")
        supported = holidays.list_supported_countries()
        if country not in supported:
            raise ValueError(f"{value!r} is not a country whose public holidays are known")
        if subdivision and subdivision not in supported[country]:
            raise ValueError(f"{value!r}: {country} has no subdivision {subdivision}")
        return value.upper()

    @field_validator("slack_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{value!r} is not an address such as https://slack.com/api/")
        return value if value.endswith("/") else value + "/"

    @cached_property
    def url(self) -> str:
        """The database's address, the default one included."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'retro.sqlite3'}"

    @cached_property
    def signing_secrets(self) -> tuple[str, ...]:
        """The secrets a request may be signed with, the newest first."""
        parts = self.slack_signing_secret.get_secret_value().split(",")
        return tuple(part.strip() for part in parts if part.strip())

    @property
    def is_socket_mode(self) -> bool:
        """Whether Slack is reached over a WebSocket rather than reaching us over HTTP."""
        return bool(self.slack_app_token.get_secret_value())
