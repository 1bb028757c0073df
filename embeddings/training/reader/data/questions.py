"""Reads questions written over documents, with the words that answer and ones that only seem to."""

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
    """Path of the document that answers it, or that it is nearest to."""
    evidence: str
    """What of the document answers, verbatim; empty where nothing does."""
    answer: str
    """The words that answer, where they are words of the evidence."""
    decoy: str
    """What seems to answer, but does not."""

    @property
    def is_answerable(self) -> bool:
        """Whether its document answers it."""
        return bool(self.evidence)


def read_questions(file: Path, documents: Path) -> list[Question]:
    """Return the questions of a file, one JSON object a line."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_question(json.loads(line), documents) for line in lines if line.strip()]


def _question(row: dict[str, Any], documents: Path) -> Question:
    document = row.get("document") or next(iter(row.get("docs", ())), "")
    evidence = row.get("evidence") or ""
    if isinstance(evidence, list):
        # Several parts, in words or by their places in the document.
        text = (documents / document).read_bytes().decode() if evidence else ""
        parts = [one if isinstance(one, str) else text[slice(*one)] for one in evidence]
        evidence = "\n".join(parts)
    return Question(
        id=row["id"],
        text=row["question"],
        document=document,
        evidence=evidence,
        answer=row.get("answer") or "",
        decoy=row.get("decoy") or "",
    )
