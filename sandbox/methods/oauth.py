"""oauth.*: exchanging a code for a token."""

import base64
import binascii
from typing import Any

from sandbox.errors import SlackError
from sandbox.methods.registry import Call, method
from sandbox.workspace import SLACKBOT


@method(
    "oauth.v2.access",
    caller="anyone",
    tier=None,
    status="partial",
    note="Bot tokens only; no rotation, no PKCE.",
)
def access(call: Call) -> dict[str, Any]:
    """Give a new bot token for a code of this workspace."""
    workspace, app = call.workspace, call.workspace.app
    client_id, client_secret = _credentials(call)
    if client_id != app.client_id:
        raise SlackError("invalid_client_id")
    if client_secret != app.client_secret:
        raise SlackError("bad_client_secret")
    redirect_uri = call.text("redirect_uri") or None
    workspace.codes.spend(call.text("code"), redirect_uri)
    token = f"xoxb-{workspace.ids.secret()}"
    workspace.tokens.issue(token)
    installer = next(
        user.id for user in workspace.users.values() if not user.is_bot and user.id != SLACKBOT
    )
    return {
        "app_id": app.app_id,
        "authed_user": {"id": installer},
        "scope": ",".join(sorted(app.scopes)),
        "token_type": "bot",
        "access_token": token,
        "bot_user_id": app.bot_user_id,
        "team": {"id": workspace.team_id, "name": workspace.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _credentials(call: Call) -> tuple[str, str]:
    """Client id and secret, from HTTP basic auth or from the arguments."""
    scheme, _, encoded = call.text("authorization").partition(" ")
    if scheme != "Basic":
        return call.text("client_id"), call.text("client_secret")
    try:
        client_id, _, client_secret = base64.b64decode(encoded).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise SlackError("invalid_client_id") from error
    return client_id, client_secret
