"""``retro plan --svg``, ``--png`` and ``--network``: pictures as files."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.cli import main
from bot.settings import Settings

OK, MISUSED = 0, 2

Capture = pytest.CaptureFixture[str]

AURORE = {
    "name": "Aurore",
    "launch": "2027-03-15",
    "today": "2027-03-01",
    "margin": "2d",
    "tasks": [
        {"key": "brief", "takes": "2d", "owner": "alice"},
        {"key": "visual", "takes": "3d", "owner": "bob", "after": ["brief"]},
    ],
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting but the language."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    monkeypatch.setenv("RETRO_LOCALE", "fr-FR")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "aurore.json"
    path.write_text(json.dumps(AURORE), encoding="utf-8")
    return str(path)


def title(svg: Path) -> str:
    return ElementTree.parse(svg).getroot().attrib["aria-label"]  # noqa: S314 (ours)


def test_a_gantt_chart_is_written_and_nothing_said(
    file: str, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "aurore.svg"

    status = main(["plan", file, "--svg", str(out)])

    assert (status, *capsys.readouterr()) == (OK, "", "")
    assert title(out).startswith("Diagramme de Gantt de «\u202fAurore\u202f»")


def test_both_formats_and_the_json_can_be_had_at_once(
    file: str, tmp_path: Path, capsys: Capture
) -> None:
    svg, png = tmp_path / "aurore.svg", tmp_path / "aurore.png"

    status = main(["plan", file, "--svg", str(svg), "--png", str(png), "--json"])

    said = capsys.readouterr()
    assert (status, said.err) == (OK, "")
    assert json.loads(said.out)["name"] == "Aurore"
    assert svg.exists()
    assert png.read_bytes().startswith(b"\x89PNG")


def test_the_network_is_drawn_when_it_is_asked_for(file: str, tmp_path: Path) -> None:
    out = tmp_path / "aurore.svg"

    status = main(["plan", file, "--network", "--svg", str(out)])

    assert status == OK
    assert title(out).startswith("Réseau des tâches de «\u202fAurore\u202f»")


def test_the_network_alone_is_asked_for_in_vain(file: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        main(["plan", file, "--network"])

    assert left.value.code == MISUSED
    assert "--network chooses the picture: say --svg or --png too" in capsys.readouterr().err


def test_a_picture_shows_one_plan(file: str, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "aurore.svg"

    status = main(["plan", file, file, "--svg", str(out)])

    said = capsys.readouterr()
    assert (status, said.out) == (MISUSED, "")
    assert said.err == (
        "retro plan: une image montre un seul plan\u202f: indiquer un seul fichier.\n"
    )
    assert not out.exists()


@pytest.mark.parametrize("option", ["--svg", "--png"])
def test_a_picture_that_cannot_be_written_is_one_line(
    option: str, file: str, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "nowhere" / "aurore"

    status = main(["plan", file, option, str(out)])

    said = capsys.readouterr()
    assert (status, said.out) == (MISUSED, "")
    assert said.err == f"{out}: écriture impossible (No such file or directory).\n"


def test_a_picture_of_a_bad_file_is_not_begun(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "aurore.png"
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")

    status = main(["plan", str(bad), "--png", str(out)])

    said = capsys.readouterr()
    assert (status, said.err.count("\n")) == (MISUSED, 1)
    assert not out.exists()


def test_a_picture_says_the_day_the_plan_is_read_as_of(file: str, tmp_path: Path) -> None:
    out = tmp_path / "aurore.svg"

    main(["plan", file, "--today", "2027-03-05", "--svg", str(out)])

    assert "dessiné le ven. 5 mars 2027" in out.read_text(encoding="utf-8")
