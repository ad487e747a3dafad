"""conversations.*, but for their messages."""

from typing import Any

from sandbox.admin import join_channel
from sandbox.errors import SlackError
from sandbox.methods.paging import page
from sandbox.methods.registry import KIND_SCOPES, Call, method
from sandbox.payloads import channel_json
from sandbox.records import Channel
from sandbox.workspace import SLACKBOT

TYPES = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
SCOPED_KINDS = {**KIND_SCOPES, "mpim": "mpim"}


def kinds_asked_for(call: Call) -> set[str]:
    """The kinds of conversation in the argument ``types``, if the token may see them."""
    words = [word.strip() for word in call.text("types", "public_channel").split(",")]
    if not set(words) <= set(TYPES):
        raise SlackError("invalid_types")
    kinds = {TYPES[word] for word in words}
    for kind in sorted(kinds):
        call.need_scope(f"{SCOPED_KINDS[kind]}:read")
    return kinds


@method("conversations.open", status="partial", note="Direct messages with one user.")
def open_conversation(call: Call) -> dict[str, Any]:
    """The direct messages with a user."""
    workspace = call.workspace
    call.need_scope("im:write")
    if call.has("channel"):
        return _opened(call, call.channel())
    if not call.has("users"):
        raise SlackError("users_list_not_supplied")
    users = call.args["users"]
    names = users if isinstance(users, list) else call.text("users").split(",")
    if len(names) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    return _opened(call, direct_messages(call, workspace.user(names[0]).id))


def direct_messages(call: Call, user_id: str) -> Channel:
    """The bot's direct messages with a user, or why there are none."""
    user = call.workspace.user(user_id)
    if user.deleted:
        raise SlackError("user_disabled")
    if user.is_bot or user_id == SLACKBOT:
        raise SlackError("cannot_dm_bot")
    if user.is_stranger:
        raise SlackError("user_not_visible")
    return call.workspace.open_im(user_id, call.workspace.app.bot_user_id)


def _opened(call: Call, channel: Channel) -> dict[str, Any]:
    if call.flag("return_im"):
        return {"channel": channel_json(call.workspace, channel)}
    return {"channel": {"id": channel.id}}


@method("conversations.info")
def info(call: Call) -> dict[str, Any]:
    """One conversation."""
    channel = call.channel(family="read")
    result = channel_json(call.workspace, channel)
    if not call.flag("include_num_members"):
        result.pop("num_members", None)
    return {"channel": result}


@method("conversations.list", tier=2)
def conversations_list(call: Call) -> dict[str, Any]:
    """All conversations the bot may know of, page by page."""
    kinds = kinds_asked_for(call)
    channels = [
        channel
        for channel in call.workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or call.is_member(channel))
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    some, rest = page(call, channels, default=100)
    return {"channels": [channel_json(call.workspace, channel) for channel in some], **rest}


@method("conversations.members", tier=4)
def members(call: Call) -> dict[str, Any]:
    """Who is in a conversation, page by page."""
    channel = call.channel(family="read")
    some, rest = page(call, channel.members, default=100)
    return {"members": some, **rest}


@method("conversations.join", "channels:join")
def join(call: Call) -> dict[str, Any]:
    """Make the bot a member of a public channel."""
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    result: dict[str, Any] = {}
    if call.is_member(channel):
        result = {
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    join_channel(call.workspace, channel, call.workspace.app.bot_user_id)
    return {"channel": channel_json(call.workspace, channel), **result}


@method("conversations.invite", status="partial", note="Users of this workspace.")
def invite(call: Call) -> dict[str, Any]:
    """Add users to a channel the bot is in."""
    channel = call.channel()
    family = KIND_SCOPES[channel.kind]
    call.need_scope(f"{family}:write.invites", f"{family}:manage", f"{family}:write")
    if channel.archived:
        raise SlackError("is_archived")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    users = [name.strip() for name in call.needed("users").split(",")]
    for name in users:
        call.workspace.user(name)
    fresh = [name for name in users if name not in channel.members]
    if not fresh:
        raise SlackError("already_in_channel")
    for name in fresh:
        join_channel(call.workspace, channel, name)
    return {"channel": channel_json(call.workspace, channel)}
