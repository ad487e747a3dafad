"""Uploading and fetching files."""

from http import HTTPStatus
from urllib.parse import unquote

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.errors import SlackError
from sandbox.records import File
from sandbox.uploads import store_upload
from sandbox.web.page import page_file
from sandbox.workspace import Workspace


def file_routes(workspace: Workspace) -> Blueprint:
    """The routes for a file's bytes, in both directions."""
    routes = Blueprint("files", __name__)

    @routes.post("/upload/<file_id>")
    def upload(file_id: str) -> ResponseReturnValue:
        file = workspace.files.get(file_id)
        if file is None or file.shared:
            return "no such upload", HTTPStatus.NOT_FOUND
        file.content = _uploaded_bytes()
        return f"OK - {len(file.content)}"

    @routes.post("/sandbox/files")
    def upload_from_page() -> ResponseReturnValue:
        given = request.files.get("file")
        user = request.form.get("as", "")
        if given is None or user not in workspace.users:
            return jsonify({"ok": False, "error": "file_not_found"}), HTTPStatus.BAD_REQUEST
        file = store_upload(workspace, user, given.filename or "file", given.read())
        return jsonify({"ok": True, "file": page_file(file)})

    @routes.get("/files/<file_id>")  # for the page: a slack_file image may name only its id
    @routes.get("/files/<file_id>/<name>")
    def fetch(file_id: str, name: str | None = None) -> ResponseReturnValue:
        file = workspace.files.get(file_id)
        if file is None or (name is not None and file.name != unquote(name)):
            return "no such file", HTTPStatus.NOT_FOUND
        if request.args.get("as", "") in workspace.users or _may_read(workspace):
            return _bytes_of(file)
        # Slack answers a request without a fitting token with its sign-in page.
        return Response("<!DOCTYPE html><title>Sign in</title>", mimetype="text/html")

    return routes


def _uploaded_bytes() -> bytes:
    """Clients send bare bytes under any content type, or a form with one file."""
    if request.mimetype == "multipart/form-data":
        return b"".join(given.read() for given in request.files.values())
    return request.get_data(cache=False)


def _may_read(workspace: Workspace) -> bool:
    text = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        return "files:read" in workspace.tokens.find(text).scopes
    except SlackError:
        return False


def _bytes_of(file: File) -> Response:
    response = Response(file.content, mimetype=file.mimetype)
    # Uploads come from people: never let a browser run one as a page.
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if not file.is_image or "download" in request.args:
        response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response
