"""Write the next migration: ``python -m storage.migrations "add the colour of a campaign"``.

The models are compared with a new, empty SQLite database that every earlier migration was applied
to, so no server is needed and no real database is touched.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import Script, ScriptDirectory

from storage import db
from storage.migrations import configuration


def main() -> None:
    """Write it, to be read and corrected before it is committed."""
    parser = argparse.ArgumentParser(prog="python -m storage.migrations", description=__doc__)
    parser.add_argument("message", help="what changes, in a few words")
    file = _write(parser.parse_args().message)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8")
    for tidy in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, file], check=True)  # noqa: S603 - ours


def _write(message: str) -> Path:
    count = len(list(ScriptDirectory.from_config(configuration(None)).walk_revisions()))
    with tempfile.TemporaryDirectory() as folder:
        database = db.open_database(f"sqlite:///{Path(folder) / 'empty.sqlite3'}")
        try:
            db.upgrade(database)
            with database.engine.connect() as connection:
                script = command.revision(
                    configuration(connection), message, autogenerate=True, rev_id=f"{count + 1:04}"
                )
        finally:
            database.close()
    if not isinstance(script, Script):
        raise TypeError("alembic wrote no single file")
    return Path(script.path)


if __name__ == "__main__":
    main()
