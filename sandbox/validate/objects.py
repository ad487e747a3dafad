"""Composition objects: texts, options, confirmation dialogs."""

from typing import Any

from sandbox.validate.schema import (
    Check,
    Report,
    by_type,
    exactly_one,
    flag,
    items,
    one_of,
    shape,
    text,
)

MOST_OPTIONS = 100
ACTION_ID = text(255)
BLOCK_ID = text(255)
URL = text(3000)


def plain_text(most: int) -> Check:
    """A plain_text object of at most so many characters."""
    return by_type({"plain_text": _plain(most)})


def any_text(most: int) -> Check:
    """A plain_text or mrkdwn object of at most so many characters."""
    return by_type({"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)})


def _plain(most: int) -> Check:
    return shape({"type": one_of("plain_text"), "text": text(most)}, {"emoji": flag})


def _mrkdwn(most: int) -> Check:
    return shape({"type": one_of("mrkdwn"), "text": text(most)}, {"verbatim": flag})


PLACEHOLDER = plain_text(150)
CONFIRM = shape(
    {
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": one_of("primary", "danger")},
)
OPTION = shape(
    {"text": plain_text(75), "value": text(150)},
    {"description": plain_text(75)},
)
OVERFLOW_OPTION = shape(
    {"text": plain_text(75), "value": text(150)},
    {"description": plain_text(75), "url": URL},
)
CHOICE_OPTION = shape(
    {"text": any_text(75), "value": text(150)},
    {"description": any_text(75)},
)
OPTION_GROUP = shape({"label": plain_text(75), "options": items(OPTION, MOST_OPTIONS)})
DISPATCH_CONFIG = shape(
    {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)}
)
CONVERSATION_FILTER = shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)
SLACK_FILE = shape(
    {},
    {"id": text(255, pattern=r"F[A-Z0-9]{8,}"), "url": URL},
    exactly_one("id", "url"),
)


def initial_is_offered(value: dict[str, Any], pointer: str, report: Report) -> None:
    """A rule for menus: what is chosen at first must equal an option in full."""
    offered = list(value.get("options", ()))
    for group in value.get("option_groups", ()):
        offered += group["options"]
    if "initial_option" in value and value["initial_option"] not in offered:
        report.add("must match one of the options", f"{pointer}/initial_option")
    for index, option in enumerate(value.get("initial_options", ())):
        if option not in offered:
            report.add("must match one of the options", f"{pointer}/initial_options/{index}")
