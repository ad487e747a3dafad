"""Who may call the Web API, and what it answers to those who may not."""

from dataclasses import replace
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Server, Workspace
from sandbox.admin import uninstall_app


def error_of(client: WebClient, method: str, **args: Any) -> dict[str, Any]:
    """The answer to a call that must fail."""
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json=args)
    answer = refused.value.response.data
    assert isinstance(answer, dict)
    return answer


def test_the_bot_learns_who_it_is(client: WebClient, workspace: Workspace) -> None:
    answer = client.auth_test()

    assert answer["user_id"] == workspace.app.bot_user_id
    assert answer["team_id"] == workspace.team_id


def test_api_test_answers_what_it_was_given(client: WebClient) -> None:
    answer = client.api_test(foo="bar")

    assert answer["args"]["foo"] == "bar"


def test_a_method_nobody_knows_is_unknown(client: WebClient) -> None:
    answer = error_of(client, "chat.shout")

    assert answer["error"] == "unknown_method"


def test_a_missing_a_wrong_and_a_revoked_token_differ(server: Server, client: WebClient) -> None:
    nobody = WebClient(base_url=server.api_url, retry_handlers=[])
    stranger = WebClient(token="xoxb-other", base_url=server.api_url, retry_handlers=[])
    client.auth_revoke()

    assert error_of(nobody, "auth.test")["error"] == "not_authed"
    assert error_of(stranger, "auth.test")["error"] == "invalid_auth"
    assert error_of(client, "auth.test")["error"] == "token_revoked"


def test_an_uninstalled_app_has_no_token(client: WebClient, workspace: Workspace) -> None:
    uninstall_app(workspace)

    assert error_of(client, "auth.test")["error"] == "token_revoked"


def test_the_app_is_removed_by_those_who_know_its_secret(
    client: WebClient, workspace: Workspace
) -> None:
    app = workspace.app
    secret = {"client_id": app.client_id, "client_secret": app.client_secret}

    wrong_id = error_of(client, "apps.uninstall", client_id="1.2", client_secret="x")
    wrong_secret = error_of(client, "apps.uninstall", **{**secret, "client_secret": "x"})
    client.apps_uninstall(**secret)

    assert (wrong_id["error"], wrong_secret["error"]) == ("invalid_client_id", "bad_client_secret")
    assert error_of(client, "auth.test")["error"] == "token_revoked"


def test_a_revocation_can_be_tried(client: WebClient) -> None:
    assert client.auth_revoke(test=True)["revoked"] is False
    assert client.auth_test()["ok"] is True


def test_api_test_fails_on_request(client: WebClient) -> None:
    assert error_of(client, "api.test", error="my_error")["error"] == "my_error"


def test_a_missing_scope_is_named(client: WebClient, workspace: Workspace) -> None:
    workspace.tokens.rescope(frozenset({"users:read", "commands"}))

    answer = error_of(client, "chat.postMessage", channel="C0AURORE", text="Hello")

    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "chat:write"
    assert answer["provided"] == "commands,users:read"


def test_history_asks_for_the_scope_of_that_kind_of_channel(
    client: WebClient, workspace: Workspace
) -> None:
    workspace.add_channel("C0PRIV", "priv", private=True)
    workspace.tokens.rescope(frozenset({"channels:history"}))

    client.conversations_history(channel="C0AURORE")
    answer = error_of(client, "conversations.history", channel="C0PRIV")

    assert answer["needed"] == "groups:history"


def test_sockets_are_opened_with_the_app_token_only(server: Server, client: WebClient) -> None:
    app_client = WebClient(
        token=server.workspace.app.app_token, base_url=server.api_url, retry_handlers=[]
    )

    assert error_of(client, "apps.connections.open")["error"] == "not_allowed_token_type"
    assert str(app_client.apps_connections_open(app_token="xapp-sandbox")["url"]).startswith(
        "ws://127.0.0.1:"
    )


def test_a_needed_argument_is_named(client: WebClient) -> None:
    answer = error_of(client, "chat.postMessage", text="Hello")

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


def test_users_are_read_with_their_zone_and_on_request_their_locale(client: WebClient) -> None:
    user = client.users_info(user="U0ALICE", include_locale=True)["user"]
    without = client.users_info(user="U0ALICE")["user"]

    assert (user["tz"], user["tz_offset"], user["locale"]) == ("Europe/Paris", 3600, "fr-FR")
    assert user["profile"]["email"] == "alice@example.com"
    assert "locale" not in without
    assert error_of(client, "users.info", user="U0NOBODY")["error"] == "user_not_found"


def test_a_deactivated_user_has_no_time_zone(client: WebClient, workspace: Workspace) -> None:
    workspace.users["U0BOB"] = replace(workspace.users["U0BOB"], deleted=True)

    user = client.users_info(user="U0BOB")["user"]

    assert user["deleted"] is True
    assert "tz" not in user


def test_the_directory_comes_in_pages(client: WebClient) -> None:
    names: list[str] = []
    for page in client.users_list(limit=2):
        names += [user["name"] for user in page["members"]]

    assert names == ["slackbot", "retro", "alice", "bob"]
    assert error_of(client, "users.list", cursor="dGVhbTpD")["error"] == "invalid_cursor"
    assert error_of(client, "users.list", limit=2000)["error"] == "invalid_limit"


def test_users_are_found_by_email(client: WebClient) -> None:
    assert client.users_lookupByEmail(email="bob@example.com")["user"]["id"] == "U0BOB"
    answer = error_of(client, "users.lookupByEmail", email="x@example.com")
    assert answer["error"] == "users_not_found"


