"""What the bot was sent and has not dealt with yet, so that a restart loses no question."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

from bot.service.state_file import Schema, StateFile

FILE: Final = "inbox.sqlite"
"""Its name in STORE_DIR."""
MOST_TRIES: Final = 3
"""How often an update is dealt with again that the process did not outlive."""
_REMEMBERED: Final = 2 * 24 * 3600.0
"""Seconds for which an update that comes again is known; Telegram repeats none after a day."""
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
    """Keeps updates until they are dealt with; what a method wrote is on the disk when it returns.

    Every method may be called from any thread, and raises UserError where the file cannot be used.
    """

    def __init__(self, file: StateFile, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock
        self.set_aside = file.set_aside
        """Where a damaged inbox is now, if this one was begun in its place."""

    @classmethod
    def open(cls, path: Path, clock: Callable[[], float] = time.time) -> Self:
        """Open the file, or begin one; a damaged one is moved aside first, see `set_aside`."""
        return cls(StateFile.open(path, _SCHEMA), clock)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def take(self, number: int, content: str) -> bool:
        """Keep an update; return False for one that has been taken before."""
        statement = (
            "INSERT INTO updates (id, content, taken_at) VALUES (?, ?, ?) "
            "ON CONFLICT DO NOTHING RETURNING id"
        )
        return bool(self._file.run(statement, number, content, self._clock()))

    def content(self, number: int) -> str | None:
        """Return what an update says; None where it has been dealt with."""
        rows = self._file.run("SELECT content FROM updates WHERE id = ?", number)
        return rows[0][0] if rows else None

    def done(self, number: int) -> None:
        """Forget what an update said, since it has been dealt with; its number is remembered."""
        self._file.run("UPDATE updates SET content = NULL WHERE id = ?", number)
        if not self._file.run("SELECT 1 FROM updates WHERE content NOTNULL LIMIT 1"):
            self._file.empty_log()

    def unfinished(self) -> list[str]:
        """Return the updates that a run before this one took and did not finish, in order.

        An update that was returned `MOST_TRIES` times is given up: it may be what ends the process.
        """
        self._file.run("UPDATE updates SET tries = tries + 1 WHERE content NOTNULL")
        self._file.run(
            "UPDATE updates SET content = NULL WHERE content NOTNULL AND tries > ?", MOST_TRIES
        )
        rows = self._file.run("SELECT content FROM updates WHERE content NOTNULL ORDER BY id")
        return [content for (content,) in rows]

    # When the bot was up

    def beat(self) -> None:
        """Note that the bot is up now, and forget updates of long ago."""
        now = self._clock()
        self._file.run("INSERT OR REPLACE INTO alive VALUES (1, ?)", now)
        self._file.run(
            "DELETE FROM updates WHERE content IS NULL AND taken_at < ?", now - _REMEMBERED
        )

    def last_beat(self) -> float | None:
        """Return when the bot was last noted to be up, in seconds since 1970; None for never."""
        rows = self._file.run("SELECT at FROM alive")
        return rows[0][0] if rows else None
