"""The plan files in golden/, with the dates that public schedulers agree on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scheduling import plan, planfile

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.plan.json"))


def _names(file: Path) -> str:
    return file.name.removesuffix(".plan.json")


@pytest.mark.parametrize("file", GOLDEN, ids=_names)
def test_gives_the_dates_that_public_schedulers_agree_on(file: Path) -> None:
    expected = json.loads(file.with_name(f"{_names(file)}.expect.json").read_text())["tasks"]
    campaign, today = planfile.read(file.read_text(), "json")
    assert today is not None

    found = planfile.as_json(plan(campaign, today), _without_words)["tasks"]

    given = {key: {name: found[key][name] for name in dates} for key, dates in expected.items()}
    assert given == expected


def test_the_golden_files_are_all_there() -> None:
    assert len(GOLDEN) == 47


def _without_words(_: Any) -> dict[str, str]:
    return {}
