"""Reads questions written over documents, with answers and decoys."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """A question over a folder of documents."""

    id: str
    text: str
    document: str
    """Path of the document that answers it, or is nearest to it."""
    evidence: str
    """The parts of the document that answer, verbatim; empty if it is unanswerable."""
    answer: str
    """The words that answer, if they are part of the evidence."""
    decoy: str
    """Text that seems to answer, but does not."""

    @property
    def is_answerable(self) -> bool:
        """Whether its document answers it."""
        return bool(self.evidence)


def read_questions(file: Path, documents: Path) -> list[Question]:
    """Return the questions of a file with one JSON object per line."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_question(json.loads(line), documents) for line in lines if line.strip()]


def _question(row: dict[str, Any], documents: Path) -> Question:
    document = row.get("document") or next(iter(row.get("docs", ())), "")
    return Question(
        id=row["id"],
        text=row["question"],
        document=document,
        evidence=_words(row.get("evidence"), documents / document),
        answer=row.get("answer") or "",
        decoy=_words(row.get("decoy"), documents / document),
    )


def _words(given: str | list[str | list[int]] | None, document: Path) -> str:
    """Return words of a document, given as text or as spans."""
    if not given:
        return ""
    if isinstance(given, str):
        return given
    text = document.read_bytes().decode()
    return "\n".join(one if isinstance(one, str) else text[slice(*one)] for one in given)
