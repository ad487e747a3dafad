"""views.*: modals and Home tabs."""

from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.registry import Call, invalid, method, missing
from sandbox.payloads import view_json
from sandbox.records import View
from sandbox.validate import check_view
from sandbox.view_stack import (
    check_external_id,
    check_hash,
    open_modal,
    publish_home,
    push_modal,
    update_view,
)


@method("views.open", tier=4)
def views_open(call: Call) -> dict[str, Any]:
    """Open a modal for whoever just did something."""
    payload = _view(call, "modal")
    check_external_id(call.workspace, payload, None)
    trigger = call.workspace.triggers.spend(call.needed("trigger_id"))
    return _answer(call, open_modal(call.workspace, trigger.user, payload))


@method("views.push", tier=4)
def views_push(call: Call) -> dict[str, Any]:
    """Put a modal on top of the one in which somebody just did something."""
    payload = _view(call, "modal")
    check_external_id(call.workspace, payload, None)
    trigger = call.workspace.triggers.spend(call.needed("trigger_id"))
    return _answer(call, push_modal(call.workspace, trigger.user, payload))


@method("views.update", tier=4)
def views_update(call: Call) -> dict[str, Any]:
    """Replace an open modal."""
    payload = _view(call, "modal")
    if not call.has("view_id") and not call.has("external_id"):
        raise missing("view_id")
    view = _open_view(call)
    check_external_id(call.workspace, payload, view)
    check_hash(view, call.text("hash"))
    update_view(call.workspace, view, payload)
    return _answer(call, view)


@method("views.publish", tier=4)
def views_publish(call: Call) -> dict[str, Any]:
    """Show a Home tab to a user."""
    if not call.workspace.app.has_home:
        raise SlackError("not_enabled")
    payload = _view(call, "home")
    if call.needed("user_id") not in call.workspace.users:
        raise SlackError("user_not_found")
    current = call.workspace.homes.get(call.text("user_id"))
    if current is not None:
        check_hash(current, call.text("hash"))
    return _answer(call, publish_home(call.workspace, call.text("user_id"), payload))


def _view(call: Call, surface: str) -> dict[str, Any]:
    payload = call.structure("view")
    if payload is None:
        raise missing("view")
    if not isinstance(payload, dict):
        raise invalid(["[ERROR] must provide an object [json-pointer:/view]"])
    check_view(payload, surface, call.workspace.files)
    return payload


def _open_view(call: Call) -> View:
    for stack in call.workspace.modals.values():
        for view in stack:
            same_external_id = call.text("external_id") == view.payload.get("external_id")
            if view.id == call.text("view_id") or (call.has("external_id") and same_external_id):
                return view
    raise SlackError("not_found")


def _answer(call: Call, view: View) -> dict[str, Any]:
    return {"view": view_json(call.workspace, view)}
