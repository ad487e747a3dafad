"""Short spellings of Block Kit for the sandbox's tests."""

from typing import Any


def plain(text: str = "Words") -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Words") -> dict[str, Any]:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Words", **more: Any) -> dict[str, Any]:
    """A section block."""
    return {"type": "section", "text": mrkdwn(text), **more}


def button(label: str = "Done", **more: Any) -> dict[str, Any]:
    """A button."""
    return {"type": "button", "text": plain(label), "action_id": "press", **more}


def option(value: str = "a", label: str = "A") -> dict[str, Any]:
    """An option of a menu."""
    return {"text": plain(label), "value": value}


def options(count: int) -> list[dict[str, Any]]:
    """So many different options."""
    return [option(str(number), f"Option {number}") for number in range(count)]


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An actions block."""
    return {"type": "actions", "elements": list(elements), **more}


def input_block(element: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """An input block, for text unless another element is given."""
    written = {"type": "plain_text_input", "action_id": "value"}
    return {"type": "input", "label": plain("Name"), "element": element or written, **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A modal that can be submitted."""
    return {
        "type": "modal",
        "title": plain("New campaign"),
        "submit": plain("Create"),
        "callback_id": "new",
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: dict[str, Any]) -> dict[str, Any]:
    """A Home tab."""
    return {"type": "home", "blocks": list(blocks)}
