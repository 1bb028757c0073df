"""The journal: what was asked, what it got, and what the asker thought of it."""

import json
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, Self, TypeAlias

from bot.service.state_file import Schema, StateFile, retyped

FILE: Final = "journal.sqlite"
"""Its name in STORE_DIR."""
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
    """Return a moment as the journal writes it: ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question with what it got."""

    # In the order of the table's columns.
    id: int | None = None
    """Given by the journal."""
    asked_at: str = field(default_factory=lambda: utc(datetime.now(UTC)))
    """As `utc` writes it."""
    chat: str
    user: str
    message: str | None = None
    """The message in the chat that asked."""
    question: str | None
    """None where the texts of questions may not be kept."""
    language: str
    kind: str | None
    found: bool
    confidence: float
    seconds: float
    generation: str
    """Name of the generation of the index that answered."""
    citations: tuple[Cited, ...]
    """What was shown, best first: the citations, or the nearest where nothing was found."""
    rating: Rating | None = None
    """How the asker judged the answer; None where they did not."""
    reply: str | None = None
    """The message in the chat that answered, which reactions are told of by."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions there were in a stretch of time, and how they fared."""

    questions: int
    users: int
    found: int
    liked: int
    disliked: int
    median_seconds: float | None
    """None where there was no question."""

    @property
    def share_found(self) -> float | None:
        """The share of questions that something answered; None where there was none."""
        return self.found / self.questions if self.questions else None


_COLUMNS: Final = tuple(one.name for one in fields(Asked))
_INSERT: Final = (
    "INSERT INTO asked VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
)


class Journal:
    """Keeps questions; what a method wrote is on the disk when it returns.

    Every method may be called from any thread, also while other processes have the journal open,
    and raises UserError where the file cannot be used.
    """

    def __init__(self, file: StateFile) -> None:
        self._file = file
        self.set_aside = file.set_aside
        """Where a damaged journal is now, if this one was begun in its place."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the journal, or begin one; a damaged file is moved aside first, see `set_aside`.

        UserError where a newer version wrote the file, or it cannot be written.
        """
        return cls(StateFile.open(path, SCHEMA))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    # Writing

    def record(self, asked: Asked) -> int:
        """Keep a question; return its id."""
        values = {name: getattr(asked, name) for name in _COLUMNS[1:]}
        values["citations"] = json.dumps(asked.citations, ensure_ascii=False)
        return int(self._file.run(_INSERT, *values.values())[0][0])

    def rate(self, number: int, rating: Rating | None) -> bool:
        """Note what the asker now thinks of an answer; return whether it is still held."""
        rated = self._file.run(
            "UPDATE asked SET rating = ? WHERE id = ? RETURNING id", rating, number
        )
        return bool(rated)

    def note_reply(self, number: int, message: str) -> None:
        """Note which message answered a question."""
        self._file.run("UPDATE asked SET reply = ? WHERE id = ?", message, number)

    def forget_user(self, user: str) -> int:
        """Delete for good all that someone asked; return how many questions there were."""
        return self._delete("DELETE FROM asked WHERE user = ? RETURNING id", user)

    def expire(self, older_than: datetime) -> int:
        """Delete for good what was asked before a moment; return how many questions there were."""
        return self._delete("DELETE FROM asked WHERE asked_at < ? RETURNING id", utc(older_than))

    def _delete(self, statement: str, value: int | str) -> int:
        deleted = self._file.run(statement, value)
        self._file.empty_log()
        return len(deleted)

    # Reading

    def find(self, number: int) -> Asked | None:
        """Return one question; None where the journal does not hold it."""
        return next(iter(self._asked("WHERE id = ?", number)), None)

    def find_reply(self, chat: str, message: str) -> Asked | None:
        """Return the question that a message answered; None where the journal holds none."""
        return next(iter(self._asked("WHERE chat = ? AND reply = ?", chat, message)), None)

    def unanswered(self, limit: int) -> list[Asked]:
        """Return questions that nothing was found for, where the text was kept, latest first."""
        return self._asked("WHERE NOT found AND question NOTNULL ORDER BY id DESC LIMIT ?", limit)

    def downvoted(self, limit: int) -> list[Asked]:
        """Return questions whose answer was disliked, where the text was kept, latest first."""
        return self._asked("WHERE rating = -1 AND question NOTNULL ORDER BY id DESC LIMIT ?", limit)

    def recent(self, limit: int) -> list[Asked]:
        """Return the questions that were asked last, latest first."""
        return self._asked("ORDER BY id DESC LIMIT ?", limit)

    def since(self, moment: datetime) -> list[Asked]:
        """Return what was asked from a moment on, earliest first."""
        return self._asked("WHERE asked_at >= ? ORDER BY id", utc(moment))

    def counts(self, since: datetime) -> Counts:
        """Return how many questions were asked from a moment on, and how they fared."""
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
        """Yield what was asked, by one user or by all, as JSON takes it, earliest first."""
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
