"""What the documentation says is so."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot import cli
from bot.ids import COMMAND
from bot.settings import Settings
from bot.views import help as help_views
from bot.views.words import Reader
from scheduling import plan, planfile
from tests.rows import NOW

ROOT = Path(__file__).parents[1]
PAGES = [
    path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if path.name != "LICENSE"
]
GUIDES = [ROOT / "docs" / "guide.en.md", ROOT / "docs" / "guide.fr.md"]
NARROW = "\u202f"


def _read(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _row(field: FieldInfo) -> str:
    """A setting's line in the README."""
    default = field.default
    if isinstance(default, SecretStr):
        default = default.get_secret_value()
    if isinstance(default, time):
        default = f"{default:%H:%M}"
    shown = f"`{default}`" if str(default) else ""
    return f"| `{field.validation_alias}` | {shown} | {field.description} |"


def _prose(text: str) -> str:
    """A page without its code and addresses."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`]*`", "", text)
    return re.sub(r"\]\([^)]*\)", "]", text)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_readme_describes_a_setting_as_the_code_does(name: str) -> None:
    row = _row(Settings.model_fields[name])

    assert row in _read("README.md").splitlines()


def test_the_readme_lists_no_setting_that_is_gone() -> None:
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", _read("README.md"), flags=re.MULTILINE))

    assert listed == {str(field.validation_alias) for field in Settings.model_fields.values()}


def test_the_readme_lists_the_commands_of_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    commands = re.findall(r"^    (\w+) ", capsys.readouterr().out, flags=re.MULTILINE)

    assert "serve" in commands
    for command in commands:
        assert f"`retro {command}" in _read("README.md"), command


@pytest.mark.parametrize("page", ["README.md", *GUIDES], ids=str)
def test_a_page_lists_every_word_that_people_can_type(page: str | Path) -> None:
    reader = Reader(locale="en-GB", today=NOW.date())
    text = _read(page)

    for word, _ in help_views.commands(reader):
        assert f"`{COMMAND} {word}" in text, word


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", _read("Makefile"), flags=re.MULTILINE))

    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", _read(page), flags=re.MULTILINE))

    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)", _read(page))

    for link in links:
        assert (page.parent / link).exists(), link


def test_every_dependency_says_why_it_is_there() -> None:
    why = _read("docs/why.md")

    for library in ("simple-websocket", "pyyaml"):
        assert f"`{library}`" in why


def test_the_french_guide_is_set_as_french_is() -> None:
    text = _prose(_read("docs/guide.fr.md"))

    assert "'" not in text
    assert '"' not in text
    for sign in ":;!?»":
        assert not re.search(rf"[^\s{NARROW}|:]{re.escape(sign)}(?=\s|$)", text), sign
        assert not re.search(rf"[ \u00a0]{re.escape(sign)}", text), sign
    assert not re.search(rf"«(?!{NARROW})", text)


def test_the_operators_are_told_the_promise_of_delivery() -> None:
    said = " ".join(_read("docs/operations.md").replace("\n> ", " ").split())

    assert "an approval that was acknowledged is never lost" in said
    assert "nobody gets two digests for one local working date" in said
    for state in ("sent", "expired", "dead", "unconfirmed"):
        assert f"`{state}`" in said


def test_the_plan_file_of_the_documentation_can_be_planned() -> None:
    page = _read("docs/planning.md")
    example = page.split("```json\n")[1].split("```")[0]

    campaign, today = planfile.read(example, "json")

    assert today is not None
    assert plan(campaign, today).feasible
