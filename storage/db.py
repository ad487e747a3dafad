"""The database: how it is opened, brought up to date and copied.

The same code runs on SQLite and PostgreSQL; what differs between them is here and nowhere else.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Connection,
    CursorResult,
    Delete,
    Engine,
    Update,
    create_engine,
    event,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from storage.migrations import configuration

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

    from storage.models import Base

# How long a transaction waits for another's lock. Someone who clicked is told within Slack's three
# seconds; delivery and the ticker have all the time they need.
LISTENER_PATIENCE = 2.5
WORKER_PATIENCE = 10.0

_MIGRATION_PATIENCE = 120.0
_MIGRATION_LOCK = 0x726574726F  # any number that is ours: "retro"

_STATEMENT_TIMEOUT = 15.0
_IDLE_TIMEOUT = 30.0
_CONNECT_TIMEOUT = 5
_POOL = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 5}

_SQLITE_BUSY, _SQLITE_LOCKED = 5, 6
# Serialization failure, deadlock, lock timeout, and a server that is restarting.
_PASSING_STATES = frozenset({"40001", "40P01", "55P03", "57P01", "57P02", "57P03"})
_CONNECTION_LOST = "08"


@dataclass(eq=False)
class DatabaseUnavailable(Exception):
    """The database cannot be opened; ``url`` is without its password."""

    url: str
    cause: str


@dataclass(eq=False)
class SchemaTooNew(Exception):
    """The database was brought up to date by a later release than this one."""

    revision: str


@dataclass(eq=False)
class BackupImpossible(Exception):
    """No backup was made; ``why`` is ``not_sqlite``, ``same_file`` or ``damaged``."""

    why: str


@dataclass(eq=False)
class BrokenReferences(Exception):
    """A migration was undone: it left rows of these tables pointing at nothing."""

    tables: frozenset[str]


@dataclass(frozen=True)
class Database:
    """An open database. ``with database.sessions.begin() as session:`` is one transaction."""

    engine: Engine
    sessions: sessionmaker[Session]  # for someone who waits for an answer
    workers: sessionmaker[Session]  # for the background: waits longer for a lock
    readers: sessionmaker[Session]  # reads only; on SQLite it does not queue behind the writer

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file on this machine, which one host alone can use."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Give its connections back."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open ``sqlite:///…`` (created if it is not there) or ``postgresql://…``.

    Raises ``DatabaseUnavailable``.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnavailable("", "not a database address") from error
    shown = parsed.render_as_string(hide_password=True)
    try:
        engine = _engine(parsed)
        with engine.connect():
            pass
    except (SQLAlchemyError, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseUnavailable(shown, str(cause).strip()) from error

    def sessions(**options: Any) -> sessionmaker[Session]:
        return sessionmaker(engine.execution_options(**options), expire_on_commit=False)

    return Database(
        engine=engine,
        sessions=sessions(patience=LISTENER_PATIENCE),
        workers=sessions(patience=WORKER_PATIENCE),
        readers=sessions(patience=WORKER_PATIENCE, read_only=True, postgresql_readonly=True),
    )


def insert_ignore(session: Session, row: type[Base], **values: Any) -> bool:
    """Insert a row unless one of its keys is taken; whether it was inserted."""
    session.flush()  # the row may point at one that the session has not written yet
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    query = dialect.insert(row).values(**values).on_conflict_do_nothing()
    inserted = session.execute(query.returning(literal(1)))
    return bool(inserted.all())


def rows_changed(session: Session, query: Update | Delete) -> int:
    """Run an UPDATE or a DELETE; how many rows met its condition.

    Of two transactions that want the same change, the condition lets one through. Objects that the
    session already holds are not told.
    """
    session.flush()
    result = session.execute(query, execution_options={"synchronize_session": False})
    if not isinstance(result, CursorResult):
        raise TypeError("a query with RETURNING counts its own rows")
    return result.rowcount


def retryable(error: BaseException) -> bool:
    """Whether the same transaction may well succeed when it is tried again."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0)
        return code & 0xFF in (_SQLITE_BUSY, _SQLITE_LOCKED)
    state = getattr(error.orig, "sqlstate", None) or ""
    return state in _PASSING_STATES or state.startswith(_CONNECTION_LOST)


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the tables up to date. Two processes that do it together do it once."""
    with _migrating(database) as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the tables back to an earlier revision; ``base`` removes them."""
    with _migrating(database) as connection:
        command.downgrade(configuration(connection), revision)


