"""Documents read whole for a question: their units, with how well each renders it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from embeddings.index.catalog import Catalog
from embeddings.models.static import StaticEmbedder
from embeddings.search.answer_type import Expected, focus_of
from embeddings.search.language_index import LookedUp, Partition
from embeddings.search.quote_selection import Rendered, Unit, units_of
from embeddings.types import Source, Vectors

_LONGEST: Final = 60
"""Passages of a document that are read at most."""


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
    expected: Expected


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read for a question."""

    source: Source
    units: Sequence[Unit]
    rendered: Rendered
    rarity: Vectors
    """How rare each word of the question is in its language: 1 for one that stands nowhere."""


def read_documents(
    paths: Sequence[str],
    asked: Asked,
    catalog: Catalog,
    partitions: Sequence[Partition],
    model: StaticEmbedder,
) -> dict[str, Read]:
    """Return documents by their paths, each with what it renders of a question.

    All are read together: one query, and one look at the words and vectors of all their units.
    """
    passages = catalog.passages_of(paths, _LONGEST)
    units = {path: units_of([one for _, _, one in found]) for path, found in passages.items()}
    read: dict[str, Read] = {}
    for partition, words in zip(partitions, asked.looked_up, strict=True):
        here = [path for path, found in passages.items() if found[0][0] in partition]
        if not here:
            continue
        numbers = np.array([one[0] for path in here for one in passages[path]], dtype=np.int64)
        matches = partition.match(numbers - partition.first, words)
        meanings = partition.unit_vectors(numbers - partition.first, model) @ asked.gist
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
                focus=focus_of(asked.words, asked.expected),
                meaning=meaning,
            )
            read[path] = Read(passages[path][0][1], units[path], rendered, rarity)
    return read
