"""Submitting and closing modals."""

from collections.abc import Mapping
from typing import Any

from sandbox.entries import errors_in_entries
from sandbox.errors import GestureRefused, NoAnswer, SlackError
from sandbox.gestures.base import active_user, interaction, own_view, response_url
from sandbox.payloads import view_json
from sandbox.records import User, View
from sandbox.state_values import KEYS, elements, state_values
from sandbox.validate import check_view
from sandbox.view_stack import clear_views, close_view, push_modal, update_view
from sandbox.workspace import Workspace

Values = Mapping[str, Mapping[str, Any]]


def submit(workspace: Workspace, user_id: str, view_id: str, values: Values) -> dict[str, str]:
    """Submit the top modal and do what the app answers.

    Returns the errors that now stand under fields; raises GestureRefused when the app did not
    answer in time, or answered what Slack does not accept.
    """
    user = active_user(workspace, user_id)
    with workspace.lock:
        view = own_view(workspace, user_id, view_id)
        for block_id, entries in values.items():
            view.typed.setdefault(block_id, {}).update(entries)
        view.errors = errors_in_entries(view.blocks, view.typed)
        workspace.changes.publish("views", user=user_id)
        if view.errors:
            return view.errors
        payload = interaction(workspace, "view_submission", user) | {
            "trigger_id": workspace.triggers.issue(user_id, view.id),
            "view": view_json(workspace, view),
            "response_urls": _response_urls(workspace, user, view),
        }
    try:
        body = workspace.link.send("interactive", payload).body
    except NoAnswer as failure:
        raise GestureRefused(failure.error, failure.detail) from failure
    return _do(workspace, user, view, body)


def close(
    workspace: Workspace,
    user_id: str,
    view_id: str,
    values: Values | None = None,
    *,
    every: bool = False,
) -> None:
    """Close the top modal or the whole stack; the app is told if it asked for that."""
    user = active_user(workspace, user_id)
    view = own_view(workspace, user_id, view_id)
    with workspace.lock:
        for block_id, entries in (values or {}).items():
            view.typed.setdefault(block_id, {}).update(entries)
        closed = clear_views(workspace, user_id) if every else close_view(workspace, view)
    for each in closed:
        if not each.payload.get("notify_on_close"):
            continue
        payload = interaction(workspace, "view_closed", user) | {
            "view": view_json(workspace, each),
            "is_cleared": every or len(closed) > 1,
        }
        try:
            workspace.link.send("interactive", payload)
        except NoAnswer:
            continue  # the modal is gone whether or not the app heard of it; the log tells


def _response_urls(workspace: Workspace, user: User, view: View) -> list[dict[str, str]]:
    """A response url for each chosen conversation whose select asks for one."""
    values = state_values(view.blocks, view.typed)
    urls = []
    for block, element in elements(view.blocks):
        if not element.get("response_url_enabled"):
            continue
        key = KEYS[element["type"]][0]
        channel = values[block["block_id"]][element["action_id"]][key]
        if channel:
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel,
                    "response_url": response_url(workspace, user.id, channel),
                }
            )
    return urls


def _do(
    workspace: Workspace, user: User, view: View, body: dict[str, Any] | str | None
) -> dict[str, str]:
    if body is None:
        close_view(workspace, view)
        return {}
    if not isinstance(body, dict):
        raise GestureRefused("invalid_response", "the answer is not a JSON object")
    match body.get("response_action"):
        case "errors":
            return _show_errors(workspace, view, body.get("errors"))
        case "update":
            update_view(workspace, view, _checked(workspace, body))
        case "push":
            _push(workspace, user, body)
        case "clear":
            clear_views(workspace, user.id)
        case None if not body:
            close_view(workspace, view)
        case other:
            raise GestureRefused("invalid_response", f"response_action {other!r}")
    return {}


def _show_errors(workspace: Workspace, view: View, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise GestureRefused("invalid_response", "no errors were given")
    strangers = sorted(set(errors) - inputs)
    if strangers:
        raise GestureRefused("invalid_response", f"errors for no input block: {strangers}")
    if not all(isinstance(text, str) and text for text in errors.values()):
        raise GestureRefused("invalid_response", "an error must be a text")
    with workspace.lock:
        view.errors = dict(errors)
        workspace.changes.publish("views", user=view.owner)
    return view.errors


def _checked(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    view = body.get("view")
    if not isinstance(view, dict):
        raise GestureRefused("invalid_response", "no view was given")
    try:
        check_view(view, "modal", workspace.files)
    except SlackError as error:
        raise GestureRefused("invalid_response", str(error)) from error
    return view


def _push(workspace: Workspace, user: User, body: dict[str, Any]) -> None:
    try:
        push_modal(workspace, user.id, _checked(workspace, body))
    except SlackError as error:
        raise GestureRefused(error.error) from error
