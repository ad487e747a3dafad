"""Modals on top of each other, and Home tabs."""

from typing import Any

from sandbox.errors import SlackError
from sandbox.messages import fill_ids
from sandbox.records import View
from sandbox.state_values import keep_typed
from sandbox.workspace import Workspace

MOST_VIEWS = 3  # a root and what is pushed on it


def open_modal(workspace: Workspace, user: str, payload: dict[str, Any]) -> View:
    """Show a modal, in place of whatever was open."""
    with workspace.lock:
        view_id = workspace.ids.new("V")
        view = View(
            id=view_id,
            owner=user,
            payload=_filled(workspace, payload),
            hash=_new_hash(workspace),
            root_id=view_id,
        )
        workspace.modals[user] = [view]
        workspace.changes.publish("views", user=user)
        return view


def push_modal(workspace: Workspace, user: str, payload: dict[str, Any]) -> View:
    """Put a modal on top of the open ones; raises ``push_limit_reached`` or ``not_found``."""
    with workspace.lock:
        stack = workspace.modals.get(user, [])
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MOST_VIEWS:
            raise SlackError("push_limit_reached")
        view = View(
            id=workspace.ids.new("V"),
            owner=user,
            payload=_filled(workspace, payload),
            hash=_new_hash(workspace),
            root_id=stack[0].id,
            previous_id=stack[-1].id,
        )
        stack.append(view)
        workspace.changes.publish("views", user=user)
        return view


def update_view(workspace: Workspace, view: View, payload: dict[str, Any]) -> None:
    """Replace what a view shows; entries stay where the same element is still there."""
    with workspace.lock:
        filled = _filled(workspace, payload)
        view.typed = keep_typed(view.blocks, filled["blocks"], view.typed)
        view.payload = filled
        view.hash = _new_hash(workspace)
        view.errors = {}
        workspace.changes.publish("home" if view.is_home else "views", user=view.owner)


def publish_home(workspace: Workspace, user: str, payload: dict[str, Any]) -> View:
    """Show a Home tab to a user."""
    with workspace.lock:
        view = workspace.homes.get(user)
        if view is None:
            view_id = workspace.ids.new("V")
            view = View(
                id=view_id,
                owner=user,
                payload=_filled(workspace, payload),
                hash=_new_hash(workspace),
                root_id=view_id,
            )
            workspace.homes[user] = view
        else:
            update_view(workspace, view, payload)
        workspace.home_versions[user] = workspace.home_versions.get(user, 0) + 1
        workspace.changes.publish("home", user=user)
        return view


def close_view(workspace: Workspace, view: View) -> list[View]:
    """Close one modal, or all if it clears on close; returns the closed ones, top first.

    A view that is no longer open stays closed: the app may have opened another meanwhile.
    """
    with workspace.lock:
        stack = workspace.modals.get(view.owner, [])
        if view not in stack:
            return []
        if view.payload.get("clear_on_close"):
            return clear_views(workspace, view.owner)
        stack.remove(view)
        workspace.changes.publish("views", user=view.owner)
        return [view]


def clear_views(workspace: Workspace, user: str) -> list[View]:
    """Close all modals of a user; returns them, top first."""
    with workspace.lock:
        closed = workspace.modals.pop(user, [])[::-1]
        workspace.changes.publish("views", user=user)
        return closed


def check_hash(view: View, given: str | None) -> None:
    """Refuse an update that was made from an older state of the view."""
    if given and given != view.hash:
        raise SlackError("hash_conflict")


def check_external_id(workspace: Workspace, payload: dict[str, Any], view: View | None) -> None:
    """Refuse an external id that another open view has."""
    external_id = payload.get("external_id")
    if not external_id:
        return
    with workspace.lock:
        for stack in workspace.modals.values():
            for other in stack:
                if other is not view and other.payload.get("external_id") == external_id:
                    raise SlackError("duplicate_external_id")


def _filled(workspace: Workspace, payload: dict[str, Any]) -> dict[str, Any]:
    return payload | {"blocks": fill_ids(workspace, payload["blocks"])}


def _new_hash(workspace: Workspace) -> str:
    return f"{int(workspace.clock.now().timestamp())}.{workspace.ids.secret(8)}"
