"""Stores updates until they are handled, so that a restart loses no question."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

from bot.service.state_file import Schema, StateFile

FILE: Final = "inbox.sqlite"
"""Name of the file in STORE_DIR."""
MOST_TRIES: Final = 3
"""How often an update is retried if the process dies while handling it."""
_REMEMBERED: Final = 2 * 24 * 3600.0
"""Seconds for which update numbers are remembered; Telegram repeats none after a day."""
_SCHEMA: Final = Schema(
    "inbox",
    1,
    """
CREATE TABLE IF NOT EXISTS updates (
    id INTEGER PRIMARY KEY, content TEXT, tries INTEGER NOT NULL DEFAULT 0, taken_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS unfinished ON updates (id) WHERE content NOTNULL;
CREATE TABLE IF NOT EXISTS alive (one INTEGER PRIMARY KEY CHECK (one = 1), at REAL NOT NULL);
""",
)


class Inbox:
    """Stores updates until they are handled; writes are on disk when a method returns.

    All methods are thread-safe and raise UserError if the file cannot be used.
    """

    def __init__(self, file: StateFile, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock
        self.set_aside = file.set_aside
        """Path of a damaged inbox that this one replaces, if any."""

    @classmethod
    def open(cls, path: Path, clock: Callable[[], float] = time.time) -> Self:
        """Open or create the file; a damaged one is moved aside first, see `set_aside`."""
        return cls(StateFile.open(path, _SCHEMA), clock)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def take(self, number: int, content: str) -> bool:
        """Store an update; return False if it was stored before."""
        statement = (
            "INSERT INTO updates (id, content, taken_at) VALUES (?, ?, ?) "
            "ON CONFLICT DO NOTHING RETURNING id"
        )
        return bool(self._file.run(statement, number, content, self._clock()))

    def content(self, number: int) -> str | None:
        """Return the content of an update; None if it has been handled."""
        rows = self._file.run("SELECT content FROM updates WHERE id = ?", number)
        return rows[0][0] if rows else None

    def done(self, number: int) -> None:
        """Delete the content of a handled update; its number is remembered."""
        self._file.run("UPDATE updates SET content = NULL WHERE id = ?", number)
        if not self._file.run("SELECT 1 FROM updates WHERE content NOTNULL LIMIT 1"):
            self._file.empty_log()

    def unfinished(self) -> list[str]:
        """Return the updates that an earlier run did not finish, in order.

        An update returned `MOST_TRIES` times is given up: it may crash the process.
        """
        self._file.run("UPDATE updates SET tries = tries + 1 WHERE content NOTNULL")
        self._file.run(
            "UPDATE updates SET content = NULL WHERE content NOTNULL AND tries > ?", MOST_TRIES
        )
        rows = self._file.run("SELECT content FROM updates WHERE content NOTNULL ORDER BY id")
        return [content for (content,) in rows]

    # Uptime

    def beat(self) -> None:
        """Record that the bot is running, and forget old updates."""
        now = self._clock()
        self._file.run("INSERT OR REPLACE INTO alive VALUES (1, ?)", now)
        self._file.run(
            "DELETE FROM updates WHERE content IS NULL AND taken_at < ?", now - _REMEMBERED
        )

    def last_beat(self) -> float | None:
        """Return when the bot was last known to run, in seconds since 1970; None for never."""
        rows = self._file.run("SELECT at FROM alive")
        return rows[0][0] if rows else None
