"""What an app answers to a gesture: in its ack, or later at the response url."""

from typing import Any

from sandbox.errors import SlackError
from sandbox.messages import delete, post, update
from sandbox.records import Message
from sandbox.triggers import ResponseUrl
from sandbox.validate import check_message_blocks
from sandbox.workspace import Workspace


def answer_at_url(workspace: Workspace, secret: str, body: dict[str, Any]) -> None:
    """Do what was posted to a response url; raises Slack's error if it is refused."""
    url = workspace.response_urls.find(secret)
    check_message_blocks(body.get("blocks") or [], workspace.files)
    answer_gesture(workspace, url, body)
    workspace.response_urls.count(url)


def answer_gesture(workspace: Workspace, url: ResponseUrl, body: dict[str, Any]) -> None:
    """Post an answer, or replace or delete the message in which the gesture was made."""
    original = _original(workspace, url)
    if body.get("delete_original"):
        if original is not None:
            delete(workspace, original)
        return
    blocks = body.get("blocks") or []
    text = body.get("text") or ""
    if not (text or blocks or body.get("attachments")):
        raise SlackError("no_text")
    if body.get("replace_original") and original is not None:
        update(workspace, original, text=text, blocks=blocks)
        return
    is_public = body.get("response_type") == "in_channel"
    post(
        workspace,
        channel=url.channel,
        user=workspace.app.bot_user_id,
        text=text,
        blocks=blocks,
        attachments=body.get("attachments") or [],
        thread_ts=body.get("thread_ts") or url.thread_ts,
        ephemeral_to=None if is_public else url.user,
    )


def _original(workspace: Workspace, url: ResponseUrl) -> Message | None:
    for message in workspace.messages[url.channel]:
        if message.ts == url.message_ts and message.is_from_app:
            return message
    return None
