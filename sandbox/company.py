"""The people and channels a workspace starts with, from a file or made up."""

from pathlib import Path
from typing import Any

import yaml

from sandbox.workspace import Workspace

EXAMPLE: dict[str, Any] = {
    "users": [
        {"id": "U0ALICE", "name": "alice", "real_name": "Alice Martin", "locale": "fr-FR"},
        {"id": "U0BRUNO", "name": "bruno", "real_name": "Bruno Petit", "locale": "fr-FR"},
        {"id": "U0CHLOE", "name": "chloe", "real_name": "Chloé Bernard", "locale": "fr-FR"},
        {
            "id": "U0DAN",
            "name": "dan",
            "real_name": "Dan Walker",
            "locale": "en-GB",
            "tz": "Europe/London",
        },
    ],
    "channels": [
        {
            "id": "C0GENERAL",
            "name": "general",
            "members": ["U0ALICE", "U0BRUNO", "U0CHLOE", "U0DAN"],
        }
    ],
}


def read_company(path: Path) -> dict[str, Any]:
    """Users and channels from a YAML (or JSON) file of the shape of ``EXAMPLE``.

    Raises ValueError for a file of another shape.
    """
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not set(content) <= {"users", "channels"}:
        raise ValueError(f"{path}: expected `users` and `channels`")
    return content


def settle(workspace: Workspace, company: dict[str, Any]) -> None:
    """Let everyone in a company be a member of the workspace.

    Raises TypeError for a field that users or channels do not have.
    """
    for user in company.get("users", ()):
        workspace.add_user(user["id"], **{key: user[key] for key in user if key != "id"})
    for channel in company.get("channels", ()):
        rest = {key: channel[key] for key in channel if key not in {"id", "name"}}
        workspace.add_channel(channel["id"], channel["name"], **rest)
