"""Cursors: opaque to the caller, a position to us."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from sandbox.errors import SlackError
from sandbox.methods.registry import Call

T = TypeVar("T")
MOST_PER_PAGE = 1000
PREFIX = "next:"


def page(call: Call, items: Sequence[T], *, default: int) -> tuple[list[T], dict[str, Any]]:
    """The part of ``items`` the call asks for, and what to say about the rest."""
    start = int(read_cursor(call) or 0)
    end = start + asked_limit(call, default)
    following = write_cursor(str(end)) if end < len(items) else ""
    return list(items[start:end]), {"response_metadata": {"next_cursor": following}}


def asked_limit(call: Call, default: int, most: int = MOST_PER_PAGE) -> int:
    """How many items the call wants."""
    limit = call.number("limit", default) or default
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    return limit


def write_cursor(position: str) -> str:
    """A cursor that names a position."""
    return base64.b64encode(f"{PREFIX}{position}".encode()).decode()


def read_cursor(call: Call) -> str:
    """The position the call's cursor names; empty without a cursor."""
    if not call.has("cursor"):
        return ""
    try:
        decoded = base64.b64decode(call.text("cursor"), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise SlackError("invalid_cursor") from error
    position = decoded.removeprefix(PREFIX)
    if position == decoded or not position.replace(".", "").isdigit():
        raise SlackError("invalid_cursor")
    return position
