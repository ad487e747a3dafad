"""Blocks, and where each may stand."""

from typing import Any

from sandbox.validate.elements import ELEMENTS, IN_ACTIONS, IN_INPUTS, IN_SECTIONS
from sandbox.validate.objects import BLOCK_ID, SLACK_FILE, URL, any_text, plain_text
from sandbox.validate.rich_text import RICH_TEXT, text_length
from sandbox.validate.schema import (
    Check,
    Report,
    anything,
    by_type,
    exactly_one,
    flag,
    items,
    number,
    one_of,
    shape,
    text,
)

MOST_FIELDS = 10
MOST_CONTEXT = 10
MOST_ACTIONS = 25
MOST_CONTEXT_ACTIONS = 5
MOST_ROWS = 100
MOST_CELLS = 20
MOST_TABLE_TEXT = 10_000
MOST_CHILDREN = 10
BASE = {"block_id": BLOCK_ID}


def _text_or_fields(value: dict[str, Any], pointer: str, report: Report) -> None:
    if "text" not in value and "fields" not in value:
        report.add("must define either `text` or `fields`", f"{pointer}/type")


def _no_dispatched_files(value: dict[str, Any], pointer: str, report: Report) -> None:
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        report.add("not allowed with file_input", f"{pointer}/dispatch_action")


def _short_table(value: dict[str, Any], pointer: str, report: Report) -> None:
    if text_length(value["rows"]) > MOST_TABLE_TEXT:
        report.add(f"must be less than {MOST_TABLE_TEXT + 1} characters", f"{pointer}/rows")


CELL = by_type(
    {
        "raw_text": shape({"type": anything, "text": text(MOST_TABLE_TEXT)}),
        "rich_text": RICH_TEXT,
    }
)
COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})
BLOCKS: dict[str, Check] = {
    "section": shape(
        {"type": anything},
        {
            **BASE,
            "text": any_text(3000),
            "fields": items(any_text(2000), MOST_FIELDS),
            "accessory": by_type(IN_SECTIONS),
            "expand": flag,
        },
        _text_or_fields,
    ),
    "header": shape({"type": anything, "text": plain_text(150)}, {**BASE, "level": number(1, 4)}),
    "divider": shape({"type": anything}, BASE),
    "image": shape(
        {"type": anything, "alt_text": text(2000)},
        {**BASE, "title": plain_text(2000), "image_url": URL, "slack_file": SLACK_FILE},
        exactly_one("image_url", "slack_file"),
    ),
    "context": shape(
        {
            "type": anything,
            "elements": items(
                by_type(
                    {
                        "image": ELEMENTS["image"],
                        "plain_text": any_text(3000),
                        "mrkdwn": any_text(3000),
                    }
                ),
                MOST_CONTEXT,
            ),
        },
        BASE,
    ),
    "actions": shape(
        {"type": anything, "elements": items(by_type(IN_ACTIONS), MOST_ACTIONS)}, BASE
    ),
    "input": shape(
        {"type": anything, "label": plain_text(2000), "element": by_type(IN_INPUTS)},
        {**BASE, "hint": plain_text(2000), "optional": flag, "dispatch_action": flag},
        _no_dispatched_files,
    ),
    "rich_text": RICH_TEXT,
    "markdown": shape({"type": anything, "text": text(12_000)}, BASE),
    "table": shape(
        {"type": anything, "rows": items(items(CELL, MOST_CELLS), MOST_ROWS)},
        {**BASE, "column_settings": items(COLUMN, MOST_CELLS)},
        _short_table,
    ),
    "video": shape(
        {
            "type": anything,
            "alt_text": text(2000),
            "title": plain_text(199),
            "thumbnail_url": URL,
            "video_url": text(3000, pattern=r"https://.+"),
        },
        {
            **BASE,
            "author_name": text(50),
            "description": plain_text(200),
            "provider_icon_url": URL,
            "provider_name": text(255),
            "title_url": text(3000, pattern=r"https://.+"),
        },
    ),
    "context_actions": shape(
        {
            "type": anything,
            "elements": items(
                by_type(
                    {
                        "feedback_buttons": shape({"type": anything}, is_open=True),
                        "icon_button": shape({"type": anything}, is_open=True),
                    }
                ),
                MOST_CONTEXT_ACTIONS,
            ),
        },
        BASE,
    ),
    "alert": shape({"type": anything, "text": any_text(3000)}, BASE, is_open=True),
    "file": shape({"type": anything, "external_id": text(255), "source": one_of("remote")}, BASE),
}
# Newer blocks whose fields this sandbox does not know: any content is taken.
for _name in ("card", "carousel", "plan", "task_card", "data_table", "data_visualization"):
    BLOCKS[_name] = shape({"type": anything}, BASE, is_open=True)


def _children(value: Any, pointer: str, report: Report) -> None:
    items(by_type(BLOCKS), MOST_CHILDREN)(value, pointer, report)


BLOCKS["container"] = shape({"type": anything, "child_blocks": _children}, BASE, is_open=True)

NOT_IN_MESSAGES = {"alert", "file"}
NOT_IN_HOMES = {
    "markdown",
    "table",
    "data_table",
    "data_visualization",
    "plan",
    "task_card",
    "context_actions",
    "alert",
    "file",
}
NOT_IN_MODALS = (NOT_IN_HOMES - {"alert"}) | {"card", "carousel", "container"}
ON_SURFACE = {
    surface: {name: check for name, check in BLOCKS.items() if name not in excluded}
    for surface, excluded in (
        ("message", NOT_IN_MESSAGES),
        ("home", NOT_IN_HOMES),
        ("modal", NOT_IN_MODALS),
    )
}
