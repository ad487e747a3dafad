"""Slack misbehaving on purpose."""

import http.client
import random
import time
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Fault, Server, Workspace
from sandbox.faults import Faults

C = "C0AURORE"


def post(client: WebClient) -> None:
    client.chat_postMessage(channel=C, text="Hello")


def count(workspace: Workspace) -> int:
    return len(workspace.messages[C])


def test_a_429_names_its_wait_and_posts_nothing(client: WebClient, workspace: Workspace) -> None:
    workspace.faults.add("chat.postMessage", "429", retry_after=2)

    with pytest.raises(SlackApiError) as refused:
        post(client)
    post(client)

    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "2"
    assert refused.value.response["error"] == "ratelimited"
    assert count(workspace) == 1


def test_a_500_posts_nothing(client: WebClient, workspace: Workspace) -> None:
    workspace.faults.add("*", "500")

    with pytest.raises(SlackApiError) as refused:
        post(client)

    assert refused.value.response.status_code == 500
    assert count(workspace) == 0


def test_a_named_error(client: WebClient, workspace: Workspace) -> None:
    workspace.faults.add("chat.postMessage", "error:fatal_error")

    with pytest.raises(SlackApiError) as refused:
        post(client)

    assert refused.value.response["error"] == "fatal_error"
    assert count(workspace) == 0


@pytest.mark.parametrize(("kind", "posted"), [("drop_before", 0), ("drop_after", 1)])
def test_a_cut_connection_leaves_open_whether_it_was_posted(
    client: WebClient, workspace: Workspace, kind: str, posted: int
) -> None:
    workspace.faults.add("chat.postMessage", kind)

    with pytest.raises((http.client.RemoteDisconnected, ConnectionError, URLError)):
        post(client)

    assert count(workspace) == posted
    assert workspace.calls("chat.postMessage")[0]["result"] is None


def test_a_late_answer_comes_after_the_deed(client: WebClient, workspace: Workspace) -> None:
    workspace.faults.add("chat.postMessage", "late", seconds=0.1)

    began = time.monotonic()
    post(client)

    assert time.monotonic() - began >= 0.1
    assert count(workspace) == 1


def test_a_fault_happens_as_often_as_told_and_only_to_its_method(
    client: WebClient, workspace: Workspace
) -> None:
    workspace.faults.add("chat.postMessage", "500", times=2)

    client.auth_test()
    for _ in range(2):
        with pytest.raises(SlackApiError):
            post(client)
    post(client)

    assert workspace.faults.all() == []
    assert count(workspace) == 1


def test_a_fault_without_end_lasts_until_it_is_cleared(
    client: WebClient, workspace: Workspace
) -> None:
    workspace.faults.add("chat.postMessage", "500", times=None)
    for _ in range(3):
        with pytest.raises(SlackApiError):
            post(client)

    workspace.faults.clear()
    post(client)

    assert count(workspace) == 1


def test_a_probability_is_about_kept_and_repeats_with_the_seed() -> None:
    def hits() -> list[bool]:
        faults = Faults(random.Random(7))  # noqa: S311 - repeats on purpose
        faults.add("x", "500", times=None, probability=0.2)
        return [faults.take("x") is not None for _ in range(1000)]

    assert 150 < sum(hits()) < 250
    assert hits() == hits()


@pytest.mark.parametrize("kind", ["501", "error:", "slow"])
def test_a_fault_nobody_knows_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        Fault(method="*", kind=kind)


def test_a_probability_beyond_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Fault(method="*", kind="500", probability=1.5)


def test_the_clients_own_retry_posts_twice_when_an_answer_is_lost(
    server: Server, workspace: Workspace
) -> None:
    workspace.faults.add("chat.postMessage", "drop_after")
    retrying = WebClient(token=workspace.app.bot_token, base_url=server.api_url)

    post(retrying)

    assert count(workspace) == 2
