"""What only a real workspace can show: ``make live-check`` with the bot's token and your user id.

It writes a dozen messages to you alone, in the app's Messages tab, and deletes them. It measures
how soon a message that was posted shows in the history, whether the mark of a message comes back
as it was sent, and whether Slack's own judge takes the blocks that the bot sends.
"""

from __future__ import annotations

import argparse
import json
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from slack_sdk import WebClient

from bot.cli import read_settings
from bot.clients import CallFailed, calling, make_client
from bot.delivery import calls
from bot.doctor import missing_scopes
from bot.errors import SettingsError
from bot.ids import MARKER
from bot.views import help as help_views
from bot.views.blocks import Message
from bot.views.words import Reader

PATIENCE = 30.0  # seconds that a message may take to show in the history


def main(arguments: list[str] | None = None) -> int:
    """Check, and print a line for each finding; 1 if one is not as it must be."""
    parser = argparse.ArgumentParser(prog="make live-check", description=__doc__)
    parser.add_argument("user", help="your user id, U…, to whom the messages are sent")
    parser.add_argument("-n", type=int, default=10, help="how many messages (10)")
    given = parser.parse_args(arguments)
    try:
        settings = read_settings()
        client = make_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        findings = list(_check(client, given.user, given.n))
    except (SettingsError, CallFailed) as problem:
        sys.stdout.write(f"PROBLEM {problem}\n")
        return 1
    for is_well, text in findings:
        sys.stdout.write(f"{'ok     ' if is_well else 'PROBLEM'} {text}\n")
    return 0 if all(is_well for is_well, _ in findings) else 1


def _check(client: WebClient, user_id: str, n: int) -> Iterator[tuple[bool, str]]:
    with calling("auth.test"):
        answer = client.auth_test()
    yield True, f"workspace {answer['team']} ({answer['team_id']})"
    missing = missing_scopes(client)
    yield not missing, f"scopes: {'as in manifest.yml' if not missing else f'missing {missing}'}"
    with calling("users.info"):
        user = client.users_info(user=user_id, include_locale=True)["user"]
    yield (
        bool(user.get("tz") and user.get("locale")),
        f"zone and language: {user.get('tz')}, {user.get('locale')}",
    )
    yield _judge(client)
    yield from _round_trips(client, calls.open_channel(client, user_id), n)


def _judge(client: WebClient) -> tuple[bool, str]:
    """Slack's validator on what the bot answers to ``/retro help``."""
    usage = help_views.usage(Reader(locale="en-GB", today=datetime.now(UTC).date()))  # noqa: TID251
    try:
        with calling("blocks.validate"):
            answer = client.api_call("blocks.validate", json={"blocks": json.dumps(usage.blocks)})
    except CallFailed as failure:
        return failure.error == "unknown_method", f"blocks.validate: {failure.error}"
    return not answer.get("errors"), f"blocks.validate: {answer.get('errors') or 'no errors'}"


def _round_trips(client: WebClient, channel: str, n: int) -> Iterator[tuple[bool, str]]:
    lags = []
    for number in range(n):
        mark = f"{MARKER}live-{secrets.token_hex(6)}"
        began = datetime.now(UTC)  # noqa: TID251 - Slack's clock is what is measured
        ts = calls.post(client, channel, Message(f"live check {number + 1} of {n}"), mark)
        lag = _seconds_until(partial(_is_shown, client, channel, mark, began))
        calls.edit(client, channel, ts, Message(f"live check {number + 1}, edited"), mark)
        stays = _is_shown(client, channel, mark, began)
        with calling("chat.delete"):
            client.chat_delete(channel=channel, ts=ts)
        if lag is None or not stays:
            yield (
                False,
                f"message {number + 1}: its mark {'was lost by an edit' if lag else 'never came back'}",
            )
            return
        lags.append(lag)
        time.sleep(1.1)  # Slack asks for one message a second
    yield (
        max(lags) < 60,  # noqa: PLR2004 - a fifth of what delivery waits before it looks
        f"post to history, n={n}: median {statistics.median(lags):.2f} s, max {max(lags):.2f} s",
    )


def _is_shown(client: WebClient, channel: str, mark: str, began: datetime) -> bool:
    return calls.find(client, channel, mark, began, began + timedelta(minutes=5)) is not None


def _seconds_until(is_true: Callable[[], bool]) -> float | None:
    started = time.monotonic()
    while time.monotonic() - started < PATIENCE:
        if is_true():
            return time.monotonic() - started
        time.sleep(0.2)
    return None


if __name__ == "__main__":
    sys.exit(main())
