"""The workspace's records in the shapes Slack uses on the wire."""

from typing import Any
from zoneinfo import ZoneInfo

from sandbox.records import Channel, File, Message, User, View
from sandbox.state_values import state_values
from sandbox.workspace import Workspace

PERMALINK = "https://{domain}.slack.com/archives/{channel}/p{digits}"
REPLY_USERS = 5  # at most so many are named on a parent


def user_json(workspace: Workspace, user: User, *, with_locale: bool = False) -> dict[str, Any]:
    """A user as ``users.info`` gives it. A deactivated one has lost their time zone."""
    scopes = workspace.app.scopes
    profile = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "title": user.title,
        "first_name": user.real_name.split(" ")[0],
        "last_name": user.real_name.partition(" ")[2],
        "team": user.team_id,
        "avatar_hash": "",
    }
    if "users:read.email" in scopes and not user.is_bot:
        profile["email"] = user.email
    result: dict[str, Any] = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 0,
    }
    if user.deleted:
        return result
    offset = workspace.clock.now().astimezone(ZoneInfo(user.tz)).utcoffset()
    result |= {
        "color": user.color,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_email_confirmed": True,
    }
    if user.is_stranger:
        result["is_stranger"] = True
    if with_locale:
        result["locale"] = user.locale
    return result


def channel_json(workspace: Workspace, channel: Channel) -> dict[str, Any]:
    """A conversation as the bot sees it."""
    bot = workspace.app.bot_user_id
    result: dict[str, Any] = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": False,
        "is_org_shared": False,
        "context_team_id": workspace.team_id,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        return result | {"user": channel.other(bot), "is_user_deleted": False, "priority": 0}
    private = channel.kind == "private"
    return result | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_private": private,
        "is_general": False,
        "is_shared": False,
        "is_ext_shared": False,
        "is_member": bot in channel.members,
        "creator": channel.members[0] if channel.members else bot,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
        "num_members": len(channel.members),
    }


def message_json(workspace: Workspace, message: Message) -> dict[str, Any]:
    """A message as history and payloads carry it."""
    result: dict[str, Any] = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": workspace.team_id,
    }
    if message.is_from_app:
        result |= {"bot_id": workspace.app.bot_id, "app_id": workspace.app.app_id}
    if message.username:
        result["username"] = message.username
    for name, content in (
        ("blocks", message.blocks),
        ("attachments", message.attachments),
        ("files", [file_json(workspace, workspace.files[each]) for each in message.files]),
        ("reactions", _reactions(message)),
    ):
        if content:
            result[name] = content
    if message.edited_ts:
        result["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.ephemeral_to:
        result["is_ephemeral"] = True
    return result | thread_json(workspace, message)


def thread_json(workspace: Workspace, message: Message) -> dict[str, Any]:
    """What a message says about its thread; empty when there is none."""
    replies = replies_to(workspace, message)
    if message.thread_ts is None and not replies:
        return {}
    result: dict[str, Any] = {"thread_ts": message.thread_ts or message.ts}
    if message.is_reply:
        parent = next(
            (m for m in workspace.messages[message.channel] if m.ts == message.thread_ts), None
        )
        return result | ({"parent_user_id": parent.user} if parent else {})
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return result | {
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users[:REPLY_USERS],
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def replies_to(workspace: Workspace, message: Message) -> list[Message]:
    """The replies under a message that everybody sees."""
    return [
        reply
        for reply in workspace.messages[message.channel]
        if reply.is_reply and reply.thread_ts == message.ts and reply.ephemeral_to is None
    ]


def file_json(workspace: Workspace, file: File) -> dict[str, Any]:
    """A file as ``files.info`` gives it."""
    url = f"{workspace.base_url}/files/{file.id}/{file.name}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower(),
        "user": file.user,
        "size": len(file.content),
        "mode": "hosted",
        "is_external": False,
        "is_public": True,
        "alt_txt": file.alt_txt,
        "url_private": url,
        "url_private_download": f"{url}?download=1",
        "permalink": url,
        "channels": list(file.channels),
        "file_access": "visible",
    }


def view_json(workspace: Workspace, view: View) -> dict[str, Any]:
    """A view with its state, as payloads and answers carry it."""
    defaults: dict[str, Any] = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "title": None,
        "close": None,
        "submit": None,
    }
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        **defaults,
        **view.payload,
        "state": {"values": _with_files(workspace, state_values(view.blocks, view.typed))},
        "hash": view.hash,
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": workspace.app.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.app.bot_id,
    }


def permalink(workspace: Workspace, message: Message) -> str:
    """The address of a message in Slack's own archive."""
    digits = message.ts.replace(".", "")
    link = PERMALINK.format(domain=workspace.domain, channel=message.channel, digits=digits)
    if message.is_reply:
        return f"{link}?thread_ts={message.thread_ts}&cid={message.channel}"
    return link


def _with_files(
    workspace: Workspace, values: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """A view's state with each added file in full; one that is gone by now is left out."""
    for entries in values.values():
        for entry in entries.values():
            if entry["type"] == "file_input":
                known = (workspace.files.get(each["id"]) for each in entry["files"])
                entry["files"] = [file_json(workspace, file) for file in known if file]
    return values


def _reactions(message: Message) -> list[dict[str, Any]]:
    return [
        {"name": name, "users": users, "count": len(users)}
        for name, users in message.reactions.items()
        if users
    ]
