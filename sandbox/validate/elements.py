"""Block elements: buttons, menus, pickers, inputs."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import available_timezones

from sandbox.validate.objects import (
    ACTION_ID,
    CHOICE_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    MOST_OPTIONS,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    SLACK_FILE,
    URL,
    initial_is_offered,
    plain_text,
)
from sandbox.validate.rich_text import RICH_TEXT
from sandbox.validate.schema import (
    Check,
    Report,
    anything,
    exactly_one,
    flag,
    items,
    number,
    one_of,
    shape,
    text,
)

MOST_CHOICES = 10  # checkboxes and radio buttons
MOST_OVERFLOW = 5
MOST_INPUT = 3000
MOST_FILES = 10
MOST_CHOSEN = 1000
ID = text(255)

USED = {"type": anything, "action_id": ACTION_ID, "confirm": CONFIRM, "focus_on_load": flag}
MENU = {**USED, "placeholder": PLACEHOLDER}
SEVERAL = {**MENU, "max_selected_items": number(1, MOST_CHOSEN)}
OFFER = {"options": items(OPTION, MOST_OPTIONS), "option_groups": items(OPTION_GROUP, MOST_OPTIONS)}
ONE_OFFER = exactly_one("options", "option_groups")


def _parses(parse: Callable[[str], object], problem: str, form: int) -> Check:
    """A text of a fixed length that means something."""

    def check(value: Any, pointer: str, report: Report) -> None:
        try:
            if not isinstance(value, str) or len(value) != form:
                raise ValueError(value)  # noqa: TRY301 - the same refusal as for a wrong date
            parse(value)
        except ValueError:
            report.add(problem, pointer)

    return check


def _decimal(value: Any, pointer: str, report: Report) -> None:
    try:
        Decimal(value if isinstance(value, str) else "not a string")
    except InvalidOperation:
        report.add("must provide a number as a string", pointer)


def _zone(value: Any, pointer: str, report: Report) -> None:
    if value not in available_timezones():
        report.add("must be a valid IANA time zone", pointer)


def _lengths_fit(value: dict[str, Any], pointer: str, report: Report) -> None:
    least, most = value.get("min_length", 0), value.get("max_length", MOST_INPUT)
    if least > most:
        report.add("must not exceed max_length", f"{pointer}/min_length")
    if len(value.get("initial_value", "")) > most:
        report.add(f"must be less than {most + 1} characters", f"{pointer}/initial_value")


def _only_one_list(value: dict[str, Any], pointer: str, report: Report) -> None:
    most = value.get("max_selected_items", MOST_CHOSEN)
    for name, chosen in value.items():
        if name.startswith("initial_") and len(chosen) > most:
            report.add(f"no more than {most} items allowed", f"{pointer}/{name}")


DATE = _parses(date.fromisoformat, "must be a valid date", len("2027-03-15"))
TIME = _parses(time.fromisoformat, "must be a valid time", len("09:30"))

ELEMENTS: dict[str, Check] = {
    "button": shape(
        {"type": anything, "text": plain_text(75)},
        {
            "action_id": ACTION_ID,
            "value": text(2000),
            "url": URL,
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": text(75),
        },
    ),
    "workflow_button": shape({"type": anything, "text": plain_text(75)}, is_open=True),
    "overflow": shape(
        {"type": anything, "options": items(OVERFLOW_OPTION, MOST_OVERFLOW)},
        {"action_id": ACTION_ID, "confirm": CONFIRM},
    ),
    "checkboxes": shape(
        {"type": anything, "options": items(CHOICE_OPTION, MOST_CHOICES)},
        {**USED, "initial_options": items(CHOICE_OPTION, MOST_CHOICES)},
        initial_is_offered,
    ),
    "radio_buttons": shape(
        {"type": anything, "options": items(CHOICE_OPTION, MOST_CHOICES)},
        {**USED, "initial_option": CHOICE_OPTION},
        initial_is_offered,
    ),
    "static_select": shape(
        {"type": anything},
        {**MENU, **OFFER, "initial_option": OPTION},
        ONE_OFFER,
        initial_is_offered,
    ),
    "multi_static_select": shape(
        {"type": anything},
        {**SEVERAL, **OFFER, "initial_options": items(OPTION, MOST_OPTIONS)},
        ONE_OFFER,
        initial_is_offered,
        _only_one_list,
    ),
    "external_select": shape(
        {"type": anything},
        {**MENU, "initial_option": OPTION, "min_query_length": number(0, MOST_INPUT)},
    ),
    "multi_external_select": shape(
        {"type": anything},
        {
            **SEVERAL,
            "initial_options": items(OPTION, MOST_OPTIONS),
            "min_query_length": number(0, MOST_INPUT),
        },
        _only_one_list,
    ),
    "users_select": shape({"type": anything}, {**MENU, "initial_user": ID}),
    "multi_users_select": shape(
        {"type": anything}, {**SEVERAL, "initial_users": items(ID, MOST_CHOSEN)}, _only_one_list
    ),
    "conversations_select": shape(
        {"type": anything},
        {
            **MENU,
            "initial_conversation": ID,
            "default_to_current_conversation": flag,
            "response_url_enabled": flag,
            "filter": CONVERSATION_FILTER,
        },
    ),
    "multi_conversations_select": shape(
        {"type": anything},
        {
            **SEVERAL,
            "initial_conversations": items(ID, MOST_CHOSEN),
            "default_to_current_conversation": flag,
            "filter": CONVERSATION_FILTER,
        },
        _only_one_list,
    ),
    "channels_select": shape(
        {"type": anything}, {**MENU, "initial_channel": ID, "response_url_enabled": flag}
    ),
    "multi_channels_select": shape(
        {"type": anything},
        {**SEVERAL, "initial_channels": items(ID, MOST_CHOSEN)},
        _only_one_list,
    ),
    "datepicker": shape({"type": anything}, {**MENU, "initial_date": DATE}),
    "timepicker": shape({"type": anything}, {**MENU, "initial_time": TIME, "timezone": _zone}),
    "datetimepicker": shape(
        {"type": anything}, {**USED, "initial_date_time": number(10**9, 10**10 - 1)}
    ),
    "image": shape(
        {"type": anything, "alt_text": text(2000)},
        {"image_url": URL, "slack_file": SLACK_FILE},
        exactly_one("image_url", "slack_file"),
    ),
}

WRITTEN = {
    "type": anything,
    "action_id": ACTION_ID,
    "placeholder": PLACEHOLDER,
    "focus_on_load": flag,
    "dispatch_action_config": DISPATCH_CONFIG,
}
INPUTS: dict[str, Check] = {
    "plain_text_input": shape(
        {"type": anything},
        {
            **WRITTEN,
            "initial_value": text(MOST_INPUT),
            "multiline": flag,
            "min_length": number(0, MOST_INPUT),
            "max_length": number(1, MOST_INPUT),
        },
        _lengths_fit,
    ),
    "email_text_input": shape({"type": anything}, {**WRITTEN, "initial_value": text(MOST_INPUT)}),
    "url_text_input": shape({"type": anything}, {**WRITTEN, "initial_value": text(MOST_INPUT)}),
    "number_input": shape(
        {"type": anything, "is_decimal_allowed": flag},
        {
            **WRITTEN,
            "initial_value": _decimal,
            "min_value": _decimal,
            "max_value": _decimal,
        },
    ),
    "rich_text_input": shape({"type": anything}, {**WRITTEN, "initial_value": RICH_TEXT}),
    "file_input": shape(
        {"type": anything},
        {
            "action_id": ACTION_ID,
            "filetypes": items(text(30), MOST_CHOSEN),
            "max_files": number(1, MOST_FILES),
        },
    ),
}
PRESSED = {"button", "overflow", "workflow_button", "image"}
MENUS_AND_PICKERS = {name: check for name, check in ELEMENTS.items() if name not in PRESSED}
IN_SECTIONS = {name: check for name, check in ELEMENTS.items() if name != "datetimepicker"}
IN_ACTIONS = {name: check for name, check in ELEMENTS.items() if name != "image"} | {
    "rich_text_input": INPUTS["rich_text_input"]
}
IN_INPUTS = {**MENUS_AND_PICKERS, **INPUTS}
