"""What the bench asks of a scheduler."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.plans.dates import Dates
from scheduling import Campaign


@dataclass(eq=False)
class NotMeasured(Exception):
    """A scheduler that is not here, or did not come to an end; ``why`` is for the table."""

    why: str


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A project built in the scheduler's own form, ready to be scheduled over and over."""

    schedule: Callable[[], object]
    dates: Callable[[], Dates]


@dataclass(frozen=True, kw_only=True)
class InMemory:
    """A scheduler that runs on a project already built.

    ``takes`` gives the campaign as far as the scheduler can express it, ``prepare`` builds it
    with everything done by the evening of a day. Raises ``NotMeasured``.
    """

    name: str
    takes: Callable[[Campaign], Campaign]
    prepare: Callable[[Campaign, date], Prepared]
    warm_for: float = 0.0  # seconds of runs before any counts


@dataclass(frozen=True, kw_only=True)
class WholeProcess:
    """A scheduler that is a command on a file.

    ``write`` gives its file's text, ``command`` what runs it in the folder where that is called
    ``file``, ``read`` the dates from what it leaves in the folder, unless they are not compared.
    Raises ``NotMeasured``.
    """

    name: str
    takes: Callable[[Campaign], Campaign]
    write: Callable[[Campaign, date], str]
    file: str
    command: tuple[str, ...]
    read: Callable[[Path], Dates] | None
