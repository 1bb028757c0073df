"""An SQLite file of the bot's state, checked when opened, and moved aside if damaged."""

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from corpus.errors import UserError

_log = logging.getLogger(__name__)

_WAIT: Final = 10.0
"""Seconds to wait for another process that is writing."""
_DAMAGE: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema of a file."""

    name: str
    """What messages call the file, such as "journal"."""
    version: int
    """Increase it whenever the statements change, and have them migrate older files."""
    statements: str
    """Creates missing tables and migrates older ones."""


def retyped(table: str, columns: str) -> str:
    """Return statements that create a table, or migrate one of an older version.

    Ids were numbers until a front end without numeric ids was added.
    """
    return f"""
CREATE TABLE IF NOT EXISTS {table} ({columns});
CREATE TABLE {table}_anew ({columns});
INSERT INTO {table}_anew SELECT * FROM {table};
DROP TABLE {table};
ALTER TABLE {table}_anew RENAME TO {table};
"""  # noqa: S608  # of this program's own words


class StateFile:
    """Runs statements from any thread; writes are on disk when a method returns."""

    def __init__(self, connection: sqlite3.Connection, name: str, set_aside: Path | None) -> None:
        self._connection = connection
        self._name = name
        self._one_at_a_time = threading.Lock()
        self.set_aside = set_aside
        """Path of a damaged file that this one replaces, if any."""

    @classmethod
    def open(cls, path: Path, schema: Schema) -> Self:
        """Open or create the file; a damaged one is renamed first.

        UserError if a newer version wrote the file, or it cannot be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return cls(_connect(path, schema), schema.name, None)
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode not in _DAMAGE:
                    raise
            aside = _move_aside(path)
            _log.warning(
                "The %s was damaged. A new one has been created; the old one is %s",
                schema.name,
                aside,
            )
            return cls(_connect(path, schema), schema.name, aside)
        except (OSError, sqlite3.Error) as error:
            raise UserError(f"The {schema.name} {path} cannot be opened ({error}).") from error

    def close(self) -> None:
        """Close the file."""
        with self._one_at_a_time:
            self._connection.close()

    def run(self, statement: str, *values: Any) -> list[Any]:
        """Run one statement; return its rows. UserError if the file cannot be used."""
        with self._used(), closing(self._connection.execute(statement, values)) as rows:
            return rows.fetchall()

    def run_together(self, *steps: tuple[str, Sequence[Any]]) -> None:
        """Run statements with their values in one transaction.

        UserError if the file cannot be used.
        """
        with self._used():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for statement, values in steps:
                    self._connection.execute(statement, values).close()
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def _used(self) -> Iterator[None]:
        """Hold the lock, and turn SQLite errors into a UserError."""
        try:
            with self._one_at_a_time:
                yield
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            raise UserError(f"The {self._name} cannot be used ({error}).") from error

    def empty_log(self) -> None:
        """Overwrite deleted data, which the write-ahead log contains until then."""
        self.run("PRAGMA wal_checkpoint(TRUNCATE)")


def _connect(path: Path, schema: Schema) -> sqlite3.Connection:
    # Questions are private, also on this machine. SQLite gives its auxiliary files the same
    # permissions.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, path, schema)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Check that the file is intact, and migrate it to this version's schema."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > schema.version:
        raise UserError(
            f"The {schema.name} {path} was written by a newer version of citera. Update citera, or "
            "move the file away to start a new one."
        )
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        damage = sqlite3.DatabaseError(found)
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage
    for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}").close()
    if version < schema.version:
        connection.executescript(
            f"BEGIN IMMEDIATE; {schema.statements}; PRAGMA user_version = {schema.version}; COMMIT;"
        )


def _move_aside(path: Path) -> Path:
    """Rename a damaged file and SQLite's auxiliary files; return the new name."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    for ending in ("", "-wal", "-shm"):
        left = path.with_name(path.name + ending)
        if left.exists():
            left.rename(aside.with_name(aside.name + ending))
    return aside
