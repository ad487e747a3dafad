"""``make live-check`` measures a real workspace; here it is tried on the pretend one."""

from __future__ import annotations

import pytest

from bench import live
from bot.clock import system_now
from sandbox import Clock, Server
from tests.bot import support


@pytest.fixture
def clock() -> Clock:
    """The real time, as in a real workspace."""
    return Clock(system_now())


@pytest.fixture
def operator(slack: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A workspace whose token is in the environment."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", support.BOT_TOKEN)
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    return slack


@pytest.mark.usefixtures("operator")
def test_the_mark_of_every_message_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    """It tells the scopes, the time until a message shows, and leaves nothing behind."""
    status = live.main([support.ALICE, "-n", "2"])

    said = capsys.readouterr().out
    assert status == 0, said
    assert "scopes: as in manifest.yml" in said
    assert "post to history, n=2" in said
    assert "PROBLEM" not in said


def test_a_wrong_token_is_said_in_one_line(
    operator: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An operator who copied the wrong token reads so."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")

    status = live.main([support.ALICE])

    assert status == 1
    assert "invalid_auth" in capsys.readouterr().out
    assert operator.workspace.calls("chat.postMessage") == []
