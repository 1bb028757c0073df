"""An open generation of the index, and the search for quotes in it."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from corpus.types import Document
from corpus.words import content_words, split_words
from embeddings.engines.files import FileGeneration
from embeddings.engines.protocol import Generation, Opened
from embeddings.index.fingerprint import fingerprint_of
from embeddings.models.static import StaticEmbedder, normalised
from embeddings.search.asking_clause import asking_words
from embeddings.search.document_units import Asked, TakenApart, take_apart
from embeddings.search.evidence import GatheredEvidence, gather_evidence
from embeddings.search.language_index import LookedUp, Partition
from embeddings.search.quote_selection import (
    WITH_READER,
    WITHOUT_READER,
    Quote,
    ReadUnit,
    quotes_of,
    read_units,
)
from embeddings.search.second_reading import Matter, read_again
from embeddings.types import Embedder, Hit, PassageEvidence, Query, Reader

PROPOSED: Final = 150
"""How many passages each index of each language proposes at most."""
DOCUMENTS: Final = 20
"""How many documents are split into units."""
_TOGETHER: Final = 60
"""How many passages' documents are looked up at a time."""
_PER_DOCUMENT: Final = 3
"""Maximum number of quotes of one document among the hits, if all documents are searched."""
_REPEATED: Final = 0.03
"""Penalty for each further quote of the same document."""
_NEAR: Final = 0.1
"""A neighbouring sentence is quoted too if it scores at most this much less."""
_NEAR_UNREAD: Final = 0.02
"""The same without a reader."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document proposed by the search."""

    path: str
    score: float
    """The score of its best passage."""
    matched: PassageEvidence
    passages: tuple[int, ...]
    """Numbers of its proposed passages, best first."""
    year: int | None
    """The year in which its best passage matches the time in the question."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best documents and their units that may answer."""

    proposals: Mapping[str, Proposal]
    documents: Mapping[str, TakenApart]
    units: tuple[ReadUnit, ...]
    understood: bool
    """Whether any word of the question is known."""


