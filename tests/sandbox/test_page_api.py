"""The JSON the page lives on."""

import io
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from slack_sdk import WebClient
from werkzeug.test import Client

from sandbox import Person, Server, Workspace
from sandbox.web.server import build_application
from tests.sandbox.blocks import actions, button, home, input_block, modal, option, section
from tests.sandbox.pretend_app import Answer, PretendApp

C = "C0AURORE"


class Page:
    """Asks and does as the page does, without a browser."""

    def __init__(self, workspace: Workspace) -> None:
        self._client = Client(build_application(workspace))

    def get(self, path: str, **query: Any) -> Any:
        return self._client.get(f"/sandbox/{path}", query_string=query).get_json()

    def post(self, path: str, **body: Any) -> Any:
        return self._client.post(f"/sandbox/{path}", json=body).get_json()

    def status(self, path: str, **body: Any) -> int:
        return self._client.post(f"/sandbox/{path}", json=body).status_code

    def delete(self, path: str) -> Any:
        return self._client.delete(f"/sandbox/{path}").get_json()

    @property
    def raw(self) -> Client:
        return self._client


@pytest.fixture
def page(workspace: Workspace) -> Page:
    return Page(workspace)


def test_the_state_is_that_of_the_one_who_looks(page: Page, workspace: Workspace) -> None:
    workspace.add_channel("C0SECRET", "secret", members=["U0BOB"], private=True)

    alice = page.get("state", **{"as": "U0ALICE"})
    bob = page.get("state", **{"as": "U0BOB"})

    assert alice["ok"] is True
    assert alice["now"] == "2026-11-23T08:30:00+01:00"
    assert bob["now"] == "2026-11-23T02:30:00-05:00"
    assert alice["me"]["initials"] == "AM"
    assert alice["team"]["name"] == "Sandbox"
    assert [channel["name"] for channel in bob["channels"]] == ["", "aurore", "secret"]
    assert "secret" not in [channel["name"] for channel in alice["channels"]]
    assert alice["app"]["commands"][0]["command"] == "/retro"
    assert alice["app"]["shortcuts"][1] == {
        "type": "message",
        "callback_id": "task",
        "name": "Make a task",
    }
    assert alice["connected"] is False


def test_unread_messages_are_counted_until_the_channel_is_read(
    page: Page, alice: Person, bob: Person
) -> None:
    bob.types(C, "Hello")
    bob.types(C, "Hey <@U0ALICE>")

    def channel(user: str) -> dict[str, Any]:
        channels = page.get("state", **{"as": user})["channels"]
        return dict(next(each for each in channels if each["id"] == C))

    before, own = channel("U0ALICE"), channel("U0BOB")
    page.post("read", **{"as": "U0ALICE", "channel": C})
    after = channel("U0ALICE")

    assert (before["unread"], before["mention"]) == (2, True)
    assert (own["unread"], own["mention"]) == (0, False)
    assert (after["unread"], after["mention"]) == (0, False)
    assert before["last_ts"] == alice.reads(C)[-1].ts


def test_messages_are_written_and_read(page: Page, client: WebClient) -> None:
    page.post("message", **{"as": "U0ALICE", "channel": C, "text": "Hello"})
    parent = client.chat_postMessage(channel=C, text="Question")["ts"]
    page.post("message", **{"as": "U0BOB", "channel": C, "text": "Answer", "thread_ts": parent})

    messages = page.get("messages", **{"as": "U0BOB", "channel": C})["messages"]
    thread = page.get("thread", **{"as": "U0BOB", "channel": C, "ts": parent})["messages"]

    assert [message["text"] for message in messages] == ["Hello", "Question"]
    assert messages[0]["date"] == "2026-11-23T02:30:00-05:00"
    assert (messages[1]["reply_count"], messages[1]["reply_users"]) == (1, ["U0BOB"])
    assert [message["text"] for message in thread] == ["Question", "Answer"]
    assert thread[1]["thread_ts"] == parent


def test_slackbot_answers_an_unknown_command(page: Page) -> None:
    answer = page.post("message", **{"as": "U0ALICE", "channel": C, "text": "/retr"})

    assert answer["ok"] is True
    assert answer["slackbot"].startswith("/retr is not a valid command")


