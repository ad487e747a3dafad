"""rich_text: sections, lists, quotes and code, made of small pieces."""

from typing import Any

from sandbox.validate.schema import (
    Check,
    anything,
    by_type,
    flag,
    items,
    number,
    one_of,
    shape,
    text,
)

MOST_PIECES = 10_000  # Slack names no limit; this only keeps nonsense out
MOST_TEXT = 40_000
STYLE = shape(
    {},
    dict.fromkeys(
        (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        ),
        flag,
    ),
)
STYLED = {"style": STYLE}
PIECES: dict[str, Check] = {
    "text": shape({"type": anything, "text": text(MOST_TEXT)}, STYLED),
    "link": shape(
        {"type": anything, "url": text(3000)}, {**STYLED, "text": text(MOST_TEXT), "unsafe": flag}
    ),
    "user": shape({"type": anything, "user_id": text(255)}, STYLED),
    "channel": shape({"type": anything, "channel_id": text(255)}, STYLED),
    "usergroup": shape({"type": anything, "usergroup_id": text(255)}, STYLED),
    "emoji": shape(
        {"type": anything, "name": text(255)},
        {**STYLED, "unicode": text(255), "skin_tone": number(1, 6), "url": text(3000)},
    ),
    "broadcast": shape({"type": anything, "range": one_of("here", "channel", "everyone")}, STYLED),
    "date": shape(
        {"type": anything, "timestamp": anything, "format": text(255)},
        {**STYLED, "url": text(3000), "fallback": text(255)},
    ),
    "color": shape({"type": anything, "value": text(255)}, STYLED),
    "team": shape({"type": anything, "team_id": text(255)}, STYLED),
}
PIECE_LIST = items(by_type(PIECES), MOST_PIECES, least=0)
BORDER = {"border": number(0, 1)}
SECTION = shape({"type": anything, "elements": PIECE_LIST})
PARTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_preformatted": shape(
        {"type": anything, "elements": PIECE_LIST}, {**BORDER, "language": text(255)}
    ),
    "rich_text_quote": shape({"type": anything, "elements": PIECE_LIST}, BORDER),
    "rich_text_list": shape(
        {
            "type": anything,
            "style": one_of("bullet", "ordered"),
            "elements": items(by_type({"rich_text_section": SECTION}), MOST_PIECES),
        },
        {**BORDER, "indent": number(0, 8), "offset": number(0, MOST_PIECES)},
    ),
}
RICH_TEXT = shape(
    {"type": one_of("rich_text"), "elements": items(by_type(PARTS), MOST_PIECES, least=0)},
    {"block_id": text(255)},
)


def text_length(value: Any) -> int:
    """How many characters stand in any part of a structure under the key ``text``."""
    if isinstance(value, list):
        return sum(map(text_length, value))
    if isinstance(value, dict):
        return sum(
            len(each) if key == "text" and isinstance(each, str) else text_length(each)
            for key, each in value.items()
        )
    return 0
