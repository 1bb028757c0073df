"""Stores who has access, who asks for it, and each user's language."""

import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from bot.service.state_file import Schema, StateFile, retyped

FILE: Final = "people.sqlite"
"""Name of the file in STORE_DIR."""
MOST_WAITING: Final = 10
"""How many requests can wait at a time."""
CODE_LASTS: Final = 3600.0
"""Seconds for which a request can be approved."""
_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Characters of codes, without those easily confused, such as O and 0 or I, L and 1."""
_CODE_LENGTH: Final = 6
_SCHEMA: Final = Schema(
    "list of people",
    2,
    retyped(
        "let_in",
        "chat TEXT PRIMARY KEY, name TEXT NOT NULL, approved_by TEXT NOT NULL, "
        "approved_at REAL NOT NULL",
    )
    + retyped("languages", "user TEXT PRIMARY KEY, language TEXT NOT NULL")
    # Requests of older versions are dropped; they last only an hour.
    + """
DROP TABLE IF EXISTS waiting;
CREATE TABLE waiting (
    chat TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT, code TEXT NOT NULL UNIQUE,
    expires REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS heard (user TEXT PRIMARY KEY, language TEXT NOT NULL);
""",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A chat with access: a user or a group."""

    chat: str
    name: str
    """Its name at the time of approval."""
    approved_by: str
    approved_at: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Request:
    """A user waiting for access."""

    chat: str
    name: str
    language: str | None
    """As reported by Telegram."""
    code: str
    """The code that the user shows to an admin."""
    expires: float
    """Seconds since 1970."""


class People:
    """Stores access and languages; writes are on disk when a method returns.

    All methods are thread-safe and raise UserError if the file cannot be used.
    """

    def __init__(self, file: StateFile, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock
        self.set_aside = file.set_aside
        """Path of a damaged file that this one replaces, if any."""
        # Cached, since every message needs it; no other process changes it.
        self._let_in = {known.chat for known in self.let_in()}
        self._heard = dict(self._file.run("SELECT user, language FROM heard"))

    @classmethod
    def open(cls, path: Path, clock: Callable[[], float] = time.time) -> Self:
        """Open or create the file; a damaged one is moved aside first, see `set_aside`."""
        return cls(StateFile.open(path, _SCHEMA), clock)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    # Access

    def knows(self, chat: str) -> bool:
        """Return whether a chat has access."""
        return chat in self._let_in

    def let_in(self) -> list[Known]:
        """Return the chats with access, latest first."""
        rows = self._file.run(
            "SELECT chat, name, approved_by, approved_at FROM let_in ORDER BY approved_at DESC"
        )
        return [Known(*row) for row in rows]

    def approve(self, chat: str, name: str, by: str) -> None:
        """Give a chat access."""
        values = (chat, name, by, self._clock())
        self._file.run("INSERT OR REPLACE INTO let_in VALUES (?, ?, ?, ?)", *values)
        self._let_in.add(chat)

    def revoke(self, chat: str) -> bool:
        """Remove a chat's access; return whether it had any."""
        revoked = self._file.run("DELETE FROM let_in WHERE chat = ? RETURNING chat", chat)
        self._let_in.discard(chat)
        return bool(revoked)

    def move(self, chat: str, to: str) -> None:
        """Transfer a chat's access to a new id, as when a group becomes a supergroup."""
        self._file.run("UPDATE OR REPLACE let_in SET chat = ? WHERE chat = ?", to, chat)
        self._let_in = {known.chat for known in self.let_in()}

    # Requests

    def request(self, chat: str, name: str, language: str | None) -> Request | None:
        """Return a user's pending request, or a new one.

        None if too many are pending.
        """
        waiting = self.waiting()
        for one in waiting:
            if one.chat == chat:
                return one
        if len(waiting) >= MOST_WAITING:
            return None
        code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
        asked = Request(chat, name, language, code, self._clock() + CODE_LASTS)
        try:
            self._file.run(
                "INSERT INTO waiting VALUES (?, ?, ?, ?, ?)",
                *(asked.chat, asked.name, asked.language, asked.code, asked.expires),
            )
        except sqlite3.IntegrityError:
            return self.request(chat, name, language)  # The rare code that is taken already.
        return asked

    def waiting(self) -> list[Request]:
        """Return the pending requests, oldest first."""
        self._file.run("DELETE FROM waiting WHERE expires <= ?", self._clock())
        rows = self._file.run(
            "SELECT chat, name, language, code, expires FROM waiting ORDER BY expires"
        )
        return [Request(*row) for row in rows]

    def settle(self, code: str) -> Request | None:
        """Remove and return a pending request; None if the code is unknown or has expired."""
        for one in self.waiting():
            if one.code == code:
                self._file.run("DELETE FROM waiting WHERE code = ?", code)
                return one
        return None

    # Languages

    def language_of(self, user: str) -> str | None:
        """Return the language a user has chosen; None to use Telegram's."""
        rows = self._file.run("SELECT language FROM languages WHERE user = ?", user)
        return rows[0][0] if rows else None

    def spoken_by(self, user: str) -> str | None:
        """Return the language a user has chosen, or else last had set in Telegram."""
        return self.language_of(user) or self._heard.get(user)

    def hear(self, user: str, language: str | None) -> None:
        """Store a user's Telegram language, for messages they did not ask for."""
        if language and self._heard.get(user) != language:
            self._file.run("INSERT OR REPLACE INTO heard VALUES (?, ?)", user, language)
            self._heard[user] = language

    def forget(self, user: str) -> None:
        """Delete a user's languages; access is kept."""
        self._file.run("DELETE FROM languages WHERE user = ?", user)
        self._file.run("DELETE FROM heard WHERE user = ?", user)
        self._heard.pop(user, None)

    def choose_language(self, user: str, language: str | None) -> None:
        """Store a user's chosen language; None to use Telegram's."""
        if language is None:
            self._file.run("DELETE FROM languages WHERE user = ?", user)
        else:
            self._file.run("INSERT OR REPLACE INTO languages VALUES (?, ?)", user, language)
