"""The people the bot knows: who was let in, who asks to be, and the language each has chosen."""

import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from bot.service.state_file import Schema, StateFile, retyped

FILE: Final = "people.sqlite"
"""Its name in STORE_DIR."""
MOST_WAITING: Final = 10
"""Requests that may wait for an admin at a time."""
CODE_LASTS: Final = 3600.0
"""Seconds for which a request may be approved."""
_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What codes are made of: nothing that is mistaken for another, such as O and 0 or I, L and 1."""
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
    # Requests last for an hour: those of an older version are let go.
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
    """A chat that was let in, of one person or a group."""

    chat: str
    name: str
    """What it was called then."""
    approved_by: str
    approved_at: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Request:
    """A stranger who waits to be let in."""

    chat: str
    name: str
    language: str | None
    """As Telegram told it."""
    code: str
    """What the stranger shows an admin; made of letters and digits that are not mixed up."""
    expires: float
    """Seconds since 1970."""


class People:
    """Keeps who may ask; what a method wrote is on the disk when it returns.

    Every method may be called from any thread, and raises UserError where the file cannot be used.
    """

    def __init__(self, file: StateFile, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock
        self.set_aside = file.set_aside
        """Where a damaged file is now, if this one was begun in its place."""
        # Looked at with every message that comes, from this process alone.
        self._let_in = {known.chat for known in self.let_in()}
        self._heard = dict(self._file.run("SELECT user, language FROM heard"))

    @classmethod
    def open(cls, path: Path, clock: Callable[[], float] = time.time) -> Self:
        """Open the file, or begin one; a damaged one is moved aside first, see `set_aside`."""
        return cls(StateFile.open(path, _SCHEMA), clock)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    # Who is let in

    def knows(self, chat: str) -> bool:
        """Return whether a chat has been let in."""
        return chat in self._let_in

    def let_in(self) -> list[Known]:
        """Return the chats that have been let in, those of last first."""
        rows = self._file.run(
            "SELECT chat, name, approved_by, approved_at FROM let_in ORDER BY approved_at DESC"
        )
        return [Known(*row) for row in rows]

    def approve(self, chat: str, name: str, by: str) -> None:
        """Let a chat in."""
        values = (chat, name, by, self._clock())
        self._file.run("INSERT OR REPLACE INTO let_in VALUES (?, ?, ?, ?)", *values)
        self._let_in.add(chat)

    def revoke(self, chat: str) -> bool:
        """Shut a chat out; return whether it had been let in."""
        revoked = self._file.run("DELETE FROM let_in WHERE chat = ? RETURNING chat", chat)
        self._let_in.discard(chat)
        return bool(revoked)

    def move(self, chat: str, to: str) -> None:
        """Give a chat's place to the one it has become, as a group that grows to a supergroup."""
        self._file.run("UPDATE OR REPLACE let_in SET chat = ? WHERE chat = ?", to, chat)
        self._let_in = {known.chat for known in self.let_in()}

    # Who asks to be

    def request(self, chat: str, name: str, language: str | None) -> Request | None:
        """Return a stranger's request, the one that waits already or a new one.

        None where too many wait.
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
            return self.request(chat, name, language)  # the one code in a billion that was taken
        return asked

    def waiting(self) -> list[Request]:
        """Return the requests that may still be approved, the oldest first."""
        self._file.run("DELETE FROM waiting WHERE expires <= ?", self._clock())
        rows = self._file.run(
            "SELECT chat, name, language, code, expires FROM waiting ORDER BY expires"
        )
        return [Request(*row) for row in rows]

    def settle(self, code: str) -> Request | None:
        """Take a request from those that wait; None where none has that code, or it has expired."""
        for one in self.waiting():
            if one.code == code:
                self._file.run("DELETE FROM waiting WHERE code = ?", code)
                return one
        return None

    # What they have chosen

    def language_of(self, user: str) -> str | None:
        """Return the language someone has chosen; None where Telegram's is theirs."""
        rows = self._file.run("SELECT language FROM languages WHERE user = ?", user)
        return rows[0][0] if rows else None

    def spoken_by(self, user: str) -> str | None:
        """Return the language someone has chosen, or else was last heard to have set."""
        return self.language_of(user) or self._heard.get(user)

    def hear(self, user: str, language: str | None) -> None:
        """Note which language someone has set, for what they are told without asking."""
        if language and self._heard.get(user) != language:
            self._file.run("INSERT OR REPLACE INTO heard VALUES (?, ?)", user, language)
            self._heard[user] = language

    def forget(self, user: str) -> None:
        """Forget which language someone speaks; who is let in stays so."""
        self._file.run("DELETE FROM languages WHERE user = ?", user)
        self._file.run("DELETE FROM heard WHERE user = ?", user)
        self._heard.pop(user, None)

    def choose_language(self, user: str, language: str | None) -> None:
        """Speak to someone in a language from now on; None for the one that they have set."""
        if language is None:
            self._file.run("DELETE FROM languages WHERE user = ?", user)
        else:
            self._file.run("INSERT OR REPLACE INTO languages VALUES (?, ?)", user, language)
