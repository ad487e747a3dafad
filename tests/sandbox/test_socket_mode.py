"""Socket Mode, with the client people really use."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from sandbox import GestureRefused, Person, Server, Workspace
from sandbox.admin import change_user
from tests.sandbox.blocks import actions, button, input_block, modal

C = "C0AURORE"
Payload = dict[str, Any] | None


class SocketApp:
    """An app on a socket: keeps every envelope and acks it with what ``answer`` gives."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.requests: list[SocketModeRequest] = []
        self.answer: Callable[[SocketModeRequest], Payload] = lambda _: None
        self.acks = True
        self.client = SocketModeClient(
            app_token=server.workspace.app.app_token,
            web_client=WebClient(base_url=server.api_url, retry_handlers=[]),
            logger=logging.getLogger("silent"),
            auto_reconnect_enabled=False,
        )
        self.client.socket_mode_request_listeners.append(self._listen)

    def close(self) -> None:
        """End the client; it ends soon only when it has seen Slack hang up."""
        self.server.workspace.link.sockets.close()
        patience = time.monotonic() + 5
        while self.client.is_connected() and time.monotonic() < patience:
            time.sleep(0.01)
        self.client.close()

    def _listen(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.append(request)
        if self.acks:
            payload = self.answer(request)
            client.send_socket_mode_response(
                SocketModeResponse(envelope_id=request.envelope_id, payload=payload)
            )


@pytest.fixture
def socket_app(server: Server) -> Iterator[SocketApp]:
    app = SocketApp(server)
    app.client.connect()
    assert server.workspace.link.sockets.wait_until_open(5)
    yield app
    app.close()


def test_a_command_goes_over_the_socket_and_its_ack_carries_the_answer(
    socket_app: SocketApp, alice: Person
) -> None:
    socket_app.answer = lambda _: {"text": "Done"}

    alice.types(C, "/retro new")

    (request,) = socket_app.requests
    assert request.type == "slash_commands"
    assert request.payload["text"] == "new"
    assert request.accepts_response_payload
    assert alice.reads(C)[-1].text == "Done"


def test_a_submission_is_answered_in_the_ack(
    client: WebClient, socket_app: SocketApp, alice: Person
) -> None:
    view = modal(input_block(block_id="name"))
    client.views_open(trigger_id=alice.workspace.triggers.issue(alice.id), view=view)
    socket_app.answer = lambda _: {"response_action": "errors", "errors": {"name": "Taken"}}

    errors = alice.modal().fill({"name": "Aurore"}).submit()

    assert socket_app.requests[0].type == "interactive"
    assert errors == {"name": "Taken"}


def test_an_event_is_told_over_the_socket(socket_app: SocketApp, workspace: Workspace) -> None:
    change_user(workspace, "U0BOB", tz="Asia/Tokyo")

    assert workspace.events.wait_until_idle()
    (request,) = socket_app.requests
    assert request.type == "events_api"
    assert request.payload["event"]["user"]["tz"] == "Asia/Tokyo"
    assert request.retry_attempt == 0


def test_an_event_without_an_ack_comes_again_and_says_why(
    socket_app: SocketApp, workspace: Workspace
) -> None:
    workspace.link.patience = 0.1
    workspace.events.retry_pauses = (0.0,)
    socket_app.acks = False

    change_user(workspace, "U0BOB", tz="Asia/Tokyo")

    assert workspace.events.wait_until_idle()
    attempts = [(each.retry_attempt, each.retry_reason) for each in socket_app.requests]
    assert attempts == [(0, ""), (1, "http_timeout")]


def test_without_an_ack_a_click_times_out(
    client: WebClient, socket_app: SocketApp, alice: Person
) -> None:
    alice.workspace.link.patience = 0.1
    socket_app.acks = False
    client.chat_postMessage(channel=C, text="x", blocks=[actions(button())])

    with pytest.raises(GestureRefused, match="operation_timeout"):
        alice.clicks(alice.reads(C)[0], "Done")


def test_with_no_socket_open_nothing_is_delivered(server: Server, alice: Person) -> None:
    assert not server.workspace.link.is_connected

    alice.types(C, "/retro new")

    assert alice.reads(C)[-1].text == '/retro failed with the error "dispatch_failed"'


def test_a_ticket_opens_one_connection(socket_app: SocketApp) -> None:
    used = urlsplit(str(socket_app.client.wss_uri))

    with closing(HTTPConnection(used.hostname or "", used.port, timeout=5)) as connection:
        connection.request("GET", f"{used.path}?{used.query}")
        answer = connection.getresponse()
        answer.read()

    assert answer.status == 403


def test_payloads_take_turns_between_connections(
    server: Server, socket_app: SocketApp, alice: Person
) -> None:
    second = SocketApp(server)
    second.client.connect()
    sockets = server.workspace.link.sockets
    assert sockets.wait_until_open(5, count=2)

    for _ in range(4):
        alice.types(C, "/retro")

    assert (len(socket_app.requests), len(second.requests)) == (2, 2)
    second.close()


def test_slack_may_ask_for_a_new_connection(
    socket_app: SocketApp, workspace: Workspace, alice: Person
) -> None:
    first = socket_app.client.wss_uri
    workspace.link.sockets.refresh()
    assert workspace.wait_until(
        lambda: workspace.link.sockets.is_open and socket_app.client.wss_uri != first
    )

    alice.types(C, "/retro again")

    assert [request.payload["text"] for request in socket_app.requests] == ["again"]


def test_whether_the_app_is_connected_is_seen_when_it_hangs_up(
    socket_app: SocketApp, workspace: Workspace
) -> None:
    socket_app.client.disconnect()

    assert workspace.wait_until(lambda: not workspace.link.is_connected)
