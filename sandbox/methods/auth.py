"""api.*, auth.*, apps.*: who is calling."""

from typing import Any

from sandbox.admin import uninstall_app
from sandbox.errors import SlackError
from sandbox.methods.registry import Call, method


@method("api.test", caller="anyone", tier=4)
def api_test(call: Call) -> dict[str, Any]:
    """Answer with what was given, or with the error that was asked for."""
    args = {name: value for name, value in call.args.items() if name != "token"}
    if call.has("error"):
        raise SlackError(call.text("error"), {"args": args})
    return {"args": args}


@method("auth.test", tier=None)
def auth_test(call: Call) -> dict[str, Any]:
    """Who the token's bot is."""
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.app.bot_name,
        "team_id": workspace.team_id,
        "user_id": workspace.app.bot_user_id,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def auth_revoke(call: Call) -> dict[str, Any]:
    """Make the calling token stop working."""
    if call.flag("test"):
        return {"revoked": False}
    call.workspace.tokens.revoke(call.token_text)
    return {"revoked": True}


@method("apps.connections.open", "connections:write", caller="app", tier=1)
def connections_open(call: Call) -> dict[str, Any]:
    """The single-use address of a WebSocket for Socket Mode."""
    workspace = call.workspace
    base = workspace.base_url.replace("http://", "ws://", 1)
    ticket = workspace.link.sockets.issue_ticket()
    return {"url": f"{base}/link/?ticket={ticket}&app_id={workspace.app.app_id}"}


@method("apps.uninstall", tier=1)
def uninstall(call: Call) -> dict[str, Any]:
    """Remove the app: its tokens die and it is told."""
    app = call.workspace.app
    if call.needed("client_id") != app.client_id:
        raise SlackError("invalid_client_id")
    if call.needed("client_secret") != app.client_secret:
        raise SlackError("bad_client_secret")
    uninstall_app(call.workspace)
    return {}
