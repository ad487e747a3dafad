"""Slack's rules for blocks and views, refused in Slack's own words."""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.errors import SlackError
from sandbox.records import File
from sandbox.validate.blocks import ON_SURFACE
from sandbox.validate.objects import MOST_OPTIONS, OPTION, OPTION_GROUP
from sandbox.validate.rich_text import text_length
from sandbox.validate.rules import check_together
from sandbox.validate.schema import Report, by_type, items
from sandbox.validate.views import VIEWS, check_submit

MOST_MESSAGE_BLOCKS = 50
MOST_VIEW_BYTES = 250_000
MOST_BLOCKS_TEXT = 12_000  # all texts of a message together; Slack documents no number


def check_message_blocks(blocks: Any, files: Mapping[str, File]) -> None:
    """Refuse blocks that Slack would not post: ``invalid_blocks``, with what and where."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = message_problems(blocks, files)
    if problems:
        raise SlackError(
            "invalid_blocks", {"errors": problems, "response_metadata": _as_messages(problems)}
        )
    if text_length(blocks) > MOST_BLOCKS_TEXT:
        raise SlackError("msg_blocks_too_long")


def check_view(view: dict[str, Any], surface: str, files: Mapping[str, File]) -> None:
    """Refuse a view that Slack would not show: ``invalid_arguments`` or ``view_too_large``."""
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_VIEW_BYTES:
        raise SlackError("view_too_large")
    problems = view_problems(view, surface, files)
    if problems:
        raise SlackError("invalid_arguments", {"response_metadata": _as_messages(problems)})


def check_options(answer: dict[str, Any]) -> None:
    """Refuse options that an external select would not show: ``invalid_options``."""
    report = Report()
    for name, each in (("options", OPTION), ("option_groups", OPTION_GROUP)):
        if name in answer:
            items(each, MOST_OPTIONS, least=0)(answer[name], f"/{name}", report)
    if report.problems:
        raise SlackError("invalid_options", {"response_metadata": _as_messages(report.problems)})


def message_problems(blocks: list[Any], files: Mapping[str, File]) -> list[str]:
    """What is wrong with a message's blocks."""
    report = Report()
    items(by_type(ON_SURFACE["message"]), MOST_MESSAGE_BLOCKS, least=0)(blocks, "/blocks", report)
    if not report.problems:
        check_together(blocks, "/blocks", "message", files, report)
    return report.problems


def view_problems(view: dict[str, Any], surface: str, files: Mapping[str, File]) -> list[str]:
    """What is wrong with a view."""
    report = Report()
    by_type({surface: VIEWS[surface]})(view, "/view", report)
    if not report.problems:
        check_together(view["blocks"], "/view/blocks", surface, files, report)
        check_submit(view, report)
    return report.problems


def _as_messages(problems: list[str]) -> dict[str, Any]:
    return {"messages": [f"[ERROR] {problem}" for problem in problems]}
