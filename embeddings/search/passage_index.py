"""An opened generation: the passages that answer a question, best first."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from corpus.words import content_words, split_words
from embeddings.index.catalog import Catalog
from embeddings.index.passage_text import TEXT_VERSION
from embeddings.index.storage import CATALOG, Manifest
from embeddings.models.static import BUNDLED_MODEL, StaticEmbedder, fingerprint_in, normalised
from embeddings.search.answer_type import expect
from embeddings.search.document_units import Asked, Read, read_documents
from embeddings.search.evidence import WEIGHTS, Weights, gather_evidence, weigh
from embeddings.search.language_index import LookedUp, Partition
from embeddings.search.quote_selection import Quotable, Unit, figures_of, quote_best, support_of
from embeddings.types import Embedder, Hit, Query, Source, UnitRead

_PROPOSED: Final = 150
"""Passages that each index of each language proposes at most."""
_READ: Final = 10
"""Documents whose text is read."""
_TOGETHER: Final = 40
"""Passages whose documents are looked up at once."""
_QUOTES: Final = 12
"""Quotes that are looked for in a document at most."""
_PER_DOCUMENT: Final = 3
"""Quotes of one document among the hits, where all documents are asked."""
_REPEATED: Final = 0.03
"""How much less each further quote of one document counts beside other documents."""


def fingerprint_of(embedder: Embedder) -> str:
    """Return what must be equal for a question to be asked of an index.

    Words are compared by the bundled model also where another one compares passages.
    """
    words = "" if isinstance(embedder, StaticEmbedder) else f"/{fingerprint_in(BUNDLED_MODEL)}"
    return f"{embedder.fingerprint}{words}/text-{TEXT_VERSION}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may answer a question, with what speaks for it."""

    source: Source
    evidence: NDArray[np.float32]
    """What speaks for its best passage, one figure for each of `Weights`, in its order."""
    quotes: tuple[Quotable, ...]
    """What of it answers best, best first."""
    year: int | None
    """The year that a month or day of the question, named without one, is in."""
    rendered: Mapping[str, float]
    """For each word of the question with matter how surely the document renders it, 0 to 1."""
    rarity: Mapping[str, float]
    """How rare each of these words is among the passages, 0 to 1 for one that stands nowhere."""