def test_channels_are_listed_by_kind(client: WebClient, workspace: Workspace) -> None:
    workspace.add_channel("C0PRIV", "priv", private=True)
    workspace.add_channel("C0HIDDEN", "hidden", private=True, bot=False)

    public = client.conversations_list()["channels"]
    both = client.conversations_list(types="public_channel,private_channel")["channels"]

    assert [channel["name"] for channel in public] == ["aurore"]
    assert [channel["name"] for channel in both] == ["aurore", "priv"]
    answer = error_of(client, "conversations.list", types="rooms")
    assert answer["error"] == "invalid_types"


def test_a_private_channel_without_the_bot_does_not_exist_for_it(
    client: WebClient, workspace: Workspace
) -> None:
    workspace.add_channel("C0HIDDEN", "hidden", private=True, bot=False)

    for method in ("conversations.info", "conversations.history", "conversations.members"):
        assert error_of(client, method, channel="C0HIDDEN")["error"] == "channel_not_found"


def test_the_bot_joins_public_channels_only(client: WebClient, workspace: Workspace) -> None:
    workspace.add_channel("C0NEW", "new", bot=False)
    workspace.add_channel("C0PRIV", "priv", private=True)

    joined = client.conversations_join(channel="C0NEW")["channel"]
    again = client.conversations_join(channel="C0NEW")

    assert joined["is_member"] is True
    assert again["warning"] == "already_in_channel"
    answer = error_of(client, "conversations.join", channel="C0PRIV")
    assert answer["error"] == "method_not_supported_for_channel_type"


def test_members_and_own_conversations(client: WebClient, workspace: Workspace) -> None:
    workspace.add_channel("C0NEW", "new", bot=False)

    members = client.conversations_members(channel="C0AURORE")["members"]
    own = client.users_conversations()["channels"]

    assert members == ["U0ALICE", "U0BOB", workspace.app.bot_user_id]
    assert [channel["id"] for channel in own] == ["C0AURORE"]


def test_members_are_invited_where_the_bot_is(client: WebClient, workspace: Workspace) -> None:
    workspace.add_channel("C0NEW", "new", bot=False)
    workspace.tokens.rescope(frozenset({"channels:manage"}))

    client.conversations_invite(channel="C0AURORE", users="U0ALICE,USLACKBOT")

    assert "USLACKBOT" in workspace.channels["C0AURORE"].members

    def error(channel: str, users: str) -> Any:
        return error_of(client, "conversations.invite", channel=channel, users=users)["error"]

    assert error("C0AURORE", "U0ALICE") == "already_in_channel"
    assert error("C0AURORE", "U0NOBODY") == "user_not_found"
    assert error("C0NEW", "U0ALICE") == "not_in_channel"
    workspace.channels["C0AURORE"].archived = True
    assert error("C0AURORE", "U0ALICE") == "is_archived"


def test_direct_messages_are_opened_again_by_their_channel(client: WebClient) -> None:
    channel = client.conversations_open(users="U0ALICE")["channel"]["id"]

    assert client.conversations_open(channel=channel)["channel"]["id"] == channel
    answer = error_of(client, "conversations.open", users="U0ALICE,U0BOB")
    assert answer["error"] == "method_not_supported_for_channel_type"


def test_one_channel_is_described(client: WebClient, workspace: Workspace) -> None:
    workspace.channels["C0AURORE"].topic = "Launch on 15 March"

    channel = client.conversations_info(channel="C0AURORE", include_num_members=True)["channel"]
    without = client.conversations_info(channel="C0AURORE")["channel"]

    assert channel["topic"]["value"] == "Launch on 15 March"
    assert channel["num_members"] == 3
    assert "num_members" not in without


def test_direct_messages_are_opened_once(client: WebClient) -> None:
    first = client.conversations_open(users="U0ALICE")["channel"]["id"]
    second = client.conversations_open(users=["U0ALICE"], return_im=True)["channel"]

    assert first == second["id"]
    assert second["user"] == "U0ALICE"


def test_nobody_can_be_written_to_who_is_gone_unknown_or_a_bot(
    client: WebClient, workspace: Workspace
) -> None:
    workspace.users["U0BOB"] = replace(workspace.users["U0BOB"], deleted=True)
    bot = workspace.app.bot_user_id

    def error(users: str) -> Any:
        return error_of(client, "conversations.open", users=users)["error"]

    assert error("U0BOB") == "user_disabled"
    assert error("U0NOBODY") == "user_not_found"
    assert error(bot) == "cannot_dm_bot"
    assert error_of(client, "conversations.open")["error"] == "users_list_not_supplied"


def test_team_and_quiet_hours(client: WebClient, workspace: Workspace) -> None:
    assert client.team_info()["team"]["domain"] == workspace.domain
    assert client.dnd_info(user="U0ALICE")["dnd_enabled"] is False


def test_calls_are_recorded_with_their_result(client: WebClient, workspace: Workspace) -> None:
    client.chat_postMessage(channel="C0AURORE", text="Hello")

    (call,) = workspace.calls("chat.postMessage")
    assert call["args"]["text"] == "Hello"
    assert call["result"]["ok"] is True
    assert call["at"] == workspace.clock.now()
    assert "token" not in call["args"]


def test_slacks_own_pace_is_kept_when_it_is_turned_on(
    client: WebClient, workspace: Workspace
) -> None:
    workspace.pacing.enabled = True
    client.chat_postMessage(channel="C0AURORE", text="one")

    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C0AURORE", text="two")
    for _ in range(20):
        client.users_list()
    with pytest.raises(SlackApiError) as paged:
        client.users_list()

    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    assert paged.value.response["error"] == "ratelimited"
    assert [each.text for each in workspace.messages["C0AURORE"]] == ["one"]


def test_every_answer_tells_the_scopes_of_its_token(client: WebClient) -> None:
    headers = client.auth_test().headers

    assert "chat:write" in headers["X-OAuth-Scopes"].split(",")
