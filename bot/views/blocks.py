"""The raw spelling of Block Kit, in one place. Lengths are Slack's; nothing is cut silently."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """What a message says: blocks for the eye, text for notifications and screen readers."""

    text: str
    blocks: list[Block] = field(default_factory=list)
