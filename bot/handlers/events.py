"""What Slack tells of itself: people who change, messages to the bot, an app that is removed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import App, BoltContext
from slack_sdk import WebClient

from bot.clients import CallFailed, calling
from bot.deps import Deps
from bot.flows import people
from bot.views import help as help_views
from storage import inbox, outbox

log = logging.getLogger(__name__)


def register(app: App) -> None:
    """Listen to Slack's own news."""
    app.event("user_change")(user_changed)
    app.event("message")(message_sent)
    app.event("tokens_revoked")(token_lost)
    app.event("app_uninstalled")(token_lost)


def user_changed(deps: Deps, context: BoltContext, event: Mapping[str, Any]) -> None:
    """Keep a new name, time zone, language or standing. Doing it twice is doing it once."""
    user = event["user"]
    team_id = context.team_id or ""
    with deps.database.workers.begin() as session:
        deps.directory.keep(session, team_id, user)


def message_sent(
    deps: Deps,
    context: BoltContext,
    body: Mapping[str, Any],
    event: Mapping[str, Any],
    client: WebClient,
) -> None:
    """Someone writes to the bot: answer with what can be done, once, never with silence."""
    if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id"):
        return
    team_id, user_id = context.team_id or "", event["user"]
    with deps.database.workers.begin() as session:
        if not inbox.receive(session, team_id, body["event_id"], deps.now()):
            return
        reader = people.reader_of(session, team_id, user_id, deps.now())
    usage = help_views.usage(reader)
    try:
        with calling("chat.postMessage"):
            client.chat_postMessage(
                channel=event["channel"], text=usage.text, blocks=usage.blocks, link_names=False
            )
    except CallFailed as failure:
        log.warning("no answer to %s: %s", user_id, failure.error)


def token_lost(deps: Deps, context: BoltContext, event: Mapping[str, Any]) -> None:
    """The app was removed, or its token revoked: nothing more is said there."""
    if event["type"] == "tokens_revoked" and not event.get("tokens", {}).get("bot"):
        return  # only people's tokens, of which we have none
    with deps.database.workers.begin() as session:
        outbox.suspend(session, context.team_id or "", event["type"])
    log.warning("%s: nothing more is sent to %s", event["type"], context.team_id)
