"""What must hold before the assistant can work: settings, a database, a token that Slack takes.

Each failure is a ``SettingsError``, with one sentence for the operator.
"""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk import WebClient
from sqlalchemy.orm import Session

from bot.clients import CallFailed, Verdict, calling
from bot.errors import SettingsError
from bot.settings import Settings
from storage import people as directory
from storage.db import Database, DatabaseUnavailable, open_database
from storage.records import Workspace


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who Slack says we are."""

    team_id: str
    team: str
    bot_id: str
    bot_user_id: str


def check(settings: Settings) -> None:
    """Whether what is needed to speak with Slack is set; else ``SettingsError``."""
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        raise SettingsError(
            "SLACK_BOT_TOKEN is not set: it is the “Bot User OAuth Token” of the app, xoxb-…"
        )
    if not token.startswith("xoxb-"):
        raise SettingsError("SLACK_BOT_TOKEN is not a bot token: it begins with xoxb-.")
    app_token = settings.slack_app_token.get_secret_value()
    if app_token and not app_token.startswith("xapp-"):
        raise SettingsError("SLACK_APP_TOKEN is not an app-level token: it begins with xapp-.")
    if not (settings.is_socket_mode or settings.signing_secrets):
        raise SettingsError(
            "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP."
        )


def open_storage(settings: Settings) -> Database:
    """The database of the settings. Raises ``SettingsError`` when it cannot be opened."""
    try:
        return open_database(settings.url)
    except DatabaseUnavailable as error:
        raise SettingsError(
            f"{f'The database {error.url}'.rstrip()} cannot be opened: {error.cause}. "
            "See RETRO_DATABASE_URL and RETRO_DATA_DIR."
        ) from error


def identify(client: WebClient, settings: Settings) -> Identity:
    """Ask Slack who we are. Raises ``SettingsError`` when it does not tell."""
    try:
        with calling("auth.test"):
            answer = client.auth_test()
    except CallFailed as failure:
        if failure.verdict is Verdict.TOKEN:
            raise SettingsError(
                f"Slack refuses SLACK_BOT_TOKEN ({failure.error}): copy it anew from the app's "
                "“OAuth & Permissions” page, or install the app again."
            ) from failure
        raise SettingsError(
            f"Slack does not answer at {settings.slack_api_url} ({failure.error})."
        ) from failure
    return Identity(
        team_id=answer["team_id"],
        team=answer["team"],
        bot_id=answer.get("bot_id") or "",
        bot_user_id=answer["user_id"],
    )


def remember(session: Session, settings: Settings, identity: Identity) -> None:
    """Store the workspace with the defaults of the settings, or what Slack renamed of it."""
    country, _, subdivision = settings.country.partition("-")
    directory.keep_workspace(
        session,
        Workspace(
            team_id=identity.team_id,
            name=identity.team,
            bot_user_id=identity.bot_user_id,
            country=country,
            subdivision=subdivision,
            timezone=settings.timezone,
            locale=settings.locale,
            digest_time=settings.digest_time.strftime("%H:%M"),
            margin=settings.margin,
        ),
    )
