"""What is shipped: the wheel, the image, the composition, the locks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
SETTINGS = {str(field.validation_alias) for field in Settings.model_fields.values()}
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")


class Instruction(NamedTuple):
    """One line of a Dockerfile, its continuations joined."""

    word: str
    rest: str


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release is."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own words
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel laid out where there is no checkout."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def image() -> list[Instruction]:
    """The instructions of the Dockerfile."""
    text = re.sub(
        r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    lines = text.replace("\\\n", " ").splitlines()
    return [Instruction(*line.split(maxsplit=1)) for line in lines if line.strip()]


@pytest.fixture(scope="module")
def composition() -> dict[str, Any]:
    """The services of compose.yaml by name."""
    services: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))[
        "services"
    ]
    return services


@pytest.mark.parametrize(
    "pattern",
    [
        "bot/py.typed",
        "bot/manifest.yml",
        "bot/campaign_templates/*.toml",
        "bot/views/text/*.j2",
        "bot/views/pictures/fonts/*",
        "bot/views/pictures/templates/*.j2",
        "bot/views/locale/*/LC_MESSAGES/retro.po",
        "bot/demo/visual.png",
        "sandbox/static/**/*.*",
        "storage/migrations/versions/*.py",
        "storage/migrations/*.mako",
    ],
)
def test_the_wheel_holds_what_the_checkout_holds(installed: Path, pattern: str) -> None:
    source = ROOT / "manifest.yml" if pattern == "bot/manifest.yml" else None
    expected = [source] if source else sorted(ROOT.glob(pattern))

    shipped = sorted(installed.glob(pattern))

    assert expected
    assert [file.read_bytes() for file in shipped] == [file.read_bytes() for file in expected]


def test_the_wheel_brings_no_tests_and_no_data(installed: Path) -> None:
    top = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}

    assert top == {"bot", "scheduling", "storage", "sandbox"}
    assert not list(installed.rglob("*.sqlite3*"))


def test_the_installed_program_makes_its_database(installed: Path, tmp_path: Path) -> None:
    said = _retro(installed, tmp_path, "db", "upgrade")

    assert said.startswith("applied 0001")
    assert (tmp_path / "data" / "retro.sqlite3").exists()


def test_the_installed_program_plans_a_file(installed: Path, tmp_path: Path) -> None:
    plan = {"name": "Aurore", "launch": "2027-03-15", "tasks": [{"key": "brief", "takes": "3d"}]}
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan), encoding="utf-8")

    said = _retro(installed, tmp_path, "plan", "--json", "--today", "2026-11-23", str(file))

    assert json.loads(said)["tasks"]["brief"]["start"] == "2027-03-10"


def test_everything_the_image_copies_exists_and_reaches_the_builder(
    image: list[Instruction],
) -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copies = [line.rest.split() for line in image if line.word == "COPY"]
    sources = [name for parts in copies if "--from=build" not in parts for name in parts[:-1]]

    assert {"bot", "scheduling", "storage", "sandbox", "requirements.lock"} <= set(sources)
    for source in sources:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in ignored, source


def test_the_image_installs_nothing_without_its_hash(image: list[Instruction]) -> None:
    steps = [step for line in image if line.word == "RUN" for step in line.rest.split("&&")]
    installs = [step for step in steps if "pip install" in step]

    assert len(installs) == 3
    for step in installs:
        assert "--require-hashes" in step or "--no-deps --no-index" in step, step


def test_the_image_runs_as_nobody_in_particular(image: list[Instruction]) -> None:
    last = {line.word: line.rest for line in image}

    assert last["USER"] == "10001:10001"
    assert json.loads(last["CMD"]) == ["retro", "serve"]
    assert last["STOPSIGNAL"] == "SIGTERM"


def test_the_image_asks_after_the_health_of_the_port_it_listens_on(
    image: list[Instruction],
) -> None:
    check = next(line.rest for line in image if line.word == "HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])

    compile(command[-1], "HEALTHCHECK", "exec")
    assert "/healthz" in command[-1]
    assert f"'{Settings.model_fields['port'].default}'" in command[-1]


def test_the_image_sets_only_settings_that_exist(image: list[Instruction]) -> None:
    variables = [line.rest for line in image if line.word == "ENV"]

    named = set(re.findall(r"\b((?:RETRO|SLACK)_\w+)=", " ".join(variables)))

    assert named == {"RETRO_DATA_DIR", "RETRO_HOST"}
    assert named <= SETTINGS


def test_the_composition_sets_only_settings_that_exist(composition: dict[str, Any]) -> None:
    named = set(composition["retro"]["environment"])

    assert "RETRO_DATABASE_URL" in named
    assert named <= SETTINGS


def test_two_replicas_wait_for_a_healthy_database(composition: dict[str, Any]) -> None:
    retro, database = composition["retro"], composition["database"]

    assert retro["deploy"]["replicas"] == 2
    assert retro["depends_on"]["database"]["condition"] == "service_healthy"
    assert database["healthcheck"]["test"][1] == "pg_isready"


def test_the_replicas_may_do_nothing_they_do_not_need(composition: dict[str, Any]) -> None:
    retro = composition["retro"]

    assert retro["read_only"] is True
    assert retro["cap_drop"] == ["ALL"]
    assert retro["security_opt"] == ["no-new-privileges:true"]
    assert retro["user"] == "10001:10001"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_a_hash_for_every_package_and_names_no_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]

    assert packages
    assert all("==" in one and "--hash=sha256:" in one for one in packages)
    assert not re.search(r"https?://|file:|--index|--find-links|--trusted-host", text)


def test_the_locks_hold_every_dependency_of_the_project() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    development = [one for one in project["dependency-groups"]["dev"] if isinstance(one, str)]

    assert _names(project["project"]["dependencies"]) <= _locked("requirements.lock")
    assert _names(development) <= _locked("requirements-dev.lock")
    assert _names(project["build-system"]["requires"]) <= _locked("requirements-build.lock")


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~; ]", one, maxsplit=1)[0].lower() for one in requirements}


def _locked(name: str) -> set[str]:
    return set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE)
    )


def _retro(installed: Path, folder: Path, *arguments: str) -> str:
    """What the installed program prints, run where there is no checkout."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    environment = {**kept, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-m", "bot", *arguments]
    ran = subprocess.run(  # noqa: S603 - this very interpreter
        command, cwd=folder, env=environment, check=True, capture_output=True, encoding="utf-8"
    )
    return ran.stdout
