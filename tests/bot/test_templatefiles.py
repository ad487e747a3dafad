"""``retro template``: a finished campaign in, a template or its problems out."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import templatefiles
from bot.cli import main
from scheduling import templates

TODAY = date(2027, 4, 1)

AURORE: dict[str, Any] = {
    "name": "Aurore",
    "launch": "2027-03-15",
    "margin": "5d",
    "tasks": [
        {
            "key": "visual",
            "title": "Visuel clé",
            "takes": "3d",
            "owner": "bob",
            "started": "2027-02-01",
            "done": "2027-02-05",
        },
        {"key": "ok", "kind": "approval", "takes": "2d", "approvers": ["carol"], "rounds": 1},
    ],
}


@dataclass(frozen=True)
class Run:
    """What a run left behind."""

    code: int
    out: str
    err: str


def run(file: Path, template_id: str = "", locale: str = "en-GB") -> Run:
    out, err = io.StringIO(), io.StringIO()
    code = templatefiles.run(
        str(file), template_id=template_id, today=TODAY, locale=locale, out=out, err=err
    )
    return Run(code, out.getvalue(), err.getvalue())


def write(folder: Path, **changes: Any) -> Path:
    file = folder / "aurore.json"
    file.write_text(json.dumps({**AURORE, **changes}), encoding="utf-8")
    return file


def test_a_finished_campaign_is_printed_as_a_template(tmp_path: Path) -> None:
    ran = run(write(tmp_path))

    template = templates.read(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert (template.id, template.tasks[0].titles["fr"]) == ("aurore", "Visuel clé")
    assert [(str(task.takes), task.source) for task in template.tasks] == [
        ("5d", "campaign: Aurore"),
        ("2d", "derived"),
    ]


def test_the_template_is_called_as_asked(tmp_path: Path) -> None:
    ran = run(write(tmp_path), "poster_2027")

    assert templates.read(ran.out).id == "poster_2027"


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-GB", "Template “aurore”, “tasks”: there is not one task in it.\n"),
        (
            "fr-FR",
            "Modèle «\u202faurore\u202f», «\u202ftasks\u202f»\u202f: aucune tâche n’y figure.\n",
        ),
    ],
)
def test_a_campaign_without_tasks_costs_one_line(tmp_path: Path, locale: str, said: str) -> None:
    file = write(tmp_path, tasks=[])

    ran = run(file, locale=locale)

    assert (ran.code, ran.out, ran.err) == (2, "", f"{file}: {said}")


def test_every_problem_of_a_file_costs_a_line(tmp_path: Path) -> None:
    bad = [{"key": "a", "takes": "x"}, {"key": "b"}]

    ran = run(write(tmp_path, tasks=bad))

    assert (ran.code, ran.out) == (2, "")
    assert [line.partition("aurore.json: ")[2][:3] for line in ran.err.splitlines()] == [
        "“a”",
        "“b”",
    ]


def test_an_id_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    ran = run(write(tmp_path), "Posters!")

    assert ran.code == 2
    assert "Field “id”: “Posters!” is not a value that fits here." in ran.err


def test_a_file_that_is_not_there_costs_one_line(tmp_path: Path) -> None:
    ran = run(tmp_path / "none.json")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("none.json: there is no such file.\n")


def test_half_a_pair_in_a_name_does_not_stop_the_printing(tmp_path: Path) -> None:
    ran = run(write(tmp_path, name="Aurore \ud83d"))

    assert ran.code == 0
    assert ran.out.encode("utf-8")


def test_the_command_prints_the_template(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["template", str(write(tmp_path)), "--id", "poster"])

    assert status == 0
    assert templates.read(capsys.readouterr().out).id == "poster"
