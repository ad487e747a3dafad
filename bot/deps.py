"""What every handler is given: the few things that are not in the request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.directory import Directory
from storage.db import Database


@dataclass(frozen=True, kw_only=True)
class Deps:
    """The database, the people, the time, and how to wake delivery once something is promised."""

    database: Database
    directory: Directory
    now: Callable[[], datetime]
    locale: str  # of whoever has none that we know
    wake_delivery: Callable[[], None]
