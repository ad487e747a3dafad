"""/oauth/v2/authorize: installing the app again, without asking twice."""

from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from sandbox.workspace import Workspace


def install_routes(workspace: Workspace) -> Blueprint:
    """The route to which an "Add to Slack" button leads."""
    routes = Blueprint("install", __name__)

    @routes.get("/oauth/v2/authorize")
    def authorize() -> ResponseReturnValue:
        app = workspace.app
        if request.args.get("client_id") != app.client_id:
            return "invalid_client_id", HTTPStatus.BAD_REQUEST
        target = request.args.get("redirect_uri") or next(iter(app.redirect_urls), "")
        if not target.startswith(tuple(app.redirect_urls) or ("http://127.0.0.1",)):
            return "bad_redirect_uri", HTTPStatus.BAD_REQUEST
        code = workspace.codes.issue(request.args.get("redirect_uri"))
        answer = urlencode({"code": code, "state": request.args.get("state", "")})
        return redirect(f"{target}{'&' if '?' in target else '?'}{answer}")

    return routes
