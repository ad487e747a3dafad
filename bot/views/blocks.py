"""The raw spelling of Block Kit, in one place.

Slack refuses a whole message for one text that is too long, so every builder knows its limit.
A text of ours is written to fit; a text of a person's is shortened with an ellipsis here, and
the place that shows it offers the whole (a modal, the plan).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.views.words import Mrkdwn, escape

Block = dict[str, Any]
Element = dict[str, Any]
Option = dict[str, Any]

BLOCKS_PER_MESSAGE = 50
BLOCKS_PER_VIEW = 100
ROOM = 10_000  # characters of all the rows of a message; Slack refuses it somewhere above 12,000
_SECTION = 3000
_HEADER = 150
_LABEL = 75  # a button's, an option's
_OVERFLOW = 5


@dataclass(frozen=True)
class Message:
    """What a message says: blocks for the eye, text for notifications and screen readers."""

    text: str
    blocks: list[Block] = field(default_factory=list)

    def without_pictures(self) -> Message:
        """The same with the names of its pictures in their place."""
        return Message(
            self.text,
            [
                context(escape(block["alt_text"])) if block["type"] == "image" else block
                for block in self.blocks
            ],
        )


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis; never half an escaped character."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    ampersand = kept.rfind("&")
    if ampersand > kept.rfind(";"):
        kept = kept[:ampersand]
    return kept.rstrip() + "…"


def fitting(rows: Sequence[Sequence[Block]], most: int, room: int = ROOM) -> list[Sequence[Block]]:
    """The first rows of a message, ``most`` at most, of ``room`` characters together."""
    shown: list[Sequence[Block]] = []
    for row in rows[:most]:
        room -= length(row)
        if room < 0:
            break
        shown.append(row)
    return shown


def length(part: object) -> int:
    """How many characters can be read in blocks."""
    if isinstance(part, Mapping):
        return sum(
            len(inner) if name == "text" and isinstance(inner, str) else length(inner)
            for name, inner in part.items()
        )
    if isinstance(part, Sequence) and not isinstance(part, str):
        return sum(map(length, part))
    return 0


def plain(text: str, limit: int) -> dict[str, Any]:
    """A plain text object."""
    return {"type": "plain_text", "text": shorten(text, limit), "emoji": True}


def mrkdwn(text: Mrkdwn, limit: int = _SECTION) -> dict[str, Any]:
    """A text object with Slack's markup; only text known to be safe is taken."""
    return {"type": "mrkdwn", "text": shorten(text, limit)}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, _HEADER)}


def section(text: Mrkdwn, accessory: Element | None = None, block_id: str = "") -> Block:
    """A paragraph, with one element at its right if there is one."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    if block_id:
        block["block_id"] = block_id
    return block


def context(text: Mrkdwn) -> Block:
    """A small grey line."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def actions(elements: Sequence[Element], block_id: str = "") -> Block:
    """A row of buttons."""
    block: Block = {"type": "actions", "elements": list(elements)}
    if block_id:
        block["block_id"] = block_id
    return block


def image(file_id: str, alt_text: str) -> Block:
    """A picture that Slack holds."""
    return {
        "type": "image",
        "slack_file": {"id": file_id},
        "alt_text": shorten(alt_text, 2000),
    }


def button(
    label: str, action_id: str, value: str = "", *, style: str = "", url: str = ""
) -> Element:
    """A button; ``style`` is ``primary``, ``danger`` or none."""
    element: Element = {"type": "button", "text": plain(label, _LABEL), "action_id": action_id}
    if value:
        element["value"] = value
    if style:
        element["style"] = style
    if url:
        element["url"] = url
    return element


def option(label: str, value: str, description: str = "") -> Option:
    """One choice of a menu."""
    choice: Option = {"text": plain(label, _LABEL), "value": value}
    if description:
        choice["description"] = plain(description, _LABEL)
    return choice


def overflow(action_id: str, options: Sequence[Option]) -> Element:
    """The menu behind three dots; Slack takes five options at most."""
    if not 1 <= len(options) <= _OVERFLOW:
        raise ValueError(f"an overflow menu takes 1 to 5 options, not {len(options)}")
    return {"type": "overflow", "action_id": action_id, "options": list(options)}
