"""conversations.history and .replies: reading messages back."""

import re
from collections.abc import Sequence
from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.paging import asked_limit, read_cursor, write_cursor
from sandbox.methods.registry import Call, method
from sandbox.payloads import message_json
from sandbox.records import Message

MOST_MESSAGES = 999
TS = re.compile(r"\d+(\.\d{1,6})?")


@method("conversations.history")
def history(call: Call) -> dict[str, Any]:
    """The messages of a conversation, newest first; replies are left out."""
    channel = call.channel(family="history")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    messages = [
        message
        for message in call.workspace.messages[channel.id]
        if message.ephemeral_to is None and (not message.is_reply or message.broadcast)
    ]
    newest_first = _between(call, messages)[::-1]
    before = read_cursor(call)
    if before:
        newest_first = [message for message in newest_first if message.ts < before]
    return _answer(call, newest_first) | {"pin_count": len(channel.pins)}


@method("conversations.replies")
def replies(call: Call) -> dict[str, Any]:
    """A thread: the parent first, then its replies, oldest first."""
    channel = call.channel(family="history")
    ts = call.needed("ts")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    thread = [
        message
        for message in call.workspace.messages[channel.id]
        if message.ephemeral_to is None and ts in {message.ts, message.thread_ts}
    ]
    if not thread:
        raise SlackError("thread_not_found")
    oldest_first = _between(call, thread)
    after = read_cursor(call)
    if after:
        oldest_first = [message for message in oldest_first if message.ts > after]
    return _answer(call, oldest_first)


def _between(call: Call, messages: Sequence[Message]) -> list[Message]:
    """The messages within ``oldest`` and ``latest``; the ends count if ``inclusive``."""
    oldest = _ts(call, "oldest", "invalid_ts_oldest")
    latest = _ts(call, "latest", "invalid_ts_latest")
    inclusive = call.flag("inclusive")

    def is_within(message: Message) -> bool:
        ts = _comparable(message.ts)
        if inclusive and ts in {oldest, latest}:
            return True
        return (oldest is None or ts > oldest) and (latest is None or ts < latest)

    return [message for message in messages if is_within(message)]


def _ts(call: Call, name: str, error: str) -> tuple[int, int] | None:
    text = call.text(name)
    if not text:
        return None
    if not TS.fullmatch(text):
        raise SlackError(error)
    return _comparable(text)


def _comparable(ts: str) -> tuple[int, int]:
    seconds, _, micros = ts.partition(".")
    return int(seconds), int(micros.ljust(6, "0") or 0)


def _answer(call: Call, messages: Sequence[Message]) -> dict[str, Any]:
    limit = asked_limit(call, 100, MOST_MESSAGES)
    some = messages[:limit]
    result: dict[str, Any] = {
        "messages": [_described(call, message) for message in some],
        "has_more": len(messages) > limit,
    }
    if len(messages) > limit:
        result["response_metadata"] = {"next_cursor": write_cursor(some[-1].ts)}
    return result


def _described(call: Call, message: Message) -> dict[str, Any]:
    described = message_json(call.workspace, message)
    if message.metadata and call.flag("include_all_metadata"):
        described["metadata"] = message.metadata
    return described
