"""What a submitted form holds; Slack names the value of each kind of input differently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.handlers.gestures import Values


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
        value: str = option["value"]
        return value
    selected: str = element.get("selected_user") or element.get("selected_conversation") or ""
    return selected


def chosen_options(values: Values, block: str) -> list[str]:
    """The options chosen."""
    return [option["value"] for option in _element(values, block).get("selected_options") or ()]


def chosen_people(values: Values, block: str) -> list[str]:
    """The people chosen, by a menu of one or of several."""
    several = _element(values, block).get("selected_users")
    if several is not None:
        return list(several)
    one = chosen(values, block)
    return [one] if one else []


def picked_day(values: Values, block: str) -> date | None:
    """The day picked."""
    text = _element(values, block).get("selected_date")
    return date.fromisoformat(text) if text else None


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
