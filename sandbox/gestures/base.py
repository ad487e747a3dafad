"""What every interaction payload carries, and where gestures may be made."""

from typing import Any

from sandbox.errors import GestureRefused, SlackError
from sandbox.records import Channel, User, View
from sandbox.workspace import Workspace

TOKEN = "sandbox"  # noqa: S105 - the deprecated verification token, which says nothing


def interaction(workspace: Workspace, kind: str, user: User) -> dict[str, Any]:
    """The fields every interaction payload has."""
    return {
        "type": kind,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "enterprise": None,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": user.team_id,
        },
        "api_app_id": workspace.app.app_id,
        "token": TOKEN,
        "is_enterprise_install": False,
    }


def response_url(
    workspace: Workspace,
    user: str,
    channel: str,
    message_ts: str | None = None,
    thread_ts: str | None = None,
) -> str:
    """A new response url for a gesture in a channel."""
    secret = workspace.response_urls.issue(user, channel, message_ts, thread_ts)
    return f"{workspace.base_url}/response/{secret}"


def active_user(workspace: Workspace, user_id: str) -> User:
    """Who acts; a deactivated user cannot."""
    try:
        user = workspace.user(user_id)
    except SlackError as error:
        raise GestureRefused(error.error) from error
    if user.deleted:
        raise GestureRefused("user_disabled")
    return user


def seen_channel(workspace: Workspace, user_id: str, channel_id: str) -> Channel:
    """A channel the user can open: a public one, or one they are in."""
    channel = workspace.channels.get(channel_id)
    if channel is None or (channel.kind != "channel" and user_id not in channel.members):
        raise GestureRefused("channel_not_found")
    return channel


def own_view(workspace: Workspace, user_id: str, view_id: str) -> View:
    """A view the user has open."""
    view = workspace.find_view(view_id)
    if view is None or view.owner != user_id:
        raise GestureRefused("view_not_found")
    return view


def channel_name(channel: Channel) -> str:
    """What payloads call a channel."""
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
