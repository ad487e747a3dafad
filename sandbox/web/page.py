"""/sandbox/…: what the page reads and does, as JSON."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox import gestures
from sandbox.errors import GestureRefused, SlackError
from sandbox.payloads import replies_to, view_json
from sandbox.reading import page_state, visible_messages
from sandbox.records import File, Message, View, instant_of
from sandbox.workspace import Workspace

Answer = dict[str, Any]
NOT_FOUND = {"user_not_found", "channel_not_found", "message_not_found", "view_not_found"}


def page_routes(workspace: Workspace) -> Blueprint:
    """The routes the page uses to show the workspace and to act in it."""
    routes = Blueprint("page", __name__)
    for rule, read in READS.items():
        routes.add_url_rule(f"/sandbox/{rule}", rule, _answering(workspace, read))
    for rule, do in DEEDS.items():
        endpoint = rule.replace("/", "-")
        view = _answering(workspace, do)
        routes.add_url_rule(f"/sandbox/{rule}", f"do-{endpoint}", view, methods=["POST"])
    return routes


def _answering(
    workspace: Workspace, act: Callable[[Workspace, dict[str, Any]], Answer]
) -> Callable[[], ResponseReturnValue]:
    """A route that answers ``ok: true``, or the error with a fitting status."""

    @wraps(act)
    def route() -> ResponseReturnValue:
        given = request.get_json(silent=True) if request.method == "POST" else dict(request.args)
        try:
            return jsonify({"ok": True, **act(workspace, given or {})})
        except (GestureRefused, SlackError) as refused:
            status = HTTPStatus.NOT_FOUND if refused.error in NOT_FOUND else HTTPStatus.BAD_REQUEST
            return jsonify({"ok": False, "error": refused.error, "detail": str(refused)}), status
        except KeyError as missing:
            error = {"ok": False, "error": "missing_field", "detail": str(missing.args[0])}
            return jsonify(error), HTTPStatus.BAD_REQUEST

    return route


def page_file(file: File) -> Answer:
    """A file as the page shows it."""
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "size": len(file.content),
        "url": f"/files/{file.id}/{file.name}",
        "alt_txt": file.alt_txt,
        "is_image": file.is_image,
    }


def page_message(workspace: Workspace, reader: str, message: Message) -> Answer:
    """A message as the page shows it to a reader."""
    zone = ZoneInfo(workspace.user(reader).tz)
    replies = replies_to(workspace, message)
    local: datetime = instant_of(message.ts).astimezone(zone)
    return {
        "ts": message.ts,
        "user": message.user,
        "username": message.username,
        "text": message.text,
        "blocks": message.blocks,
        "files": [page_file(workspace.files[each]) for each in message.files],
        "thread_ts": message.thread_ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "edited": message.edited_ts is not None,
        "ephemeral": message.ephemeral_to is not None,
        "date": local.isoformat(timespec="seconds"),
        "reactions": {name: users for name, users in message.reactions.items() if users},
        "pinned": message.ts in workspace.channels[message.channel].pins,
    }


def page_view(workspace: Workspace, view: View) -> Answer:
    """A view as the page shows it."""
    return view_json(workspace, view) | {"errors": view.errors}


def _state(workspace: Workspace, given: dict[str, Any]) -> Answer:
    return page_state(workspace, given.get("as") or _first_person(workspace))


def _first_person(workspace: Workspace) -> str:
    """Who one is before one has chosen."""
    people = (user.id for user in workspace.users.values() if not user.is_bot and not user.deleted)
    return next(people, "")


def _messages(workspace: Workspace, given: dict[str, Any]) -> Answer:
    messages = visible_messages(workspace, given["as"], given["channel"])
    return {"messages": [page_message(workspace, given["as"], each) for each in messages]}


def _thread(workspace: Workspace, given: dict[str, Any]) -> Answer:
    messages = visible_messages(workspace, given["as"], given["channel"], thread_ts=given["ts"])
    return {"messages": [page_message(workspace, given["as"], each) for each in messages]}


def _views(workspace: Workspace, given: dict[str, Any]) -> Answer:
    with workspace.lock:
        stack = workspace.modals.get(given["as"], [])
        return {"views": [page_view(workspace, view) for view in stack]}


def _home(workspace: Workspace, given: dict[str, Any]) -> Answer:
    with workspace.lock:
        view = workspace.homes.get(given["as"])
        return {"view": page_view(workspace, view) if view else None}


def _say(workspace: Workspace, given: dict[str, Any]) -> Answer:
    slackbot = gestures.say(
        workspace,
        given["as"],
        given["channel"],
        given["text"],
        thread_ts=given.get("thread_ts"),
        files=given.get("files") or (),
    )
    return {"slackbot": slackbot} if slackbot else {}


def _action(workspace: Workspace, given: dict[str, Any]) -> Answer:
    gestures.click(
        workspace,
        given["as"],
        container=given["container"],
        block_id=given["block_id"],
        action_id=given["action_id"],
        action=given["action"],
        values=_values(given),
    )
    return {}


def _options(workspace: Workspace, given: dict[str, Any]) -> Answer:
    return gestures.ask_options(
        workspace,
        given["as"],
        container=given["container"],
        block_id=given["block_id"],
        action_id=given["action_id"],
        value=given["value"],
    )


def _submit(workspace: Workspace, given: dict[str, Any]) -> Answer:
    gestures.submit(workspace, given["as"], given["view_id"], _values(given))
    return {}


def _close(workspace: Workspace, given: dict[str, Any]) -> Answer:
    every = bool(given.get("all"))
    gestures.close(workspace, given["as"], given["view_id"], _values(given), every=every)
    return {}


def _open_home(workspace: Workspace, given: dict[str, Any]) -> Answer:
    gestures.open_home(workspace, given["as"], given.get("tab", "home"))
    return {}


def _shortcut(workspace: Workspace, given: dict[str, Any]) -> Answer:
    gestures.use_shortcut(
        workspace,
        given["as"],
        given["callback_id"],
        channel_id=given.get("channel"),
        ts=given.get("ts"),
    )
    return {}


def _read(workspace: Workspace, given: dict[str, Any]) -> Answer:
    gestures.mark_read(workspace, given["as"], given["channel"])
    return {}


def _values(given: dict[str, Any]) -> dict[str, Any]:
    values = (given.get("state") or {}).get("values") or {}
    return dict(values)


READS = {
    "state": _state,
    "messages": _messages,
    "thread": _thread,
    "views": _views,
    "home": _home,
}
DEEDS = {
    "message": _say,
    "action": _action,
    "options": _options,
    "view/submit": _submit,
    "view/close": _close,
    "home/open": _open_home,
    "shortcut": _shortcut,
    "read": _read,
}
