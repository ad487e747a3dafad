"""files.*: uploads in three steps."""

import mimetypes
from typing import Any

from sandbox.errors import SlackError
from sandbox.messages import post
from sandbox.methods.registry import Call, method
from sandbox.payloads import file_json
from sandbox.records import Channel, File
from sandbox.validate import check_message_blocks

MOST_ALT_TEXT = 1000
MOST_CHANNELS = 100


@method("files.getUploadURLExternal", "files:write", tier=4)
def get_upload_url(call: Call) -> dict[str, Any]:
    """Where to post the bytes of a new file."""
    workspace = call.workspace
    name = call.needed("filename")
    if call.number("length", 0) <= 0:
        raise SlackError("invalid_arguments")
    if len(call.text("alt_txt")) > MOST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file = File(
        id=workspace.ids.new("F"),
        name=name,
        title=name,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        user=workspace.app.bot_user_id,
        created=int(workspace.clock.now().timestamp()),
        alt_txt=call.text("alt_txt"),
    )
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.base_url}/upload/{file.id}", "file_id": file.id}


@method(
    "files.completeUploadExternal",
    "files:write",
    tier=4,
    status="partial",
    note="Files are ready at once; on Slack they follow a little later.",
)
def complete_upload(call: Call) -> dict[str, Any]:
    """Finish uploads and, if channels are named, share the files there in one message."""
    workspace = call.workspace
    entries = call.structure("files")
    if not isinstance(entries, list) or not entries:
        raise SlackError("invalid_arguments")
    blocks = call.structure("blocks", "invalid_blocks") or []
    check_message_blocks(blocks, workspace.files)
    channels = _channels(call)
    files = [_finished(call, entry) for entry in entries]
    for channel in channels:
        post(
            workspace,
            channel=channel.id,
            user=workspace.app.bot_user_id,
            text=call.text("initial_comment"),
            blocks=blocks,
            files=[file.id for file in files],
            thread_ts=call.text("thread_ts") or None,
        )
    return {"files": [file_json(workspace, file) for file in files]}


@method("files.info", "files:read", tier=4)
def info(call: Call) -> dict[str, Any]:
    """One file."""
    file = call.workspace.files.get(call.needed("file"))
    if file is None or not file.shared:
        raise SlackError("file_not_found")
    described = file_json(call.workspace, file)
    return {"file": described | {"shares": _shares(call, file)}, "comments": []}


@method("files.delete", "files:write")
def delete(call: Call) -> dict[str, Any]:
    """Delete one of the bot's own files; it disappears from the messages that show it."""
    workspace = call.workspace
    file = workspace.files.get(call.needed("file"))
    if file is None:
        raise SlackError("file_not_found")
    if file.user != workspace.app.bot_user_id:
        raise SlackError("cant_delete_file")
    for messages in workspace.messages.values():
        for message in messages:
            if file.id in message.files:
                message.files.remove(file.id)
    del workspace.files[file.id]
    workspace.changes.publish("state")
    return {}


def _channels(call: Call) -> list[Channel]:
    names = [name for name in call.text("channels").split(",") if name]
    if call.has("channel_id"):
        names.append(call.text("channel_id"))
    if len(names) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    channels = []
    for name in names:
        channel = call.workspace.channels.get(name)
        if channel is None or (channel.kind != "channel" and not call.is_member(channel)):
            raise SlackError("channel_not_found")
        if not call.is_member(channel):
            raise SlackError("not_in_channel")
        channels.append(channel)
    return channels


def _finished(call: Call, entry: dict[str, Any]) -> File:
    file = call.workspace.files.get(entry.get("id", ""))
    if file is None or not file.content or file.shared:
        raise SlackError("file_not_found")
    file.title = entry.get("title") or file.name
    file.shared = True
    return file


def _shares(call: Call, file: File) -> dict[str, Any]:
    """In which messages a file stands, by channel."""
    shares: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for channel_id in dict.fromkeys(file.channels):
        kind = call.workspace.channels[channel_id].kind
        sort = "public" if kind == "channel" else "private"
        shares.setdefault(sort, {})[channel_id] = [
            {"ts": message.ts, "thread_ts": message.thread_ts}
            for message in call.workspace.messages[channel_id]
            if file.id in message.files
        ]
    return shares
