"""What a submitted form holds; Slack names the value of each kind of input differently."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.handlers.gestures import Values

# Slack's ids and ours. A form is as its sender's client sends it: what does not look like an id
# counts as not chosen.
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


def _element(values: Values, block: str) -> Mapping[str, Any]:
    elements = values.get(block, {})
    return next(iter(elements.values()), {})


def typed(values: Values, block: str) -> str:
    """A typed text, or ''."""
    text: str = _element(values, block).get("value") or ""
    return text


def chosen(values: Values, block: str) -> str:
    """The one option, person or conversation chosen, or ''."""
    element = _element(values, block)
    option = element.get("selected_option")
    if option:
        return _id(option["value"])
    return _id(element.get("selected_user") or element.get("selected_conversation") or "")


def chosen_options(values: Values, block: str) -> list[str]:
    """The options chosen."""
    options = _element(values, block).get("selected_options") or ()
    return [found for option in options if (found := _id(option["value"]))]


def chosen_people(values: Values, block: str) -> list[str]:
    """The people chosen, by a menu of one or of several."""
    several = _element(values, block).get("selected_users")
    if several is not None:
        return [found for one in several if (found := _id(one))]
    one = chosen(values, block)
    return [one] if one else []


def picked_day(values: Values, block: str) -> date | None:
    """The day picked."""
    text = _element(values, block).get("selected_date")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def added_files(values: Values, block: str) -> list[dict[str, str]]:
    """The files added, as Slack describes them."""
    return [
        {
            "id": file["id"],
            "name": file.get("name") or file.get("title") or file["id"],
            "mimetype": file.get("mimetype") or "",
        }
        for file in _element(values, block).get("files") or ()
    ]


def _id(text: str) -> str:
    return text if _ID.fullmatch(text) else ""
