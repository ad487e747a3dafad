"""What a person sees, and what they can choose in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.records import File
from sandbox.state_values import KEYS, elements
from sandbox.words import Name, labels, visible_words
from sandbox.workspace import Workspace

Ask = Callable[[str], dict[str, Any]]  # from what is typed to the options the app suggests
OPTION_KEYS = {"selected_option", "selected_options"}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A message or a Home tab at the moment it was looked at."""

    container: dict[str, Any]
    text: str
    blocks: list[dict[str, Any]]
    name_of: Name
    ts: str = ""
    user: str = ""
    thread_ts: str | None = None
    ephemeral: bool = False
    edited: bool = False
    files: list[File] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All visible text of the blocks, mentions as @Name; the text if there are no blocks."""
        return visible_words(self.blocks, self.name_of) if self.blocks else self.text

    @property
    def buttons(self) -> list[str]:
        """Everything that can be pressed, overflow options included."""
        return [label for _, element in elements(self.blocks) for label in labels(element)]

    def button(self, label: str) -> dict[str, Any]:
        """The button or overflow that offers ``label``."""
        for _, element in elements(self.blocks):
            if label in labels(element):
                return element
        raise AssertionError(f"no button {label!r} in {self.buttons}")


def choice(workspace: Workspace, element: dict[str, Any], value: Any, ask: Ask) -> dict[str, Any]:
    """The entry for choosing ``value`` in an element.

    A text is the text, date, option value, option text or id that is chosen; a list chooses
    several; None clears. AssertionError if the element does not offer it.
    """
    key = KEYS[element["type"]][0]
    if value is None:
        return {"type": element["type"], key: None}
    if key.startswith(("selected_user", "selected_channel", "selected_conversation")):
        _check_known(workspace.users if "user" in key else workspace.channels, value)
    return {"type": element["type"], key: _chosen(element, key, value, ask)}


def _chosen(element: dict[str, Any], key: str, value: Any, ask: Ask) -> Any:
    match key:
        case "selected_option":
            return _option(element, value, ask)
        case "selected_options":
            return [_option(element, each, ask) for each in value]
        case "files":
            return [{"id": each} for each in value]
        case "rich_text_value" if isinstance(value, str):
            return _rich_text(value)
        case "value":
            return str(value)
    return value


def _option(element: dict[str, Any], value: str, ask: Ask) -> dict[str, Any]:
    source = ask(str(value)) if "external" in element["type"] else element
    options = list(source.get("options", ()))
    for group in source.get("option_groups", ()):
        options += group["options"]
    for option in options:
        if value in {option.get("value"), option["text"]["text"]}:
            return dict(option)
    offered = [option.get("value") for option in options]
    raise AssertionError(f"{value!r} is not offered: {offered}")


def _check_known(known: Mapping[str, Any], value: str | list[str]) -> None:
    for each in [value] if isinstance(value, str) else value:
        if each not in known:
            raise AssertionError(f"{each!r} does not exist")


def _rich_text(text: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
