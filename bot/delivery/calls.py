"""The five things delivery asks of Slack. Each raises ``CallFailed``; none knows the database."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from slack_sdk import WebClient

from bot.clients import CallFailed, Verdict, calling
from bot.views.blocks import Message
from storage.pace import POST, UPDATE

OPEN, HISTORY = "conversations.open", "conversations.history"

CLOCK_ERROR = timedelta(seconds=60)  # between our clock and Slack's, which dates its messages
_PAGE = 100
_UPDATED_TEXT = 4_000  # characters, where a new message may have ten times as many


def open_channel(client: WebClient, user_id: str) -> str:
    """The channel in which someone is spoken to in private."""
    with calling(OPEN):
        answer = client.conversations_open(users=user_id)
    return str(answer["channel"]["id"])


def post(client: WebClient, channel: str, message: Message, mark: str) -> str:
    """Say something new, under a mark that tells it from all others; the message's ``ts``."""
    with calling(POST):
        answer = client.chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=_marked(message, mark),
            unfurl_links=False,
            unfurl_media=False,
            link_names=False,
        )
    return str(answer["ts"])


def edit(client: WebClient, channel: str, ts: str, message: Message, mark: str) -> None:
    """Say something else in its place, under the same mark."""
    with calling(UPDATE):
        client.chat_update(
            channel=channel,
            ts=ts,
            text=message.text[:_UPDATED_TEXT],  # for notifications; the blocks say it all
            blocks=_marked(message, mark),
            link_names=False,
        )


def find(
    client: WebClient,
    channel: str,
    mark: str,
    since: datetime,
    until: datetime,
) -> str | None:
    """The ``ts`` of the message with this mark, said between two moments; None if there is none."""
    cursor = ""
    while True:
        with calling(HISTORY):
            page = client.conversations_history(
                channel=channel,
                oldest=f"{(since - CLOCK_ERROR).timestamp():.6f}",
                latest=f"{(until + CLOCK_ERROR).timestamp():.6f}",
                limit=_PAGE,
                cursor=cursor or None,
            )
        for message in page["messages"]:
            blocks = message.get("blocks") or [{}]
            if blocks[0].get("block_id") == mark:
                return str(message["ts"])
        # Only the end of the last page proves that it is not there.
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor and page.get("has_more"):
            raise CallFailed(HISTORY, Verdict.UNKNOWN, "no_cursor")
        if not cursor:
            return None


def fingerprint(message: Message) -> str:
    """What tells one rendering from another; two that are equal look the same in Slack."""
    text = json.dumps([message.text, message.blocks], sort_keys=True)
    return sha256(text.encode()).hexdigest()[:32]


def _marked(message: Message, mark: str) -> list[dict[str, Any]]:
    blocks = message.blocks or [
        {"type": "section", "text": {"type": "mrkdwn", "text": message.text}}
    ]
    return [{**blocks[0], "block_id": mark}, *blocks[1:]]