@dataclass(frozen=True, slots=True)
class _Proposal:
    """The best passage of a document that an index proposes."""

    path: str
    score: float
    evidence: NDArray[np.float32]
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
        self._understand = lru_cache(maxsize=1)(self._understand_question)

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
        """Return the quotes that answer a question best, best first, few of one document."""
        return rank(
            self.gather(query), limit, per_document=limit if query.within else _PER_DOCUMENT
        )

    def gather(self, query: Query) -> list[Candidate]:
        """Return the most likely documents of all languages with all that speaks for them."""
        asked = self._understood(query)
        pairs = zip(self.partitions, asked.looked_up, strict=True)
        proposals = [one for pair in pairs for one in self._propose(*pair, asked, query)]
        proposals.sort(key=lambda one: -one.score)
        likely = proposals[:_READ]
        read = self._read([one.path for one in likely], asked)
        return [_judged(one, read[one.path], asked) for one in likely]

    def read(self, query: Query, paths: Sequence[str]) -> dict[str, list[UnitRead]]:
        """Return the units of documents, in order, with how well each renders a question."""
        return {
            path: [
                UnitRead(one.source, unit.passage, unit.span, support)
                for unit, support in zip(one.units, support_of(one.rendered).tolist(), strict=True)
            ]
            for path, one in self._read(paths, self._understood(query)).items()
        }

    def judge(self, query: Query, path: str) -> tuple[Sequence[Unit], NDArray[np.float32]]:
        """Return a document's units, and what speaks for each: see `figures_of`."""
        asked = self._understood(query)
        read = self._read([path], asked)[path]
        return read.units, figures_of(read.units, read.rendered, asked.expected)

    def _read(self, paths: Sequence[str], asked: Asked) -> dict[str, Read]:
        return read_documents(paths, asked, self.catalog, self.partitions, self._static)

    def _understood(self, query: Query) -> Asked:
        return self._understand(query.text, query.language, query.kind)

    def _understand_question(self, text: str, language: str, kind: str | None) -> Asked:
        words = content_words(text, language)
        vectors = normalised(self._static.word_vectors(words))
        said = split_words(text)
        return Asked(
            words=words,
            looked_up=tuple(one.look_up(words, vectors, said, language) for one in self.partitions),
            meaning=self.embedder.embed_question(text),
            gist=self._static.embed_question(text),
            expected=expect(Query(text, language, kind), words, self._static),
        )

    def _propose(
        self, partition: Partition, words: LookedUp, asked: Asked, query: Query
    ) -> Iterator[_Proposal]:
        """Yield the documents of a language that a question is most likely answered by."""
        candidates = (
            partition.search(words, asked.meaning, _PROPOSED)
            if query.within is None
            else partition.among(self.catalog.numbers_of(query.within), asked.meaning)
        )
        if not len(candidates.numbers):
            return
        evidence = gather_evidence(words, query.periods, partition, candidates)
        scores = weigh(evidence.table, WEIGHTS)
        rows = np.argsort(-scores, kind="stable").tolist()
        for path, row in self._best_passages(candidates.numbers, rows):
            year = int(evidence.years[row]) or None
            yield _Proposal(path, float(scores[row]), evidence.table[row], year)

    def _best_passages(
        self, numbers: NDArray[np.int64], rows: Sequence[int]
    ) -> list[tuple[str, int]]:
        """Return the first documents of passages in that order, each with its first row."""
        best: dict[str, int] = {}
        for first in range(0, len(rows), _TOGETHER):
            some = rows[first : first + _TOGETHER]
            paths = self.catalog.documents_of(numbers[some].tolist())
            for row in some:
                best.setdefault(paths[int(numbers[row])], row)
            if len(best) >= _READ:
                break
        return list(best.items())[:_READ]


def _judged(proposal: _Proposal, read: Read, asked: Asked) -> Candidate:
    """Return a proposed document with what of it answers best."""
    figures = figures_of(read.units, read.rendered, asked.expected)
    return Candidate(
        source=read.source,
        evidence=proposal.evidence,
        quotes=tuple(quote_best(read.units, figures, asked.expected, _QUOTES)),
        year=proposal.year,
        rendered=dict(zip(asked.words, read.rendered.surely().tolist(), strict=True)),
        rarity=dict(zip(asked.words, read.rarity.tolist(), strict=True)),
    )


def rank(
    candidates: Sequence[Candidate],
    limit: int,
    weights: Weights = WEIGHTS,
    per_document: int = _PER_DOCUMENT,
) -> list[Hit]:
    """Return the best quotes, best first, few of one document."""
    quotes = [(one, quote) for one in candidates for quote in one.quotes[:per_document]]
    further = [nth for one in candidates for nth, _ in enumerate(one.quotes[:per_document])]
    if not quotes:
        return []
    table = np.stack([one.evidence for one, _ in quotes])
    table[:, -1] = [quote.score for _, quote in quotes]
    scores = weigh(table, weights)
    order = np.argsort(_REPEATED * np.array(further) - scores, kind="stable")
    return [
        Hit(
            passage=quotes[row][1].passage,
            source=quotes[row][0].source,
            score=float(scores[row]),
            quote=quotes[row][1].span,
            highlights=quotes[row][1].highlights,
            answers=quotes[row][1].score,
            evidence=(*table[row].tolist(), *quotes[row][1].figures.tolist()),
            rendered=quotes[row][0].rendered,
            rarity=quotes[row][0].rarity,
            year=quotes[row][0].year,
        )
        for row in order[:limit].tolist()
    ]


def _another_model(made_with: str, asked_with: str) -> str:
    if made_with == asked_with:
        return "The index was made by another version of citera or its model. Run: citera reembed"
    return (
        f"The index was made with another model: {made_with}, and EMBEDDING_MODEL is now "
        f"{asked_with}. Set it back, or run: citera reembed"
    )
