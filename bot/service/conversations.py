"""Stores conversations: the last question and answer, and the answers that buttons belong to."""

import sqlite3
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self, TypeAlias

import msgspec

from bot.service.exchanges import Context, Document, Exchange, Place
from bot.service.state_file import Schema, StateFile

FILE: Final = "conversations.sqlite"
"""Name of the file in STORE_DIR."""
REMEMBERED: Final = 3 * 3600.0
"""Seconds for which a question can be followed up."""
_MOST_EXCHANGES: Final = 5000
"""How many answers have working buttons; the oldest are dropped."""
_SCHEMA: Final = Schema(
    "memory of conversations",
    2,
    # Data of older versions is dropped; it is only kept for hours anyway.
    """
DROP TABLE IF EXISTS conversations;
DROP TABLE IF EXISTS messages;
DROP TABLE IF EXISTS exchanges;
CREATE TABLE IF NOT EXISTS exchanges (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, user TEXT NOT NULL,
    at REAL NOT NULL, content BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS exchanges_by ON exchanges (user);
CREATE INDEX IF NOT EXISTS exchanges_when ON exchanges (at);
CREATE TABLE IF NOT EXISTS messages (
    chat TEXT NOT NULL, message TEXT NOT NULL,
    exchange TEXT NOT NULL REFERENCES exchanges (key) ON DELETE CASCADE, document TEXT,
    PRIMARY KEY (chat, message)
);
CREATE INDEX IF NOT EXISTS messages_of ON messages (exchange);
CREATE TABLE IF NOT EXISTS conversations (
    chat TEXT NOT NULL, topic TEXT NOT NULL, user TEXT NOT NULL,
    exchange TEXT REFERENCES exchanges (key) ON DELETE SET NULL, document TEXT, at REAL NOT NULL,
    PRIMARY KEY (chat, topic, user)
);
""",
)


Clock: TypeAlias = Callable[[], float]


class Conversations:
    """Stores conversations; writes are on disk when a method returns.

    All methods are thread-safe and raise UserError if the file cannot be used.
    """

    def __init__(self, file: StateFile, clock: Clock = time.time) -> None:
        self._file = file
        self._clock = clock
        self._file.run("PRAGMA foreign_keys = ON")

    @classmethod
    def open(cls, path: Path, clock: Clock = time.time) -> Self:
        """Open or create the file; a damaged one is moved aside first."""
        return cls(StateFile.open(path, _SCHEMA), clock)

    @classmethod
    def in_memory(cls, clock: Clock = time.time) -> Self:
        """Return a store that only lives in memory."""
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.executescript(_SCHEMA.statements)
        return cls(StateFile(connection, _SCHEMA.name, None), clock)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    # Exchanges

    def save(self, exchange: Exchange) -> None:
        """Store an exchange, replacing the one with its key, as the last one of its place."""
        place, key = exchange.place, exchange.key
        content = zlib.compress(msgspec.json.encode(exchange))
        steps: list[tuple[str, tuple[object, ...]]] = [
            (
                "INSERT INTO exchanges (key, user, at, content) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (key) DO UPDATE SET at = excluded.at, content = excluded.content",
                (key, place.user, self._clock(), content),
            ),
            ("DELETE FROM messages WHERE exchange = ? AND document IS NULL", (key,)),
            (
                "DELETE FROM exchanges WHERE id <= (SELECT max(id) FROM exchanges) - ?",
                (_MOST_EXCHANGES,),
            ),
        ]
        for message in filter(None, (exchange.asked, *exchange.told)):
            values = (place.chat, message, key)
            steps.append(("INSERT OR REPLACE INTO messages VALUES (?, ?, ?, NULL)", values))
        if exchange.answer.citations or exchange.answer.nearest:
            steps.append(self._leaning(place, key, exchange.document))
        self._file.run_together(*steps)

    def find(self, key: str) -> Exchange | None:
        """Return the exchange with a key; None if it is no longer stored."""
        return self._one("SELECT content FROM exchanges WHERE key = ?", key)

    def of_message(self, chat: str, message: str) -> Exchange | None:
        """Return the exchange that a message belongs to, as its question or answer."""
        return self._one(
            "SELECT content FROM exchanges JOIN messages ON exchange = key "
            "WHERE chat = ? AND message = ? AND document IS NULL",
            *(chat, message),
        )

    def _one(self, statement: str, *values: str) -> Exchange | None:
        for (content,) in self._file.run(statement, *values):
            try:
                return msgspec.json.decode(zlib.decompress(content), type=Exchange)
            except msgspec.ValidationError:
                return None  # Stored by a version with other answer fields.
        return None

    # Context of the next question

    def context(self, place: Place) -> Context:
        """Return the context of a question asked now."""
        rows = self._file.run(
            "SELECT exchange, document, at FROM conversations "
            "WHERE chat = ? AND topic = ? AND user = ?",
            *(place.chat, place.topic, place.user),
        )
        # The clock may have been set back.
        if not rows or abs(self._clock() - rows[0][2]) > REMEMBERED:
            return Context()
        key, document, _ = rows[0]
        return Context(self.find(key) if key else None, _document(document))

    def ask_of(self, place: Place, document: Document | None) -> None:
        """Limit the next questions to one document, or to none; drop the rest of the context."""
        statement, values = self._leaning(place, None, document)
        self._file.run(statement, *values)

    def _leaning(
        self, place: Place, key: str | None, document: Document | None
    ) -> tuple[str, tuple[object, ...]]:
        """Return the statement that stores the context of the next question."""
        values = (place.chat, place.topic, place.user, key, _encoded(document), self._clock())
        return "INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?, ?, ?)", values

    def forget(self, place: Place) -> None:
        """Start a new conversation; buttons under older answers keep working."""
        self._file.run(
            "DELETE FROM conversations WHERE chat = ? AND topic = ? AND user = ?",
            *(place.chat, place.topic, place.user),
        )

    def offer(self, exchange: Exchange, message: str, document: Document) -> None:
        """Record that replies to a message search only one document."""
        self._file.run(
            "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?)",
            *(exchange.place.chat, message, exchange.key, _encoded(document)),
        )

    def offered(self, chat: str, message: str) -> Document | None:
        """Return the document that replies to a message search; None for all."""
        rows = self._file.run(
            "SELECT document FROM messages WHERE chat = ? AND message = ?", chat, message
        )
        return _document(rows[0][0]) if rows else None

    # Deletion

    def forget_user(self, user: str) -> None:
        """Permanently delete what a user asked and was answered."""
        self._file.run_together(
            ("DELETE FROM conversations WHERE user = ?", (user,)),
            ("DELETE FROM exchanges WHERE user = ?", (user,)),
        )
        self._file.empty_log()

    def expire(self, older_than: float) -> None:
        """Permanently delete what was asked before a time, in seconds since 1970."""
        self._file.run_together(
            ("DELETE FROM conversations WHERE at < ?", (older_than,)),
            ("DELETE FROM exchanges WHERE at < ?", (older_than,)),
        )
        self._file.empty_log()


def _encoded(document: Document | None) -> str | None:
    return msgspec.json.encode(document).decode() if document else None


def _document(encoded: str | None) -> Document | None:
    return msgspec.json.decode(encoded, type=Document) if encoded else None
