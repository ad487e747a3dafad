"""/sandbox/clock, /faults, /log: the levers of whoever tries the bot."""

import re
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.clock import MORNING_ZONE
from sandbox.workspace import Workspace

STEP = re.compile(r"(\d{1,4})([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
FAULT_FIELDS = {"method", "kind", "times", "probability", "retry_after", "seconds"}
MOST_LINES = 1000


def panel_routes(workspace: Workspace) -> Blueprint:
    """The routes that move the clock and show the log."""
    routes = Blueprint("panel", __name__)

    @routes.get("/sandbox/clock")
    def read_clock() -> ResponseReturnValue:
        return jsonify({"ok": True, "now": _now(workspace)})

    @routes.post("/sandbox/clock")
    def move_clock() -> ResponseReturnValue:
        given = request.get_json(silent=True) or {}
        try:
            _move(workspace, given)
        except ValueError as error:
            return _refused("invalid_clock", str(error))
        return jsonify({"ok": True, "now": _now(workspace)})

    @routes.get("/sandbox/log")
    def read_log() -> ResponseReturnValue:
        limit = request.args.get("limit", 200, type=int)
        lines = workspace.log.lines(max(1, min(limit, MOST_LINES)))
        return jsonify({"ok": True, "log": lines})

    return routes


def fault_routes(workspace: Workspace) -> Blueprint:
    """The routes that make Slack misbehave."""
    routes = Blueprint("faults", __name__)

    @routes.get("/sandbox/faults")
    def read_faults() -> ResponseReturnValue:
        return jsonify({"ok": True, "faults": workspace.faults.all()})

    @routes.post("/sandbox/faults")
    def add_fault() -> ResponseReturnValue:
        given = request.get_json(silent=True) or {}
        try:
            workspace.faults.add(**_fault(given))
        except (TypeError, ValueError) as error:
            return _refused("invalid_fault", str(error))
        return jsonify({"ok": True, "faults": workspace.faults.all()})

    @routes.delete("/sandbox/faults")
    def clear_faults() -> ResponseReturnValue:
        workspace.faults.clear()
        return jsonify({"ok": True, "faults": []})

    return routes


def _now(workspace: Workspace) -> str:
    return workspace.clock.now().astimezone(MORNING_ZONE).isoformat(timespec="seconds")


def _move(workspace: Workspace, given: dict[str, Any]) -> None:
    if "to" in given:
        workspace.clock.to(datetime.fromisoformat(str(given["to"])))
        return
    step = str(given.get("advance", ""))
    if step == "next_morning":
        workspace.clock.next_morning()
        return
    found = STEP.fullmatch(step)
    if found is None:
        raise ValueError(f"cannot advance by {step!r}")
    workspace.clock.move(timedelta(**{UNITS[found[2]]: int(found[1])}))


def _fault(given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a fault; what was left out keeps its default."""
    unknown = set(given) - FAULT_FIELDS
    if unknown or not {"method", "kind"} <= set(given):
        raise ValueError(f"fields {sorted(unknown)}" if unknown else "method and kind are needed")
    return {name: value for name, value in given.items() if value is not None or name == "times"}


def _refused(error: str, detail: str) -> ResponseReturnValue:
    return jsonify({"ok": False, "error": error, "detail": detail}), HTTPStatus.BAD_REQUEST
