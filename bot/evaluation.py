"""How well questions with known answers are answered: for a corpus of one's own, and for tests.

A question file holds one JSON object a line: "question", "docs" (paths of documents that answer it,
none where nothing does) and, where known, "id", "lang" and "evidence" (stretches of text that hold
the answer).
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answering import Answerer
from bot.types import Answer
from corpus.errors import UserError


@dataclass(frozen=True, slots=True)
class Golden:
    """A question with what is known of its answer."""

    question: str
    language: str
    documents: frozenset[str]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question was answered."""

    golden: Golden
    answer: Answer

    @property
    def answerable(self) -> bool:
        """Whether a document answers the question."""
        return bool(self.golden.documents)

    def document_within(self, places: int) -> bool:
        """Whether a right document is among the first citations."""
        cited = [citation.document for citation in self.answer.citations[:places]]
        return any(document in self.golden.documents for document in cited)

    def evidence_within(self, places: int) -> bool:
        """Whether one of the first quotes holds a known piece of evidence, or lies in one."""
        quotes = [_folded(citation.quote) for citation in self.answer.citations[:places]]
        known = [_folded(text) for text in self.golden.evidence]
        return any(text in quote or quote in text for quote in quotes for text in known)


def load_golden(path: Path) -> list[Golden]:
    """Read a question file; UserError naming the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The questions in {path} cannot be read ({error}).") from error
    golden = []
    for number, line in enumerate(lines, 1):
        try:
            one = json.loads(line)
            documents = frozenset(one["docs"])
            evidence = tuple(one.get("evidence", ()))
            golden.append(Golden(one["question"], one.get("lang", ""), documents, evidence))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            wanted = 'a JSON object with "question" and "docs"'
            raise UserError(f"Line {number} of {path} is not {wanted}.") from error
    if not golden:
        raise UserError(f"There are no questions in {path}.")
    return golden


def evaluate(questions: Iterable[Golden], answerer: Answerer) -> list[Outcome]:
    """Answer each question."""
    return [Outcome(golden, answerer.answer(golden.question)) for golden in questions]


def summarise(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return the shares that tell how good the answers are; only those that have a base."""
    answerable = [one for one in outcomes if one.answerable]
    others = [one for one in outcomes if not one.answerable]
    with_evidence = [one for one in answerable if one.golden.evidence]
    shares = {
        "document first": [one.document_within(1) for one in answerable],
        "document in five": [one.document_within(5) for one in answerable],
        "evidence first": [one.evidence_within(1) for one in with_evidence],
        "evidence in five": [one.evidence_within(5) for one in with_evidence],
        "answered": [one.answer.found for one in answerable],
        "refused rightly": [not one.answer.found for one in others],
    }
    return {name: sum(held) / len(held) for name, held in shares.items() if held}


def _folded(text: str) -> str:
    """Return a text with links reduced to their text, case and punctuation folded."""
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.findall(r"[^\W_]+", linked.casefold()))
