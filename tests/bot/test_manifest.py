"""manifest.yml asks for what the code listens to and calls: all of it, and nothing else."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import jsonschema
import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot import handlers, manifest
from bot.app import Assistant
from bot.deps import Deps
from bot.ids import COMMAND, Action, Modal
from bot.views import help as help_views
from bot.views.words import Reader
from sandbox import Person
from tests.bot import support

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "slack"

# What each method that we call needs for what we do with it.
NEEDED: dict[str, set[str]] = {
    "auth.test": set(),
    "chat.postMessage": {"chat:write", "chat:write.public"},
    "chat.update": {"chat:write"},
    "conversations.history": {"im:history"},
    "conversations.open": {"im:write"},
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}
# What is needed for more than methods: the command, and the input that takes files.
NEEDED_BESIDES = {"commands", "files:read"}
# As the manifest calls the events that we listen to.
EVENTS = {"message": "message.im"}

SENT = re.compile(r'self\.api_call\(\s*"([\w.]+)"')


class Listening:
    """Notes what listeners are registered for, in the place of Bolt's app."""

    def __init__(self) -> None:
        self.heard: dict[str, list[Any]] = {}

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def register(what: Any) -> Callable[[Any], Any]:
            self.heard.setdefault(kind, []).append(what)
            return lambda listener: listener

        return register


@pytest.fixture(scope="module")
def heard() -> dict[str, list[Any]]:
    """Everything that the handlers listen to, by kind."""
    listening = Listening()
    handlers.register(cast("App", listening), cast("Deps", None))
    return listening.heard


def test_every_command_is_in_the_manifest_and_listened_to(heard: dict[str, list[Any]]) -> None:
    commands = manifest.read()["features"]["slash_commands"]

    assert [command["command"] for command in commands] == heard["command"] == [COMMAND]
    assert commands[0]["should_escape"] is True


def test_the_hint_of_the_command_names_its_words() -> None:
    hint = manifest.read()["features"]["slash_commands"][0]["usage_hint"]
    reader = Reader(locale="en-GB", today=support.MONDAY.date())

    assert hint.split(" | ") == [name for name, _ in help_views.commands(reader)]


def test_every_event_is_in_the_manifest_and_listened_to(heard: dict[str, list[Any]]) -> None:
    asked = manifest.read()["settings"]["event_subscriptions"]["bot_events"]

    assert sorted(asked) == sorted(EVENTS.get(event, event) for event in heard["event"])
    assert len(set(heard["event"])) == len(heard["event"])


def test_every_action_and_every_form_is_listened_to_once(heard: dict[str, list[Any]]) -> None:
    actions = [one["action_id"] if isinstance(one, dict) else one for one in heard["action"]]

    assert sorted(actions) == sorted(action for action in Action if action != Action.VALUE)
    assert sorted(heard["view"]) == sorted(form for form in Modal if form not in PAGES)


def test_nothing_is_listened_to_that_the_manifest_does_not_turn_on(
    heard: dict[str, list[Any]],
) -> None:
    features, asked = manifest.read()["features"], manifest.read()["settings"]

    assert asked["interactivity"]["is_enabled"]
    assert features["app_home"]["home_tab_enabled"]
    assert features["app_home"]["messages_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"]
    assert not {"shortcut", "options", "function"} & heard.keys()
    assert "shortcuts" not in features


def test_the_methods_that_the_code_calls_are_those_that_scopes_are_asked_for() -> None:
    assert set(called_in_the_source()) == set(NEEDED)


def test_the_scopes_are_those_needed_and_no_other() -> None:
    needed = set().union(*NEEDED.values()) | NEEDED_BESIDES

    assert manifest.scopes() == needed


def test_what_is_really_called_needs_no_other_scope(
    sqlite_assistant: Assistant, alice: Person
) -> None:
    support.create_campaign(alice, sqlite_assistant)
    alice.opens_home()
    card = alice.finds(support.AURORE, "Aurore")
    alice.clicks(card, "Marquer comme faite", block_id=support.block_of(card, "Brief"))
    sqlite_assistant.step()

    calls = alice.workspace.calls()
    assert {call["method"] for call in calls} <= set(NEEDED)
    assert all(call["result"]["ok"] for call in calls)


@pytest.mark.parametrize("method", [method for method, scopes in NEEDED.items() if scopes])
def test_slack_gives_these_methods_for_these_scopes(method: str) -> None:
    known = json.loads(shared("slack_methods.json").read_text(encoding="utf-8"))

    # chat:write.public goes with chat:write, and Slack lists it with no method.
    assert NEEDED[method] - {"chat:write.public"} <= set(known[method]["bot"])


def test_slack_sends_these_events_for_these_scopes() -> None:
    known = json.loads(shared("slack_events.json").read_text(encoding="utf-8"))

    for event in manifest.read()["settings"]["event_subscriptions"]["bot_events"]:
        assert set(known[event]["scopes"]) <= manifest.scopes()


def test_slack_would_take_the_manifest() -> None:
    schema = json.loads(shared("manifest.schema.2.json").read_text(encoding="utf-8"))

    jsonschema.validate(manifest.read(), schema)


def test_the_texts_of_the_manifest_are_as_long_as_slack_takes() -> None:
    whole = manifest.read()
    about, features = whole["display_information"], whole["features"]

    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["slash_commands"][0]["usage_hint"]) <= 1000


def test_the_manifest_holds_no_secret_and_no_address() -> None:
    text = (ROOT / "manifest.yml").read_text(encoding="utf-8")

    assert not re.search(r"xox[abp]-|xapp-|https?://", text)


# Pages have nothing to submit.
PAGES = {Modal.PLAN}


def called_in_the_source() -> Iterator[str]:
    """The methods of the Web API that the code calls, by the client's function or by name."""
    for file in (ROOT / "bot").rglob("*.py"):
        if "demo" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            yield from called_in(node)


def called_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and node.value in ALL_METHODS.values():
        yield str(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        is_client = ast.unparse(node.func.value).endswith(("client", "client_for(team_id)"))
        if is_client and node.func.attr in ALL_METHODS:
            yield ALL_METHODS[node.func.attr]


def every_method() -> Iterator[tuple[str, str]]:
    """The client's functions, each with the method that it calls."""
    for name, function in inspect.getmembers(WebClient, inspect.isfunction):
        found = SENT.search(inspect.getsource(function))
        if found:
            yield name, found[1]


ALL_METHODS = dict(every_method())


def shared(name: str) -> Path:
    """A file of Slack's own descriptions, kept beside the checkout on some machines."""
    file = SHARED / name
    if not file.is_file():
        pytest.skip(f"{name} is not kept beside this checkout")
    return file
