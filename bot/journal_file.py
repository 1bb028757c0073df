"""The journal's SQLite file: opened, checked, brought up to date, and set aside where damaged."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from corpus.errors import UserError

VERSION: Final = 1
"""Raise it with every change of the schema, and bring older journals up to it."""
_SCHEMA: Final = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS asked (
    id INTEGER PRIMARY KEY AUTOINCREMENT, asked_at TEXT NOT NULL, chat INTEGER NOT NULL,
    user INTEGER NOT NULL, message INTEGER, question TEXT, language TEXT NOT NULL, kind TEXT,
    found INTEGER NOT NULL, confidence REAL NOT NULL, seconds REAL NOT NULL,
    generation TEXT NOT NULL, citations TEXT NOT NULL, rating INTEGER CHECK (rating IN (-1, 0, 1))
);
CREATE INDEX IF NOT EXISTS asked_when ON asked (asked_at);
CREATE INDEX IF NOT EXISTS asked_by ON asked (user);
PRAGMA user_version = {VERSION};
COMMIT;
"""
_WAIT: Final = 10.0
"""Seconds to wait for another process that writes."""
_DAMAGE: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def open_file(path: Path) -> tuple[sqlite3.Connection, Path | None]:
    """Return a connection that commits each statement to the disk, and what was set aside.

    A damaged file is given another name, and a new one begun. UserError where a newer version wrote
    the file, or it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _connect(path), None
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in _DAMAGE:
                raise
        aside = _move_aside(path)
        return _connect(path), aside
    except (OSError, sqlite3.Error) as error:
        raise UserError(f"The journal {path} cannot be opened ({error}).") from error


def _connect(path: Path) -> sqlite3.Connection:
    # What people ask is nobody else's business on the machine. SQLite gives the files that it keeps
    # beside this one the same rights.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Check that the file is whole, and bring it to this version's schema."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise UserError(
            f"The journal {path} was written by a newer version of citera. Update citera, or move "
            "the file away to begin a new one."
        )
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        damage = sqlite3.DatabaseError(found)
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage
    for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}").close()
    if version < VERSION:
        connection.executescript(_SCHEMA)


def _move_aside(path: Path) -> Path:
    """Give a damaged journal another name, with what SQLite keeps beside it; return the name."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    for ending in ("", "-wal", "-shm"):
        left = path.with_name(path.name + ending)
        if left.exists():
            left.rename(aside.with_name(aside.name + ending))
    return aside
