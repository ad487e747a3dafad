"""The app's manifest, as it ships beside the code."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import yaml


def read() -> dict[str, Any]:
    """The whole manifest: the one of the package, or in a checkout the one at its top."""
    packaged = resources.files("bot") / "manifest.yml"
    text = (
        packaged.read_text(encoding="utf-8")
        if packaged.is_file()
        else (Path(__file__).parent.parent / "manifest.yml").read_text(encoding="utf-8")
    )
    manifest: dict[str, Any] = yaml.safe_load(text)
    return manifest


def scopes() -> frozenset[str]:
    """What the bot asks to be allowed."""
    return frozenset(read()["oauth_config"]["scopes"]["bot"])
