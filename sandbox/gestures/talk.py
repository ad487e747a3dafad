"""Writing messages and commands, shortcuts, opening the Home tab."""

import re
from collections.abc import Iterable
from typing import Any

from sandbox.answers import answer_gesture
from sandbox.app import Command
from sandbox.errors import GestureRefused, NoAnswer, SlackError
from sandbox.gestures.base import (
    TOKEN,
    active_user,
    channel_name,
    interaction,
    response_url,
    seen_channel,
)
from sandbox.link import Answer
from sandbox.messages import escape_typed, post
from sandbox.payloads import message_json, view_json
from sandbox.records import Channel, User
from sandbox.triggers import ResponseUrl
from sandbox.validate import check_message_blocks
from sandbox.workspace import SLACKBOT, Workspace

TYPED_USER = re.compile(r"&lt;@([A-Z0-9]+)(?:\|[^&]*)?&gt;|(?<![\w@])@([\w.-]+)")
TYPED_CHANNEL = re.compile(r"&lt;#([A-Z0-9]+)(?:\|[^&]*)?&gt;|(?<![\w#&])#([\w-]+)")


def say(
    workspace: Workspace,
    user_id: str,
    channel_id: str,
    text: str,
    *,
    thread_ts: str | None = None,
    files: Iterable[str] = (),
) -> str | None:
    """Send a message or, if it begins with a slash, a command.

    Returns what Slackbot says back to the sender alone, if anything.
    """
    user = active_user(workspace, user_id)
    channel = seen_channel(workspace, user_id, channel_id)
    if text.startswith("/"):
        return _run_command(workspace, user, channel, text, thread_ts)
    if user_id not in channel.members:
        raise GestureRefused("not_in_channel")
    if channel.archived:
        raise GestureRefused("is_archived")
    file_ids = list(files)
    if not text.strip() and not file_ids:
        raise GestureRefused("no_text")
    if any(each not in workspace.files for each in file_ids):
        raise GestureRefused("file_not_found")
    post(
        workspace,
        channel=channel_id,
        user=user_id,
        text=escape_typed(text),
        files=file_ids,
        thread_ts=thread_ts,
    )
    return None


def mark_read(workspace: Workspace, user_id: str, channel_id: str) -> None:
    """Remember that the user has read everything in a channel."""
    channel = seen_channel(workspace, user_id, channel_id)
    with workspace.lock:
        messages = workspace.messages[channel_id]
        if messages and channel.last_read.get(user_id) != messages[-1].ts:
            channel.last_read[user_id] = messages[-1].ts
            workspace.changes.publish("state", user=user_id)


def open_home(workspace: Workspace, user_id: str, tab: str = "home") -> None:
    """Open the app's Home (or Messages) tab; the app is told."""
    user = active_user(workspace, user_id)
    channel = workspace.open_im(user_id, workspace.app.bot_user_id)
    event: dict[str, Any] = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": channel.id,
        "tab": tab,
    }
    view = workspace.homes.get(user_id)
    if view is not None and tab == "home":
        event["view"] = view_json(workspace, view)
    workspace.events.send(event)


def use_shortcut(
    workspace: Workspace,
    user_id: str,
    callback_id: str,
    *,
    channel_id: str | None = None,
    ts: str | None = None,
) -> None:
    """Use a global shortcut, or a message's."""
    user = active_user(workspace, user_id)
    shortcut = workspace.app.shortcut(callback_id)
    if shortcut is None:
        raise GestureRefused("shortcut_not_found")
    payload = interaction(workspace, "shortcut", user) | {
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.issue(user_id),
        "action_ts": workspace.next_ts(),
    }
    if shortcut.type == "message":
        if not channel_id or not ts:
            raise GestureRefused("message_not_found")
        payload |= _message_part(workspace, user, seen_channel(workspace, user_id, channel_id), ts)
    try:
        workspace.link.send("interactive", payload)
    except NoAnswer as failure:
        raise GestureRefused(failure.error, failure.detail) from failure


def _message_part(workspace: Workspace, user: User, channel: Channel, ts: str) -> dict[str, Any]:
    try:
        message = workspace.message(channel.id, ts)
    except SlackError as error:
        raise GestureRefused(error.error) from error
    return {
        "type": "message_action",
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message_ts": ts,
        "message": message_json(workspace, message),
        "response_url": response_url(workspace, user.id, channel.id, ts, message.thread_ts),
    }


def _run_command(
    workspace: Workspace, user: User, channel: Channel, typed: str, thread_ts: str | None
) -> str | None:
    name, _, rest = typed.partition(" ")
    if thread_ts is not None:
        return f"{name} is not supported in threads. Sorry!"
    command = workspace.app.command(name)
    if command is None:
        return f"{name} is not a valid command. In Slack, all messages that start with “/” are interpreted as commands."
    url = response_url(workspace, user.id, channel.id)
    payload = {
        "token": TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": _command_text(workspace, command, rest.strip()),
        "api_app_id": workspace.app.app_id,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": workspace.triggers.issue(user.id),
    }
    try:
        answer = workspace.link.send("slash_commands", payload)
    except NoAnswer as failure:
        _complain(workspace, user, channel, f'{name} failed with the error "{failure.error}"')
        return None
    try:
        _show_answer(workspace, url, answer)
    except SlackError as error:
        _complain(workspace, user, channel, f'{name} failed with the error "{error.error}"')
    return None


def _command_text(workspace: Workspace, command: Command, typed: str) -> str:
    """What the app gets of a command's text: mentions by id if it asked for that."""
    text = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    with workspace.lock:
        by_name = {user.name: user for user in workspace.users.values()}
        channels = {channel.name: channel for channel in workspace.channels.values()}

    def name_user(found: re.Match[str]) -> str:
        user = workspace.users.get(found[1] or "") or by_name.get(found[2] or "")
        if user is None:
            return found[0]
        return f"<@{user.id}|{user.name}>" if command.should_escape else f"@{user.name}"

    def name_channel(found: re.Match[str]) -> str:
        channel = workspace.channels.get(found[1] or "") or channels.get(found[2] or "")
        if channel is None:
            return found[0]
        return f"<#{channel.id}|{channel.name}>" if command.should_escape else f"#{channel.name}"

    return TYPED_CHANNEL.sub(name_channel, TYPED_USER.sub(name_user, text))


def _complain(workspace: Workspace, user: User, channel: Channel, text: str) -> None:
    """Say something to one user in Slack's own voice."""
    post(workspace, channel=channel.id, user=SLACKBOT, text=text, ephemeral_to=user.id)


def _show_answer(workspace: Workspace, url: str, answer: Answer) -> None:
    if answer.body is None:
        return
    body = answer.body if isinstance(answer.body, dict) else {"text": answer.body}
    check_message_blocks(body.get("blocks") or [], workspace.files)
    place: ResponseUrl = workspace.response_urls.find(url.rpartition("/")[2])
    answer_gesture(workspace, place, body)
