"""Finds the passages that the search proposes for a question."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from corpus.languages.detection import detect_language
from corpus.types import Span
from embeddings.build import build_index
from embeddings.engines.storage import Store
from embeddings.models.static import StaticEmbedder
from embeddings.search.passage_index import PassageIndex
from embeddings.training.reader.data.questions import Question
from embeddings.types import Query, Scope, ToRead, UnitVerdict, Verdict

SHORTEST: Final = 12
"""Minimum length of a line of evidence that is searched for on its own."""
TELLING: Final = 4
"""From this answer length on, another document's passage with the answer may be right too."""


class Recorder:
    """A reader that records what it is shown and gives no verdict."""

    name = "recorder"
    fingerprint = "recorder"

    def __init__(self) -> None:
        self.shown: list[ToRead] = []

    def read(self, question: str, passages: Sequence[ToRead]) -> list[Verdict]:  # noqa: ARG002
        """Record the passages."""
        self.shown.extend(passages)
        return [
            Verdict(0.0, tuple(UnitVerdict(0.0, unit, 0.0) for unit in one.units))
            for one in passages
        ]


@dataclass(frozen=True, slots=True)
class Mined:
    """A question with the proposed passages."""

    question: Question
    right: tuple[tuple[ToRead, Span], ...]
    """Passages that answer, with the words that do."""
    decoys: tuple[ToRead, ...]
    """Passages that only seem to answer."""
    wrong: tuple[ToRead, ...]
    """The others, best first."""


def mine(
    questions: Iterable[Question], documents: Path, store: Path, *, helped: bool = True
) -> Iterator[Mined]:
    """Yield each question with the passages that the search proposes.

    With `helped`, those of a search in only its own document are added.
    """
    embedder, recorder = StaticEmbedder(), Recorder()
    build_index(documents, store, embedder, progress=lambda *_: None)
    index = PassageIndex.open(Store(store).current(), embedder, recorder)
    for question in questions:
        query = Query(question.text, detect_language(question.text))
        recorder.shown.clear()
        index.search(query, 1)
        everywhere = list(recorder.shown)
        recorder.shown.clear()
        if helped and question.document:
            index.search(replace(query, scope=Scope(document=question.document)), 1)
        yield sort_out(question, everywhere, list(recorder.shown))
    index.close()


def sort_out(question: Question, everywhere: Sequence[ToRead], within: Sequence[ToRead]) -> Mined:
    """Separate passages that answer from others; those that may answer are dropped."""
    right: dict[ToRead, Span] = {}
    decoys: list[ToRead] = []
    wrong: list[ToRead] = []
    answer = fold(question.answer)
    for passage in dict.fromkeys((*everywhere, *within)):
        span = find_answer(passage.text, question)
        if span:
            right[passage] = span
        elif question.decoy and find_words(question.decoy, passage.text):
            decoys.append(passage)
        elif passage in within or not (len(answer) >= TELLING and answer in fold(passage.text)):
            wrong.append(passage)
    return Mined(question, tuple(right.items()), tuple(decoys), tuple(wrong))


def find_answer(text: str, question: Question) -> Span | None:
    """Return the span with which a text answers a question, from its evidence; or None."""
    if not question.is_answerable:
        return None
    for part in (question.evidence, *question.evidence.split("\n")):
        if len(part) < SHORTEST and part != question.evidence:
            continue
        if found := find_words(part, text):
            words = question.answer and find_words(question.answer, text[found[0] : found[1]])
            return (found[0] + words[0], found[0] + words[1]) if words else found
    return None


def find_words(words: str, text: str) -> Span | None:
    """Return the span of some words in a text, verbatim or with anything between them."""
    verbatim = r"\s+".join(re.escape(word) for word in words.split())
    loosely = r"[\W_]+".join(re.findall(r"[^\W_]+", words))
    for pattern in filter(None, (verbatim, loosely)):
        if found := re.search(pattern, text):
            return found.span()
    return None


def fold(text: str) -> str:
    """Return only the words of a text, in lower case."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