def pending_migrations(database: Database) -> tuple[str, ...]:
    """The revisions that ``upgrade`` would apply, the oldest first.

    Raises ``SchemaTooNew``.
    """
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    script = ScriptDirectory.from_config(configuration(None))
    known = [revision.revision for revision in script.walk_revisions()]
    for revision in current:
        if revision not in known:
            raise SchemaTooNew(revision)
    applied = {
        revision.revision for head in current for revision in script.iterate_revisions(head, "base")
    }
    return tuple(revision for revision in reversed(known) if revision not in applied)


def backup(database: Database, path: Path) -> None:
    """Copy a SQLite database while it is in use. ``path`` appears whole and checked, or not at all.

    Raises ``BackupImpossible``, and ``OSError`` if the file cannot be written.
    """
    source = database.engine.url.database
    if not database.is_sqlite or source is None:
        raise BackupImpossible("not_sqlite")
    if path.exists() and path.samefile(source):
        raise BackupImpossible("same_file")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # readable by us alone
    os.close(handle)
    copy = Path(name)
    try:
        with closing(sqlite3.connect(source, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (name,))
        with closing(sqlite3.connect(name)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupImpossible("damaged")
        _sync(copy)
        copy.replace(path)
        _sync(path.parent)
    finally:
        copy.unlink(missing_ok=True)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    if url.get_backend_name() == "postgresql":
        return _postgresql_engine(url.set(drivername="postgresql+psycopg"))
    raise ArgumentError(f"{url.get_backend_name()} is neither sqlite nor postgresql")


def _sqlite_engine(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ArgumentError("SQLite needs a file: each of our threads has its own connection")
    file = Path(url.database)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Created here for its mode, which SQLite gives to its own files beside it. A file that is
    # there is not opened: closing it would drop the locks of this process's other connections.
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    file.chmod(0o600)
    engine = create_engine(url.set(drivername="sqlite+pysqlite"), **_POOL)

    @event.listens_for(engine, "connect")
    def connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # so that `begin` below says which BEGIN
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        patience = options.get("patience", WORKER_PATIENCE)
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience * 1000:.0f}")
        # A transaction that reads, then writes, fails at once when another wrote in between;
        # one that says at its beginning that it will write waits its turn.
        connection.exec_driver_sql("BEGIN" if options.get("read_only") else "BEGIN IMMEDIATE")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    # No prepared statements and no session settings: PgBouncer may stand in between.
    connect_args = {"prepare_threshold": None, "connect_timeout": _CONNECT_TIMEOUT}
    engine = create_engine(url, pool_pre_ping=True, connect_args=connect_args, **_POOL)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        patience = options.get("patience", WORKER_PATIENCE)
        limit = 0 if options.get("unhurried") else _STATEMENT_TIMEOUT
        connection.exec_driver_sql(
            "SELECT set_config('lock_timeout', %s, true),"
            " set_config('statement_timeout', %s, true),"
            " set_config('idle_in_transaction_session_timeout', %s, true)",
            tuple(f"{s * 1000:.0f}" for s in (patience, limit, _IDLE_TIMEOUT)),
        )

    return engine


@contextmanager
def _migrating(database: Database) -> Iterator[Connection]:
    engine = database.engine.execution_options(patience=_MIGRATION_PATIENCE, unhurried=True)
    with engine.connect() as connection:
        if not database.is_sqlite:
            with connection.begin():
                connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
                yield connection
            return
        # SQLite alters a table by copying and dropping it, and a drop would cascade.
        _pragma(connection, "foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise BrokenReferences(frozenset(str(table) for table, *_ in broken))
        finally:
            _pragma(connection, "foreign_keys=ON")


def _pragma(connection: Connection, pragma: str) -> None:
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute(f"PRAGMA {pragma}").close()  # outside of any transaction, where it counts


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
