"""An opened generation: the quotes that answer a question, best first."""

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
from embeddings.search.second_reading import read_again
from embeddings.types import Embedder, Hit, PassageEvidence, Query, Reader

PROPOSED: Final = 150
"""Passages that each index of each language proposes at most."""
DOCUMENTS: Final = 20
"""Documents that are taken apart."""
_TOGETHER: Final = 60
"""Passages whose documents are looked up at once."""
_PER_DOCUMENT: Final = 3
"""Quotes of one document among the hits, where all documents are asked."""
_REPEATED: Final = 0.03
"""How much less each further quote of one document counts beside other documents."""
_NEAR: Final = 0.1
"""How much less a neighbouring sentence may score and still be quoted as well."""
_NEAR_UNREAD: Final = 0.02
"""The same where no reader has judged them."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document that may answer, as the search proposes it."""

    path: str
    score: float
    """Of its best passage."""
    matched: PassageEvidence
    passages: tuple[int, ...]
    """Numbers of its passages that were proposed, best first."""
    year: int | None
    """The year in which its best passage has the time that the question names."""


@dataclass(frozen=True, slots=True)
class Found:
    """The most likely documents with the units of them that may answer."""

    proposals: Mapping[str, Proposal]
    documents: Mapping[str, TakenApart]
    units: tuple[ReadUnit, ...]
    understood: bool
    """Whether any word of the question is known."""


class PassageIndex:
    """Finds passages and reads them; one thread at a time may ask."""

    def __init__(self, opened: Opened, embedder: Embedder, reader: Reader | None = None) -> None:
        self.check = opened.check
        """What is found counts only when it is over."""
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

        UserError where it is damaged or was made with another model.
        """
        if isinstance(generation, Path):
            generation = FileGeneration(generation)
        manifest = generation.manifest()
        if manifest.fingerprint != fingerprint_of(embedder):
            raise UserError(_another_model(manifest.model, embedder.name))
        return cls(generation.open(), embedder, reader)

    def close(self) -> None:
        """Let go of what was opened."""
        if self._askers:
            self._askers.shutdown()
        self.catalog.close()

    def document(self, path: str) -> Document:
        """Return a document as it was read; LookupError where there is no such document."""
        return self.catalog.document(path)

    def search(self, query: Query, limit: int) -> list[Hit]:
        """Return the quotes that answer a question best, best first, few of one document."""
        found = self.find(query)
        weights = WITH_READER if self._reader else WITHOUT_READER
        near = _NEAR if self._reader else _NEAR_UNREAD
        quotes = quotes_of(found.units, found.documents, weights, near)
        most = limit if query.scope.document else _PER_DOCUMENT
        chosen = _few_of_each(quotes, most)[:limit]
        if self._reader and chosen:
            chosen = read_again(query.text, chosen, found.documents, self._reader)
        return [_hit(one, found) for one in chosen]

    def find(self, query: Query) -> Found:
        """Return the most likely documents of all languages, their likeliest passages read."""
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
        """Return a question as it is looked for."""
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
        """Yield for each language the passages that may answer, with what speaks for each."""
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
        """Return the likeliest documents by their paths, best first."""
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
        """Yield the documents of a language that a question is most likely answered by."""
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
        """Return the first documents of passages in that order, each with its rows."""
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
    """Return quotes, best first, at most some of each document, the further ones set back."""
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
