"""The words a reader sees in blocks."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Block = Mapping[str, Any]
Name = Callable[[str], str]  # from a user or channel id to what is shown for it
MENTION = re.compile(r"<([@#])([A-Z0-9]+)(?:\|([^>]*))?>")
DATE = re.compile(r"<!date\^\d+\^[^|>]*\|([^>]*)>")
COMMAND = re.compile(r"<!(channel|here|everyone)(?:\|[^>]*)?>")
LINK = re.compile(r"<(https?://[^|>]+|mailto:[^|>]+)(?:\|([^>]*))?>")
# Where an element or object keeps words of its own, in reading order.
WORDED = ("title", "label", "text", "alt_text", "placeholder", "description", "hint")


RICH_LEAVES: dict[str, Callable[[Block, Name], str]] = {
    "text": lambda item, _: str(item["text"]),
    "user": lambda item, name_of: f"@{name_of(item['user_id'])}",
    "channel": lambda item, name_of: f"#{name_of(item['channel_id'])}",
    "link": lambda item, _: str(item.get("text") or item["url"]),
    "emoji": lambda item, _: f":{item['name']}:",
    "broadcast": lambda item, _: f"@{item['range']}",
    "date": lambda item, _: str(item.get("fallback", "")),
}


def visible_words(blocks: Iterable[Block], name_of: Name) -> str:
    """All the text of blocks from the top down, one line a piece, mentions as @Name."""
    return "\n".join(piece for block in blocks for piece in _pieces(block, name_of) if piece)


def plain(text: str, name_of: Name) -> str:
    """mrkdwn as it reads: mentions by name, links by their label, entities undone."""
    text = MENTION.sub(lambda found: f"{found[1]}{name_of(found[2])}", text)
    text = DATE.sub(lambda found: found[1], text)
    text = COMMAND.sub(lambda found: f"@{found[1]}", text)
    text = LINK.sub(lambda found: found[2] or found[1], text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def labels(element: Block) -> list[str]:
    """What can be pressed on an element: a button's text, an overflow's options."""
    if element["type"] == "button":
        return [str(element["text"]["text"])]
    if element["type"] == "overflow":
        return [str(option["text"]["text"]) for option in element["options"]]
    return []


def _pieces(item: Block, name_of: Name) -> Iterator[str]:
    match item.get("type"):
        case "plain_text":
            yield str(item["text"])
        case "mrkdwn" | "markdown":
            yield plain(str(item["text"]), name_of)
        case "rich_text":
            yield _rich(item, name_of)
        case "table":
            for row in item.get("rows", []):
                yield " | ".join(" ".join(_pieces(cell, name_of)) for cell in row)
        case "raw_text":
            yield str(item.get("text", ""))
        case _:
            yield from _parts(item, name_of)


def _parts(item: Block, name_of: Name) -> Iterator[str]:
    for key in WORDED:
        value = item.get(key)
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _pieces(value, name_of)
    for key in ("fields", "elements", "child_blocks", "actions"):
        for each in item.get(key) or ():
            yield from _pieces(each, name_of)
    for key in ("element", "accessory"):
        if isinstance(item.get(key), Mapping):
            yield from _pieces(item[key], name_of)
    yield from _options(item, name_of)


def _options(item: Block, name_of: Name) -> Iterator[str]:
    """Options that are seen without opening a menu, and what is chosen in one."""
    if item.get("type") in {"checkboxes", "radio_buttons"}:
        for option in item["options"]:
            yield from _parts(option, name_of)
        return
    chosen = [item["initial_option"]] if "initial_option" in item else []
    for option in [*chosen, *item.get("initial_options", ())]:
        yield from _parts(option, name_of)
    for user in [*filter(None, [item.get("initial_user")]), *item.get("initial_users", ())]:
        yield f"@{name_of(user)}"
    for key in ("initial_date", "initial_time", "initial_value"):
        if isinstance(item.get(key), str):
            yield item[key]


def _rich(item: Block, name_of: Name) -> str:
    kind = str(item.get("type"))
    if kind in RICH_LEAVES:
        return RICH_LEAVES[kind](item, name_of)
    between = "\n" if kind in {"rich_text", "rich_text_list"} else ""
    return between.join(_rich(each, name_of) for each in item.get("elements", ()))
