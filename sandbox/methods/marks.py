"""reactions.*, pins.*, bookmarks.*: marks on messages and channels."""

import re
from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.registry import Call, method
from sandbox.payloads import message_json
from sandbox.records import Channel

EMOJI_NAME = re.compile(r"[a-z0-9_+\-']+(::skin-tone-[2-6])?")
MOST_PINS = 100
MOST_BOOKMARKS = 100


@method("reactions.add", "reactions:write")
def add_reaction(call: Call) -> dict[str, Any]:
    """React to a message."""
    channel, message = call.channel(), call.message(call.channel(), "timestamp")
    name = call.needed("name").strip(":")
    if not EMOJI_NAME.fullmatch(name):
        raise SlackError("invalid_name")
    if channel.archived:
        raise SlackError("is_archived")
    bot = call.workspace.app.bot_user_id
    users = message.reactions.setdefault(name, [])
    if bot in users:
        raise SlackError("already_reacted")
    users.append(bot)
    call.workspace.changes.publish("messages", channel=channel.id)
    return {}


@method("reactions.remove", "reactions:write", tier=2)
def remove_reaction(call: Call) -> dict[str, Any]:
    """Take a reaction back."""
    channel, message = call.channel(), call.message(call.channel(), "timestamp")
    bot = call.workspace.app.bot_user_id
    users = message.reactions.get(call.needed("name").strip(":"), [])
    if bot not in users:
        raise SlackError("no_reaction")
    users.remove(bot)
    call.workspace.changes.publish("messages", channel=channel.id)
    return {}


@method("pins.add", "pins:write", tier=2)
def add_pin(call: Call) -> dict[str, Any]:
    """Pin a message to its channel."""
    channel = _channel_of_bot(call)
    message = call.message(channel, "timestamp")
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    if len(channel.pins) >= MOST_PINS:
        raise SlackError("too_many_pins")
    channel.pins.append(message.ts)
    call.workspace.changes.publish("messages", channel=channel.id)
    return {}


@method("pins.remove", "pins:write", tier=2)
def remove_pin(call: Call) -> dict[str, Any]:
    """Take a pin out."""
    channel = _channel_of_bot(call)
    message = call.message(channel, "timestamp")
    if message.ts not in channel.pins:
        raise SlackError("no_pin")
    channel.pins.remove(message.ts)
    call.workspace.changes.publish("messages", channel=channel.id)
    return {}


@method("pins.list", "pins:read", tier=2)
def list_pins(call: Call) -> dict[str, Any]:
    """What is pinned to a channel."""
    channel, workspace = call.channel(), call.workspace
    items = [
        {
            "type": "message",
            "channel": channel.id,
            "message": message_json(workspace, message) | {"pinned_to": [channel.id]},
        }
        for message in workspace.messages[channel.id]
        if message.ts in channel.pins
    ]
    return {"items": items}


@method("bookmarks.add", "bookmarks:write", tier=2, status="partial", note="Links only.")
def add_bookmark(call: Call) -> dict[str, Any]:
    """Put a link at the top of a channel."""
    channel = call.channel("channel_id")
    if call.needed("type") != "link":
        raise SlackError("invalid_bookmark_type")
    link = call.text("link")
    if not link.startswith(("http://", "https://")):
        raise SlackError("invalid_link")
    if len(channel.bookmarks) >= MOST_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    bookmark = {
        "id": call.workspace.ids.new("Bk"),
        "channel_id": channel.id,
        "title": call.needed("title"),
        "link": link,
        "emoji": call.text("emoji"),
        "type": "link",
    }
    channel.bookmarks.append(bookmark)
    call.workspace.changes.publish("state")
    return {"bookmark": bookmark}


@method("bookmarks.list", "bookmarks:read")
def list_bookmarks(call: Call) -> dict[str, Any]:
    """The bookmarks of a channel."""
    return {"bookmarks": list(call.channel("channel_id").bookmarks)}


def _channel_of_bot(call: Call) -> Channel:
    channel = call.channel()
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    return channel
