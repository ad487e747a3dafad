"""Socket Mode: the WebSockets an app has opened to Slack."""

import contextlib
import itertools
import json
import threading
import uuid
from collections.abc import Callable
from socket import SHUT_RDWR
from typing import Any

import simple_websocket  # type: ignore[import-untyped]  # ships no types

from sandbox.errors import NoAnswer

MOST_CONNECTIONS = 10  # per app; one more is refused
CONNECTION_SECONDS = 3600  # what `hello` promises
GOING_AWAY = 1001


class Socket:
    """One open connection. Each envelope waits for the ack that names it."""

    def __init__(self, wire: "simple_websocket.Server") -> None:
        self._wire = wire
        self._sending = threading.Lock()
        self._waiting: dict[str, threading.Event] = {}
        self._acks: dict[str, dict[str, Any]] = {}

    def say(self, message: dict[str, Any]) -> None:
        """Send a JSON message."""
        with self._sending:
            self._wire.send(json.dumps(message))

    def deliver(self, envelope: dict[str, Any], patience: float) -> dict[str, Any] | None:
        """Send an envelope and return the payload of its ack."""
        name = str(uuid.uuid4())
        acked = threading.Event()
        self._waiting[name] = acked
        try:
            self.say({"envelope_id": name, **envelope})
            if not acked.wait(patience):
                raise NoAnswer("operation_timeout")
        except (simple_websocket.ConnectionClosed, OSError) as error:
            raise NoAnswer("dispatch_failed", "the socket closed") from error
        finally:
            del self._waiting[name]
        payload = self._acks.pop(name).get("payload")
        return payload or None

    def listen(self) -> None:
        """Take in acks until the connection closes."""
        with contextlib.suppress(simple_websocket.ConnectionClosed):
            while True:
                self._take(self._wire.receive())

    def _take(self, text: str | bytes | None) -> None:
        if not text:
            return
        ack = json.loads(text)
        name = ack.get("envelope_id")
        if name in self._waiting:
            self._acks[name] = ack
            self._waiting[name].set()

    def close(self) -> None:
        """Hang up, whether or not the app says goodbye."""
        with contextlib.suppress(simple_websocket.ConnectionClosed, OSError):
            self._wire.close(GOING_AWAY)
        with contextlib.suppress(OSError):
            self._wire.sock.shutdown(SHUT_RDWR)


class Sockets:
    """The open connections of the app, and the tickets for new ones."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._open: list[Socket] = []
        self._turn = itertools.count()
        self._changed = threading.Condition()
        self.on_change: Callable[[], None] = lambda: None

    @property
    def is_open(self) -> bool:
        """Whether the app listens on a socket."""
        with self._changed:
            return bool(self._open)

    def issue_ticket(self) -> str:
        """The single-use secret of a WebSocket url."""
        ticket = str(uuid.uuid4())
        with self._changed:
            self._tickets.add(ticket)
        return ticket

    def admit(self, ticket: str) -> bool:
        """Whether a connection with this ticket may be opened; the ticket is used up."""
        with self._changed:
            if ticket not in self._tickets or len(self._open) >= MOST_CONNECTIONS:
                return False
            self._tickets.remove(ticket)
            return True

    def serve(self, environ: dict[str, Any]) -> None:
        """Speak Socket Mode on an accepted request until the connection ends."""
        socket = Socket(simple_websocket.Server.accept(environ))
        with self._changed:
            self._open.append(socket)
            count = len(self._open)
            self._changed.notify_all()
        try:
            socket.say(
                {
                    "type": "hello",
                    "num_connections": count,
                    "connection_info": {"app_id": self._app_id},
                    "debug_info": {
                        "host": "sandbox",
                        "approximate_connection_time": CONNECTION_SECONDS,
                    },
                }
            )
            self.on_change()
            socket.listen()
        except simple_websocket.ConnectionClosed:
            pass  # the app left before it was greeted
        finally:
            with self._changed:
                self._open.remove(socket)
                self._changed.notify_all()
            self.on_change()

    def deliver(self, envelope: dict[str, Any], patience: float) -> dict[str, Any] | None:
        """Send an envelope to one of the connections, each in its turn."""
        with self._changed:
            if not self._open:
                raise NoAnswer("dispatch_failed", "no open socket")
            socket = self._open[next(self._turn) % len(self._open)]
        return socket.deliver(envelope, patience)

    def refresh(self) -> None:
        """Ask the app to open new connections, as Slack does from time to time."""
        with self._changed:
            leaving = list(self._open)
        for socket in leaving:
            with contextlib.suppress(simple_websocket.ConnectionClosed, OSError):
                socket.say(
                    {
                        "type": "disconnect",
                        "reason": "refresh_requested",
                        "debug_info": {"host": "sandbox"},
                    }
                )
            socket.close()

    def close(self) -> None:
        """Hang up on all connections and wait until their threads are done."""
        with self._changed:
            leaving = list(self._open)
        for socket in leaving:
            socket.close()
        with self._changed:
            self._changed.wait_for(lambda: not self._open, timeout=5)

    def wait_until_open(self, timeout: float, *, count: int = 1) -> bool:
        """Wait until the app has so many connections open."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._open) >= count, timeout)
