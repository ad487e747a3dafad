"""How the tables came to be, one file per change. ``make revision m="…"`` writes the next one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic.config import Config

if TYPE_CHECKING:
    from sqlalchemy import Connection

HERE = Path(__file__).parent


def configuration(connection: Connection | None) -> Config:
    """Alembic's settings; they live here rather than in a file that a wheel would leave behind."""
    config = Config(attributes={"connection": connection})
    # Alembic reads `%` as the start of a substitution, and a folder may have one in its name.
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
