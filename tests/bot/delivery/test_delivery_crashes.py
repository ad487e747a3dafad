"""Processes that are killed while they deliver: nothing is lost, nothing is said twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.delivery import Rates
from storage.pace import Rate
from tests.bot.delivery.crashes import STEPS
from tests.bot.delivery.scene import AURORE, UNHURRIED, Scene

ROUNDS = int(os.environ.get("RETRO_TEST_CRASHES", "20"))
ROOT = Path(__file__).parents[3]

Crash = Callable[[str, datetime], int]


@pytest.fixture
def crash(scene: Scene) -> Iterator[Crash]:
    """Lets a process deliver and be killed at a step; the signal that ended it."""
    url = scene.database.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.bot.delivery.crashes", url, scene.server.api_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        orders, answers = process.stdin, process.stdout
        assert orders is not None
        assert answers is not None

        def order(step: str, now: datetime) -> int:
            orders.write(json.dumps({"step": step, "now": now.isoformat()}) + "\n")
            orders.flush()
            return int(answers.readline())

        yield order
        orders.close()


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_process_loses_nothing_and_says_nothing_twice(
    scene: Scene, crash: Crash, step: str
) -> None:
    rates = Rates(channel=UNHURRIED, posts=UNHURRIED, updates=Rate(every=UNHURRIED.every, burst=1))
    survivor = scene.delivery(rates=rates)
    for number in range(ROUNDS):
        for name in ("one", "two"):
            scene.promise(f"{name} {number}", user_id="", channel=AURORE)
        assert crash(step, scene.now) == signal.SIGKILL
        scene.later()
        survivor.drain()

    expected = sorted(f"{name} {number}" for name in ("one", "two") for number in range(ROUNDS))
    assert sorted(scene.said(AURORE)) == expected
