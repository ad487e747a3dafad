"""The campaign templates that ship with the assistant."""

from __future__ import annotations

from functools import cache
from importlib import resources

from scheduling import Template, templates


@cache
def every() -> tuple[Template, ...]:
    """All templates, in the order of their ids; a file that cannot be used stops the start."""
    folder = resources.files("bot") / "campaign_templates"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    return tuple(templates.read(file.read_text(encoding="utf-8")) for file in files)


def get(template_id: str) -> Template | None:
    """A template by its id."""
    return next((one for one in every() if one.id == template_id), None)
