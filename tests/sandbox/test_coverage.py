"""docs/sandbox.md tells the truth about which methods of the Web API the sandbox knows."""

import inspect
import re
from pathlib import Path

import pytest
from slack_sdk import WebClient

from sandbox.methods import METHODS

DOC = Path(__file__).parents[2] / "docs" / "sandbox.md"
FAMILIES = (
    "api",
    "apps",
    "auth",
    "bookmarks",
    "chat",
    "conversations",
    "dnd",
    "files",
    "oauth",
    "pins",
    "reactions",
    "team",
    "users",
    "views",
)
ROW = re.compile(r"^\| `([\w.]+)` \| (supported|partial|missing) \| (.*?) ?\|$", re.MULTILINE)
SENT = re.compile(r'self\.api_call\(\s*"([\w.]+)"')


def offered_by_the_client() -> set[str]:
    """The methods of our families that ``WebClient`` has a function for."""
    names = set(SENT.findall(inspect.getsource(WebClient)))
    return {name for name in names if name.split(".")[0] in FAMILIES}


def expected() -> dict[str, tuple[str, str]]:
    """Status and note of each method, as the registry has it."""
    names = sorted(offered_by_the_client() | set(METHODS))
    return {
        name: (METHODS[name].status, METHODS[name].note) if name in METHODS else ("missing", "")
        for name in names
    }


def documented() -> dict[str, tuple[str, str]]:
    """Status and note of each method, as the page has it."""
    rows = ROW.findall(DOC.read_text(encoding="utf-8"))
    return {name: (status, note) for name, status, note in rows}


def test_the_page_lists_every_method_with_its_status() -> None:
    assert documented() == expected()


def test_most_of_what_a_messaging_app_needs_is_there() -> None:
    assert {"chat.postMessage", "views.open", "conversations.history"} <= set(METHODS)
    assert len(offered_by_the_client()) > 80


@pytest.mark.parametrize("name", METHODS)
def test_every_method_has_a_sentence_about_it(name: str) -> None:
    described = METHODS[name].run.__doc__

    assert described is not None
    assert described.endswith(".")
    assert METHODS[name].status != "partial" or METHODS[name].note
