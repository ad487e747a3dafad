"""What Slack's client checks before a modal is sent: required fields, lengths, formats."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.state_values import KEYS, Typed, value_of

REQUIRED = "Please complete this required field."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")


def errors_in_entries(blocks: list[dict[str, Any]], typed: Typed) -> dict[str, str]:
    """What is wrong with the entries, by block_id; empty if the modal may be sent."""
    errors = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        entered = typed.get(block["block_id"], {}).get(element["action_id"])
        value = value_of(element, entered)[KEYS[element["type"]][0]]
        error = _error(block, element, value)
        if error:
            errors[block["block_id"]] = error
    return errors


def _error(block: Mapping[str, Any], element: Mapping[str, Any], value: Any) -> str | None:
    if value is None or value == []:
        return None if block.get("optional") else REQUIRED
    check = CHECKS.get(element["type"])
    if isinstance(value, list):
        check = _error_in_list
    return check(element, value) if check else None


def _error_in_list(element: Mapping[str, Any], value: list[Any]) -> str | None:
    most = element.get("max_selected_items") or element.get("max_files")
    if most is not None and len(value) > most:
        return f"Please choose no more than {most}."
    return None


def _error_in_length(element: Mapping[str, Any], value: str) -> str | None:
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    most = element.get("max_length", 3000)
    if len(value) > most:
        return f"Please enter no more than {most} characters."
    return None


def _error_in_email(_element: Mapping[str, Any], value: str) -> str | None:
    return None if EMAIL.fullmatch(value) else "Please enter a valid email address."


def _error_in_url(_element: Mapping[str, Any], value: str) -> str | None:
    return None if URL.fullmatch(value) else "Please enter a valid URL."


def _error_in_number(element: Mapping[str, Any], value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a valid number."
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


CHECKS: dict[str, Callable[[Mapping[str, Any], Any], str | None]] = {
    "plain_text_input": _error_in_length,
    "email_text_input": _error_in_email,
    "url_text_input": _error_in_url,
    "number_input": _error_in_number,
}