class PassageIndex:
    """Searches a generation and reads its passages; not thread-safe."""

    def __init__(self, opened: Opened, embedder: Embedder, reader: Reader | None = None) -> None:
        self.check = opened.check
        """Results are valid only once it has finished."""
        self.catalog = opened.texts
        self.partitions = [Partition(indexes) for indexes in opened.languages]
        self._askers = (
            ThreadPoolExecutor(len(self.partitions) or 1) if opened.side_by_side else None
        )
        self._embedder = embedder
        self._reader = reader
        self._static = embedder if isinstance(embedder, StaticEmbedder) else StaticEmbedder()

    @classmethod
    def open(
        cls, generation: Generation | Path, embedder: Embedder, reader: Reader | None = None
    ) -> Self:
        """Open a generation, or the one in a folder.

        UserError if it is damaged or was built with another model.
        """
        if isinstance(generation, Path):
            generation = FileGeneration(generation)
        manifest = generation.manifest()
        if manifest.fingerprint != fingerprint_of(embedder):
            raise UserError(_another_model(manifest.model, embedder.name))
        return cls(generation.open(), embedder, reader)

    def close(self) -> None:
        """Close the files."""
        if self._askers:
            self._askers.shutdown()
        self.catalog.close()

    def document(self, path: str) -> Document:
        """Return a document as it was read; LookupError if there is none."""
        return self.catalog.document(path)

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the best quotes for a question, best first, with few of each document."""
        found = self.find(query)
        weights = WITH_READER if self._reader else WITHOUT_READER
        near = _NEAR if self._reader else _NEAR_UNREAD
        quotes = quotes_of(found.units, found.documents, weights, near)
        most = limit if query.scope.document else _PER_DOCUMENT
        chosen = _few_of_each(quotes, most)[:limit]
        if self._reader and chosen:
            words = content_words(query.text, query.language)
            matter = None if query.whole_lists else Matter(words, self._static)
            chosen = read_again(query.text, chosen, found.documents, self._reader, matter)
        return [_hit(one, found) for one in chosen]

    def find(self, query: Query) -> Found:
        """Return the best documents of all languages, their best passages judged by the reader."""
        asked = self.understand(query)
        proposals = self._proposals(asked, query)
        documents = take_apart(
            {path: one.passages for path, one in proposals.items()},
            asked,
            self.catalog,
            self.partitions,
            self._static,
        )
        scores = {path: one.score for path, one in proposals.items()}
        units = read_units(query.text, query.periods, documents, scores, self._reader)
        return Found(proposals, documents, tuple(units), asked.is_understood)

    def understand(self, query: Query) -> Asked:
        """Return a question with its words looked up."""
        words = content_words(query.text, query.language)
        vectors = normalised(self._static.word_vectors(words))
        said = split_words(query.text)
        return Asked(
            words=words,
            looked_up=tuple(
                one.look_up(words, vectors, said, query.language) for one in self.partitions
            ),
            meaning=self._embedder.embed_question(query.text),
            gist=self._static.embed_question(query.text),
            focus=asking_words(query.text, words),
            meant=np.array([self._static.knows(word) for word in words], dtype=np.float32),
        )

    def gather(
        self, asked: Asked, query: Query
    ) -> Iterator[tuple[NDArray[np.int64], GatheredEvidence]]:
        """Yield the candidate passages of each language, with their evidence."""
        path = query.scope.document
        numbers = None if path is None else self.catalog.numbers_of(path)

        def look(
            partition: Partition, words: LookedUp
        ) -> tuple[NDArray[np.int64], GatheredEvidence] | None:
            candidates = (
                partition.search(words, asked.meaning, PROPOSED)
                if numbers is None
                else partition.among(numbers, asked.meaning)
            )
            if not len(candidates.numbers):
                return None
            evidence = gather_evidence(words, query.periods, partition, candidates)
            return candidates.numbers, evidence

        each = self._askers.map if self._askers else map
        yield from filter(None, each(look, self.partitions, asked.looked_up))

    def _proposals(self, asked: Asked, query: Query) -> dict[str, Proposal]:
        """Return the best documents by path, best first."""
        every = [
            one
            for numbers, evidence in self.gather(asked, query)
            for one in self._propose(numbers, evidence)
        ]
        every.sort(key=lambda one: -one.score)
        return {one.path: one for one in every[:DOCUMENTS]}

    def _propose(
        self, numbers: NDArray[np.int64], evidence: GatheredEvidence
    ) -> Iterator[Proposal]:
        """Yield the best documents of a language."""
        scores = evidence.scores()
        order = np.argsort(-scores, kind="stable").tolist()
        for path, rows in self._by_document(numbers, order).items():
            best = rows[0]
            yield Proposal(
                path=path,
                score=float(scores[best]),
                matched=evidence.of(best),
                passages=tuple(numbers[rows].tolist()),
                year=int(evidence.years[best]) or None,
            )

    def _by_document(
        self, numbers: NDArray[np.int64], order: Sequence[int]
    ) -> dict[str, list[int]]:
        """Return the first documents of the passages in that order, each with its rows."""
        found: dict[str, list[int]] = {}
        for first in range(0, len(order), _TOGETHER):
            some = order[first : first + _TOGETHER]
            paths = self.catalog.documents_of(numbers[some].tolist())
            for row in some:
                found.setdefault(paths[int(numbers[row])], []).append(row)
            if len(found) >= DOCUMENTS:
                break
        return dict(list(found.items())[:DOCUMENTS])


def _few_of_each(quotes: Sequence[Quote], most: int) -> list[Quote]:
    """Return quotes, best first; after a number of each document, further ones come last."""
    seen: dict[str, int] = {}
    placed: list[tuple[float, Quote]] = []
    for one in quotes:
        nth = seen.get(one.unit.path, 0)
        seen[one.unit.path] = nth + 1
        if nth < most:
            placed.append((_REPEATED * nth - one.score, one))
    return [one for _, one in sorted(placed, key=lambda each: each[0])]


def _hit(quote: Quote, found: Found) -> Hit:
    unit, document = quote.unit, found.documents[quote.unit.path]
    proposal = found.proposals[quote.unit.path]
    return Hit(
        passage=quote.passage,
        source=document.source,
        score=quote.score,
        quote=quote.span,
        answer=unit.answer,
        strength=unit.verdict.strength if unit.verdict else 0.0,
        evidence=unit.evidence,
        matched=proposal.matched,
        rendered=document.rendered,
        rarity=document.rarity,
        understood=found.understood,
        year=proposal.year,
    )


def _another_model(made_with: str, asked_with: str) -> str:
    if made_with == asked_with:
        return "The index was made by another version of citera or its model. Run: citera reembed"
    return (
        f"The index was made with another model: {made_with}, and EMBEDDING_MODEL is now "
        f"{asked_with}. Set it back, or run: citera reembed"
    )
