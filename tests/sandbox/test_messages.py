"""chat.* and the reading back of messages."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Person, Workspace
from sandbox.admin import archive_channel
from tests.sandbox.blocks import button, section

C = "C0AURORE"


def error_of(client: WebClient, method: str, **args: Any) -> str:
    """The error of a call that must fail."""
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json=args)
    return str(refused.value.response["error"])


def test_a_posted_message_is_read_by_people_and_by_the_bot(
    client: WebClient, alice: Person
) -> None:
    posted = client.chat_postMessage(
        channel=C, text="Hello <@U0BOB>", blocks=[section("Hello <@U0BOB>", accessory=button())]
    )

    (seen,) = alice.reads(C)
    history = client.conversations_history(channel=C)["messages"]
    assert seen.ts == posted["ts"]
    assert seen.words == "Hello @Bob Stone\nDone"
    assert history[0]["ts"] == posted["ts"]
    assert history[0]["bot_id"] == "B0SANDBOX"


def test_missing_block_ids_are_filled_in(client: WebClient) -> None:
    posted = client.chat_postMessage(channel=C, text="x", blocks=[section(), section(block_id="b")])

    first, second = posted["message"]["blocks"]
    assert first["block_id"]
    assert second["block_id"] == "b"


def test_where_the_bot_may_not_post(client: WebClient, workspace: Workspace) -> None:
    workspace.add_channel("C0PUBLIC", "public", bot=False)
    workspace.add_channel("C0HIDDEN", "hidden", private=True, bot=False)
    archive_channel(workspace, workspace.add_channel("C0OLD", "old"))

    def error(channel: str) -> str:
        return error_of(client, "chat.postMessage", channel=channel, text="x")

    assert error("C0PUBLIC") == "not_in_channel"
    assert error("C0HIDDEN") == "channel_not_found"
    assert error("C0NOWHERE") == "channel_not_found"
    assert error("U0NOBODY") == "channel_not_found"
    assert error("C0OLD") == "is_archived"


def test_with_one_more_scope_the_bot_posts_in_any_public_channel(
    client: WebClient, workspace: Workspace
) -> None:
    workspace.add_channel("C0PUBLIC", "public", bot=False)
    workspace.tokens.rescope(frozenset({"chat:write", "chat:write.public"}))

    posted = client.chat_postMessage(channel="C0PUBLIC", text="x")

    assert posted["channel"] == "C0PUBLIC"


def test_a_user_id_means_the_direct_messages(client: WebClient, alice: Person) -> None:
    posted = client.chat_postMessage(channel="U0ALICE", text="Good morning")

    assert posted["channel"] == alice.dm_channel().id
    assert alice.dm()[0].text == "Good morning"


def test_a_message_says_something(client: WebClient) -> None:
    assert error_of(client, "chat.postMessage", channel=C) == "no_text"
    assert error_of(client, "chat.postMessage", channel=C, text="") == "no_text"
    both = {"text": "a", "markdown_text": "b"}
    assert error_of(client, "chat.postMessage", channel=C, **both) == "markdown_text_conflict"
    assert error_of(client, "chat.postMessage", channel=C, blocks="[") == "invalid_blocks_format"


def test_a_long_text_is_cut_when_posted_and_refused_when_updated(client: WebClient) -> None:
    posted = client.chat_postMessage(channel=C, text="x" * 40_001)

    assert len(posted["message"]["text"]) == 40_000
    client.chat_update(channel=C, ts=posted["ts"], text="x" * 4000)
    args = {"channel": C, "ts": posted["ts"], "text": "x" * 4001}
    assert error_of(client, "chat.update", **args) == "msg_too_long"


def test_an_update_shows_that_it_was_edited_and_drops_old_blocks(
    client: WebClient, alice: Person
) -> None:
    posted = client.chat_postMessage(channel=C, text="old", blocks=[section("old")])

    client.chat_update(channel=C, ts=posted["ts"], text="new")

    (seen,) = alice.reads(C)
    assert (seen.text, seen.blocks, seen.edited) == ("new", [], True)


def test_the_bot_changes_and_deletes_only_its_own_messages(
    client: WebClient, alice: Person
) -> None:
    alice.types(C, "mine")
    ts = alice.reads(C)[0].ts

    update = {"channel": C, "ts": ts, "text": "x"}
    assert error_of(client, "chat.update", **update) == "cant_update_message"
    assert error_of(client, "chat.delete", channel=C, ts=ts) == "cant_delete_message"
    assert error_of(client, "chat.update", **{**update, "ts": "1.000001"}) == "message_not_found"


def test_a_deleted_message_is_gone(client: WebClient, alice: Person) -> None:
    posted = client.chat_postMessage(channel=C, text="x")

    client.chat_delete(channel=C, ts=posted["ts"])

    assert alice.reads(C) == []
    assert error_of(client, "chat.delete", channel=C, ts=posted["ts"]) == "message_not_found"


def test_nothing_is_updated_in_an_archived_channel(client: WebClient, workspace: Workspace) -> None:
    posted = client.chat_postMessage(channel=C, text="x")
    archive_channel(workspace, workspace.channels[C])

    error = error_of(client, "chat.update", channel=C, ts=posted["ts"], text="y")

    assert error == "is_inactive"


def test_an_ephemeral_message_has_one_reader_and_no_past(
    client: WebClient, alice: Person, bob: Person
) -> None:
    posted = client.chat_postEphemeral(channel=C, user="U0ALICE", text="for you")

    assert [seen.text for seen in alice.reads(C)] == ["for you"]
    assert alice.reads(C)[0].ephemeral
    assert bob.reads(C) == []
    assert client.conversations_history(channel=C)["messages"] == []
    args = {"channel": C, "ts": posted["message_ts"], "text": "x"}
    assert error_of(client, "chat.update", **args) == "message_not_found"


def test_an_ephemeral_message_needs_a_member(client: WebClient, workspace: Workspace) -> None:
    workspace.add_user("U0CARL", name="carl", real_name="Carl")

    error = error_of(client, "chat.postEphemeral", channel=C, user="U0CARL", text="x")

    assert error == "user_not_in_channel"


def test_a_thread_is_apart_from_its_channel(client: WebClient, alice: Person) -> None:
    parent = client.chat_postMessage(channel=C, text="parent")["ts"]
    reply = client.chat_postMessage(channel=C, text="reply", thread_ts=parent)["ts"]
    client.chat_postMessage(channel=C, text="to the reply", thread_ts=reply)
    client.chat_postMessage(channel=C, text="seen by all", thread_ts=parent, reply_broadcast=True)

    assert [seen.text for seen in alice.reads(C)] == ["parent", "seen by all"]
    texts = ["parent", "reply", "to the reply", "seen by all"]
    assert [seen.text for seen in alice.thread(C, parent)] == texts
    history = client.conversations_history(channel=C)["messages"]
    assert [message["text"] for message in history] == ["seen by all", "parent"]
    replies = client.conversations_replies(channel=C, ts=parent)["messages"]
    assert [message["text"] for message in replies] == texts
    assert (replies[0]["reply_count"], replies[1]["parent_user_id"]) == (3, "U0SANDBOXBOT")
    assert error_of(client, "conversations.replies", channel=C, ts="1.2") == "thread_not_found"
    args = {"channel": C, "text": "x", "thread_ts": "1.000002"}
    assert error_of(client, "chat.postMessage", **args) == "thread_not_found"


def test_a_thread_outlives_its_parent(client: WebClient, alice: Person) -> None:
    parent = client.chat_postMessage(channel=C, text="parent")["ts"]
    client.chat_postMessage(channel=C, text="first", thread_ts=parent)
    client.chat_delete(channel=C, ts=parent)

    client.chat_postMessage(channel=C, text="second", thread_ts=parent)

    assert [seen.text for seen in alice.thread(C, parent)] == ["first", "second"]


def test_another_name_needs_a_scope_of_its_own(client: WebClient, workspace: Workspace) -> None:
    plain = client.chat_postMessage(channel=C, text="x", username="Planner")
    workspace.tokens.rescope(frozenset({"chat:write", "chat:write.customize"}))
    customised = client.chat_postMessage(channel=C, text="x", username="Planner")

    assert "username" not in plain["message"]
    assert customised["message"]["username"] == "Planner"


def test_a_channel_is_known_by_its_name_too(client: WebClient) -> None:
    assert client.chat_postMessage(channel="#aurore", text="x")["channel"] == C


def test_no_direct_messages_without_a_messages_tab(client: WebClient, workspace: Workspace) -> None:
    workspace.app = replace(workspace.app, has_messages_tab=False)

    error = error_of(client, "chat.postMessage", channel="U0ALICE", text="x")

    assert error == "messages_tab_disabled"


def test_metadata_needs_an_event_type(client: WebClient) -> None:
    args = {"channel": C, "text": "x", "metadata": {"event_payload": {}}}

    assert error_of(client, "chat.postMessage", **args) == "invalid_metadata_format"


def test_attachments_have_a_limit(client: WebClient) -> None:
    args = {"channel": C, "text": "x", "attachments": [{"text": "a"}] * 101}

    assert error_of(client, "chat.postMessage", **args) == "too_many_attachments"


def test_history_comes_in_pages_newest_first(client: WebClient) -> None:
    for number in range(5):
        client.chat_postMessage(channel=C, text=str(number))

    first = client.conversations_history(channel=C, limit=2)
    second = client.conversations_history(
        channel=C, limit=2, cursor=first["response_metadata"]["next_cursor"]
    )
    third = client.conversations_history(
        channel=C, limit=2, cursor=second["response_metadata"]["next_cursor"]
    )

    pages = [[m["text"] for m in page["messages"]] for page in (first, second, third)]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]
    assert (first["has_more"], third["has_more"]) == (True, False)


def test_history_between_two_moments(client: WebClient, workspace: Workspace) -> None:
    stamps = []
    for number in range(4):
        stamps.append(client.chat_postMessage(channel=C, text=str(number))["ts"])
        workspace.clock.move(timedelta(minutes=1))

    def texts(**args: Any) -> list[str]:
        messages = client.conversations_history(channel=C, **args)["messages"]
        return [message["text"] for message in messages]

    assert texts(oldest=stamps[1]) == ["3", "2"]
    assert texts(oldest=stamps[1], inclusive=True) == ["3", "2", "1"]
    assert texts(latest=stamps[1]) == ["0"]
    assert texts(latest=stamps[1], inclusive=True, limit=1) == ["1"]
    args = {"channel": C, "oldest": "yesterday"}
    assert error_of(client, "conversations.history", **args) == "invalid_ts_oldest"


def test_history_of_a_channel_the_bot_is_not_in(client: WebClient, workspace: Workspace) -> None:
    workspace.add_channel("C0PUBLIC", "public", bot=False)

    assert error_of(client, "conversations.history", channel="C0PUBLIC") == "not_in_channel"


def test_metadata_comes_back_when_asked_for(client: WebClient) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "d1"}}
    client.chat_postMessage(channel=C, text="x", metadata=metadata)

    plain = client.conversations_history(channel=C)["messages"][0]
    full = client.conversations_history(channel=C, include_all_metadata=True)["messages"][0]

    assert "metadata" not in plain
    assert full["metadata"] == metadata


def test_every_message_has_a_ts_of_its_own_even_when_time_stands(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel=C, text="x")["ts"] for _ in range(3)]

    assert stamps == sorted(set(stamps))


def test_what_people_type_is_escaped_but_for_mentions_and_links(alice: Person) -> None:
    alice.types(C, "a < b & c, <@U0BOB>: https://x.example/?a=1 <!channel> <b>")

    stored = alice.workspace.messages[C][0].text
    assert stored == ("a &lt; b &amp; c, <@U0BOB>: <https://x.example/?a=1> <!channel> &lt;b&gt;")
    assert alice.reads(C)[0].text == "a < b & c, @Bob Stone: https://x.example/?a=1 @channel <b>"


def test_marks_on_messages_and_channels(client: WebClient, workspace: Workspace) -> None:
    ts = client.chat_postMessage(channel=C, text="x")["ts"]

    client.reactions_add(channel=C, timestamp=ts, name="white_check_mark")
    client.pins_add(channel=C, timestamp=ts)
    client.bookmarks_add(channel_id=C, title="Plan", type="link", link="https://x.example")

    assert workspace.messages[C][0].reactions == {"white_check_mark": ["U0SANDBOXBOT"]}
    assert client.pins_list(channel=C)["items"][0]["message"]["ts"] == ts
    assert client.bookmarks_list(channel_id=C)["bookmarks"][0]["title"] == "Plan"
    reaction = {"channel": C, "timestamp": ts, "name": "white_check_mark"}
    assert error_of(client, "reactions.add", **reaction) == "already_reacted"
    assert error_of(client, "reactions.add", **{**reaction, "name": "No!"}) == "invalid_name"
    assert error_of(client, "pins.add", channel=C, timestamp=ts) == "already_pinned"
    bookmark = {"channel_id": C, "title": "x", "type": "link", "link": "ftp://x"}
    assert error_of(client, "bookmarks.add", **bookmark) == "invalid_link"

    client.reactions_remove(channel=C, timestamp=ts, name="white_check_mark")
    client.pins_remove(channel=C, timestamp=ts)

    assert error_of(client, "reactions.remove", **reaction) == "no_reaction"
    assert error_of(client, "pins.remove", channel=C, timestamp=ts) == "no_pin"


def test_a_permalink_names_channel_and_message(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=C, text="x")["ts"]

    link = client.chat_getPermalink(channel=C, message_ts=ts)["permalink"]

    assert link == f"https://sandbox.slack.com/archives/{C}/p{ts.replace('.', '')}"
