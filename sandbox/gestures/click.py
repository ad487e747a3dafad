"""Using buttons, selects and other elements, in messages and in views."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.errors import GestureRefused, NoAnswer, SlackError
from sandbox.gestures.base import (
    active_user,
    channel_name,
    interaction,
    own_view,
    response_url,
    seen_channel,
)
from sandbox.payloads import message_json, view_json
from sandbox.records import Channel, Message, View
from sandbox.state_values import KEYS, elements, find_element, state_values, value_of
from sandbox.validate import check_options
from sandbox.workspace import Workspace

Values = Mapping[str, Mapping[str, Any]]
SUGGESTION_ELEMENTS = {"external_select", "multi_external_select"}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an element stands: in a message or in a view."""

    blocks: list[dict[str, Any]]
    payload: dict[str, Any]  # container, and the message or view itself
    channel: Channel | None = None
    message: Message | None = None
    view: View | None = None


def click(
    workspace: Workspace,
    user_id: str,
    *,
    container: Mapping[str, Any],
    block_id: str,
    action_id: str,
    action: Mapping[str, Any],
    values: Values,
) -> None:
    """Use one element and tell the app; ``values`` is what else stands in the same place."""
    user = active_user(workspace, user_id)
    if container.get("type") == "view":
        _keep(workspace, own_view(workspace, user_id, str(container.get("view_id"))), values)
    place = _place(workspace, user_id, container)
    block_id, element = _element(place, block_id, action_id, action)
    done = _done(element, action) | {
        "block_id": block_id,
        "action_id": action_id,
        "action_ts": workspace.next_ts(),
    }
    typed = {block: dict(entries) for block, entries in values.items()}
    if element["type"] in KEYS:
        typed.setdefault(block_id, {})[action_id] = done
        if place.view is not None:
            _keep(workspace, place.view, typed)
            place = _place(workspace, user_id, container)
    view_id = place.view.id if place.view else None
    payload = interaction(workspace, "block_actions", user) | place.payload
    payload |= {"trigger_id": workspace.triggers.issue(user_id, view_id), "actions": [done]}
    if place.message is not None and place.channel is not None:
        payload["state"] = {"values": state_values(place.blocks, typed)}
        payload["response_url"] = response_url(
            workspace, user_id, place.channel.id, place.message.ts, place.message.thread_ts
        )
    _send(workspace, payload)


def ask_options(
    workspace: Workspace,
    user_id: str,
    *,
    container: Mapping[str, Any],
    block_id: str,
    action_id: str,
    value: str,
) -> dict[str, Any]:
    """The options the app suggests for what was typed into an external select."""
    user = active_user(workspace, user_id)
    place = _place(workspace, user_id, container)
    _, element = _found(place, block_id, action_id)
    if element["type"] not in SUGGESTION_ELEMENTS:
        raise GestureRefused("not_an_external_select")
    payload = interaction(workspace, "block_suggestion", user) | place.payload
    payload |= {"block_id": block_id, "action_id": action_id, "value": value}
    body = _send(workspace, payload)
    if not isinstance(body, dict) or not ({"options", "option_groups"} & set(body)):
        raise GestureRefused("no_options", "the app answered without options")
    try:
        check_options(body)
    except SlackError as error:
        raise GestureRefused(error.error, str(error)) from error
    return {key: body[key] for key in ("options", "option_groups") if key in body}


def _send(workspace: Workspace, payload: dict[str, Any]) -> Any:
    try:
        return workspace.link.send("interactive", payload).body
    except NoAnswer as failure:
        raise GestureRefused(failure.error, failure.detail) from failure


def _keep(workspace: Workspace, view: View, values: Values) -> None:
    with workspace.lock:
        for block_id, entries in values.items():
            view.typed.setdefault(block_id, {}).update(entries)


def _place(workspace: Workspace, user_id: str, container: Mapping[str, Any]) -> Place:
    if container.get("type") == "view":
        view = own_view(workspace, user_id, str(container.get("view_id")))
        payload = {
            "container": {"type": "view", "view_id": view.id},
            "view": view_json(workspace, view),
        }
        return Place(blocks=view.blocks, payload=payload, view=view)
    return _message_place(workspace, user_id, container)


def _message_place(workspace: Workspace, user_id: str, container: Mapping[str, Any]) -> Place:
    channel = seen_channel(workspace, user_id, str(container.get("channel")))
    ts = container.get("ts")
    message = next(
        (
            message
            for message in workspace.messages[channel.id]
            if message.ts == ts and message.is_visible_to(user_id)
        ),
        None,
    )
    if message is None or not message.is_from_app:
        raise GestureRefused("message_not_found")
    ephemeral = message.ephemeral_to is not None
    described: dict[str, Any] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        described["thread_ts"] = message.thread_ts
    payload: dict[str, Any] = {
        "container": described,
        "channel": {"id": channel.id, "name": channel_name(channel)},
    }
    if not ephemeral:
        payload["message"] = message_json(workspace, message)
    return Place(blocks=message.blocks, payload=payload, channel=channel, message=message)


def _found(place: Place, block_id: str, action_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    found = find_element(place.blocks, block_id, action_id)
    if found is None:
        raise GestureRefused("element_not_found", f"{block_id}/{action_id}")
    return found


def _element(
    place: Place, block_id: str, action_id: str, action: Mapping[str, Any]
) -> tuple[str, dict[str, Any]]:
    """The element used, and the id that its block has by now."""
    block, element = _moved(place, block_id, action_id, action) or _found(
        place, block_id, action_id
    )
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise GestureRefused("no_dispatch_action", f"{block_id}/{action_id}")
    return str(block["block_id"]), element


def _moved(
    place: Place, block_id: str, action_id: str, action: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The same button or menu under another id.

    The app may update a message, and its blocks get new ids, while someone is clicking in it.
    """
    if place.message is None or find_element(place.blocks, block_id, action_id):
        return None
    for block, element in elements(place.blocks):
        if element.get("action_id") != action_id:
            continue
        value = action.get("value")
        option = action.get("selected_option")
        if (value and element.get("value") == value) or option in element.get("options", ()):
            return block, element
    return None


def _done(element: Mapping[str, Any], action: Mapping[str, Any]) -> dict[str, Any]:
    """One entry of ``actions``: the element's type and what was chosen in it."""
    kind = element["type"]
    if kind == "overflow":
        option = action.get("selected_option")
        if option not in element["options"]:
            raise GestureRefused("option_not_found")
        return {"type": kind, "selected_option": option}
    if kind in KEYS:
        initial = KEYS[kind][1]
        return value_of(element, action) | {
            key: element[key] for key in (initial, "placeholder") if key in element
        }
    kept = ("text", "value", "style", "url", "confirm", "accessibility_label")
    return {"type": kind} | {key: element[key] for key in kept if key in element}
