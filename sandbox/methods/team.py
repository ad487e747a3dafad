"""team.*, dnd.*: the workspace itself and its quiet hours."""

from typing import Any

from sandbox.methods.registry import Call, method


@method("team.info", "team:read", status="partial", note="Always this workspace.")
def team_info(call: Call) -> dict[str, Any]:
    """Name and domain of the workspace."""
    workspace = call.workspace
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.name,
            "domain": workspace.domain,
            "url": f"https://{workspace.domain}.slack.com/",
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }


@method("dnd.info", "dnd:read", status="partial", note="Nobody has quiet hours.")
def dnd_info(call: Call) -> dict[str, Any]:
    """The quiet hours of a user: none."""
    if call.has("user"):
        call.workspace.user(call.text("user"))
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
