"""Starting the sandbox by itself."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk import WebClient

from sandbox import Workspace
from sandbox.company import EXAMPLE, read_company, settle

ROOT = Path(__file__).parents[2]


def test_it_starts_alone_and_says_how_to_connect(tmp_path: Path, manifest: dict[str, Any]) -> None:
    file = tmp_path / "manifest.yml"
    file.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--manifest", str(file)]
    with subprocess.Popen(  # noqa: S603 - this very interpreter
        command, stdout=subprocess.PIPE, cwd=ROOT, text=True, env={**os.environ}
    ) as started:
        assert started.stdout is not None
        greeting = "".join(started.stdout.readline() for _ in range(6))
        said = dict(re.findall(r"(SLACK_\w+)=(\S+)", greeting))

        client = WebClient(
            token=said["SLACK_BOT_TOKEN"], base_url=said["SLACK_API_URL"], retry_handlers=[]
        )
        names = [user["name"] for user in client.users_list()["members"]]
        started.send_signal(signal.SIGTERM)
        code = started.wait(timeout=10)

    assert "alice" in names
    assert said["SLACK_APP_TOKEN"].startswith("xapp-")
    assert code == 0


def test_people_come_from_a_file(tmp_path: Path, workspace: Workspace) -> None:
    file = tmp_path / "people.yml"
    file.write_text(yaml.safe_dump(EXAMPLE), encoding="utf-8")

    settle(workspace, read_company(file))

    assert workspace.users["U0DAN"].tz == "Europe/London"
    assert "U0DAN" in workspace.channels["C0GENERAL"].members


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "people.yml"
    file.write_text("people: []", encoding="utf-8")

    with pytest.raises(ValueError, match="expected `users` and `channels`"):
        read_company(file)
