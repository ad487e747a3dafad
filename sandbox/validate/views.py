"""Views: what stands around the blocks of a modal or a Home tab."""

from typing import Any

from sandbox.validate.blocks import ON_SURFACE
from sandbox.validate.objects import plain_text
from sandbox.validate.schema import Check, Report, anything, by_type, flag, items, shape, text

MOST_BLOCKS = 100
MOST_TITLE = 24  # of a modal's title, submit and close alike
ANY_VIEW = {
    "private_metadata": text(3000, least=0),
    "callback_id": text(255, least=0),
    "external_id": text(255, least=0),
}


def _blocks(surface: str) -> Check:
    return items(by_type(ON_SURFACE[surface]), MOST_BLOCKS, least=0)


VIEWS: dict[str, Check] = {
    "modal": shape(
        {"type": anything, "title": plain_text(MOST_TITLE), "blocks": _blocks("modal")},
        {
            **ANY_VIEW,
            "submit": plain_text(MOST_TITLE),
            "close": plain_text(MOST_TITLE),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        },
    ),
    "home": shape({"type": anything, "blocks": _blocks("home")}, ANY_VIEW),
}


def check_submit(view: dict[str, Any], report: Report) -> None:
    """A modal with inputs must have a button that sends them."""
    if view["type"] != "modal" or "submit" in view:
        return
    for index, block in enumerate(view["blocks"]):
        if block["type"] == "input":
            report.add(
                "must define `submit` to use an `input` block in modals",
                f"/view/blocks/{index}/input",
            )
