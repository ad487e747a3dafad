"""`retro doctor`: what is well and what is not, one line each, with the way to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from slack_sdk import WebClient

from bot import manifest, startup
from bot.clients import CallFailed, calling, make_client
from bot.errors import SettingsError
from bot.settings import Settings
from storage.db import SchemaTooNew, pending_migrations


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    is_well: bool
    text: str

    def __str__(self) -> str:
        return f"{'ok     ' if self.is_well else 'PROBLEM'} {self.text}"


def missing_scopes(client: WebClient) -> list[str]:
    """The scopes of the manifest that a token does not have. Raises ``CallFailed``.

    Slack tells a token's scopes in a header of every answer.
    """
    with calling("auth.test"):
        headers = client.auth_test().headers
    told = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return sorted(manifest.scopes() - {scope.strip() for scope in str(told).split(",")})


def _well(text: str) -> Finding:
    return Finding(is_well=True, text=text)


def _problem(text: object) -> Finding:
    return Finding(is_well=False, text=str(text))


def examine(settings: Settings) -> list[Finding]:
    """Look at settings, database, migrations, token and scopes, in this order."""
    return [*_settings(settings), *_database(settings), *_slack(settings)]


def _settings(settings: Settings) -> Iterator[Finding]:
    try:
        startup.check(settings)
    except SettingsError as problem:
        yield _problem(problem)
        return
    way = "Socket Mode" if settings.is_socket_mode else f"HTTP on port {settings.port}"
    yield _well(f"settings: {way}, {settings.country}, {settings.timezone}, {settings.locale}")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        database = startup.open_storage(settings)
    except SettingsError as problem:
        yield _problem(problem)
        return
    try:
        shown = database.engine.url.render_as_string(hide_password=True)
        yield _well(f"database: {shown}")
        pending = pending_migrations(database)
        if pending:
            text = f"migrations to apply: {', '.join(pending)}; run `retro db upgrade`."
            yield _problem(text)
        else:
            yield _well("migrations: up to date")
    except SchemaTooNew as problem:
        text = f"the database was made by a later release ({problem.revision}): update retro."
        yield _problem(text)
    finally:
        database.close()


def _slack(settings: Settings) -> Iterator[Finding]:
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        return
    client = make_client(token, settings.slack_api_url)
    try:
        identity = startup.identify(client, settings)
    except SettingsError as problem:
        yield _problem(problem)
        return
    yield _well(f"Slack: {identity.team} ({identity.team_id})")
    yield _scopes(client)


def _scopes(client: WebClient) -> Finding:
    try:
        missing = missing_scopes(client)
    except CallFailed as failure:
        return _problem(f"Slack did not tell the token's scopes: {failure.error}")
    if missing:
        text = (
            f"the token lacks {', '.join(missing)}: update the app from manifest.yml and "
            "install it again."
        )
        return _problem(text)
    return _well("scopes: as in manifest.yml")
