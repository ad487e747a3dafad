"""Events: only those in the manifest, signed, and again when they are not taken."""

from slack_sdk import WebClient

from sandbox import Person, Workspace
from sandbox.admin import (
    archive_channel,
    change_user,
    join_channel,
    leave_channel,
    rename_channel,
    uninstall_app,
    welcome_user,
)
from tests.sandbox.pretend_app import Answer, PretendApp

C = "C0AURORE"


def events(app: PretendApp, workspace: Workspace) -> list[str]:
    """The types of the events the app has got, once there are no more to come."""
    assert workspace.events.wait_until_idle()
    return sorted(payload["event"]["type"] for payload in app.of_kind("event_callback"))


def test_direct_messages_and_mentions_are_told(
    pretend_app: PretendApp, workspace: Workspace, alice: Person
) -> None:
    alice.types(alice.dm_channel().id, "Hello")
    alice.types(C, "Hey <@U0SANDBOXBOT>!")
    alice.types(C, "not for the bot")

    assert events(pretend_app, workspace) == ["app_mention", "message"]
    by_type = {each["event"]["type"]: each for each in pretend_app.of_kind("event_callback")}
    message, mention = by_type["message"]["event"], by_type["app_mention"]["event"]
    assert (message["channel_type"], message["text"], message["user"]) == ("im", "Hello", alice.id)
    assert (mention["channel"], mention["user"]) == (C, alice.id)
    assert by_type["message"]["authorizations"][0]["team_id"] == workspace.team_id
    assert by_type["message"]["event_id"] != by_type["app_mention"]["event_id"]


def test_the_bots_own_messages_come_back_to_it_marked(
    client: WebClient, pretend_app: PretendApp, workspace: Workspace, alice: Person
) -> None:
    client.chat_postMessage(channel=alice.id, text="From the bot")

    assert events(pretend_app, workspace) == ["message"]
    assert pretend_app.of_kind("event_callback")[0]["event"]["bot_id"] == "B0SANDBOX"


def test_an_ephemeral_message_is_no_event(
    client: WebClient, pretend_app: PretendApp, workspace: Workspace, alice: Person
) -> None:
    channel = alice.dm_channel().id

    client.chat_postEphemeral(channel=channel, user=alice.id, text="For you")

    assert events(pretend_app, workspace) == []


def test_the_life_of_people_and_of_the_app(pretend_app: PretendApp, workspace: Workspace) -> None:
    welcome_user(workspace, "U0CARL", name="carl", real_name="Carl")
    change_user(workspace, "U0BOB", deleted=True)
    uninstall_app(workspace)

    assert events(pretend_app, workspace) == [
        "app_uninstalled",
        "team_join",
        "tokens_revoked",
        "user_change",
    ]


def test_what_the_manifest_does_not_ask_for_is_not_sent(
    pretend_app: PretendApp, workspace: Workspace
) -> None:
    channel = workspace.channels[C]
    join_channel(workspace, channel, "U0SANDBOXBOT")
    leave_channel(workspace, channel, "U0BOB")
    rename_channel(workspace, channel, "boreal")
    archive_channel(workspace, channel)

    assert events(pretend_app, workspace) == []
    assert (channel.name, channel.archived, "U0BOB" in channel.members) == ("boreal", True, False)


def test_an_event_that_is_not_taken_comes_three_times_more(
    pretend_app: PretendApp, workspace: Workspace
) -> None:
    pretend_app.answers["event_callback"] = Answer(status=500)

    change_user(workspace, "U0BOB", tz="Asia/Tokyo")

    assert events(pretend_app, workspace) == ["user_change"] * 4
    headers = [each.headers for each in pretend_app.received]
    numbers = [each.get("x-slack-retry-num") for each in headers]
    assert numbers == [None, "1", "2", "3"]
    assert headers[1]["x-slack-retry-reason"] == "http_error"
    ids = {payload["event_id"] for payload in pretend_app.of_kind("event_callback")}
    assert len(ids) == 1


def test_a_late_app_is_told_that_it_was_late(pretend_app: PretendApp, workspace: Workspace) -> None:
    workspace.link.patience = 0.5
    pretend_app.answers["event_callback"] = lambda _: Answer(
        seconds=1.0 if len(pretend_app.received) == 1 else 0.0
    )

    change_user(workspace, "U0BOB", tz="Asia/Tokyo")

    assert events(pretend_app, workspace) == ["user_change"] * 2
    assert pretend_app.received[1].headers["x-slack-retry-reason"] == "http_timeout"


def test_an_app_can_refuse_repeats(pretend_app: PretendApp, workspace: Workspace) -> None:
    refusal = Answer(status=500, headers={"X-Slack-No-Retry": "1"})
    pretend_app.answers["event_callback"] = refusal

    change_user(workspace, "U0BOB", tz="Asia/Tokyo")

    assert events(pretend_app, workspace) == ["user_change"]


def test_the_same_event_can_be_sent_again_on_purpose(
    pretend_app: PretendApp, workspace: Workspace
) -> None:
    change_user(workspace, "U0BOB", tz="Asia/Tokyo")
    (payload,) = pretend_app.waits_for("event_callback")

    workspace.events.submit(payload)

    assert len(pretend_app.waits_for("event_callback", 2)) == 2


def test_events_for_an_app_that_is_away_are_given_up(workspace: Workspace) -> None:
    workspace.events.retry_pauses = (0.0, 0.0, 0.0)

    change_user(workspace, "U0BOB", tz="Asia/Tokyo")

    assert workspace.events.wait_until_idle()
    assert [line["what"] for line in workspace.log.lines(10)] == ["event user_change"] * 4
    workspace.events.close()
