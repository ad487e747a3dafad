"""What somebody sees: channels with their unread marks, and messages."""

from typing import Any
from zoneinfo import ZoneInfo

from sandbox.errors import GestureRefused
from sandbox.gestures.base import seen_channel
from sandbox.messages import BROADCASTS
from sandbox.records import Channel, Message, User
from sandbox.workspace import SLACKBOT, Workspace


def visible_messages(
    workspace: Workspace, reader: str, channel_id: str, *, thread_ts: str | None = None
) -> list[Message]:
    """The messages of a channel, or of one of its threads, oldest first."""
    with workspace.lock:
        seen_channel(workspace, reader, channel_id)
        messages = [m for m in workspace.messages[channel_id] if m.is_visible_to(reader)]
        if thread_ts is None:
            return [m for m in messages if not m.is_reply or m.broadcast]
        return [m for m in messages if thread_ts in {m.ts, m.thread_ts}]


def page_state(workspace: Workspace, reader: str) -> dict[str, Any]:
    """The workspace as one user's client shows it."""
    with workspace.lock:
        user = workspace.users.get(reader)
        if user is None:
            raise GestureRefused("user_not_found")
        app = workspace.app
        return {
            "now": workspace.clock.now().astimezone(ZoneInfo(user.tz)).isoformat("T", "seconds"),
            "me": _user(user),
            "team": {
                "id": workspace.team_id,
                "name": workspace.name,
                "domain": workspace.domain,
            },
            "users": [_user(each) for each in workspace.users.values()],
            "channels": [
                _channel(workspace, reader, channel)
                for channel in workspace.channels.values()
                if channel.kind == "channel" or reader in channel.members
            ],
            "app": {
                "id": app.app_id,
                "name": app.name,
                "bot_user_id": app.bot_user_id,
                "commands": [
                    {
                        "command": command.command,
                        "description": command.description,
                        "usage_hint": command.usage_hint,
                    }
                    for command in app.commands
                ],
                "shortcuts": [
                    {
                        "type": shortcut.type,
                        "callback_id": shortcut.callback_id,
                        "name": shortcut.name,
                    }
                    for shortcut in app.shortcuts
                ],
                "home": app.has_home,
            },
            "connected": workspace.link.is_connected,
        }


def _user(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "title": user.title,
        "color": f"#{user.color}",
        "initials": user.initials,
        "is_bot": user.is_bot or user.id == SLACKBOT,
        "deleted": user.deleted,
        "is_restricted": user.is_restricted or user.is_ultra_restricted,
        "locale": user.locale,
        "tz": user.tz,
    }


def _channel(workspace: Workspace, reader: str, channel: Channel) -> dict[str, Any]:
    unread = _unread(workspace, reader, channel)
    standing = [m.ts for m in workspace.messages[channel.id] if m.is_visible_to(reader)]
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "user": channel.other(reader),
        "unread": len(unread),
        "mention": any(_calls(message, reader, channel) for message in unread),
        "topic": channel.topic,
        "is_member": reader in channel.members,
        "bot_is_member": workspace.app.bot_user_id in channel.members,
        "archived": channel.archived,
        "last_ts": standing[-1] if standing else None,
        "bookmarks": channel.bookmarks,
    }


def _unread(workspace: Workspace, reader: str, channel: Channel) -> list[Message]:
    if reader not in channel.members:
        return []
    last_read = channel.last_read.get(reader, "")
    return [
        message
        for message in workspace.messages[channel.id]
        if message.ts > last_read and message.is_visible_to(reader) and not message.is_reply
    ]


def _calls(message: Message, reader: str, channel: Channel) -> bool:
    """Whether a message asks for this reader's attention."""
    if channel.kind == "im" or f"<@{reader}>" in message.text:
        return True
    return any(broadcast in message.text for broadcast in BROADCASTS)
