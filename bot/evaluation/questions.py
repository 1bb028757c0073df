"""Golden questions: questions with known answers, one JSON object per line.

    {"question": "Who took minutes?", "docs": ["minutes/2025-01.md"],
     "evidence": ["Minutes were taken by Elin Sandström."], "answer": "Elin Sandström"}

"docs" are the paths of the documents that answer it; empty if none does. All else is optional:
"id"; "lang" and "kind" (groups; by default from the question itself); "evidence" (texts that
contain the answer); "answer" (in the author's words); "names" (all entries of the list that is the
answer); "today" (the day it is asked, for "last year"); and "unchecked" (true until someone has
checked it).
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.question.reading import clean_question, read_question
from corpus.errors import UserError

UNANSWERABLE: Final = "unanswerable"
"""The kind of questions that no document answers."""
NO_KIND: Final = "other"


@dataclass(frozen=True, slots=True)
class Golden:
    """A question with what is known about its answer."""

    id: str
    question: str
    language: str
    kind: str
    documents: frozenset[str]
    evidence: tuple[str, ...]
    answer: str
    today: date | None
    """The day it is asked; None for the current day."""
    unchecked: bool
    names: tuple[str, ...] | None = None
    """All entries that a list in the answer should have; None if unknown."""

    @property
    def answerable(self) -> bool:
        """Whether a document answers the question."""
        return bool(self.documents)


def load_golden(path: Path) -> list[Golden]:
    """Read a question file; UserError names the invalid line and the error."""
    try:
        # Not splitlines(): JSON texts may contain Unicode line separators.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The questions in {path} cannot be read ({error}).") from error
    golden = [_load(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not golden:
        raise UserError(f"There are no questions in {path}.")
    return golden


def checked(golden: Sequence[Golden], path: Path) -> list[Golden]:
    """Return the questions not marked as unchecked; UserError if there are none."""
    kept = [one for one in golden if not one.unchecked]
    if not kept:
        raise UserError(
            f"Nobody has checked the questions in {path} yet. Correct the docs of each, remove "
            'its "unchecked", and run this again.'
        )
    return kept


def _load(path: Path, number: int, line: str) -> Golden:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise TypeError("it is not a JSON object")
        return _golden(row, f"line {number}")
    except (ValueError, TypeError) as error:
        reason = "it is not JSON" if isinstance(error, json.JSONDecodeError) else error
        raise UserError(
            f"Line {number} of {path} is not a valid question: {reason}. Example: "
            '{"question": "Who took minutes?", "docs": ["minutes/2025-01.md"]}'
        ) from error
    except UserError as error:
        raise UserError(f"Line {number} of {path}: {error}") from error


def _golden(row: dict[str, Any], default_id: str) -> Golden:
    question = clean_question(_field(row, "question", _text))
    documents = frozenset(_field(row, "docs", _texts))
    today = _field(row, "today", _text, "")
    read = read_question(question, date.today())
    return Golden(
        id=str(row.get("id", default_id)),
        question=question,
        language=_field(row, "lang", _text, "") or read.language,
        kind=(_field(row, "kind", _text, "") or read.kind or NO_KIND)
        if documents
        else UNANSWERABLE,
        documents=documents,
        evidence=_field(row, "evidence", _texts, ()),
        answer=_field(row, "answer", _text, ""),
        today=date.fromisoformat(today) if today else None,
        unchecked=row.get("unchecked") is True,
        names=_texts("names", row["names"]) if "names" in row else None,
    )


def _field(
    row: dict[str, Any], name: str, read: Callable[[str, Any], Any], default: Any = None
) -> Any:
    if name not in row:
        if default is None:
            raise ValueError(f'"{name}" is missing')
        return default
    return read(name, row[name])


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f'"{name}" must be a text')
    return value


def _texts(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(f'"{name}" must be a list of texts')
    return tuple(value)
