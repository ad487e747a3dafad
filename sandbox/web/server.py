"""The sandbox's HTTP server: one port for the bot, the page and Socket Mode."""

import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs

from flask import Flask, Response, send_from_directory
from flask.typing import ResponseReturnValue
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from sandbox.web.api import api_routes
from sandbox.web.dropped import Dropped
from sandbox.web.files import file_routes
from sandbox.web.install import install_routes
from sandbox.web.page import page_routes
from sandbox.web.panel import fault_routes, panel_routes
from sandbox.web.response import response_routes
from sandbox.web.stream import stream_routes
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATIC = Path(__file__).parent.parent / "static"
MOST_BYTES = 100 * 1024 * 1024  # of one request: uploads
LINK_PATH = "/link/"


class QuietHandler(WSGIRequestHandler):
    """Leaves logging to the workspace's own log."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Write nothing."""


class Server:
    """Serves one workspace on 127.0.0.1; a context manager that starts and stops it."""

    def __init__(self, workspace: Workspace, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.workspace = workspace
        self._host = host
        self._port = port
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where the page is, without a slash at the end."""
        return self.workspace.base_url

    @property
    def api_url(self) -> str:
        """What a client takes as Slack's base url."""
        return f"{self.workspace.base_url}/api/"

    def start(self) -> None:
        """Listen; the workspace's urls point here from now on."""
        application = build_application(self.workspace)
        self._server = make_server(
            self._host, self._port, application, threaded=True, request_handler=QuietHandler
        )
        self.workspace.base_url = f"http://{self._host}:{self._server.server_port}"
        self.workspace.changes.reopen()
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.02},
            name="sandbox-server",
            daemon=True,
        )
        self._thread.start()

    def stop(self) -> None:
        """End open streams and sockets, then stop listening."""
        if self._server is None or self._thread is None:
            return
        self.workspace.events.close()
        self.workspace.changes.close()
        self.workspace.link.sockets.close()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def build_application(workspace: Workspace) -> "WSGIApplication":
    """The WSGI application: Flask for requests, and WebSockets beside it."""
    app = Flask("sandbox", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MOST_BYTES
    for routes in (
        api_routes,
        fault_routes,
        file_routes,
        install_routes,
        page_routes,
        panel_routes,
        response_routes,
        stream_routes,
    ):
        app.register_blueprint(routes(workspace))

    @app.get("/")
    def index() -> ResponseReturnValue:
        return send_from_directory(STATIC, "index.html")

    @app.get("/static/<path:name>")
    def static_file(name: str) -> ResponseReturnValue:
        return send_from_directory(STATIC, name)

    def application(
        environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> "Iterable[bytes]":
        if environ["PATH_INFO"].rstrip("/") == LINK_PATH.rstrip("/"):
            return _serve_socket(workspace, environ, start_response)
        return app.wsgi_app(environ, start_response)

    return application


def _serve_socket(
    workspace: Workspace, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> "Iterable[bytes]":
    """Speak Socket Mode until the connection ends; then there is nothing left to answer."""
    ticket = parse_qs(environ.get("QUERY_STRING", "")).get("ticket", [""])[0]
    if not workspace.link.sockets.admit(ticket):
        return Response("ticket unknown or used up", 403)(environ, start_response)
    workspace.link.sockets.serve(environ)
    return Dropped()(environ, start_response)
