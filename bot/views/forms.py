"""The raw spelling of modals and their inputs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.ids import Action
from bot.views.blocks import Block, Element, Option, plain

_TITLE = 24
_INPUT_LABEL = 2000
_TYPED = 3000  # what Slack takes in a field at most, said or not


def modal(
    callback_id: str,
    *,
    title: str,
    close: str,
    blocks: Sequence[Block],
    submit: str = "",
    context: dict[str, str] | None = None,
) -> dict[str, Any]:
    """A form, or a page to read when there is nothing to submit. ``context`` holds ids only."""
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, _TITLE),
        "close": plain(close, _TITLE),
        "blocks": list(blocks),
        "private_metadata": json.dumps(context or {}, separators=(",", ":")),
    }
    if submit:
        view["submit"] = plain(submit, _TITLE)
    return view


def field(
    block_id: str,
    label: str,
    element: Element,
    *,
    hint: str = "",
    optional: bool = False,
    tells_changes: bool = False,
) -> Block:
    """An input with its label; ``tells_changes`` sends each change at once."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, _INPUT_LABEL),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, _INPUT_LABEL)
    if tells_changes:
        block["dispatch_action"] = True
    return block


def text_input(
    initial: str = "", *, placeholder: str = "", multiline: bool = False, max_length: int = _TYPED
) -> Element:
    """A line, or several, to type."""
    element: Element = {
        "type": "plain_text_input",
        "action_id": Action.VALUE,
        "multiline": multiline,
    }
    if max_length < _TYPED:  # a limit that is stated is counted down beside what is typed
        element["max_length"] = max_length
    if initial:
        element["initial_value"] = initial[:max_length]
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def date_input(initial: date | None = None) -> Element:
    """A day to pick."""
    element: Element = {"type": "datepicker", "action_id": Action.VALUE}
    if initial is not None:
        element["initial_date"] = initial.isoformat()
    return element


def choice(
    options: Sequence[Option],
    initial: str = "",
    *,
    placeholder: str = "",
    action_id: str = Action.VALUE,
) -> Element:
    """One of some options."""
    element: Element = {"type": "static_select", "action_id": action_id, "options": list(options)}
    chosen = [candidate for candidate in options if candidate["value"] == initial]
    if chosen:
        element["initial_option"] = chosen[0]
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def choices(options: Sequence[Option], *, placeholder: str = "") -> Element:
    """Any number of some options."""
    element: Element = {
        "type": "multi_static_select",
        "action_id": Action.VALUE,
        "options": list(options),
    }
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def person(initial: str = "", *, placeholder: str = "") -> Element:
    """Someone of the workspace."""
    element: Element = {"type": "users_select", "action_id": Action.VALUE}
    if initial:
        element["initial_user"] = initial
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def people(initial: Sequence[str] = (), *, placeholder: str = "") -> Element:
    """Some people of the workspace."""
    element: Element = {"type": "multi_users_select", "action_id": Action.VALUE}
    if initial:
        element["initial_users"] = list(initial)
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def conversation(initial: str = "") -> Element:
    """A channel; the one the command was typed in, unless another is given."""
    element: Element = {
        "type": "conversations_select",
        "action_id": Action.VALUE,
        "filter": {
            "include": ["public", "private"],
            "exclude_bot_users": True,
            "exclude_external_shared_channels": True,
        },
    }
    if initial:
        element["initial_conversation"] = initial
    return element


def files() -> Element:
    """Files to add from the reader's machine."""
    return {"type": "file_input", "action_id": Action.VALUE, "max_files": 10}
