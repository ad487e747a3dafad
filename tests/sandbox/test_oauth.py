"""Installing the app over OAuth."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from werkzeug.test import Client

from sandbox import Server, Workspace
from sandbox.web.server import build_application

REDIRECT = "http://127.0.0.1:3000/slack/oauth_redirect"


def exchange(server: Server, code: str, **changes: Any) -> Any:
    app = server.workspace.app
    args = {"client_id": app.client_id, "client_secret": app.client_secret, "code": code}
    client = WebClient(base_url=server.api_url, retry_handlers=[])
    return client.oauth_v2_access(**{**args, "redirect_uri": REDIRECT, **changes})


def test_a_code_gives_a_working_token_once(server: Server) -> None:
    code = server.workspace.codes.issue(REDIRECT)

    answer = exchange(server, code)

    installed = WebClient(token=answer["access_token"], base_url=server.api_url, retry_handlers=[])
    assert installed.auth_test()["team_id"] == answer["team"]["id"]
    assert "chat:write" in answer["scope"]
    assert answer["authed_user"]["id"] == "U0ALICE"
    with pytest.raises(SlackApiError, match="invalid_code"):
        exchange(server, code)


def test_a_code_is_too_old_after_ten_minutes(server: Server) -> None:
    code = server.workspace.codes.issue(REDIRECT)
    server.workspace.clock.move(timedelta(minutes=10, seconds=1))

    with pytest.raises(SlackApiError, match="invalid_code"):
        exchange(server, code)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "no"}, "bad_client_secret"),
        ({"redirect_uri": "http://elsewhere.example"}, "bad_redirect_uri"),
    ],
)
def test_an_exchange_must_match_the_app(
    server: Server, changes: dict[str, str], error: str
) -> None:
    code = server.workspace.codes.issue(REDIRECT)

    with pytest.raises(SlackApiError, match=error):
        exchange(server, code, **changes)


def test_the_consent_page_agrees_at_once_and_sends_back_the_state(workspace: Workspace) -> None:
    browser = Client(build_application(workspace))
    query = {"client_id": workspace.app.client_id, "redirect_uri": REDIRECT, "state": "s1"}

    answer = browser.get("/oauth/v2/authorize", query_string=query)

    target = urlsplit(answer.headers["Location"])
    assert target.path == "/slack/oauth_redirect"
    assert parse_qs(target.query)["state"] == ["s1"]
    workspace.codes.spend(parse_qs(target.query)["code"][0], REDIRECT)


def test_the_consent_page_sends_nobody_elsewhere(workspace: Workspace) -> None:
    browser = Client(build_application(workspace))
    query = {"client_id": workspace.app.client_id, "redirect_uri": "http://elsewhere.example"}

    assert browser.get("/oauth/v2/authorize", query_string=query).status_code == 400
    assert browser.get("/oauth/v2/authorize").status_code == 400
