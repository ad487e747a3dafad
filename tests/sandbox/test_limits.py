"""Slack's limits: each one once kept to, once broken by one."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.errors import SlackError
from sandbox.validate import check_message_blocks, check_view
from tests.sandbox.blocks import (
    actions,
    button,
    home,
    input_block,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
)

Build = Callable[[int], dict[str, Any]]
LONG_IMAGE = {"type": "image", "image_url": "https://x.example/a.png"}
SELECT = {"type": "static_select", "action_id": "s"}
CONFIRM = {"title": plain(), "text": plain(), "confirm": plain("Yes"), "deny": plain("No")}


def select(**more: Any) -> dict[str, Any]:
    return actions({**SELECT, "options": [option()], **more})


def confirming(**more: Any) -> dict[str, Any]:
    return actions(button(confirm={**CONFIRM, **more}))


def grouped(count: int, label: int = 1) -> dict[str, Any]:
    group = {"label": plain("g" * label), "options": [option()]}
    return actions({**SELECT, "option_groups": [group] * count})


def table(rows: int = 1, cells: int = 1, letters: int = 1) -> dict[str, Any]:
    cell = {"type": "raw_text", "text": "x"}
    content = [[dict(cell) for _ in range(cells)] for _ in range(rows)]
    content[0][0]["text"] = "x" * (letters - (rows * cells - 1))
    return {"type": "table", "rows": content}


BLOCK_LIMITS: dict[str, tuple[int, Build]] = {
    "section text": (3000, lambda n: section("x" * n)),
    "section fields": (10, lambda n: {"type": "section", "fields": [mrkdwn()] * n}),
    "field text": (2000, lambda n: {"type": "section", "fields": [mrkdwn("x" * n)]}),
    "block_id": (255, lambda n: section(block_id="b" * n)),
    "header text": (150, lambda n: {"type": "header", "text": plain("x" * n)}),
    "header level": (4, lambda n: {"type": "header", "text": plain(), "level": n}),
    "context elements": (10, lambda n: {"type": "context", "elements": [mrkdwn()] * n}),
    "actions elements": (
        25,
        lambda n: actions(*[button(action_id=f"a{number}") for number in range(n)]),
    ),
    "alt_text": (2000, lambda n: {**LONG_IMAGE, "alt_text": "x" * n}),
    "image title": (2000, lambda n: {**LONG_IMAGE, "alt_text": "x", "title": plain("x" * n)}),
    "image_url": (
        3000,
        lambda n: {"type": "image", "alt_text": "x", "image_url": "https://" + "x" * (n - 8)},
    ),
    "button text": (75, lambda n: actions(button("x" * n))),
    "button value": (2000, lambda n: actions(button(value="v" * n))),
    "button url": (3000, lambda n: actions(button(url="u" * n))),
    "accessibility_label": (75, lambda n: actions(button(accessibility_label="x" * n))),
    "action_id": (255, lambda n: actions(button(action_id="a" * n))),
    "option text": (75, lambda n: select(options=[option(label="x" * n)])),
    "option value": (150, lambda n: select(options=[option(value="v" * n)])),
    "option description": (
        75,
        lambda n: select(options=[{**option(), "description": plain("x" * n)}]),
    ),
    "select options": (100, lambda n: select(options=options(n))),
    "option groups": (100, grouped),
    "group label": (75, lambda n: grouped(1, n)),
    "checkboxes options": (
        10,
        lambda n: actions({"type": "checkboxes", "action_id": "c", "options": options(n)}),
    ),
    "radio options": (
        10,
        lambda n: actions({"type": "radio_buttons", "action_id": "r", "options": options(n)}),
    ),
    "overflow options": (
        5,
        lambda n: section(accessory={"type": "overflow", "action_id": "o", "options": options(n)}),
    ),
    "placeholder": (150, lambda n: select(placeholder=plain("x" * n))),
    "confirm title": (100, lambda n: confirming(title=plain("x" * n))),
    "confirm text": (300, lambda n: confirming(text=mrkdwn("x" * n))),
    "confirm buttons": (30, lambda n: confirming(deny=plain("x" * n))),
    "input label": (2000, lambda n: input_block(label=plain("x" * n))),
    "input hint": (2000, lambda n: input_block(hint=plain("x" * n))),
    "max_length": (
        3000,
        lambda n: input_block({"type": "plain_text_input", "action_id": "v", "max_length": n}),
    ),
    "markdown text": (12_000, lambda n: {"type": "markdown", "text": "x" * n}),
    "table rows": (100, lambda n: table(rows=n, letters=n)),
    "table cells": (20, lambda n: table(cells=n, letters=n)),
    "table text": (10_000, lambda n: table(letters=n)),
}
VIEW_LIMITS: dict[str, tuple[int, Build]] = {
    "modal blocks": (100, lambda n: modal(*[section()] * n)),
    "home blocks": (100, lambda n: home(*[section()] * n)),
    "modal title": (24, lambda n: modal(title=plain("x" * n))),
    "modal submit": (24, lambda n: modal(submit=plain("x" * n))),
    "modal close": (24, lambda n: modal(close=plain("x" * n))),
    "private_metadata": (3000, lambda n: modal(private_metadata="x" * n)),
    "callback_id": (255, lambda n: modal(callback_id="x" * n)),
    "external_id": (255, lambda n: modal(external_id="x" * n)),
    "max_files": (
        10,
        lambda n: modal(input_block({"type": "file_input", "action_id": "f", "max_files": n})),
    ),
}


def refusal_of_message(*blocks: dict[str, Any]) -> SlackError:
    with pytest.raises(SlackError) as refused:
        check_message_blocks(list(blocks), {})
    return refused.value


def refusal_of_view(view: dict[str, Any]) -> SlackError:
    with pytest.raises(SlackError) as refused:
        check_view(view, view["type"], {})
    return refused.value


@pytest.mark.parametrize("name", BLOCK_LIMITS)
def test_a_block_at_its_limit_is_posted(name: str) -> None:
    limit, build = BLOCK_LIMITS[name]

    check_message_blocks([build(limit)], {})


@pytest.mark.parametrize("name", BLOCK_LIMITS)
def test_a_block_beyond_its_limit_is_refused(name: str) -> None:
    limit, build = BLOCK_LIMITS[name]

    refused = refusal_of_message(build(limit + 1))

    assert refused.error == "invalid_blocks"
    assert "json-pointer:/blocks/0" in refused.details["errors"][0]
    assert refused.details["response_metadata"]["messages"][0].startswith("[ERROR] ")


@pytest.mark.parametrize("name", VIEW_LIMITS)
def test_a_view_at_its_limit_is_shown(name: str) -> None:
    limit, build = VIEW_LIMITS[name]
    view = build(limit)

    check_view(view, view["type"], {})


@pytest.mark.parametrize("name", VIEW_LIMITS)
def test_a_view_beyond_its_limit_is_refused(name: str) -> None:
    limit, build = VIEW_LIMITS[name]

    refused = refusal_of_view(build(limit + 1))

    assert refused.error == "invalid_arguments"
    assert "json-pointer:/view/" in str(refused)


def test_a_message_holds_fifty_blocks() -> None:
    check_message_blocks([section()] * 50, {})

    refused = refusal_of_message(*[section()] * 51)

    assert refused.details["errors"] == ["no more than 50 items allowed [json-pointer:/blocks]"]


def test_all_markdown_of_a_message_counts_together() -> None:
    half = {"type": "markdown", "text": "x" * 6000}
    check_message_blocks([half, half], {})

    refused = refusal_of_message(half, {"type": "markdown", "text": "x" * 6001})

    assert "markdown" in str(refused)


def test_all_text_of_a_message_counts_together() -> None:
    check_message_blocks([section("x" * 3000)] * 4, {})

    refused = refusal_of_message(*[section("x" * 3000)] * 4, section("x"))

    assert refused.error == "msg_blocks_too_long"


def test_a_view_over_250_kilobytes_is_too_large() -> None:
    block = input_block({"type": "plain_text_input", "action_id": "v", "initial_value": "x" * 2900})

    refused = refusal_of_view(modal(*[block] * 90))

    assert refused.error == "view_too_large"


WRONG_BLOCKS: dict[str, tuple[dict[str, Any], str]] = {
    "an empty text": (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text"),
    "neither text nor fields": ({"type": "section"}, "must define either `text` or `fields`"),
    "no alt_text": (LONG_IMAGE, "missing required field: alt_text [json-pointer:/blocks/0]"),
    "two sources of an image": (
        {**LONG_IMAGE, "alt_text": "x", "slack_file": {"id": "F012345678"}},
        "must define either `image_url` or `slack_file`",
    ),
    "a file nobody uploaded": (
        {"type": "image", "alt_text": "x", "slack_file": {"id": "F012345678"}},
        "invalid slack file [json-pointer:/blocks/0/slack_file]",
    ),
    "mrkdwn in a header": (
        {"type": "header", "text": mrkdwn()},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "emoji on mrkdwn": (
        section(text="x") | {"text": {**mrkdwn(), "emoji": True}},
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
    ),
    "a disabled button": (
        actions(button(disabled=True)),
        "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]",
    ),
    "an unknown block": ({"type": "heading"}, "unsupported type: heading"),
    "a block without a type": ({}, "missing required field: type"),
    "an alert in a message": ({"type": "alert", "text": plain()}, "unsupported type: alert"),
    "a text input in actions": (
        actions({"type": "plain_text_input", "action_id": "v"}),
        "unsupported type: plain_text_input",
    ),
    "a date and time in a section": (
        section(accessory={"type": "datetimepicker", "action_id": "d"}),
        "unsupported type: datetimepicker",
    ),
    "a null option": (select(initial_option=None), "must provide an object"),
    "an initial option that is not offered": (
        select(initial_option=option("z", "Z")),
        "must match one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    "an initial option that differs in its description": (
        select(initial_option={**option(), "description": plain()}),
        "must match one of the options",
    ),
    "options and groups": (
        select(option_groups=[{"label": plain(), "options": [option()]}]),
        "must define either `options` or `option_groups`",
    ),
    "no options": (select(options=[]), "no fewer than 1 items allowed"),
    "empty initial users": (
        actions({"type": "multi_users_select", "action_id": "u", "initial_users": []}),
        "no fewer than 1 items allowed",
    ),
    "more initial users than may be chosen": (
        actions(
            {
                "type": "multi_users_select",
                "action_id": "u",
                "initial_users": ["U1", "U2"],
                "max_selected_items": 1,
            }
        ),
        "no more than 1 items allowed",
    ),
    "no selected item at all": (
        actions({"type": "multi_users_select", "action_id": "u", "max_selected_items": 0}),
        "must be between 1 and 1000",
    ),
    "a date that does not exist": (
        actions({"type": "datepicker", "action_id": "d", "initial_date": "2027-02-30"}),
        "must be a valid date",
    ),
    "a date in another form": (
        actions({"type": "datepicker", "action_id": "d", "initial_date": "20270315"}),
        "must be a valid date",
    ),
    "a time with seconds": (
        actions({"type": "timepicker", "action_id": "t", "initial_time": "09:30:00"}),
        "must be a valid time",
    ),
    "a moment in milliseconds": (
        actions({"type": "datetimepicker", "action_id": "d", "initial_date_time": 10**12}),
        "must be between",
    ),
    "a number as a number": (
        input_block(
            {
                "type": "number_input",
                "action_id": "n",
                "is_decimal_allowed": False,
                "initial_value": 3,
            }
        ),
        "must provide a number as a string",
    ),
    "a number input that does not say whether decimals count": (
        input_block({"type": "number_input", "action_id": "n"}),
        "missing required field: is_decimal_allowed",
    ),
    "min_length over max_length": (
        input_block(
            {"type": "plain_text_input", "action_id": "v", "min_length": 5, "max_length": 4}
        ),
        "must not exceed max_length",
    ),
    "a style that does not exist": (
        actions(button(style="warning")),
        "must be one of: primary, danger",
    ),
    "a file input outside a modal": (
        input_block({"type": "file_input", "action_id": "f"}),
        "unsupported type: file_input",
    ),
    "the same action_id twice in a block": (
        actions(button(), button("Other")),
        "`action_id` already exists",
    ),
    "a list style that does not exist": (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "numbered", "elements": []}],
        },
        "must be one of: bullet, ordered",
    ),
    "a video without https": (
        {
            "type": "video",
            "alt_text": "x",
            "title": plain(),
            "thumbnail_url": "https://x.example/a.png",
            "video_url": "http://x.example/a",
        },
        "must match the required format",
    ),
}


@pytest.mark.parametrize("name", WRONG_BLOCKS)
def test_what_slack_does_not_understand_is_refused_by_name(name: str) -> None:
    block, problem = WRONG_BLOCKS[name]

    refused = refusal_of_message(block)

    assert refused.error == "invalid_blocks"
    assert any(problem in each for each in refused.details["errors"])


def test_the_same_block_id_twice_is_refused() -> None:
    refused = refusal_of_message(section(block_id="b"), section(block_id="b"))

    assert "`block_id` already exists: b [json-pointer:/blocks/1/block_id]" in str(refused)


def test_the_same_action_id_in_two_blocks_is_fine() -> None:
    check_message_blocks([actions(button()), actions(button())], {})


def test_one_table_a_message() -> None:
    refused = refusal_of_message(table(), table())

    assert "only one table" in str(refused)


def test_blocks_that_are_no_list_have_an_error_of_their_own() -> None:
    with pytest.raises(SlackError) as refused:
        check_message_blocks({"type": "section"}, {})

    assert refused.value.error == "invalid_blocks_format"


def test_a_modal_with_an_input_needs_a_submit_button() -> None:
    view = modal(section(), input_block())
    del view["submit"]

    refused = refusal_of_view(view)

    assert "must define `submit` to use an `input` block in modals" in str(refused)
    assert "[json-pointer:/view/blocks/1/input]" in str(refused)


def test_a_modal_without_inputs_needs_none() -> None:
    view = modal(section())
    del view["submit"]

    check_view(view, "modal", {})


def test_only_one_element_takes_the_focus() -> None:
    element = {"type": "plain_text_input", "action_id": "v", "focus_on_load": True}

    refused = refusal_of_view(modal(input_block(element), input_block(element)))

    assert "focus_on_load" in str(refused)


@pytest.mark.parametrize(
    "block",
    [table(), {"type": "markdown", "text": "x"}, {"type": "card"}, {"type": "context_actions"}],
    ids=lambda block: str(block["type"]),
)
def test_a_modal_refuses_what_only_messages_hold(block: dict[str, Any]) -> None:
    refused = refusal_of_view(modal(block))

    assert f"unsupported type: {block['type']} [json-pointer:/view/blocks/0/type]" in str(refused)


def test_a_home_tab_refuses_tables_and_files() -> None:
    upload = input_block({"type": "file_input", "action_id": "f"})

    assert "unsupported type: table" in str(refusal_of_view(home(table())))
    assert "unsupported type: file_input" in str(refusal_of_view(home(upload)))


def test_a_home_tab_has_no_title() -> None:
    refused = refusal_of_view({**home(), "title": plain()})

    assert "invalid additional property: title" in str(refused)
