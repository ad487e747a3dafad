"""Posting, changing and deleting messages."""

import re
from collections.abc import Iterable
from typing import Any

from sandbox.payloads import message_json
from sandbox.records import Channel, Message
from sandbox.workspace import Workspace

BROADCASTS = ("<!channel>", "<!here>", "<!everyone>")
SUBSCRIPTIONS = {"channel": "message.channels", "private": "message.groups", "im": "message.im"}
MENTION = re.compile(r"&lt;([@#][A-Z0-9]+|!(?:channel|here|everyone))(\|[^&]*)?&gt;")
LINK = re.compile(r"(?<![<|\w])https?://[^\s<>|]+")


def post(
    workspace: Workspace,
    *,
    channel: str,
    user: str,
    text: str = "",
    blocks: Iterable[dict[str, Any]] = (),
    attachments: Iterable[dict[str, Any]] = (),
    files: Iterable[str] = (),
    thread_ts: str | None = None,
    broadcast: bool = False,
    ephemeral_to: str | None = None,
    username: str = "",
    metadata: dict[str, Any] | None = None,
) -> Message:
    """Put a message into a channel and tell the app what it subscribes to."""
    with workspace.lock:
        message = Message(
            ts=workspace.next_ts(),
            channel=channel,
            user=user,
            text=text,
            blocks=fill_ids(workspace, blocks),
            attachments=list(attachments),
            files=list(files),
            thread_ts=thread_ts,
            broadcast=broadcast,
            ephemeral_to=ephemeral_to,
            is_from_app=user == workspace.app.bot_user_id,
            username=username,
            metadata=metadata,
        )
        workspace.messages[channel].append(message)
        place = workspace.channels[channel]
        if not message.is_reply and ephemeral_to is None:
            place.last_read[user] = message.ts
        for file_id in message.files:
            workspace.files[file_id].channels.append(channel)
        workspace.changes.publish("messages", channel=channel)
    if ephemeral_to is None:
        _announce(workspace, place, message)
    return message


def update(
    workspace: Workspace, message: Message, *, text: str, blocks: Iterable[dict[str, Any]]
) -> None:
    """Replace what a message says."""
    with workspace.lock:
        message.text = text
        message.blocks = fill_ids(workspace, blocks)
        if message.ephemeral_to is None:
            message.edited_ts = workspace.next_ts()
        workspace.changes.publish("messages", channel=message.channel)


def delete(workspace: Workspace, message: Message) -> None:
    """Take a message away; its replies stay."""
    with workspace.lock:
        workspace.messages[message.channel].remove(message)
        workspace.changes.publish("messages", channel=message.channel)


def fill_ids(workspace: Workspace, blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks with an id where the app left one out, as Slack hands them back."""
    return [_with_ids(workspace, block) for block in blocks]


def escape_typed(text: str) -> str:
    """What a person typed, as Slack stores it: escaped, mentions kept, links marked."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    marked = MENTION.sub(lambda found: f"<{found[1]}{found[2] or ''}>", escaped)
    return LINK.sub(lambda found: f"<{found[0]}>", marked)


def _with_ids(workspace: Workspace, block: dict[str, Any]) -> dict[str, Any]:
    filled = dict(block)
    if not filled.get("block_id"):
        filled["block_id"] = workspace.ids.short()
    for name in ("element", "accessory"):
        if isinstance(filled.get(name), dict):
            filled[name] = _with_action_id(workspace, filled[name])
    if filled["type"] in {"actions", "context_actions"}:
        filled["elements"] = [_with_action_id(workspace, each) for each in filled["elements"]]
    if filled["type"] == "container":
        filled["child_blocks"] = fill_ids(workspace, filled.get("child_blocks", []))
    return filled


def _with_action_id(workspace: Workspace, element: dict[str, Any]) -> dict[str, Any]:
    if element["type"] == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": workspace.ids.short()}


def _announce(workspace: Workspace, channel: Channel, message: Message) -> None:
    bot = workspace.app.bot_user_id
    if bot not in channel.members:
        return
    event = message_json(workspace, message) | {
        "channel": channel.id,
        "channel_type": {"private": "group"}.get(channel.kind, channel.kind),
    }
    if message.files:
        event["subtype"] = "file_share"
    workspace.events.send(event, subscription=SUBSCRIPTIONS[channel.kind])
    if channel.kind != "im" and f"<@{bot}>" in message.text and not message.is_from_app:
        mention = {key: event[key] for key in ("user", "text", "ts", "team", "channel")}
        if message.thread_ts:
            mention["thread_ts"] = message.thread_ts
        workspace.events.send({"type": "app_mention", **mention})
