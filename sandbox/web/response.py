"""/response/…: the urls at which an app answers a gesture."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.answers import answer_at_url
from sandbox.errors import SlackError
from sandbox.workspace import Workspace

WORN_OUT = {"no_active_hooks", "used_url", "expired_url"}


def response_routes(workspace: Workspace) -> Blueprint:
    """The routes of response urls."""
    routes = Blueprint("response", __name__)

    @routes.post("/response/<secret>")
    def respond(secret: str) -> ResponseReturnValue:
        body = request.get_json(force=True, silent=True)
        failure = _failure(workspace, secret, body)
        workspace.log.write(
            "in",
            "response_url",
            status="refused" if failure else "200",
            error=str(failure or ""),
            ms=0,
            at=workspace.clock.now(),
        )
        if failure is None:
            return "ok"
        is_gone = failure.error in WORN_OUT
        status = HTTPStatus.NOT_FOUND if is_gone else HTTPStatus.BAD_REQUEST
        return jsonify(failure.to_json()), status

    return routes


def _failure(workspace: Workspace, secret: str, body: Any) -> SlackError | None:
    """Do what was asked; the error if Slack refuses it."""
    if not isinstance(body, dict):
        return SlackError("invalid_payload")
    try:
        answer_at_url(workspace, secret, body)
    except SlackError as failure:
        return failure
    return None
