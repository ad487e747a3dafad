"""What happens to a workspace besides messages: people come and go, channels close."""

from dataclasses import replace
from typing import Any

from sandbox.payloads import user_json
from sandbox.records import Channel, User
from sandbox.workspace import Workspace


def join_channel(workspace: Workspace, channel: Channel, user: str) -> None:
    """Make a user a member of a channel; nothing happens if they are one."""
    with workspace.lock:
        if user in channel.members:
            return
        channel.members.append(user)
        workspace.changes.publish("state")
    workspace.events.send(
        {
            "type": "member_joined_channel",
            "user": user,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channel" else "G",
            "team": workspace.team_id,
        }
    )


def leave_channel(workspace: Workspace, channel: Channel, user: str) -> None:
    """Take a member out of a channel; a bot that is taken out no longer sees it."""
    with workspace.lock:
        channel.members.remove(user)
        workspace.changes.publish("state")
    workspace.events.send(
        {
            "type": "member_left_channel",
            "user": user,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channel" else "G",
            "team": workspace.team_id,
        }
    )


def archive_channel(workspace: Workspace, channel: Channel) -> None:
    """Archive a channel: it can be read, and nothing can be posted."""
    with workspace.lock:
        channel.archived = True
        workspace.changes.publish("state")
    workspace.events.send({"type": "channel_archive", "channel": channel.id, "user": ""})


def rename_channel(workspace: Workspace, channel: Channel, name: str) -> None:
    """Give a channel another name."""
    with workspace.lock:
        channel.name = name
        workspace.changes.publish("state")
    summary = {"id": channel.id, "name": name, "created": channel.created}
    workspace.events.send({"type": "channel_rename", "channel": summary})


def change_user(workspace: Workspace, user_id: str, **changes: Any) -> User:
    """Change a user: their time zone, their locale, whether they are a guest or deactivated."""
    with workspace.lock:
        user = replace(workspace.user(user_id), **changes)
        workspace.users[user_id] = user
        workspace.changes.publish("state")
    summary = user_json(workspace, user, with_locale=True)
    workspace.events.send({"type": "user_change", "user": summary, "cache_ts": 0})
    return user


def welcome_user(
    workspace: Workspace,
    user_id: str,
    *,
    name: str,
    real_name: str,
    **flags: Any,
) -> User:
    """Let somebody join the workspace, and tell the app."""
    user = workspace.add_user(user_id, name=name, real_name=real_name, **flags)
    workspace.events.send({"type": "team_join", "user": user_json(workspace, user)})
    return user


def uninstall_app(workspace: Workspace) -> None:
    """Remove the app: its bot tokens stop working and both lifecycle events go out."""
    workspace.tokens.revoke_all()
    tokens: dict[str, list[str]] = {"oauth": [], "bot": [workspace.app.bot_user_id]}
    workspace.events.send({"type": "tokens_revoked", "tokens": tokens})
    workspace.events.send({"type": "app_uninstalled"})
