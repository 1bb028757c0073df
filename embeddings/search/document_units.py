"""The most likely documents taken apart: their units, with how well each renders a question."""

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
"""Passages of a document that are looked at: all of most documents, else those around what was
proposed."""
_AROUND: Final = 2
"""Passages before and after a proposed one that are looked at in a longer document."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, as it is looked for."""

    words: Sequence[str]
    """Those of its words that carry matter."""
    looked_up: Sequence[LookedUp]
    """These words in each partition."""
    meaning: Vectors
    """The question's vector."""
    gist: Vectors
    """Its vector in the bundled model, which units are compared with."""
    focus: Vectors
    """1 for each of the words that stands in the clause that asks, else 0."""
    meant: Vectors
    """1 for each of the words that the model knows, 0 for letters that mean nothing to it."""

    @property
    def is_understood(self) -> bool:
        """Whether any of the words is known to the model, or stands in the corpus."""
        stands = any(row is not None for words in self.looked_up for row in words.own)
        return stands or bool(self.meant.any())


@dataclass(frozen=True, slots=True)
class TakenApart:
    """A document taken apart for a question."""

    source: Source
    units: Sequence[Unit]
    table: Vectors
    """What speaks for each unit; a column for each field of `UnitEvidence`, in its order."""
    rendered: Mapping[str, float]
    """For each word of the question how surely the document renders it, 0 to 1."""
    rarity: Mapping[str, float]
    """How rare each is in the document's language: 1 for one that stands nowhere."""

    def scores(self, weights: UnitEvidence = UNIT_WEIGHTS) -> Vectors:
        """Return how well each unit matches; higher is better."""
        scores: Vectors = self.table @ np.array(astuple(weights), dtype=np.float32)
        return scores


def take_apart(
    proposed: Mapping[str, Sequence[int]],
    asked: Asked,
    catalog: Texts,
    partitions: Sequence[Partition],
    model: StaticEmbedder,
) -> dict[str, TakenApart]:
    """Return documents by their paths, each with how well its units match a question.

    `proposed` has for each path the numbers of the passages that the search proposed. All are
    looked at together: one query, and one look at the words and vectors of all their units.
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
            # Letters that mean nothing are like any word: only the very same ones render them.
            stand_here = np.array([row is not None for row in words.own], dtype=np.float32)
            sure = rendered.surely() * np.maximum(asked.meant, stand_here)
            apart[path] = TakenApart(
                source=passages[path][0][1],
                units=units[path],
                table=unit_table(units[path], rendered),
                rendered=dict(zip(asked.words, sure.tolist(), strict=True)),
                rarity=dict(zip(asked.words, rarity.tolist(), strict=True)),
            )
    return apart
