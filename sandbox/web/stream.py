"""/sandbox/events: tells an open page what to read again."""

import json
import queue
from collections.abc import Iterator

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from sandbox.workspace import Workspace

KEEP_ALIVE_SECONDS = 15.0


def stream_routes(workspace: Workspace) -> Blueprint:
    """The route of the Server-Sent Events."""
    routes = Blueprint("stream", __name__)

    @routes.get("/sandbox/events")
    def events() -> ResponseReturnValue:
        return Response(
            _changes(workspace, request.args.get("as", "")),
            mimetype="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    return routes


def _changes(workspace: Workspace, user: str) -> Iterator[str]:
    with workspace.changes.reader(user) as waiting:
        yield ": open\n\n"
        while True:
            try:
                change = waiting.get(timeout=KEEP_ALIVE_SECONDS)
            except queue.Empty:
                yield ": still here\n\n"
                continue
            if change is None:
                return
            yield f"event: change\ndata: {json.dumps(change)}\n\n"
