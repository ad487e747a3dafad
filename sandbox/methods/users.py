"""users.*: the directory."""

from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.channels import kinds_asked_for
from sandbox.methods.paging import page
from sandbox.methods.registry import Call, method
from sandbox.payloads import channel_json, user_json


@method("users.info", "users:read", tier=4)
def info(call: Call) -> dict[str, Any]:
    """One user."""
    user = call.workspace.user(call.needed("user"))
    return {"user": user_json(call.workspace, user, with_locale=call.flag("include_locale"))}


@method("users.list", "users:read", tier=2)
def users_list(call: Call) -> dict[str, Any]:
    """All users, deactivated ones included, page by page."""
    users, rest = page(call, list(call.workspace.users.values()), default=1000)
    with_locale = call.flag("include_locale")
    members = [user_json(call.workspace, user, with_locale=with_locale) for user in users]
    return {"members": members, "cache_ts": 0, **rest}


@method("users.lookupByEmail", "users:read.email")
def lookup_by_email(call: Call) -> dict[str, Any]:
    """The active user with this address."""
    email = call.needed("email")
    for user in call.workspace.users.values():
        if user.email == email and not user.deleted and not user.is_bot:
            return {"user": user_json(call.workspace, user)}
    raise SlackError("users_not_found")


@method("users.conversations")
def conversations(call: Call) -> dict[str, Any]:
    """The conversations the bot, or a user, is a member of."""
    workspace = call.workspace
    member = call.text("user") or workspace.app.bot_user_id
    kinds = kinds_asked_for(call)
    channels = [
        channel
        for channel in workspace.channels.values()
        if channel.kind in kinds
        and member in channel.members
        and (channel.kind == "channel" or call.is_member(channel))
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    some, rest = page(call, channels, default=100)
    return {"channels": [channel_json(workspace, channel) for channel in some], **rest}
