"""The HTTP pages: only what Slack signed is listened to, and junk is refused without a fuss."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot import app
from bot.app import Assistant
from bot.errors import SettingsError
from bot.web.server import MOST_BYTES, STALE
from bot.web.signatures import TOLERANCE, is_signed
from sandbox import Clock, Person, Server
from sandbox.signing import signature
from tests.bot import support

FORM = "application/x-www-form-urlencoded"
COMMAND = urlencode(
    {
        "team_id": "T0SANDBOX",
        "user_id": support.DAN,
        "channel_id": support.AURORE,
        "command": "/retro",
        "text": "list",
        "trigger_id": "1.2.3",
        "response_url": "",
    }
).encode()


def event(inner: bytes) -> bytes:
    """The payload of an event."""
    head = b'{"type": "event_callback", "team_id": "T0SANDBOX", "event_id": "Ev1", "event": '
    return head + inner + b"}"


def post(
    assistant: Assistant,
    body: bytes,
    headers: Mapping[str, str],
    path: str = "/slack/events",
    method: str = "POST",
) -> tuple[int, str]:
    """The status and the text of the answer to a raw request."""
    connection = http.client.HTTPConnection("127.0.0.1", assistant.listener.port, timeout=10)
    try:
        connection.request(method, path, body, {"Content-Type": FORM, **headers})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def signed(body: bytes, *, age: int = 0, secret: str = support.SECRET) -> dict[str, str]:
    """The headers with which Slack sends a body, ``age`` seconds ago."""
    at = int(time.time()) - age
    return {
        "X-Slack-Request-Timestamp": str(at),
        "X-Slack-Signature": signature(secret, at, body),
    }


def test_a_signed_command_is_heard(sqlite_assistant: Assistant, dan: Person) -> None:
    status, _ = post(sqlite_assistant, COMMAND, signed(COMMAND))

    assert status == 200
    assert dan.workspace.calls("users.info")


@pytest.mark.parametrize(
    ("age", "status"),
    [(0, 200), (TOLERANCE - 5, 200), (5 - TOLERANCE, 200), (TOLERANCE + 5, 401), (-305, 401)],
)
def test_a_request_is_heard_for_five_minutes_and_no_longer(
    sqlite_assistant: Assistant, age: int, status: int
) -> None:
    assert post(sqlite_assistant, COMMAND, signed(COMMAND, age=age))[0] == status


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0="},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v1=" + "0" * 64},
        {"X-Slack-Signature": "é" * 67},
        {"X-Slack-Signature": "v0=" + "0" * 60_000},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "abc"},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "²"},
        {"X-Slack-Request-Timestamp": "0"},
    ],
    ids=range(13),
)
def test_a_request_that_slack_did_not_sign_is_refused(
    sqlite_assistant: Assistant, dan: Person, change: dict[str, str]
) -> None:
    headers = {name: quoted(value) for name, value in (signed(COMMAND) | change).items()}

    status, text = post(sqlite_assistant, COMMAND, headers)

    assert (status, text) == (401, "not signed by Slack\n")
    assert dan.workspace.calls("users.info") == []


def test_a_request_signed_with_another_secret_or_for_another_body_is_refused(
    sqlite_assistant: Assistant,
) -> None:
    other_secret = post(sqlite_assistant, COMMAND, signed(COMMAND, secret="other"))
    other_body = post(sqlite_assistant, COMMAND + b"&x=1", signed(COMMAND))
    no_secret = post(sqlite_assistant, COMMAND, signed(COMMAND, secret=""))

    assert {other_secret[0], other_body[0], no_secret[0]} == {401}


@settings(max_examples=300, deadline=None)
@given(
    timestamp=st.text(max_size=20) | st.integers().map(str),
    given_signature=st.text(max_size=80)
    | st.binary(max_size=80).map(lambda b: b.decode("latin-1")),
    body=st.binary(max_size=50),
)
def test_the_answer_to_any_headers_is_no(timestamp: str, given_signature: str, body: bytes) -> None:
    assert not is_signed(["secret"], timestamp, given_signature, body, 1_800_000_000.0)


def test_no_secret_signs_nothing() -> None:
    at = 1_800_000_000

    assert not is_signed([], str(at), signature("", at, b""), b"", at)
    assert not is_signed([""], str(at), signature("", at, b""), b"", at)


def test_the_old_secret_is_good_while_secrets_are_rotated(slack: Server, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"

    with support.at_work(slack, url, slack_signing_secret=SecretStr("new, office")) as assistant:
        old = post(assistant, COMMAND, signed(COMMAND))
        new = post(assistant, COMMAND, signed(COMMAND, secret="new"))
        both = post(assistant, COMMAND, signed(COMMAND, secret="new, office"))

    assert (old[0], new[0], both[0]) == (200, 200, 401)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, b"payload={bad"),
        (FORM, b"payload=" + b"[" * 100_000),
        (FORM, b"payload=[]"),
        (FORM, b"payload=null"),
        (FORM, b"payload=1"),
        (FORM, b"payload=" + quote(json.dumps({"type": "block_actions"})).encode()),
        (FORM, b"payload=" + quote(json.dumps({"type": "block_actions", "user": None})).encode()),
        (FORM, b"payload=" + quote(json.dumps({"type": "view_submission", "view": None})).encode()),
        (
            FORM,
            b"payload="
            + quote(
                json.dumps(
                    {
                        "type": "block_actions",
                        "user": {"id": "U0DAN"},
                        "team": {"id": "T0SANDBOX"},
                        "actions": [],
                    }
                )
            ).encode(),
        ),
        (FORM, b"payload=" + quote(json.dumps({"user": {"id": 5}, "team": 7})).encode()),
        (FORM, b""),
        (FORM, b"\xff\xfe\x00"),
        (FORM, b"command=/retro"),
        (FORM, b"command=/retro&team_id=T0SANDBOX"),
        ("application/json", b"[1, 2]"),
        ("application/json", b"{"),
        ("application/json", b"{}"),
        ("application/json", b'{"type": "event_callback"}'),
        ("application/json", b'{"type": "event_callback", "event": null}'),
        ("application/json", b'{"type": "event_callback", "event": {"type": "message"}}'),
        (
            "application/json",
            event(b'{"type": "message", "channel_type": "im"}'),
        ),
        (
            "application/json",
            event(b'{"type": "user_change", "user": {}}'),
        ),
        ("text/plain", b"hello"),
    ],
    ids=range(23),
)
def test_junk_is_refused_signed_or_not_and_the_next_request_is_heard(
    sqlite_assistant: Assistant, content_type: str, body: bytes
) -> None:
    unsigned, _ = post(sqlite_assistant, body, {"Content-Type": content_type})
    heard, _ = post(sqlite_assistant, body, {"Content-Type": content_type, **signed(body)})
    after, _ = post(sqlite_assistant, COMMAND, signed(COMMAND))

    assert unsigned == 401
    assert heard < 500
    assert after == 200


def test_a_body_that_is_too_big_is_refused_unread(sqlite_assistant: Assistant) -> None:
    body = b"x" * (5 * MOST_BYTES)

    try:
        status, _ = post(sqlite_assistant, body, signed(body))
    except ConnectionError:  # refused before all of it was sent
        status = 413
    after, _ = post(sqlite_assistant, COMMAND, signed(COMMAND))

    assert status == 413
    assert after == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/slack/events", 405),
        ("PUT", "/slack/events", 405),
        ("GET", "/", 404),
        ("POST", "/healthz", 405),
        ("GET", "/slack/events/../../etc/passwd", 404),
        ("GET", "/%00", 404),
    ],
)
def test_there_are_no_other_pages(
    sqlite_assistant: Assistant, method: str, path: str, status: int
) -> None:
    assert post(sqlite_assistant, b"", {}, path, method)[0] == status


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    payload=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "type",
                        "user",
                        "team",
                        "view",
                        "actions",
                        "id",
                        "container",
                        "state",
                        "values",
                    ]
                ),
                inner | st.sampled_from(["block_actions", "view_submission", "shortcut"]),
                max_size=6,
            )
        ),
        max_leaves=12,
    )
)
def test_no_signed_payload_makes_it_stumble(sqlite_assistant: Assistant, payload: object) -> None:
    body = b"payload=" + quote(json.dumps(payload)).encode()

    assert post(sqlite_assistant, body, signed(body))[0] < 500


def test_health_is_red_until_the_first_tick_and_again_when_ticks_stop(
    assistant: Assistant, clock: Clock
) -> None:
    before = post(assistant, b"", {}, "/healthz", "GET")
    assistant.ticker.tick()
    alive = post(assistant, b"", {}, "/healthz", "GET")
    clock.move(STALE + timedelta(seconds=1))
    stale = post(assistant, b"", {}, "/healthz", "GET")
    assistant.ticker.tick()
    again = post(assistant, b"", {}, "/healthz", "GET")

    assert before == (503, "no recent tick\n")
    assert alive == (200, "ok\n")
    assert stale == (503, "no recent tick\n")
    assert again == (200, "ok\n")


def test_a_busy_port_is_one_sentence_for_the_operator(
    slack: Server, sqlite_assistant: Assistant, tmp_path: Path
) -> None:
    port = sqlite_assistant.listener.port
    settings = support.settings_for(slack.api_url, f"sqlite:///{tmp_path / 'x.sqlite3'}", port=port)

    with pytest.raises(SettingsError) as raised:
        app.build(settings)

    assert str(raised.value) == (
        f"Port {port} is in use by another program: choose another with RETRO_PORT."
    )


def test_an_address_that_is_not_ours_is_one_sentence_for_the_operator(
    slack: Server, tmp_path: Path
) -> None:
    settings = support.settings_for(
        slack.api_url, f"sqlite:///{tmp_path / 'x.sqlite3'}", host="192.0.2.1"
    )

    with pytest.raises(SettingsError, match=r"Cannot listen on 192\.0\.2\.1:0"):
        app.build(settings)


def test_stopping_answers_what_has_come_in(slack: Server, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.sqlite3'}"
    slack.workspace.faults.add("users.info", "late", seconds=0.8)
    answers: list[tuple[int, str]] = []

    with support.at_work(slack, url) as assistant:
        asking = threading.Thread(
            target=lambda: answers.append(post(assistant, COMMAND, signed(COMMAND)))
        )
        asking.start()
        support.wait_until(lambda: slack.workspace.faults.all() == [])  # it is being answered
    asking.join(5)

    assert [status for status, _ in answers] == [200]


def quoted(value: str) -> str:
    """A header as bytes can carry it; http.client takes Latin-1."""
    return value.encode().decode("latin-1")
