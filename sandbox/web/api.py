"""/api/METHOD: the Web API over HTTP, with its faults."""

import json
import time
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Request, Response, request
from flask.typing import ResponseReturnValue

from sandbox.errors import SlackError
from sandbox.faults import Fault
from sandbox.methods import METHODS, Call, Method
from sandbox.web.dropped import Dropped
from sandbox.workspace import Workspace

BEARER = "Bearer "
Result = tuple[dict[str, Any] | None, HTTPStatus, dict[str, str]]


def api_routes(workspace: Workspace) -> Blueprint:
    """The routes a bot's client talks to."""
    routes = Blueprint("api", __name__)

    @routes.route("/api/<name>", methods=["GET", "POST"])
    def call(name: str) -> ResponseReturnValue:
        return _serve(workspace, name, request)

    return routes


def _serve(workspace: Workspace, name: str, incoming: Request) -> ResponseReturnValue:
    began = time.monotonic()
    args = _arguments(incoming)
    fault = workspace.faults.take(name)
    result, status, headers = _result(workspace, name, args, incoming, fault)
    if fault is not None and fault.kind == "late":
        time.sleep(fault.seconds)
    is_dropped = fault is not None and fault.kind in {"drop_before", "drop_after"}
    known = {key: value for key, value in args.items() if key not in {"token", "authorization"}}
    workspace.log.record_call(name, known, None if is_dropped else result, workspace.clock.now())
    workspace.log.write(
        "in",
        name,
        status="dropped" if is_dropped else str(status.value),
        error="" if result is None else result.get("error", ""),
        ms=round((time.monotonic() - began) * 1000),
        at=workspace.clock.now(),
    )
    if is_dropped or result is None:
        return Dropped()
    return Response(json.dumps(result), status.value, headers, mimetype="application/json")


def _result(
    workspace: Workspace,
    name: str,
    args: dict[str, Any],
    incoming: Request,
    fault: Fault | None,
) -> Result:
    """The answer's body (None: no answer), status and headers."""
    if fault is not None and fault.prevents_the_call:
        return _refusal(fault)
    try:
        method, call = _prepare(workspace, name, args, incoming)
        wait = workspace.pacing.seconds_to_wait(name, method.tier, call.text("channel"))
        if wait:
            return _limited(wait)
        with workspace.lock:
            result = method.run(call)
    except SlackError as error:
        return error.to_json(), HTTPStatus.OK, {}
    scopes = ",".join(sorted(call.token.scopes))
    return {"ok": True, **result}, HTTPStatus.OK, {"X-OAuth-Scopes": scopes} if scopes else {}


def _refusal(fault: Fault) -> Result:
    if fault.kind == "drop_before":
        return None, HTTPStatus.OK, {}
    if fault.kind == "429":
        return _limited(fault.retry_after)
    if fault.kind == "500":
        return SlackError("internal_error").to_json(), HTTPStatus.INTERNAL_SERVER_ERROR, {}
    return SlackError(fault.error).to_json(), HTTPStatus.OK, {}


def _prepare(
    workspace: Workspace, name: str, args: dict[str, Any], incoming: Request
) -> tuple[Method, Call]:
    """Who calls what: the checks that come before any method."""
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", {"req_method": name})
    text = _token_text(incoming, args)
    if method.caller == "anyone":
        token = workspace.tokens.anonymous
    else:
        token = workspace.tokens.find(text)
        if token.kind != method.caller:
            raise SlackError("not_allowed_token_type")
    call = Call(workspace=workspace, args=args, token=token, token_text=text or "")
    for scope in method.scopes:
        call.need_scope(scope)
    return method, call


def _arguments(incoming: Request) -> dict[str, Any]:
    """Query, form and JSON body together, as Slack reads them."""
    args: dict[str, Any] = {**incoming.args.to_dict(), **incoming.form.to_dict()}
    if incoming.mimetype == "application/json":
        body = incoming.get_json(silent=True)
        if isinstance(body, dict):
            args |= body
    authorization = incoming.headers.get("Authorization", "")
    if authorization.startswith("Basic "):
        args["authorization"] = authorization
    return args


def _token_text(incoming: Request, args: dict[str, Any]) -> str | None:
    authorization = incoming.headers.get("Authorization", "")
    if authorization.startswith(BEARER):
        return authorization.removeprefix(BEARER)
    return args.get("token")


def _limited(seconds: int) -> Result:
    body = SlackError("ratelimited").to_json()
    return body, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(seconds)}
