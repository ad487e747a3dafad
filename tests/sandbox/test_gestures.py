"""What people do, and what the app gets of it."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from slack_sdk.webhook import WebhookClient

from sandbox import GestureRefused, Person, SubmitFailed, Workspace, gestures
from sandbox.uploads import store_upload
from tests.sandbox.blocks import (
    actions,
    button,
    home,
    input_block,
    modal,
    option,
    options,
    plain,
    section,
)
from tests.sandbox.pretend_app import Answer, PretendApp

C = "C0AURORE"


@pytest.fixture
def opened(client: WebClient, pretend_app: PretendApp, alice: Person) -> PretendApp:
    """The app, with a modal of two inputs open in front of Alice."""
    view = modal(
        input_block(block_id="name"),
        input_block(block_id="goal", optional=True),
        private_metadata="m",
        notify_on_close=True,
    )
    trigger = alice.workspace.triggers.issue(alice.id)
    client.views_open(trigger_id=trigger, view=view)
    return pretend_app


def test_every_request_is_signed(
    pretend_app: PretendApp, alice: Person, workspace: Workspace
) -> None:
    alice.types(C, "/retro new")

    (request,) = pretend_app.received
    verifier = SignatureVerifier(workspace.app.signing_secret)
    assert verifier.is_valid_request(request.body, request.headers)
    assert not verifier.is_valid_request(request.body + b"x", request.headers)


def test_a_command_reaches_the_app_with_its_text(pretend_app: PretendApp, alice: Person) -> None:
    alice.types(C, "/retro new  Aurore & co <2027-03-15> for @bob in #aurore")

    (command,) = pretend_app.of_kind("command")
    assert command["command"] == "/retro"
    assert command["text"] == (
        "new  Aurore &amp; co &lt;2027-03-15&gt; for <@U0BOB|bob> in <#C0AURORE|aurore>"
    )
    assert (command["user_id"], command["channel_id"]) == ("U0ALICE", C)
    assert command["trigger_id"]


def test_without_should_escape_mentions_stay_names(pretend_app: PretendApp, alice: Person) -> None:
    alice.types(C, "/plain for <@U0BOB> and @nobody")

    assert pretend_app.of_kind("command")[0]["text"] == "for @bob and @nobody"


def test_what_the_app_answers_to_a_command_is_for_the_sender(
    pretend_app: PretendApp, alice: Person, bob: Person
) -> None:
    pretend_app.answers["command"] = Answer(body={"text": "Done"})

    alice.types(C, "/retro new")

    assert [seen.text for seen in alice.reads(C)] == ["Done"]
    assert bob.reads(C) == []


def test_what_the_app_answers_in_channel_is_for_all(
    pretend_app: PretendApp, alice: Person, bob: Person
) -> None:
    pretend_app.answers["command"] = Answer(body={"text": "Hi", "response_type": "in_channel"})

    alice.types(C, "/retro new")

    assert [seen.text for seen in bob.reads(C)] == ["Hi"]


def test_a_command_nobody_offers_is_slackbots_to_answer(
    pretend_app: PretendApp, alice: Person
) -> None:
    said = alice.types(C, "/retr new")

    assert said is not None
    assert said.startswith("/retr is not a valid command")
    assert pretend_app.received == []


def test_commands_do_not_work_in_threads(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    ts = client.chat_postMessage(channel=C, text="x")["ts"]

    said = alice.types(C, "/retro new", thread=ts)

    assert said == "/retro is not supported in threads. Sorry!"
    assert pretend_app.received == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(seconds=0.4), "operation_timeout"),
        (Answer(status=404), "dispatch_failed"),
        (Answer(body={"text": "x", "blocks": [{"type": "heading"}]}), "invalid_blocks"),
    ],
    ids=["late", "refused", "wrong blocks"],
)
def test_a_command_that_fails_says_so_to_the_sender(
    pretend_app: PretendApp, alice: Person, answer: Answer, error: str
) -> None:
    alice.workspace.link.patience = 0.1 if answer.seconds else 3.0
    pretend_app.answers["command"] = answer

    alice.types(C, "/retro new")

    assert alice.reads(C)[-1].text == f'/retro failed with the error "{error}"'
    assert alice.reads(C)[-1].ephemeral


def test_a_button_in_a_message(client: WebClient, pretend_app: PretendApp, alice: Person) -> None:
    block = section("Visual", block_id="task", accessory=button(value="t1", style="primary"))
    posted = client.chat_postMessage(channel=C, text="x", blocks=[block])

    alice.clicks(alice.reads(C)[0], "Done")

    (payload,) = pretend_app.of_kind("block_actions")
    (action,) = payload["actions"]
    assert (action["block_id"], action["action_id"]) == ("task", "press")
    assert (action["type"], action["value"], action["style"]) == ("button", "t1", "primary")
    assert payload["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": C,
        "is_ephemeral": False,
    }
    assert payload["message"]["blocks"][0]["block_id"] == "task"
    assert payload["channel"] == {"id": C, "name": "aurore"}
    assert payload["user"]["id"] == "U0ALICE"
    assert payload["response_url"].startswith(alice.workspace.base_url)


def test_a_button_in_an_ephemeral_message_comes_without_the_message(
    client: WebClient, pretend_app: PretendApp, alice: Person, bob: Person
) -> None:
    client.chat_postEphemeral(channel=C, user="U0ALICE", text="x", blocks=[actions(button())])

    seen = alice.reads(C)[0]
    alice.clicks(seen, "Done")

    (payload,) = pretend_app.of_kind("block_actions")
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    with pytest.raises(GestureRefused, match="message_not_found"):
        bob.clicks(seen, "Done")


def test_an_option_of_an_overflow_menu(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    menu = {
        "type": "overflow",
        "action_id": "more",
        "options": [option("e", "Edit"), option("d", "Delete")],
    }
    client.chat_postMessage(channel=C, text="x", blocks=[section("Task", accessory=menu)])

    seen = alice.reads(C)[0]
    alice.clicks(seen, "Delete")

    assert seen.buttons == ["Edit", "Delete"]
    (payload,) = pretend_app.of_kind("block_actions")
    assert payload["actions"][0]["selected_option"] == option("d", "Delete")


def test_a_select_in_a_message_carries_the_state_of_its_neighbours(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    who = {"type": "users_select", "action_id": "who"}
    when = {"type": "datepicker", "action_id": "when", "initial_date": "2027-03-15"}
    client.chat_postMessage(channel=C, text="x", blocks=[actions(who, when, block_id="row")])

    alice.chooses(alice.reads(C)[0], "who", "U0BOB")

    (payload,) = pretend_app.of_kind("block_actions")
    assert payload["actions"][0]["selected_user"] == "U0BOB"
    assert payload["state"]["values"]["row"] == {
        "who": {"type": "users_select", "selected_user": "U0BOB"},
        "when": {"type": "datepicker", "selected_date": "2027-03-15"},
    }


def test_the_app_suggests_options_for_an_external_select(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    pretend_app.answers["block_suggestion"] = lambda payload: Answer(
        body={"options": [option("k", payload["value"].upper())]}
    )
    element = {"type": "external_select", "action_id": "tpl"}
    client.chat_postMessage(channel=C, text="x", blocks=[actions(element, block_id="row")])

    alice.chooses(alice.reads(C)[0], "tpl", "k")

    (asked,) = pretend_app.of_kind("block_suggestion")
    (acted,) = pretend_app.of_kind("block_actions")
    assert (asked["block_id"], asked["action_id"], asked["value"]) == ("row", "tpl", "k")
    assert acted["actions"][0]["selected_option"] == option("k", "K")


def test_more_options_than_fit_are_not_shown(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    pretend_app.answers["block_suggestion"] = Answer(body={"options": options(101)})
    element = {"type": "external_select", "action_id": "tpl"}
    client.chat_postMessage(channel=C, text="x", blocks=[actions(element)])

    with pytest.raises(GestureRefused, match="no more than 100 items allowed"):
        alice.chooses(alice.reads(C)[0], "tpl", "1")


def test_an_element_that_is_not_there_cannot_be_used(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    posted = client.chat_postMessage(channel=C, text="x", blocks=[actions(button())])
    seen = alice.reads(C)[0]
    client.chat_update(channel=C, ts=posted["ts"], text="x", blocks=[section()])

    with pytest.raises(AssertionError, match="no button 'Done'"):
        alice.clicks(seen, "Done")
    assert pretend_app.received == []


def test_a_click_the_app_does_not_answer(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    alice.workspace.link.patience = 0.1
    pretend_app.answers["block_actions"] = Answer(seconds=0.4)
    client.chat_postMessage(channel=C, text="x", blocks=[actions(button())])

    with pytest.raises(GestureRefused, match="operation_timeout"):
        alice.clicks(alice.reads(C)[0], "Done")


def test_a_submitted_modal_arrives_with_its_state_and_closes(
    opened: PretendApp, alice: Person
) -> None:
    shown = alice.modal().fill({"name": "Aurore"})

    errors = shown.submit()

    (payload,) = opened.of_kind("view_submission")
    assert errors == {}
    assert not shown.is_open
    assert payload["view"]["private_metadata"] == "m"
    assert payload["view"]["state"]["values"] == {
        "name": {"value": {"type": "plain_text_input", "value": "Aurore"}},
        "goal": {"value": {"type": "plain_text_input", "value": None}},
    }


def test_a_click_while_the_app_updates_the_message_still_arrives(
    client: WebClient, pretend_app: PretendApp, alice: Person, workspace: Workspace
) -> None:
    row = actions(button(value="t1"))
    sent = client.chat_postMessage(channel=C, text="Visual", blocks=[row])
    drawn = alice.reads(C)[-1]
    client.chat_update(channel=C, ts=sent["ts"], text="Visual, v2", blocks=[row])

    def presses(value: str) -> None:
        gestures.click(
            workspace,
            alice.id,
            container=drawn.container,
            block_id=drawn.blocks[0]["block_id"],
            action_id="press",
            action={"type": "button", "value": value},
            values={},
        )

    presses("t1")
    with pytest.raises(GestureRefused, match="element_not_found"):
        presses("t2")

    (payload,) = pretend_app.of_kind("block_actions")
    assert payload["actions"][0]["value"] == "t1"
    assert payload["actions"][0]["block_id"] == alice.reads(C)[-1].blocks[0]["block_id"]


def test_a_submitted_file_arrives_in_full(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    file = store_upload(alice.workspace, alice.id, "visual.png", b"PNG")
    upload = {"type": "file_input", "action_id": "added"}
    view = modal(input_block(upload, block_id="files"))
    client.views_open(trigger_id=alice.workspace.triggers.issue(alice.id), view=view)

    alice.modal().fill({"files": [file.id]}).submit()

    state = pretend_app.of_kind("view_submission")[0]["view"]["state"]["values"]
    (added,) = state["files"]["added"]["files"]
    assert (added["id"], added["name"], added["size"]) == (file.id, "visual.png", 3)
    assert added["mimetype"] == "image/png"
    assert added["url_private"].endswith(f"/files/{file.id}/visual.png")


def test_a_chosen_channel_brings_a_response_url_if_the_select_asks_for_one(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    select = {"type": "channels_select", "action_id": "where"}
    view = modal(
        input_block({**select, "response_url_enabled": True}, block_id="a"),
        input_block(select, block_id="b"),
    )
    client.views_open(trigger_id=alice.workspace.triggers.issue(alice.id), view=view)

    alice.modal().fill({"a": C, "b": C}).submit()

    (url,) = pretend_app.of_kind("view_submission")[0]["response_urls"]
    assert (url["block_id"], url["channel_id"]) == ("a", C)
    WebhookClient(url["response_url"]).send(text="Planned", response_type="in_channel")
    assert alice.reads(C)[-1].text == "Planned"


def test_an_empty_required_field_never_reaches_the_app(opened: PretendApp, alice: Person) -> None:
    errors = alice.modal().submit()

    assert errors == {"name": "Please complete this required field."}
    assert opened.received == []


def test_errors_of_the_app_stand_under_their_fields(opened: PretendApp, alice: Person) -> None:
    answer = {"response_action": "errors", "errors": {"name": "Taken"}}
    opened.answers["view_submission"] = Answer(body=answer)

    shown = alice.modal().fill({"name": "Aurore"})

    assert shown.submit() == {"name": "Taken"}
    assert shown.errors == {"name": "Taken"}
    assert shown.is_open


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=500),
        Answer(body={"response_action": "errors", "errors": {"nothing": "x"}}),
        Answer(body={"response_action": "errors", "errors": {}}),
        Answer(body={"response_action": "update", "view": {"type": "modal"}}),
        Answer(body={"response_action": "update"}),
        Answer(body={"response_action": "explode"}),
        Answer(body="ok"),
    ],
    ids=["500", "no such block", "no errors", "wrong view", "no view", "no such action", "text"],
)
def test_a_wrong_answer_leaves_the_modal_open_and_says_so(
    opened: PretendApp, alice: Person, answer: Answer
) -> None:
    opened.answers["view_submission"] = answer
    shown = alice.modal().fill({"name": "Aurore"})

    with pytest.raises(SubmitFailed):
        shown.submit()

    assert shown.is_open
    assert shown.values["name"]["value"]["value"] == "Aurore"


def test_the_app_may_answer_with_another_view(opened: PretendApp, alice: Person) -> None:
    opened.answers["view_submission"] = Answer(
        body={"response_action": "update", "view": modal(section(), title=plain("Preview"))}
    )
    shown = alice.modal().fill({"name": "Aurore"})

    shown.submit()

    assert shown.is_open
    assert shown.title == "Preview"


def test_the_app_may_push_and_clear(opened: PretendApp, alice: Person) -> None:
    first = alice.modal().fill({"name": "Aurore"})
    second = modal(title=plain("Second"))
    opened.answers["view_submission"] = Answer(body={"response_action": "push", "view": second})
    first.submit()
    on_top = alice.modal("Second")
    opened.answers["view_submission"] = Answer(body={"response_action": "clear"})

    on_top.submit()

    assert not alice.has_modal()
    assert not first.is_open


def test_a_modal_opened_during_the_submission_stays(
    opened: PretendApp, client: WebClient, alice: Person
) -> None:
    def open_another(payload: dict[str, Any]) -> Answer:
        client.views_open(trigger_id=payload["trigger_id"], view=modal(title=plain("Next")))
        return Answer()

    opened.answers["view_submission"] = open_another

    alice.modal().fill({"name": "Aurore"}).submit()

    assert alice.modal().title == "Next"


def test_closing_is_told_when_the_view_asks_for_it(opened: PretendApp, alice: Person) -> None:
    alice.modal().close()

    (payload,) = opened.of_kind("view_closed")
    assert payload["is_cleared"] is False
    assert payload["view"]["callback_id"] == "new"
    assert not alice.has_modal()


def test_closing_everything_is_told_for_each_view(
    opened: PretendApp, client: WebClient, alice: Person
) -> None:
    trigger = alice.workspace.triggers.issue(alice.id)
    client.views_push(trigger_id=trigger, view=modal(notify_on_close=True))

    alice.modal().close(every=True)

    cleared = [payload["is_cleared"] for payload in opened.of_kind("view_closed")]
    assert cleared == [True, True]
    assert not alice.has_modal()


def test_a_button_in_a_modal_carries_what_was_typed(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    view = modal(input_block(block_id="name"), actions(button("Add a task")))
    trigger = alice.workspace.triggers.issue(alice.id)
    client.views_open(trigger_id=trigger, view=view)
    shown = alice.modal().fill({"name": "Aurore"})

    alice.clicks(shown, "Add a task")

    (payload,) = pretend_app.of_kind("block_actions")
    assert payload["container"] == {"type": "view", "view_id": shown.id}
    assert payload["view"]["state"]["values"]["name"]["value"]["value"] == "Aurore"
    assert "response_url" not in payload
    assert "channel" not in payload


def test_only_a_dispatching_input_tells_the_app_at_once(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    choice = {"type": "static_select", "action_id": "tpl", "options": options(2)}
    view = modal(
        input_block(choice, block_id="a", dispatch_action=True),
        input_block(choice, block_id="b"),
    )
    trigger = alice.workspace.triggers.issue(alice.id)
    client.views_open(trigger_id=trigger, view=view)

    alice.chooses(alice.modal(), "tpl", "1", block_id="a")
    with pytest.raises(GestureRefused, match="no_dispatch_action"):
        alice.chooses(alice.modal(), "tpl", "1", block_id="b")

    (payload,) = pretend_app.of_kind("block_actions")
    assert payload["actions"][0]["selected_option"]["value"] == "1"
    assert payload["view"]["state"]["values"]["a"]["tpl"]["selected_option"]["value"] == "1"


def test_a_global_shortcut_has_neither_channel_nor_response_url(
    pretend_app: PretendApp, alice: Person
) -> None:
    alice.uses_shortcut("new")

    (payload,) = pretend_app.of_kind("shortcut")
    assert payload["callback_id"] == "new"
    assert payload["trigger_id"]
    assert not {"channel", "response_url", "message"} & set(payload)


def test_a_message_shortcut_carries_the_message(
    pretend_app: PretendApp, alice: Person, bob: Person
) -> None:
    bob.types(C, "Please do this")

    alice.uses_shortcut("task", on=alice.reads(C)[0])

    (payload,) = pretend_app.of_kind("message_action")
    assert payload["message"]["text"] == "Please do this"
    assert payload["channel"]["id"] == C
    assert payload["response_url"]


def test_opening_the_home_tab_waits_for_the_app_to_publish_it(
    client: WebClient, pretend_app: PretendApp, alice: Person
) -> None:
    def publish(payload: dict[str, Any]) -> Answer:
        client.views_publish(user_id=payload["event"]["user"], view=home(section("Hello")))
        return Answer()

    pretend_app.answers["event_callback"] = publish

    seen = alice.opens_home()

    assert seen.words == "Hello"
    (event,) = pretend_app.of_kind("event_callback")
    assert event["event"]["tab"] == "home"


def test_a_deactivated_person_can_do_nothing(pretend_app: PretendApp, alice: Person) -> None:
    alice.workspace.users[alice.id].deleted = True

    with pytest.raises(GestureRefused, match="user_disabled"):
        alice.types(C, "/retro new")
    assert pretend_app.received == []


def test_people_write_only_where_they_are_members(workspace: Workspace, alice: Person) -> None:
    workspace.add_channel("C0OTHER", "other", members=["U0BOB"])
    workspace.add_channel("C0SECRET", "secret", members=["U0BOB"], private=True)

    with pytest.raises(GestureRefused, match="not_in_channel"):
        alice.types("C0OTHER", "Hello")
    with pytest.raises(GestureRefused, match="channel_not_found"):
        alice.types("C0SECRET", "Hello")
