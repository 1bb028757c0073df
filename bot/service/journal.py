"""The journal: questions, answers and ratings."""

import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, Self, TypeAlias

from bot.service.state_file import Schema, StateFile, retyped

FILE: Final = "journal.sqlite"
"""Name of the file in STORE_DIR."""
SCHEMA: Final = Schema(
    "journal",
    2,
    retyped(
        "asked",
        """
    id INTEGER PRIMARY KEY AUTOINCREMENT, asked_at TEXT NOT NULL, chat TEXT NOT NULL,
    user TEXT NOT NULL, message TEXT, question TEXT, language TEXT NOT NULL, kind TEXT,
    found INTEGER NOT NULL, confidence REAL NOT NULL, seconds REAL NOT NULL,
    generation TEXT NOT NULL, citations TEXT NOT NULL, rating INTEGER CHECK (rating IN (-1, 0, 1)),
    reply TEXT
""",
    )
    + """
CREATE INDEX IF NOT EXISTS asked_when ON asked (asked_at);
CREATE INDEX IF NOT EXISTS asked_by ON asked (user);
CREATE INDEX IF NOT EXISTS asked_reply ON asked (chat, reply);
""",
)
_READ_AT_ONCE: Final = 100
_ALL: Final = "SELECT * FROM asked "

Cited: TypeAlias = tuple[str, int, int]
"""A document, and start and end of the quote in its stored text."""
Rating: TypeAlias = Literal[-1, 0, 1]


def utc(moment: datetime) -> str:
    """Return a time as the journal stores it: ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with its answer and rating."""

    # In the order of the table's columns.
    id: int | None = None
    """Assigned by the journal."""
    asked_at: str = field(default_factory=lambda: utc(datetime.now(UTC)))
    """In the format of `utc`."""
    chat: str
    user: str
    message: str | None = None
    """The message that asked."""
    question: str | None
    """None if question texts are not kept."""
    language: str
    kind: str | None
    found: bool
    confidence: float
    seconds: float
    generation: str
    """Name of the index generation that answered."""
    citations: tuple[Cited, ...]
    """The citations shown, best first; the nearest ones if nothing was found."""
    rating: Rating | None = None
    """The asker's rating; None without one."""
    reply: str | None = None
    """The message with the answer, to which reactions refer."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Statistics of the questions in a period."""

    questions: int
    users: int
    found: int
    liked: int
    disliked: int
    median_seconds: float | None
    """None without questions."""

    @property
    def share_found(self) -> float | None:
        """The share of questions that got an answer; None without questions."""
        return self.found / self.questions if self.questions else None


_COLUMNS: Final = tuple(one.name for one in fields(Asked))
_INSERT: Final = (
    "INSERT INTO asked VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
)


class Journal:
    """Stores questions; writes are on disk when a method returns.

    All methods are thread-safe, also with other processes using the file, and raise UserError if
    the file cannot be used.
    """

    def __init__(self, file: StateFile) -> None:
        self._file = file
        self.set_aside = file.set_aside
        """Path of a damaged journal that this one replaces, if any."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the journal; a damaged one is moved aside first, see `set_aside`.

        UserError if a newer version wrote the file, or it cannot be written.
        """
        return cls(StateFile.open(path, SCHEMA))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    # Writing

    def record(self, asked: Asked) -> int:
        """Store a question; return its id."""
        values = {name: getattr(asked, name) for name in _COLUMNS[1:]}
        values["citations"] = json.dumps(asked.citations, ensure_ascii=False)
        return int(self._file.run(_INSERT, *values.values())[0][0])

    def rate(self, number: int, rating: Rating | None) -> bool:
        """Store the asker's rating of an answer; return whether the answer is still stored."""
        rated = self._file.run(
            "UPDATE asked SET rating = ? WHERE id = ? RETURNING id", rating, number
        )
        return bool(rated)

    def note_reply(self, number: int, message: str) -> None:
        """Record which message answered a question."""
        self._file.run("UPDATE asked SET reply = ? WHERE id = ?", message, number)

    def forget_user(self, user: str) -> int:
        """Permanently delete a user's questions; return how many there were."""
        return self._delete("DELETE FROM asked WHERE user = ? RETURNING id", user)

    def expire(self, older_than: datetime) -> int:
        """Permanently delete questions before a time; return how many there were."""
        return self._delete("DELETE FROM asked WHERE asked_at < ? RETURNING id", utc(older_than))

    def _delete(self, statement: str, value: int | str) -> int:
        deleted = self._file.run(statement, value)
        self._file.empty_log()
        return len(deleted)

    # Reading

    def find(self, number: int) -> Asked | None:
        """Return one question; None if it is not stored."""
        return next(iter(self._asked("WHERE id = ?", number)), None)

    def find_reply(self, chat: str, message: str) -> Asked | None:
        """Return the question that a message answered; None if it is not stored."""
        return next(iter(self._asked("WHERE chat = ? AND reply = ?", chat, message)), None)

    def unanswered(self, limit: int) -> list[Asked]:
        """Return unanswered questions whose text was kept, latest first."""
        return self._asked("WHERE NOT found AND question NOTNULL ORDER BY id DESC LIMIT ?", limit)

    def downvoted(self, limit: int) -> list[Asked]:
        """Return questions with disliked answers whose text was kept, latest first."""
        return self._asked("WHERE rating = -1 AND question NOTNULL ORDER BY id DESC LIMIT ?", limit)

    def recent(self, limit: int) -> list[Asked]:
        """Return the latest questions, latest first."""
        return self._asked("ORDER BY id DESC LIMIT ?", limit)

    def since(self, moment: datetime) -> list[Asked]:
        """Return the questions since a time, earliest first."""
        return self._asked("WHERE asked_at >= ? ORDER BY id", utc(moment))

    def counts(self, since: datetime) -> Counts:
        """Return statistics of the questions since a time."""
        rows = self._file.run(
            "SELECT user, found, rating, seconds FROM asked WHERE asked_at >= ?", utc(since)
        )
        ratings = [rating for _, _, rating, _ in rows]
        return Counts(
            questions=len(rows),
            users=len({user for user, *_ in rows}),
            found=sum(found for _, found, _, _ in rows),
            liked=ratings.count(1),
            disliked=ratings.count(-1),
            median_seconds=statistics.median(row[3] for row in rows) if rows else None,
        )

    def export(self, user: str | None = None) -> Iterator[dict[str, Any]]:
        """Yield the questions of one user or all as JSON-compatible values, earliest first."""
        last = 0
        condition = "WHERE id > ? AND user = ifnull(?, user) ORDER BY id LIMIT ?"
        while rows := self._asked(condition, last, user, _READ_AT_ONCE):
            yield from map(asdict, rows)
            last = rows[-1].id or 0

    def _asked(self, condition: str, *values: int | str | None) -> list[Asked]:
        return [_load(row) for row in self._file.run(_ALL + condition, *values)]


def _load(row: Sequence[Any]) -> Asked:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["found"] = bool(values["found"])
    values["citations"] = tuple(map(tuple, json.loads(values["citations"])))
    return Asked(**values)
