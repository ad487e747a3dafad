"""What a failed call of Slack's means."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import IncompleteRead
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackRequestError

from bot.clients import CallFailed, Verdict, calling, make_client

Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def slack_that_answers(answer: Answer) -> Iterator[str]:
    """A server with one answer to everything; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, headers, body = answer
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quietly."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api/"
        finally:
            server.shutdown()
            thread.join()


def failure_of(answer: Answer) -> CallFailed:
    with (
        slack_that_answers(answer) as url,
        pytest.raises(CallFailed) as raised,
        calling("chat.postMessage"),
    ):
        make_client("xoxb-1", url).chat_postMessage(channel="C1", text="Hello")
    return raised.value


def refusal(error: str, status: int = 200) -> Answer:
    return status, {}, json.dumps({"ok": False, "error": error}).encode()


@pytest.mark.parametrize(
    ("answer", "verdict", "error"),
    [
        (refusal("channel_not_found"), Verdict.REFUSED, "channel_not_found"),
        (refusal("channel_not_found", 404), Verdict.REFUSED, "channel_not_found"),
        (refusal("token_revoked"), Verdict.TOKEN, "token_revoked"),
        (refusal("team_added_to_org"), Verdict.LATER, "team_added_to_org"),
        (refusal("internal_error"), Verdict.UNKNOWN, "internal_error"),
        (refusal("internal_error", 500), Verdict.UNKNOWN, "internal_error"),
        (refusal("channel_not_found", 503), Verdict.UNKNOWN, "channel_not_found"),
        ((502, {}, b"<html>Bad gateway</html>"), Verdict.UNKNOWN, "http_502"),
        ((408, {}, b""), Verdict.UNKNOWN, "http_408"),
        ((407, {}, b"<html>Proxy</html>"), Verdict.LATER, "http_407"),
        ((200, {}, b"<html>Portal</html>"), Verdict.UNKNOWN, "http_200"),
        ((200, {}, b'{"ok": tr'), Verdict.UNKNOWN, "http_200"),
        ((200, {}, b"null"), Verdict.UNKNOWN, "http_200"),
        ((200, {}, b'{"ok": false, "error": 7}'), Verdict.UNKNOWN, "http_200"),
        (refusal("ratelimited", 429), Verdict.PACED, "ratelimited"),
        (refusal("rate_limited"), Verdict.PACED, "ratelimited"),
    ],
)
def test_an_answer_says_whether_it_was_done(answer: Answer, verdict: Verdict, error: str) -> None:
    failed = failure_of(answer)

    assert (failed.verdict, failed.error) == (verdict, error)
    assert failed.method == "chat.postMessage"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("17", 17), ("0", 0), ("soon", 30), ("-5", 30), ("٣", 30), ("9" * 5000, 86_400), ("", 30)],
)
def test_waits_as_long_as_slack_says_if_it_says_so(header: str, seconds: int) -> None:
    headers = {"retry-after": header.encode().decode("latin-1")}

    failed = failure_of((429, headers, b"{}"))

    assert failed.retry_after == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (URLError(ConnectionRefusedError()), Verdict.LATER),
        (URLError(socket.gaierror()), Verdict.LATER),
        (URLError(ssl.SSLCertVerificationError()), Verdict.LATER),
        (URLError(OSError(101, "Network is unreachable")), Verdict.LATER),
        (SlackRequestError("bad url"), Verdict.LATER),
        (URLError(TimeoutError()), Verdict.UNKNOWN),
        (URLError(ConnectionResetError()), Verdict.UNKNOWN),
        (ConnectionResetError(), Verdict.UNKNOWN),
        (TimeoutError(), Verdict.UNKNOWN),
        (IncompleteRead(b""), Verdict.UNKNOWN),
    ],
)
def test_only_what_never_left_is_known_not_to_be_done(error: Exception, verdict: Verdict) -> None:
    with pytest.raises(CallFailed) as raised, calling("chat.postMessage"):
        raise error

    assert raised.value.verdict is verdict
    assert raised.value.__cause__ is error


def test_no_client_calls_twice_of_its_own_accord() -> None:
    client = make_client("xoxb-1", "https://slack.example/api/")

    assert client.retry_handlers == []
    assert client.timeout == 10


def test_a_dropped_connection_is_one_call(
    make_dropping: Callable[[], tuple[str, list[int]]],
) -> None:
    url, calls = make_dropping()

    with pytest.raises(CallFailed) as raised, calling("chat.postMessage"):
        make_client("xoxb-1", url).chat_postMessage(channel="C1", text="Hello")

    assert raised.value.verdict is Verdict.UNKNOWN
    assert calls == [1]


@pytest.fixture
def make_dropping() -> Iterator[Callable[[], tuple[str, list[int]]]]:
    """A server that reads a call and hangs up; its address and its calls."""
    listener = socket.create_server(("127.0.0.1", 0))
    calls: list[int] = []
    threads: list[threading.Thread] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                calls.append(1)

    def make() -> tuple[str, list[int]]:
        thread = threading.Thread(target=serve)
        thread.start()
        threads.append(thread)
        return f"http://127.0.0.1:{listener.getsockname()[1]}/api/", calls

    yield make
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for thread in threads:
        thread.join()
