"""An opened generation: the passages that answer a question, best first."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np

from corpus.errors import UserError
from corpus.types import Passage
from embeddings.catalog import Catalog
from embeddings.interaction import Question
from embeddings.partition import Candidates, Partition
from embeddings.passage_text import TEXT_VERSION
from embeddings.ranking import WEIGHTS, Evidence, Weights, gather_evidence, quotable, weigh
from embeddings.static import StaticEmbedder, normalised
from embeddings.storage import CATALOG, Manifest
from embeddings.types import Embedder, Hit, Query, Source
from embeddings.words import content_words

_PROPOSED: Final = 200
"""Passages that each index of each language proposes at most."""
_LOOKED_AT: Final = 100
"""Passages of each language whose text is looked at."""
_PER_DOCUMENT: Final = 1
"""Passages of one document among the hits."""


def fingerprint_of(embedder: Embedder) -> str:
    """Return what must be equal for a question to be asked of an index."""
    return f"{embedder.fingerprint}/text-{TEXT_VERSION}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Candidates of one language with the evidence for each."""

    passages: Sequence[tuple[Source, Passage]]
    evidence: Evidence


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

    @classmethod
    def open(cls, folder: Path, embedder: Embedder) -> Self:
        """Open a generation; UserError where it is damaged or was made with another model."""
        manifest = Manifest.read(folder)
        if manifest.fingerprint != fingerprint_of(embedder):
            raise UserError(
                f"The index was made with {manifest.model}, and EMBEDDING_MODEL is now "
                f"{embedder.name}, or citera has been updated. Run: citera reembed"
            )
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
        return rank(self.gather(query), limit)

    def gather(self, query: Query) -> list[Gathered]:
        """Return the candidates of each language with all that speaks for them, not yet weighed."""
        words = content_words(query.text, query.language)
        vectors = normalised(self._static.word_vectors(words))
        meaning = self.embedder.embed_question(query.text)
        gathered = []
        for partition in self.partitions:
            looked_up = partition.look_up(words, vectors)
            candidates = _best(partition.search(looked_up, meaning, _PROPOSED))
            found = self.catalog.passages_by_number(candidates.numbers)
            passages = [found[number] for number in candidates.numbers.tolist()]
            if passages:
                question = Question(words, vectors, looked_up, query.kind, query.periods)
                evidence = gather_evidence(
                    question, partition, passages, candidates.lexical, candidates.dense
                )
                gathered.append(Gathered(passages, evidence))
        return gathered


def rank(candidates: Sequence[Gathered], limit: int, weights: Weights = WEIGHTS) -> list[Hit]:
    """Return the best of the candidates of all languages, best first, few of one document."""
    hits = [hit for gathered in candidates for hit in _weighed(gathered, weights)]
    hits.sort(key=lambda hit: -hit.score)
    return _spread(hits, limit)


def _weighed(gathered: Gathered, weights: Weights) -> list[Hit]:
    evidence = gathered.evidence
    scores = weigh(evidence, weights)
    return [
        Hit(
            passage=passage,
            source=source,
            score=float(scores[row]),
            quote=quotable(passage)[evidence.best_unit[row]],
            coverage=float(evidence.coverage[row]),
        )
        for row, (source, passage) in enumerate(gathered.passages)
    ]


def _best(candidates: Candidates) -> Candidates:
    """Return the candidates that one of the two indexes places high."""
    if len(candidates.numbers) <= _LOOKED_AT:
        return candidates
    strength = candidates.lexical / max(float(candidates.lexical.max()), 1e-6)
    strength = strength + 0.5 * candidates.dense / max(float(candidates.dense.max()), 1e-6)
    best = np.sort(np.argsort(-strength)[:_LOOKED_AT])
    return Candidates(candidates.numbers[best], candidates.lexical[best], candidates.dense[best])


def _spread(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """Return the first hits, passing over further ones of a document that has had its share."""
    taken: Counter[str] = Counter()
    spread = []
    for hit in hits:
        if taken[hit.source.path] < _PER_DOCUMENT:
            taken[hit.source.path] += 1
            spread.append(hit)
        if len(spread) == limit:
            break
    return spread
