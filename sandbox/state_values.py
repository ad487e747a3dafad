"""``view.state.values``: what a person has entered, shaped as Slack shapes it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Block = dict[str, Any]
Typed = Mapping[str, Mapping[str, Any]]

# For each element that keeps a value: the key of that value, and the key it starts from.
KEYS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", ""),
}
LISTS = {"selected_options", "selected_users", "selected_conversations", "selected_channels"}


def elements(blocks: Iterable[Block]) -> Iterator[tuple[Block, dict[str, Any]]]:
    """Every element a person can use, with its block, from the top down."""
    for block in blocks:
        match block.get("type"):
            case "input":
                yield block, block["element"]
            case "actions" | "context_actions":
                yield from ((block, element) for element in block["elements"])
            case "section" if "accessory" in block:
                yield block, block["accessory"]
            case "container":
                yield from elements(block.get("child_blocks", []))
            case _:
                continue


def find_element(
    blocks: Iterable[Block], block_id: str, action_id: str
) -> tuple[Block, dict[str, Any]] | None:
    """The element of these ids, with its block."""
    for block, element in elements(blocks):
        if block.get("block_id") == block_id and element.get("action_id") == action_id:
            return block, element
    return None


def state_values(blocks: Iterable[Block], typed: Typed) -> dict[str, dict[str, Any]]:
    """The state of all elements that keep a value; what is unset is null or an empty list."""
    values: dict[str, dict[str, Any]] = {}
    for block, element in elements(blocks):
        if element["type"] not in KEYS:
            continue
        entered = typed.get(block["block_id"], {}).get(element["action_id"])
        values.setdefault(block["block_id"], {})[element["action_id"]] = value_of(element, entered)
    return values


def value_of(element: Mapping[str, Any], entered: Mapping[str, Any] | None) -> dict[str, Any]:
    """One element's state: what was entered, else its initial value."""
    key, initial = KEYS[element["type"]]
    value = element.get(initial) if entered is None else entered.get(key)
    if not value and value != 0:
        value = [] if key in LISTS or key == "files" else None
    shaped = {"type": element["type"], key: value}
    if element["type"] == "timepicker" and "timezone" in element:
        shaped["timezone"] = element["timezone"]
    return shaped


def keep_typed(before: list[Block], after: list[Block], typed: Typed) -> dict[str, dict[str, Any]]:
    """What survives when a view is updated: entries whose element is still there.

    An element is the same when block_id, action_id and type are.
    """
    kept: dict[str, dict[str, Any]] = {}
    for block, element in elements(after):
        block_id, action_id = block["block_id"], element.get("action_id", "")
        old = find_element(before, block_id, action_id)
        if old is None or old[1]["type"] != element["type"]:
            continue
        if action_id in typed.get(block_id, {}):
            kept.setdefault(block_id, {})[action_id] = typed[block_id][action_id]
    return kept
