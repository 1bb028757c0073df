"""Golden questions: questions with what is known of their answers, one JSON object a line.

    {"question": "Who took minutes?", "docs": ["minutes/2025-01.md"],
     "evidence": ["Minutes were taken by Elin Sandström."], "answer": "Elin Sandström"}

"docs" are the paths of documents that answer it, none where nothing does. All else may be left
out: "id", "lang" and "kind" (to group questions by; else as the question is read), "evidence"
(stretches that hold the answer), "answer" (in the words of who wrote the file), "names" (all the
entries of the list that is the answer), "today" (the day it is asked on, for "last year") and
"unchecked" (true until someone has looked at it).
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
    """A question with what is known of its answer."""

    id: str
    question: str
    language: str
    kind: str
    documents: frozenset[str]
    evidence: tuple[str, ...]
    answer: str
    today: date | None
    """The day it is asked on; None for the day it is."""
    unchecked: bool
    names: tuple[str, ...] | None = None
    """All that a list of the answer is to hold; None where that is not known."""

    @property
    def answerable(self) -> bool:
        """Whether a document answers the question."""
        return bool(self.documents)


def load_golden(path: Path) -> list[Golden]:
    """Read a question file; UserError naming the line that is wrong, and what is wrong with it."""
    try:
        # Not at every line separator of Unicode: JSON may hold some of them in a text.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The questions in {path} cannot be read ({error}).") from error
    golden = [_load(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not golden:
        raise UserError(f"There are no questions in {path}.")
    return golden


def checked(golden: Sequence[Golden], path: Path) -> list[Golden]:
    """Return the questions that someone has looked at; UserError where there is none."""
    kept = [one for one in golden if not one.unchecked]
    if not kept:
        raise UserError(
            f"Nobody has checked the questions in {path} yet. Correct the docs of each, take out "
            'its "unchecked", and run this again.'
        )
    return kept


def _load(path: Path, number: int, line: str) -> Golden:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise TypeError("it is no JSON object")
        return _golden(row, f"line {number}")
    except (ValueError, TypeError) as error:
        reason = "it is no JSON" if isinstance(error, json.JSONDecodeError) else error
        raise UserError(
            f"Line {number} of {path} is no question with a known answer: {reason}. Write one such "
            'as {"question": "Who took minutes?", "docs": ["minutes/2025-01.md"]}'
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