def test_a_modal_is_shown_filled_refused_and_sent(
    page: Page, client: WebClient, pretend_app: PretendApp, workspace: Workspace
) -> None:
    trigger = workspace.triggers.issue("U0ALICE")
    client.views_open(trigger_id=trigger, view=modal(input_block(block_id="name")))
    (view,) = page.get("views", **{"as": "U0ALICE"})["views"]
    entry = {"name": {"value": {"type": "plain_text_input", "value": "Aurore"}}}
    pretend_app.answers["view_submission"] = Answer(
        body={"response_action": "errors", "errors": {"name": "Taken"}}
    )
    sent = {"as": "U0ALICE", "view_id": view["id"], "state": {"values": entry}}

    first = page.post("view/submit", **sent)
    (refused,) = page.get("views", **{"as": "U0ALICE"})["views"]
    pretend_app.answers.clear()
    second = page.post("view/submit", **sent)

    assert (first, second) == ({"ok": True}, {"ok": True})
    assert refused["errors"] == {"name": "Taken"}
    assert refused["state"]["values"] == entry
    assert page.get("views", **{"as": "U0ALICE"})["views"] == []


def test_a_submission_without_an_answer_is_an_error(
    page: Page, client: WebClient, pretend_app: PretendApp, workspace: Workspace
) -> None:
    trigger = workspace.triggers.issue("U0ALICE")
    view = client.views_open(trigger_id=trigger, view=modal(section()))["view"]
    pretend_app.answers["view_submission"] = Answer(status=500)

    answer = page.post("view/submit", **{"as": "U0ALICE", "view_id": view["id"]})

    assert (answer["ok"], answer["error"]) == (False, "dispatch_failed")
    closed = page.post("view/close", **{"as": "U0ALICE", "view_id": view["id"], "all": True})
    assert closed == {"ok": True}


def test_a_button_and_a_menu_are_used(
    page: Page, client: WebClient, pretend_app: PretendApp
) -> None:
    menu = {"type": "external_select", "action_id": "tpl"}
    posted = client.chat_postMessage(
        channel=C, text="x", blocks=[actions(button(), menu, block_id="row")]
    )
    place = {"type": "message", "channel": C, "ts": posted["ts"]}
    pretend_app.answers["block_suggestion"] = Answer(body={"options": [option()]})
    at = {"as": "U0ALICE", "container": place, "block_id": "row"}

    pressed = page.post("action", **at, action_id="press", action={"type": "button"})
    offered = page.post("options", **at, action_id="tpl", value="a")
    nowhere = page.post("action", **at, action_id="no", action={"type": "button"})

    assert pressed == {"ok": True}
    assert offered == {"ok": True, "options": [option()]}
    assert nowhere["error"] == "element_not_found"


def test_the_home_tab_is_opened_and_shown(
    page: Page, client: WebClient, pretend_app: PretendApp
) -> None:
    before = page.get("home", **{"as": "U0ALICE"})

    page.post("home/open", **{"as": "U0ALICE"})
    pretend_app.waits_for("event_callback")
    client.views_publish(user_id="U0ALICE", view=home(section("Hello")))

    assert before == {"ok": True, "view": None}
    shown = page.get("home", **{"as": "U0ALICE"})["view"]
    assert shown["blocks"][0]["text"]["text"] == "Hello"


def test_shortcuts_are_used(page: Page, pretend_app: PretendApp, bob: Person) -> None:
    bob.types(C, "Please")
    ts = bob.reads(C)[0].ts

    page.post("shortcut", **{"as": "U0ALICE", "callback_id": "new"})
    page.post("shortcut", **{"as": "U0ALICE", "callback_id": "task", "channel": C, "ts": ts})

    assert len(pretend_app.of_kind("shortcut")) == 1
    assert pretend_app.of_kind("message_action")[0]["message"]["text"] == "Please"
    unknown = page.post("shortcut", **{"as": "U0ALICE", "callback_id": "x"})
    assert unknown["error"] == "shortcut_not_found"


