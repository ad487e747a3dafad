"""Modals and Home tabs over the Web API."""

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Person, Workspace
from tests.sandbox.blocks import home, input_block, modal, plain, section
from tests.sandbox.conftest import Stopwatch


def error_of(client: WebClient, method: str, **args: Any) -> str:
    """The error of a call that must fail."""
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json=args)
    return str(refused.value.response["error"])


def test_a_trigger_opens_one_modal_for_whoever_made_the_gesture(
    client: WebClient, workspace: Workspace, alice: Person, bob: Person
) -> None:
    trigger = workspace.triggers.issue("U0ALICE")

    view = client.views_open(trigger_id=trigger, view=modal(input_block(block_id="name")))["view"]

    assert alice.modal().id == view["id"]
    assert alice.modal().title == "New campaign"
    assert not bob.has_modal()
    again = {"trigger_id": trigger, "view": modal()}
    assert error_of(client, "views.open", **again) == "exchanged_trigger_id"


def test_a_trigger_lives_three_seconds(
    client: WebClient, workspace: Workspace, stopwatch: Stopwatch
) -> None:
    in_time, late = workspace.triggers.issue("U0ALICE"), workspace.triggers.issue("U0ALICE")
    stopwatch.seconds = 3.0
    client.views_open(trigger_id=in_time, view=modal())
    stopwatch.seconds = 3.01

    assert error_of(client, "views.open", trigger_id=late, view=modal()) == "expired_trigger_id"
    assert error_of(client, "views.open", trigger_id="1.2", view=modal()) == "invalid_trigger_id"


def test_a_wrong_view_does_not_use_the_trigger_up(client: WebClient, workspace: Workspace) -> None:
    trigger = workspace.triggers.issue("U0ALICE")

    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id=trigger, view=modal(title=plain("x" * 25)))
    client.views_open(trigger_id=trigger, view=modal())

    assert refused.value.response["error"] == "invalid_arguments"
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]


def test_three_views_stand_on_each_other_and_no_more(
    client: WebClient, workspace: Workspace, alice: Person
) -> None:
    root = client.views_open(trigger_id=workspace.triggers.issue("U0ALICE"), view=modal())["view"]
    pushed = [
        client.views_push(trigger_id=workspace.triggers.issue("U0ALICE"), view=modal())["view"]
        for _ in range(2)
    ]

    last = {"trigger_id": workspace.triggers.issue("U0ALICE"), "view": modal()}
    assert error_of(client, "views.push", **last) == "push_limit_reached"
    assert [view["root_view_id"] for view in pushed] == [root["id"]] * 2
    alice.modal().close()
    alice.modal().close()
    assert alice.modal().id == root["id"]


def test_nothing_is_pushed_on_no_modal(client: WebClient, workspace: Workspace) -> None:
    args = {"trigger_id": workspace.triggers.issue("U0ALICE"), "view": modal()}

    assert error_of(client, "views.push", **args) == "not_found"


def test_an_update_keeps_what_was_typed_where_the_field_is_the_same(
    client: WebClient, workspace: Workspace, alice: Person
) -> None:
    fields = [input_block(block_id="name"), input_block(block_id="goal")]
    trigger = workspace.triggers.issue("U0ALICE")
    opened = client.views_open(trigger_id=trigger, view=modal(*fields))["view"]
    alice.modal().fill({"name": "Aurore", "goal": "Known by all"})

    updated = client.views_update(
        view_id=opened["id"],
        view=modal(input_block(block_id="name"), input_block(block_id="audience")),
    )["view"]

    values = updated["state"]["values"]
    assert updated["id"] == opened["id"]
    assert values["name"]["value"]["value"] == "Aurore"
    assert values["audience"]["value"]["value"] is None
    assert "goal" not in values


def test_an_update_from_an_older_state_is_refused(client: WebClient, workspace: Workspace) -> None:
    trigger = workspace.triggers.issue("U0ALICE")
    opened = client.views_open(trigger_id=trigger, view=modal())["view"]
    stale = {"view_id": opened["id"], "hash": opened["hash"], "view": modal()}
    client.views_update(**stale)

    assert error_of(client, "views.update", **stale) == "hash_conflict"
    gone = {"view_id": "V0NOWHERE", "view": modal()}
    assert error_of(client, "views.update", **gone) == "not_found"


def test_a_view_is_found_by_its_external_id_which_no_other_has(
    client: WebClient, workspace: Workspace, alice: Person
) -> None:
    view = modal(external_id="plan-1")
    client.views_open(trigger_id=workspace.triggers.issue("U0ALICE"), view=view)

    client.views_update(external_id="plan-1", view=modal(title=plain("Loaded")))
    client.views_update(view_id=alice.modal().id, view=view)
    second = {"trigger_id": workspace.triggers.issue("U0BOB"), "view": view}

    assert error_of(client, "views.open", **second) == "duplicate_external_id"


def test_a_home_tab_is_published_for_one_user(
    client: WebClient, alice: Person, bob: Person
) -> None:
    first = client.views_publish(user_id="U0ALICE", view=home(section("Nothing to do")))["view"]
    stale = {"user_id": "U0ALICE", "hash": first["hash"], "view": home()}
    client.views_publish(user_id="U0ALICE", view=home(section("One decision")))

    assert alice.home().words == "One decision"
    assert error_of(client, "views.publish", **stale) == "hash_conflict"
    with pytest.raises(AssertionError, match="no Home tab"):
        bob.home()


def test_a_modal_is_not_published_as_a_home_tab(client: WebClient) -> None:
    error = error_of(client, "views.publish", user_id="U0ALICE", view=modal())

    assert error == "invalid_arguments"


def test_no_home_tab_without_one_in_the_manifest(client: WebClient, workspace: Workspace) -> None:
    workspace.app = replace(workspace.app, has_home=False)

    assert error_of(client, "views.publish", user_id="U0ALICE", view=home()) == "not_enabled"
