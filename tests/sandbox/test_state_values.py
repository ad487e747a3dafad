"""The state of every element, set and unset, and what the client checks before it is sent."""

from typing import Any

import pytest

from sandbox.entries import REQUIRED, errors_in_entries
from sandbox.state_values import KEYS, keep_typed, state_values
from tests.sandbox.blocks import actions, button, input_block, option, options, section

UNSET: dict[str, Any] = {
    "plain_text_input": {"value": None},
    "email_text_input": {"value": None},
    "url_text_input": {"value": None},
    "number_input": {"value": None},
    "rich_text_input": {"rich_text_value": None},
    "static_select": {"selected_option": None},
    "external_select": {"selected_option": None},
    "radio_buttons": {"selected_option": None},
    "users_select": {"selected_user": None},
    "conversations_select": {"selected_conversation": None},
    "channels_select": {"selected_channel": None},
    "datepicker": {"selected_date": None},
    "timepicker": {"selected_time": None},
    "datetimepicker": {"selected_date_time": None},
    "checkboxes": {"selected_options": []},
    "multi_static_select": {"selected_options": []},
    "multi_external_select": {"selected_options": []},
    "multi_users_select": {"selected_users": []},
    "multi_conversations_select": {"selected_conversations": []},
    "multi_channels_select": {"selected_channels": []},
    "file_input": {"files": []},
}
INITIAL: dict[str, tuple[str, Any, str]] = {
    "plain_text_input": ("initial_value", "Aurore", "value"),
    "number_input": ("initial_value", "0", "value"),
    "static_select": ("initial_option", option(), "selected_option"),
    "radio_buttons": ("initial_option", option(), "selected_option"),
    "users_select": ("initial_user", "U1", "selected_user"),
    "conversations_select": ("initial_conversation", "C1", "selected_conversation"),
    "channels_select": ("initial_channel", "C1", "selected_channel"),
    "datepicker": ("initial_date", "2027-03-15", "selected_date"),
    "timepicker": ("initial_time", "09:30", "selected_time"),
    "datetimepicker": ("initial_date_time", 1_800_000_000, "selected_date_time"),
    "checkboxes": ("initial_options", [option()], "selected_options"),
    "multi_static_select": ("initial_options", [option()], "selected_options"),
    "multi_users_select": ("initial_users", ["U1"], "selected_users"),
    "multi_conversations_select": ("initial_conversations", ["C1"], "selected_conversations"),
    "multi_channels_select": ("initial_channels", ["C1"], "selected_channels"),
}


def element_of(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "v", "options": [option()], **more}


def state_of(element: dict[str, Any], typed: dict[str, Any] | None = None) -> dict[str, Any]:
    blocks = [input_block(element, block_id="b")]
    values: dict[str, Any] = state_values(blocks, {"b": {"v": typed}} if typed else {})["b"]["v"]
    return values


@pytest.mark.parametrize("kind", KEYS)
def test_an_unset_element_has_the_key_of_its_type(kind: str) -> None:
    assert state_of(element_of(kind)) == {"type": kind, **UNSET[kind]}


@pytest.mark.parametrize("kind", INITIAL)
def test_an_initial_value_is_the_state_until_something_is_entered(kind: str) -> None:
    initial, value, key = INITIAL[kind]
    element = element_of(kind, **{initial: value})

    assert state_of(element)[key] == value
    assert state_of(element, {"type": kind, key: None}) == {"type": kind, **UNSET[kind]}


def test_selects_in_sections_and_actions_count_and_buttons_do_not() -> None:
    menu = element_of("static_select")
    blocks = [
        section(block_id="s", accessory=menu),
        actions(button(), {**menu, "action_id": "w"}, block_id="a"),
        section(block_id="t", accessory=button()),
    ]

    values = state_values(blocks, {})

    assert {block: set(entries) for block, entries in values.items()} == {"s": {"v"}, "a": {"w"}}


def test_an_entry_is_kept_only_for_the_same_element() -> None:
    typed = {"b": {"v": {"type": "plain_text_input", "value": "Aurore"}}}
    before = [input_block(element_of("plain_text_input"), block_id="b")]

    same = keep_typed(before, before, typed)
    other_type = keep_typed(before, [input_block(element_of("datepicker"), block_id="b")], typed)
    other_block = keep_typed(before, [input_block(before[0]["element"], block_id="c")], typed)

    assert (same, other_type, other_block) == (typed, {}, {})


@pytest.mark.parametrize(
    ("element", "entry", "error"),
    [
        (element_of("plain_text_input"), None, REQUIRED),
        (element_of("multi_users_select"), {"selected_users": []}, REQUIRED),
        (element_of("plain_text_input", min_length=3), {"value": "ab"}, "at least 3"),
        (element_of("plain_text_input", max_length=3), {"value": "abcd"}, "no more than 3"),
        (element_of("email_text_input"), {"value": "alice"}, "email"),
        (element_of("url_text_input"), {"value": "x.example"}, "URL"),
        (element_of("number_input", is_decimal_allowed=True), {"value": "three"}, "number"),
        (element_of("number_input", is_decimal_allowed=False), {"value": "1.5"}, "whole"),
        (
            element_of("number_input", is_decimal_allowed=False, min_value="2"),
            {"value": "1"},
            "at least 2",
        ),
        (
            element_of("number_input", is_decimal_allowed=False, max_value="2"),
            {"value": "3"},
            "at most 2",
        ),
        (
            element_of("multi_static_select", max_selected_items=1),
            {"selected_options": options(2)},
            "no more than 1",
        ),
    ],
)
def test_the_client_keeps_back_what_is_wrong(
    element: dict[str, Any], entry: dict[str, Any] | None, error: str
) -> None:
    blocks = [input_block(element, block_id="b")]

    errors = errors_in_entries(blocks, {"b": {"v": entry}} if entry else {})

    assert error in errors["b"]


def test_the_client_sends_what_is_right() -> None:
    blocks = [
        input_block(element_of("plain_text_input", min_length=2), block_id="a"),
        input_block(element_of("email_text_input"), block_id="b"),
        input_block(element_of("number_input", is_decimal_allowed=True), block_id="c"),
        input_block(element_of("datepicker"), block_id="d", optional=True),
    ]
    entries = {"a": "ab", "b": "alice@example.com", "c": "1.5"}

    errors = errors_in_entries(
        blocks, {block: {"v": {"value": value}} for block, value in entries.items()}
    )

    assert errors == {}