def test_a_file_is_uploaded_shown_and_kept_from_strangers(page: Page) -> None:
    form = {"as": "U0ALICE", "file": (io.BytesIO(b"PNG"), "visual.png")}
    file = page.raw.post("/sandbox/files", data=form).get_json()["file"]
    page.post("message", **{"as": "U0ALICE", "channel": C, "text": "", "files": [file["id"]]})

    (message,) = page.get("messages", **{"as": "U0BOB", "channel": C})["messages"]
    shown = page.raw.get(f"{file['url']}?as=U0BOB")
    stranger = page.raw.get(file["url"])

    assert (file["mimetype"], file["size"], file["is_image"]) == ("image/png", 3, True)
    assert message["files"] == [file]
    assert shown.data == b"PNG"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert stranger.mimetype == "text/html"


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("read", {}, 400, "missing_field"),
        ("read", {"as": "U0ALICE", "channel": "C0NO"}, 404, "channel_not_found"),
        ("message", {"as": "U0NOBODY", "channel": C, "text": "x"}, 404, "user_not_found"),
        ("message", {"as": "U0ALICE", "channel": C, "text": " "}, 400, "no_text"),
        ("view/submit", {"as": "U0ALICE", "view_id": "V1"}, 404, "view_not_found"),
        ("clock", {"advance": "soon"}, 400, "invalid_clock"),
        ("clock", {"to": "2027-03-15T09:00:00"}, 400, "invalid_clock"),
        ("faults", {"method": "*", "kind": "503"}, 400, "invalid_fault"),
        ("faults", {"kind": "500"}, 400, "invalid_fault"),
    ],
)
def test_what_cannot_be_done_is_an_error(
    page: Page, path: str, body: dict[str, Any], status: int, error: str
) -> None:
    assert page.post(path, **body)["error"] == error
    assert page.status(path, **body) == status


def test_the_clock_is_moved(page: Page, workspace: Workspace) -> None:
    hour = page.post("clock", advance="1h")
    morning = page.post("clock", advance="next_morning")
    there = page.post("clock", to="2027-03-15T09:00:00+01:00")

    assert hour["now"] == "2026-11-23T09:30:00+01:00"
    assert morning["now"] == "2026-11-24T09:00:00+01:00"
    assert there["now"] == "2027-03-15T09:00:00+01:00"
    assert workspace.clock.now() == datetime.fromisoformat("2027-03-15T09:00:00+01:00")
    assert page.get("clock")["now"] == there["now"]


def test_faults_are_set_listed_and_cleared(page: Page, workspace: Workspace) -> None:
    page.post("faults", method="chat.postMessage", kind="429", times=None, retry_after=7)

    (fault,) = page.get("faults")["faults"]
    assert (fault["method"], fault["times"], fault["retry_after"]) == ("chat.postMessage", None, 7)
    assert page.delete("faults")["faults"] == []
    assert workspace.faults.all() == []


def test_the_log_tells_both_ways(
    page: Page, client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    client.auth_test()
    alice.types(C, "/retro new")

    lines = page.get("log", limit=2)["log"]

    assert [(line["way"], line["what"]) for line in lines] == [
        ("in", "auth.test"),
        ("out", "/retro"),
    ]
    assert len(pretend_app.received) == 1


def read_events(response: HTTPResponse) -> Iterator[dict[str, Any]]:
    """The changes of an open stream."""
    for line in response:
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def test_changes_are_streamed_to_those_they_concern(
    server: Server, workspace: Workspace, client: WebClient, bob: Person
) -> None:
    parts = urlsplit(server.url)
    with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=5)) as connection:
        connection.request("GET", f"/sandbox/events?{urlencode({'as': 'U0ALICE'})}")
        response = connection.getresponse()
        assert response.headers.get_content_type() == "text/event-stream"
        assert response.readline() == b": open\n"

        client.views_open(trigger_id=workspace.triggers.issue("U0BOB"), view=modal())
        client.views_open(trigger_id=workspace.triggers.issue("U0ALICE"), view=modal())
        bob.types(C, "Hello")
        workspace.clock.next_morning()

        changes = read_events(response)
        seen = [next(changes) for _ in range(3)]
        response.close()

    assert seen == [{"what": "views"}, {"what": "messages", "channel": C}, {"what": "clock"}]


def test_an_open_stream_ends_with_the_server(workspace: Workspace) -> None:
    server = Server(workspace)
    server.start()
    parts = urlsplit(server.url)
    with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=5)) as connection:
        connection.request("GET", "/sandbox/events?as=U0ALICE")
        response = connection.getresponse()
        response.readline()

        server.stop()

        assert response.read() == b"\n"


def test_the_page_itself_is_served(page: Page) -> None:
    with page.raw.get("/") as index, page.raw.get("/static/no-such-file.js") as missing:
        assert index.mimetype == "text/html"
        assert missing.status_code == 404
