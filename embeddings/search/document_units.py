"""Splits the best documents into units, and scores how well each matches a question."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Final

import numpy as np

from embeddings.engines.protocol import Texts
from embeddings.models.static import StaticEmbedder
from embeddings.search.language_index import LookedUp, Partition
from embeddings.search.unit_evidence import (
    UNIT_WEIGHTS,
    Rendered,
    Unit,
    UnitEvidence,
    unit_table,
    units_of,
)
from embeddings.types import Source, Vectors

_AT_ONCE: Final = 60
"""How many passages of a document are examined: all of most documents, otherwise those around the
proposed ones."""
_AROUND: Final = 2
"""In longer documents, how many passages before and after a proposed one are examined."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its words and vectors."""

    words: Sequence[str]
    """Its content words."""
    looked_up: Sequence[LookedUp]
    """These words as looked up in each partition."""
    meaning: Vectors
    """The question's vector."""
    gist: Vectors
    """Its vector in the bundled model, for comparison with units."""
    focus: Vectors
    """1 for each word in the clause that asks, otherwise 0."""
    meant: Vectors
    """1 for each word that the model knows, otherwise 0."""

    @property
    def is_understood(self) -> bool:
        """Whether the model or the corpus knows any of the words."""
        stands = any(row is not None for words in self.looked_up for row in words.own)
        return stands or bool(self.meant.any())


@dataclass(frozen=True, slots=True)
class TakenApart:
    """A document split into units, scored for a question."""

    source: Source
    units: Sequence[Unit]
    table: Vectors
    """Evidence of each unit; one column per field of `UnitEvidence`, in its order."""
    rendered: Mapping[str, float]
    """How well the document matches each word of the question, from 0 to 1."""
    rarity: Mapping[str, float]
    """How rare each word is in the document's language; 1 if it occurs nowhere."""

    def scores(self, weights: UnitEvidence = UNIT_WEIGHTS) -> Vectors:
        """Return a score for each unit; higher is better."""
        scores: Vectors = self.table @ np.array(astuple(weights), dtype=np.float32)
        return scores


def take_apart(
    proposed: Mapping[str, Sequence[int]],
    asked: Asked,
    catalog: Texts,
    partitions: Sequence[Partition],
    model: StaticEmbedder,
) -> dict[str, TakenApart]:
    """Return documents by path, each with scores of its units.

    `proposed` has the numbers of each path's proposed passages. All documents are processed
    together: one query, and one pass over the words and vectors of all units.
    """
    passages = catalog.passages_around(proposed, _AT_ONCE, _AROUND)
    units = {path: units_of([one for _, _, one in found]) for path, found in passages.items()}
    apart: dict[str, TakenApart] = {}
    for partition, words in zip(partitions, asked.looked_up, strict=True):
        here = [path for path, found in passages.items() if found[0][0] in partition]
        if not here:
            continue
        numbers = np.array([one[0] for path in here for one in passages[path]], dtype=np.int64)
        looked_at = partition.look_at(numbers - partition.first, words)
        matches = looked_at.matches
        meanings = looked_at.unit_vectors(model) @ asked.gist
        counts = np.diff(matches.starts, append=len(matches.units))
        titles = np.repeat(matches.titles, counts, axis=0)
        places = np.cumsum([len(units[path]) for path in here])[:-1]
        rarity = words.rarity / np.log1p(partition.vocabulary.passages)
        for path, of_units, of_titles, meaning in zip(
            here,
            *(np.split(one, places) for one in (matches.units, titles, meanings)),
            strict=True,
        ):
            rendered = Rendered(
                units=of_units,
                titles=of_titles,
                rarity=words.rarity / max(float(words.rarity.sum()), 1e-6),
                trust=words.trust,
                focus=asked.focus,
                meaning=meaning,
            )
            apart[path] = TakenApart(
                source=passages[path][0][1],
                units=units[path],
                table=unit_table(units[path], rendered),
                rendered=dict(zip(asked.words, _surely(rendered, asked, words), strict=True)),
                rarity=dict(zip(asked.words, rarity.tolist(), strict=True)),
            )
    return apart


def _surely(rendered: Rendered, asked: Asked, words: LookedUp) -> list[float]:
    """Return how surely a document matches each word of a question.

    Unknown words are as similar as any others, so they only match themselves.
    """
    stand_here = np.array([row is not None for row in words.own], dtype=np.float32)
    surely: list[float] = (rendered.surely() * np.maximum(asked.meant, stand_here)).tolist()
    return surely
