"""An app that listens for what Slack sends: records it and answers as it is told."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs


@dataclass(frozen=True, kw_only=True)
class Received:
    """One request of Slack's."""

    body: bytes
    headers: dict[str, str]

    @property
    def payload(self) -> dict[str, Any]:
        """The command's fields, the interaction or the event."""
        if self.headers["content-type"] == "application/json":
            return dict(json.loads(self.body))
        form = {key: values[0] for key, values in parse_qs(self.body.decode()).items()}
        return dict(json.loads(form["payload"])) if "payload" in form else form

    @property
    def kind(self) -> str:
        """The payload's type; ``command`` for a slash command."""
        return str(self.payload.get("type", "command"))


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the app answers to one request."""

    body: Any = None
    status: int = 200
    seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


class PretendApp:
    """A small HTTP server at ``url``; ``answers`` maps a kind of payload to what to do."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: dict[str, Answer | Callable[[dict[str, Any]], Answer]] = {}
        self._changed = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """The payloads of one kind so far."""
        with self._changed:
            return [each.payload for each in self.received if each.kind == kind]

    def waits_for(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        """The payloads of one kind, once there are so many."""
        with self._changed:
            arrived = self._changed.wait_for(
                lambda: sum(each.kind == kind for each in self.received) >= count, timeout=5
            )
        assert arrived, f"no {kind!r} among {[each.kind for each in self.received]}"
        return self.of_kind(kind)

    def _answer(self, received: Received) -> Answer:
        with self._changed:
            self.received.append(received)
            self._changed.notify_all()
        answer = self.answers.get(received.kind, Answer())
        return answer(received.payload) if callable(answer) else answer

    def _handler(app) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler has a self
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                answer = app._answer(Received(body=body, headers=headers))
                time.sleep(answer.seconds)
                content = b"" if answer.body is None else json.dumps(answer.body).encode()
                self.send_response(answer.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
                return

        return Handler
