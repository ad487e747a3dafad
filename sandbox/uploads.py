"""Files that people upload in Slack's client."""

import mimetypes

from sandbox.records import File
from sandbox.workspace import Workspace


def store_upload(workspace: Workspace, user: str, name: str, content: bytes) -> File:
    """Keep a file; a message or a modal may then refer to it."""
    file = File(
        id=workspace.ids.new("F"),
        name=name.replace("/", "_"),
        title=name,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        user=user,
        created=int(workspace.clock.now().timestamp()),
        content=content,
        shared=True,
    )
    with workspace.lock:
        workspace.files[file.id] = file
    return file
