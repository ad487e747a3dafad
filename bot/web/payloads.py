"""Whether a payload has the shape of Slack's: its parts are what every listener takes them for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_PARTS = ("channel", "container", "enterprise", "event", "message", "team", "user", "view")


def is_shaped(body: object) -> bool:
    """Whether its parts are of the right kind, and those are there that its type promises."""
    if not isinstance(body, Mapping):
        return False
    if not all(isinstance(body.get(part) or {}, Mapping) for part in _PARTS):
        return False
    promised = _PROMISED.get(str(body.get("type")))
    return promised is None or promised(body)


def _is_news(body: Mapping[str, Any]) -> bool:
    return _has_text(body, "event_id") and _has_text(body.get("event"), "type")


def _is_click(body: Mapping[str, Any]) -> bool:
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions:
        return False
    return all(_has_text(action, "action_id") for action in actions)


def _is_form(body: Mapping[str, Any]) -> bool:
    view = body.get("view") or {}
    if not _has_text(view, "id") or not isinstance(view.get("blocks"), list):
        return False
    state = view.get("state")
    return isinstance(state, Mapping) and isinstance(state.get("values"), Mapping)


def _has_text(part: object, name: str) -> bool:
    return isinstance(part, Mapping) and isinstance(part.get(name), str)


_PROMISED: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "event_callback": _is_news,
    "block_actions": _is_click,
    "view_submission": _is_form,
}
