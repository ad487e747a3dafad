"""Uploads over the Web API."""

from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Person, Workspace

C = "C0AURORE"


def error_of(client: WebClient, method: str, **args: Any) -> str:
    """The error of a call that must fail."""
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json=args)
    return str(refused.value.response["error"])


def fetch(url: str, token: str) -> tuple[str, bytes]:
    request = Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - the sandbox
    with urlopen(request) as response:  # noqa: S310 - the sandbox
        return str(response.headers.get_content_type()), bytes(response.read())


def test_the_clients_upload_in_three_steps_is_shared_and_read(
    client: WebClient, alice: Person, tmp_path: Path, workspace: Workspace
) -> None:
    picture = tmp_path / "gantt.png"
    picture.write_bytes(b"PNG")

    uploaded = client.files_upload_v2(
        file=str(picture), title="Gantt", alt_txt="A plan", channel=C, initial_comment="See"
    )["file"]

    (seen,) = alice.reads(C)
    info = client.files_info(file=uploaded["id"])["file"]
    assert (seen.text, seen.files[0].title, seen.files[0].alt_txt) == ("See", "Gantt", "A plan")
    assert (info["mimetype"], info["size"]) == ("image/png", 3)
    assert info["shares"]["public"][C][0]["ts"] == seen.ts
    assert fetch(info["url_private"], workspace.app.bot_token) == ("image/png", b"PNG")


def test_an_uploaded_image_can_stand_in_a_block(client: WebClient, tmp_path: Path) -> None:
    picture = tmp_path / "gantt.png"
    picture.write_bytes(b"PNG")
    uploaded = client.files_upload_v2(file=str(picture))["file"]
    block = {"type": "image", "alt_text": "A plan", "slack_file": {"id": uploaded["id"]}}

    posted = client.chat_postMessage(channel=C, text="x", blocks=[block])

    assert posted["message"]["blocks"][0]["slack_file"]["id"] == uploaded["id"]


def test_without_the_scope_a_file_is_a_sign_in_page(
    client: WebClient, tmp_path: Path, workspace: Workspace
) -> None:
    picture = tmp_path / "gantt.png"
    picture.write_bytes(b"PNG")
    uploaded = client.files_upload_v2(file=str(picture))["file"]
    url = client.files_info(file=uploaded["id"])["file"]["url_private"]

    workspace.tokens.rescope(frozenset({"chat:write"}))

    assert fetch(url, workspace.app.bot_token)[0] == "text/html"


def test_what_was_never_uploaded_cannot_be_completed(client: WebClient) -> None:
    started = client.files_getUploadURLExternal(filename="a.png", length=3)

    files = [{"id": started["file_id"]}]
    assert error_of(client, "files.completeUploadExternal", files=files) == "file_not_found"
    assert error_of(client, "files.info", file=started["file_id"]) == "file_not_found"
    assert error_of(client, "files.completeUploadExternal", files=[]) == "invalid_arguments"


def test_uploads_are_refused_where_the_bot_is_not(client: WebClient, workspace: Workspace) -> None:
    workspace.add_channel("C0PUBLIC", "public", bot=False)
    files = [{"id": "F0NOTHING"}]

    def error(channel: str) -> str:
        return error_of(client, "files.completeUploadExternal", files=files, channel_id=channel)

    assert error("C0PUBLIC") == "not_in_channel"
    assert error("C0NOWHERE") == "channel_not_found"


def test_long_descriptions_and_empty_files_are_refused(client: WebClient) -> None:
    args: dict[str, Any] = {"filename": "a.png", "length": 3, "alt_txt": "x" * 1001}

    assert error_of(client, "files.getUploadURLExternal", **args) == "alt_txt_too_large"
    args = {"filename": "a.png", "length": 0}
    assert error_of(client, "files.getUploadURLExternal", **args) == "invalid_arguments"


def test_a_deleted_file_leaves_its_messages(
    client: WebClient, alice: Person, tmp_path: Path
) -> None:
    picture = tmp_path / "gantt.png"
    picture.write_bytes(b"PNG")
    uploaded = client.files_upload_v2(file=str(picture), channel=C, initial_comment="See")["file"]

    client.files_delete(file=uploaded["id"])

    assert alice.reads(C)[0].files == []
    assert error_of(client, "files.info", file=uploaded["id"]) == "file_not_found"
