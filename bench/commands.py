"""Slash commands at a steady pace, signed as Slack signs them."""

from __future__ import annotations

import http.client
import time
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from slack_sdk.signature import SignatureVerifier

TEAM = "T0SANDBOX"
PEOPLE = ("U0ALICE", "U0BRUNO", "U0CHLOE", "U0DAN")
TEXT = "tasks"  # reads the database and answers; the acknowledgement comes before that
_SENDERS = 32  # requests under way at once, far more than there should ever be


@dataclass
class Answers:
    """Takes what the assistant answers at a command's response url, and counts it."""

    url: str
    count: int = 0
    _server: ThreadingHTTPServer | None = field(default=None, repr=False)


@contextmanager
def answers_taken() -> Iterator[Answers]:
    """A server for response urls."""

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            taken.count += 1
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    taken = Answers(url=f"http://127.0.0.1:{server.server_address[1]}/answer")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def acknowledgements(
    url: str, secret: str, answer_url: str, *, rate: float, seconds: float
) -> list[float]:
    """Seconds from the moment each request was due to its acknowledgement.

    Due, not sent: a request that has to wait for an earlier one has waited all the same.
    Raises ``RuntimeError`` for anything but a 200.
    """
    signer = SignatureVerifier(secret)
    began = time.perf_counter() + 0.1

    def send(number: int) -> float:
        due = began + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        _post(url, signer, _body(number, answer_url))
        return time.perf_counter() - due

    with ThreadPoolExecutor(_SENDERS) as senders:
        return list(senders.map(send, range(round(rate * seconds))))


def _post(url: str, signer: SignatureVerifier, body: str) -> None:
    timestamp = str(int(time.time()))
    signature = signer.generate_signature(timestamp=timestamp, body=body)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature or "",
    }
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    try:
        connection.request("POST", "/slack/events", body, headers)
        response = connection.getresponse()
        response.read()
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise RuntimeError(f"a command was answered with {response.status}")


def _body(number: int, answer_url: str) -> str:
    return urllib.parse.urlencode(
        {
            "command": "/retro",
            "text": TEXT,
            "team_id": TEAM,
            "user_id": PEOPLE[number % len(PEOPLE)],
            "channel_id": "C0GENERAL",
            "trigger_id": f"bench.{number}",
            "response_url": answer_url,
            "api_app_id": "A0SANDBOX",
            "is_enterprise_install": "false",
        }
    )
