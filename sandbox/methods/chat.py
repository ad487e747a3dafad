"""chat.*: speaking."""

from dataclasses import dataclass
from typing import Any

from sandbox.errors import SlackError
from sandbox.messages import delete, post, update
from sandbox.methods.channels import direct_messages
from sandbox.methods.registry import Call, method
from sandbox.payloads import message_json, permalink
from sandbox.records import Channel, Message
from sandbox.validate import check_message_blocks

MOST_TEXT = 40_000  # a longer message is cut
MOST_UPDATED_TEXT = 4_000  # a longer update is refused
MOST_MARKDOWN = 12_000
MOST_ATTACHMENTS = 100
USER_PREFIXES = ("U", "W")


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a message says."""

    text: str
    blocks: list[dict[str, Any]]
    attachments: list[dict[str, Any]]
    metadata: dict[str, Any] | None


@method("chat.postMessage", "chat:write", tier=None)
def post_message(call: Call) -> dict[str, Any]:
    """Post into a channel, or to a user by their id."""
    channel = _place(call)
    _check_may_post(call, channel)
    content = _content(call)
    message = post(
        call.workspace,
        channel=channel.id,
        user=call.workspace.app.bot_user_id,
        text=content.text[:MOST_TEXT],
        blocks=content.blocks,
        attachments=content.attachments,
        thread_ts=_thread(call, channel),
        broadcast=call.flag("reply_broadcast"),
        username=_username(call),
        metadata=content.metadata,
    )
    return _posted(call, message)


@method("chat.postEphemeral", "chat:write", tier=4)
def post_ephemeral(call: Call) -> dict[str, Any]:
    """Show a message to one member of a channel."""
    channel = _place(call)
    user = call.needed("user")
    _check_may_post(call, channel)
    reader = call.workspace.users.get(user)
    if reader is None or reader.deleted or user not in channel.members:
        raise SlackError("user_not_in_channel")
    content = _content(call)
    if len(content.text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    message = post(
        call.workspace,
        channel=channel.id,
        user=call.workspace.app.bot_user_id,
        text=content.text,
        blocks=content.blocks,
        attachments=content.attachments,
        thread_ts=_thread(call, channel),
        ephemeral_to=user,
        username=_username(call),
    )
    return {"message_ts": message.ts}


@method("chat.update", "chat:write")
def update_message(call: Call) -> dict[str, Any]:
    """Change one of the bot's own messages."""
    channel = call.channel()
    message = call.message(channel, "ts")
    if channel.archived:
        raise SlackError("is_inactive")
    if message.user != call.workspace.app.bot_user_id:
        raise SlackError("cant_update_message")
    if len(call.text("text")) > MOST_UPDATED_TEXT:
        raise SlackError("msg_too_long")
    content = _content(call)
    if "metadata" in call.args:
        message.metadata = content.metadata or None
    text = content.text if "text" in call.args else message.text
    update(call.workspace, message, text=text, blocks=content.blocks)
    result = _posted(call, message)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": result["message"]}


@method("chat.delete", "chat:write")
def delete_message(call: Call) -> dict[str, Any]:
    """Delete one of the bot's own messages."""
    channel = call.channel()
    message = call.message(channel, "ts")
    if message.user != call.workspace.app.bot_user_id:
        raise SlackError("cant_delete_message")
    delete(call.workspace, message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink", tier=None)
def get_permalink(call: Call) -> dict[str, Any]:
    """The address of a message."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    return {"channel": channel.id, "permalink": permalink(call.workspace, message)}


def _place(call: Call) -> Channel:
    """Where to post: a channel by id or name, a user by id."""
    name = call.needed("channel")
    if name.startswith("#"):
        for channel in call.workspace.channels.values():
            if channel.kind != "im" and f"#{channel.name}" == name:
                name = channel.id
    if name.startswith(USER_PREFIXES) and name not in call.workspace.channels:
        if name not in call.workspace.users:
            raise SlackError("channel_not_found")
        return direct_messages(call, name)
    channel = call.workspace.channel(name)
    if channel.kind != "channel" and not call.is_member(channel):
        raise SlackError("channel_not_found")
    return channel


def _check_may_post(call: Call, channel: Channel) -> None:
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind == "im" and not call.workspace.app.has_messages_tab:
        raise SlackError("messages_tab_disabled")
    may_post_anywhere = "chat:write.public" in call.token.scopes
    if not call.is_member(channel) and not may_post_anywhere:
        raise SlackError("not_in_channel")


def _content(call: Call) -> Content:
    if call.has("markdown_text") and (call.has("text") or call.has("blocks")):
        raise SlackError("markdown_text_conflict")
    if len(call.text("markdown_text")) > MOST_MARKDOWN:
        raise SlackError("msg_too_long")
    blocks = call.structure("blocks", "invalid_blocks_format") or []
    attachments = call.structure("attachments", "invalid_attachments") or []
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    text = call.text("text") or call.text("markdown_text")
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    check_message_blocks(blocks, call.workspace.files)
    return Content(text=text, blocks=blocks, attachments=attachments, metadata=_metadata(call))


def _metadata(call: Call) -> dict[str, Any] | None:
    metadata = call.structure("metadata", "invalid_metadata_format")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or "event_type" not in metadata:
        raise SlackError("invalid_metadata_format")
    return metadata


def _username(call: Call) -> str:
    """Another name for the bot, which needs a scope of its own and is ignored without it."""
    return call.text("username") if "chat:write.customize" in call.token.scopes else ""


def _thread(call: Call, channel: Channel) -> str | None:
    """The parent's ts. A reply cannot be replied to: Slack then answers in the same thread."""
    ts = call.text("thread_ts")
    if not ts:
        return None
    for message in call.workspace.messages[channel.id]:
        if ts in {message.ts, message.thread_ts}:  # a deleted parent leaves its thread
            return message.thread_ts or ts
    raise SlackError("thread_not_found")


def _posted(call: Call, message: Message) -> dict[str, Any]:
    described = message_json(call.workspace, message)
    return {"channel": message.channel, "ts": message.ts, "message": described}
