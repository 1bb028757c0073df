"""An opened generation: the passages that answer a question, best first."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from corpus.types import Passage, Span
from embeddings.catalog import Catalog
from embeddings.kinds import KindTest
from embeddings.partition import LookedUp, Partition
from embeddings.passage_text import TEXT_VERSION
from embeddings.quoting import quote_best
from embeddings.ranking import WEIGHTS, Weights, gather_evidence, weigh, with_quote
from embeddings.static import StaticEmbedder, normalised, split_words
from embeddings.storage import CATALOG, Manifest
from embeddings.types import Embedder, Hit, Query, Source, UnitRead, Vectors
from embeddings.words import content_words

_PROPOSED: Final = 150
"""Passages that each index of each language proposes at most."""
_READ: Final = 16
"""Passages of each language whose text is read."""
_PER_DOCUMENT: Final = 1
"""Passages of one document among the hits, where all documents are asked."""


def fingerprint_of(embedder: Embedder) -> str:
    """Return what must be equal for a question to be asked of an index."""
    return f"{embedder.fingerprint}/text-{TEXT_VERSION}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer a question, with what speaks for it."""

    passage: Passage
    source: Source
    evidence: NDArray[np.float32]
    """One figure for each of `Weights`, in its order."""
    quote: Span
    coverage: float
    year: int | None
    """The year in which it has the time that the question names."""


class PassageIndex:
    """Finds passages; one thread at a time may ask."""

    def __init__(
        self,
        catalog: Catalog,
        partitions: Sequence[Partition],
        embedder: Embedder,
    ) -> None:
        self.catalog = catalog
        self.partitions = partitions
        self.embedder = embedder
        self._static = embedder if isinstance(embedder, StaticEmbedder) else StaticEmbedder()
        # A question that was searched for is often read for names as well.
        self._look_up = lru_cache(maxsize=1)(self._look_up_words)

    @classmethod
    def open(cls, folder: Path, embedder: Embedder) -> Self:
        """Open a generation; UserError where it is damaged or was made with another model."""
        manifest = Manifest.read(folder)
        if manifest.fingerprint != fingerprint_of(embedder):
            raise UserError(_another_model(manifest.model, embedder.name))
        manifest.check(folder)
        try:
            catalog = Catalog.open(folder / CATALOG)
            partitions = [
                Partition(folder / language, language, first, count)
                for language, (first, count) in manifest.languages.items()
            ]
        # What tantivy, FAISS, numpy and SQLite raise where a file is not what it should be.
        except (OSError, ValueError, RuntimeError, sqlite3.Error) as error:
            message = f"The index is damaged ({error}). Run: citera reembed"
            raise UserError(message) from error
        return cls(catalog, partitions, embedder)

    def close(self) -> None:
        """Let go of the files."""
        self.catalog.close()

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the passages that answer a question best, best first, few of one document."""
        return rank(
            self.gather(query), limit, per_document=limit if query.within else _PER_DOCUMENT
        )

    def gather(self, query: Query) -> list[Candidate]:
        """Return the most likely passages of each language with all that speaks for them."""
        meaning = self.embedder.embed_question(query.text)
        looked_up = self._look_up(query.text, query.language)
        return [
            candidate
            for partition, words in zip(self.partitions, looked_up, strict=True)
            for candidate in self._gather(partition, words, meaning, query)
        ]

    def read(self, query: Query, paths: Sequence[str]) -> dict[str, list[UnitRead]]:
        """Return the units of documents, in order, with how well each renders a question."""
        numbers = [number for path in paths for number in self.catalog.numbers_of(path)]
        found = self.catalog.passages_by_number(numbers)
        units: dict[str, list[UnitRead]] = {path: [] for path in paths}
        looked_up = self._look_up(query.text, query.language)
        for partition, words in zip(self.partitions, looked_up, strict=True):
            # Words alone tell sentences of one document apart.
            candidates = partition.among(numbers, np.zeros(self.embedder.dimension, np.float32))
            if not len(candidates.numbers):
                continue
            evidence = gather_evidence(words, query.periods, partition, candidates)
            for row, number in enumerate(candidates.numbers.tolist()):
                source, passage = found[number]
                rendered = evidence.units[evidence.starts[row] : evidence.starts[row + 1]]
                support = (rendered @ evidence.needed[row]).tolist()
                units[source.path] += map(
                    partial(UnitRead, source, passage), passage.units, support
                )
        return units

    def _look_up_words(self, text: str, language: str) -> list[LookedUp]:
        """Return how the words of a question are looked for in each language."""
        words = content_words(text, language)
        vectors = normalised(self._static.word_vectors(words))
        said = split_words(text)
        return [partition.look_up(words, vectors, said) for partition in self.partitions]

    def _gather(
        self, partition: Partition, words: LookedUp, meaning: Vectors, query: Query
    ) -> Iterator[Candidate]:
        candidates = (
            partition.search(words, meaning, _PROPOSED)
            if query.within is None
            else partition.among(self.catalog.numbers_of(query.within), meaning)
        )
        if not len(candidates.numbers):
            return
        evidence = gather_evidence(words, query.periods, partition, candidates)
        kind = KindTest(query.kind, split_words(query.text))
        likely = np.argsort(-weigh(evidence.table, WEIGHTS), kind="stable")[:_READ]
        found = self.catalog.passages_by_number(candidates.numbers[likely].tolist())
        for row in likely.tolist():
            source, passage = found[int(candidates.numbers[row])]
            units = evidence.units[evidence.starts[row] : evidence.starts[row + 1]]
            quoted = quote_best(passage, units, evidence.needed[row], kind)
            figures = with_quote(evidence.table[row], quoted)
            coverage, year = float(evidence.coverage[row]), int(evidence.years[row]) or None
            yield Candidate(passage, source, figures, quoted.span, coverage, year)


def rank(
    candidates: Sequence[Candidate],
    limit: int,
    weights: Weights = WEIGHTS,
    per_document: int = _PER_DOCUMENT,
) -> list[Hit]:
    """Return the best candidates, best first, few of one document."""
    if not candidates:
        return []
    scores = weigh(np.stack([candidate.evidence for candidate in candidates]), weights)
    taken: Counter[str] = Counter()
    hits: list[Hit] = []
    for row in np.argsort(-scores, kind="stable").tolist():
        one = candidates[row]
        if taken[one.source.path] < per_document and len(hits) < limit:
            taken[one.source.path] += 1
            score = float(scores[row])
            hits.append(Hit(one.passage, one.source, score, one.quote, one.coverage, one.year))
    return hits


def _another_model(made_with: str, asked_with: str) -> str:
    if made_with == asked_with:
        return "The index was made by another version of citera or its model. Run: citera reembed"
    return (
        f"The index was made with another model: {made_with}, and EMBEDDING_MODEL is now "
        f"{asked_with}. Set it back, or run: citera reembed"
    )
