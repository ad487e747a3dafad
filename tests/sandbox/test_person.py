"""The driver that tests and demonstrations act through."""

from threading import Timer
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Person, Workspace
from tests.sandbox.blocks import (
    actions,
    button,
    input_block,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
)

C = "C0AURORE"


def test_somebody_waits_for_what_is_still_to_come(client: WebClient, alice: Person) -> None:
    later = Timer(0.1, lambda: client.chat_postMessage(channel=C, text="At last"))
    later.start()

    seen = alice.finds(C, "At last")

    assert seen.text == "At last"
    later.join()


def test_somebody_does_not_wait_for_ever(workspace: Workspace) -> None:
    impatient = Person(workspace, "U0ALICE", patience=0.05)

    with pytest.raises(AssertionError, match="'Never' is not in C0AURORE"):
        impatient.finds(C, "Never")
    with pytest.raises(AssertionError, match="no modal"):
        impatient.modal()


def test_fields_that_come_with_an_update_are_waited_for(client: WebClient, alice: Person) -> None:
    trigger = alice.workspace.triggers.issue(alice.id)
    opened = client.views_open(trigger_id=trigger, view=modal(section("Loading…")))["view"]
    full = modal(input_block(block_id="name"))
    later = Timer(0.1, lambda: client.views_update(view_id=opened["id"], view=full))
    later.start()

    shown = alice.modal().fill({"name": "Aurore"})

    assert shown.values["name"]["value"]["value"] == "Aurore"
    later.join()


def test_every_kind_of_field_can_be_filled(client: WebClient, alice: Person) -> None:
    kinds: dict[str, dict[str, Any]] = {
        "text": {"type": "plain_text_input"},
        "number": {"type": "number_input", "is_decimal_allowed": False},
        "select": {"type": "static_select", "options": options(3)},
        "several": {"type": "multi_static_select", "options": options(3)},
        "boxes": {"type": "checkboxes", "options": options(3)},
        "user": {"type": "users_select"},
        "users": {"type": "multi_users_select"},
        "channel": {"type": "channels_select"},
        "place": {"type": "conversations_select"},
        "date": {"type": "datepicker"},
        "moment": {"type": "datetimepicker"},
        "rich": {"type": "rich_text_input"},
        "files": {"type": "file_input"},
    }
    blocks = [input_block({**kinds[name], "action_id": name}, block_id=name) for name in kinds]
    trigger = alice.workspace.triggers.issue(alice.id)
    client.views_open(trigger_id=trigger, view=modal(*blocks))

    shown = alice.modal().fill(
        {
            "text": "Aurore",
            "number": 3,
            "select": "Option 1",
            "several": ["0", "2"],
            "boxes": ["1"],
            "user": "U0BOB",
            "users": ["U0ALICE", "U0BOB"],
            "channel": C,
            "place": C,
            "date": "2027-03-15",
            "moment": 1_800_000_000,
            "rich": "Words",
            "files": ["F1"],
        }
    )

    chosen = {}
    for name in kinds:
        state = shown.values[name][name]
        chosen[name] = next(value for key, value in state.items() if key != "type")
    assert chosen["number"] == "3"
    assert chosen["select"]["value"] == "1"
    assert [each["value"] for each in chosen["several"]] == ["0", "2"]
    assert chosen["users"] == ["U0ALICE", "U0BOB"]
    assert chosen["moment"] == 1_800_000_000
    assert chosen["rich"]["type"] == "rich_text"
    assert chosen["files"] == [{"id": "F1"}]
    assert shown.fill({"date": None}).values["date"]["date"]["selected_date"] is None


def test_what_is_not_offered_cannot_be_chosen(client: WebClient, workspace: Workspace) -> None:
    impatient = Person(workspace, "U0ALICE", patience=0.05)
    view = modal(
        input_block({"type": "static_select", "action_id": "s", "options": [option()]}),
        input_block({"type": "users_select", "action_id": "u"}),
    )
    client.views_open(trigger_id=workspace.triggers.issue("U0ALICE"), view=view)
    shown = impatient.modal()

    with pytest.raises(AssertionError, match="'z' is not offered"):
        shown.fill({"s": "z"})
    with pytest.raises(AssertionError, match="'U0NOBODY' does not exist"):
        shown.fill({"u": "U0NOBODY"})
    with pytest.raises(AssertionError, match="no field 'name'"):
        shown.fill({"name": "x"})


def test_all_visible_words_are_read(client: WebClient, alice: Person) -> None:
    client.chat_postMessage(
        channel=C,
        text="x",
        blocks=[
            {"type": "header", "text": plain("Aurore")},
            section("Ask <@U0BOB> in <#C0AURORE> by <!date^1^{date}|1 Jan> &amp; <!here>"),
            {"type": "section", "fields": [mrkdwn("*A*"), mrkdwn("<https://x.example|site>")]},
            {"type": "context", "elements": [mrkdwn("small")]},
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "Hi "},
                            {"type": "user", "user_id": "U0BOB"},
                        ],
                    }
                ],
            },
            {
                "type": "table",
                "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]],
            },
            actions(
                button("Done"),
                {
                    "type": "users_select",
                    "action_id": "who",
                    "placeholder": plain("Who?"),
                    "initial_user": "U0ALICE",
                },
                {"type": "radio_buttons", "action_id": "r", "options": [option(label="Yes")]},
            ),
        ],
    )

    assert alice.reads(C)[0].words.split("\n") == [
        "Aurore",
        "Ask @Bob Stone in #aurore by 1 Jan & @here",
        "*A*",
        "site",
        "small",
        "Hi @Bob Stone",
        "a | b",
        "Done",
        "Who?",
        "@Alice Martin",
        "Yes",
    ]


def test_one_of_several_like_buttons_is_pressed_by_its_place(
    client: WebClient, alice: Person
) -> None:
    alice.workspace.link.patience = 0.1
    rows = [
        section(f"Task {number}", block_id=f"t{number}", accessory=button(value=str(number)))
        for number in range(3)
    ]
    client.chat_postMessage(channel=C, text="x", blocks=rows)
    seen = alice.reads(C)[0]

    assert seen.buttons == ["Done"] * 3
    assert seen.button("Done")["value"] == "0"
    with pytest.raises(AssertionError, match="no button 'Done'"):
        alice.clicks(seen, "Done", index=3)
    with pytest.raises(AssertionError, match="no button 'Undo'"):
        seen.button("Undo")


def test_an_unknown_person_is_not_made_up(workspace: Workspace) -> None:
    with pytest.raises(Exception, match="user_not_found"):
        Person(workspace, "U0NOBODY")
