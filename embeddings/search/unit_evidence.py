"""Evidence for the sentences, lists and rows of a document, before the reader.

Each unit is scored within its document: by the question's words it matches (above all those of the
clause that asks, and those that the rest of the document lacks) and by the units around it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from corpus.types import Passage, Span
from embeddings.search.evidence import TITLE_SPARES
from embeddings.types import Vectors

_COMMON_SPARES: Final = 0.8
"""Discount for a word that every unit of the document matches."""


@dataclass(frozen=True, slots=True)
class UnitEvidence:
    """Evidence for a unit; also used for the weights."""

    support: float
    """How well it matches the question's words, discounting those in the title."""
    focus: float
    """How well it matches the words of the clause that asks."""
    rare_focus: float
    """The same, with words weighted by how few units of the document match them."""
    around: float
    """How well it matches the question together with its neighbours and the title."""
    before: float
    """How well the unit before it matches the question."""
    best: float
    """Share of the question's words that no unit of the document matches better."""
    meaning: float
    """Cosine of its vector and the question's."""
    is_question: float
    """Whether it is a question itself."""
    late: float
    """Logarithm of the number of units before it: documents first summarise, then give details."""


UNIT_WEIGHTS: Final = UnitEvidence(
    support=-1.2,
    focus=-5.3,
    rare_focus=9.1,
    around=3.6,
    before=1.3,
    best=1.6,
    meaning=4.0,
    is_question=-1.8,
    late=0.3,
)
"""Fitted by `benchmarks/fit_units.py`."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, list with its lead-in, or table row of a document."""

    passage: Passage
    span: Span
    text: str
    is_joined: bool
    """Whether only white space separates it from the unit before, in the same passage."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """How well the units of a document match the words of a question, as parallel arrays."""

    units: Vectors
    """Shape (units, words)."""
    titles: Vectors
    """The same for the title and headings of each unit's passage."""
    rarity: Vectors
    """The weight of each word; sums to 1."""
    trust: Vectors
    """How certainly each word's best match in the language means the same."""
    focus: Vectors
    """1 for each word of the clause that asks, otherwise 0."""
    meaning: Vectors
    """Cosine of each unit's vector and the question's."""

    def surely(self) -> Vectors:
        """Return how certainly the document as a whole matches each word, from 0 to 1."""
        best: Vectors = np.maximum(self.units.max(axis=0), self.titles.max(axis=0)) * self.trust
        return best


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """Return the units of a document's passages, in order."""
    return [unit for passage in passages for unit in _units(passage)]


def _units(passage: Passage) -> Iterator[Unit]:
    before: int | None = None
    for span, text in zip(passage.units, passage.unit_texts(), strict=True):
        gap = "x" if before is None else passage.text[before : span[0] - passage.start]
        yield Unit(passage, span, text, is_joined=not gap.strip())
        before = span[1] - passage.start


def unit_table(units: Sequence[Unit], rendered: Rendered) -> Vectors:
    """Return the evidence of each unit; one column per field of `UnitEvidence`, in its order."""
    matches, rarity = rendered.units, rendered.rarity
    untold = 1 - TITLE_SPARES * rendered.titles
    before = np.vstack([np.zeros_like(matches[:1]), matches[:-1]])
    after = np.vstack([matches[1:], np.zeros_like(matches[:1])])
    around = np.maximum(np.maximum(before, after), np.maximum(matches, rendered.titles))
    focus = rarity * rendered.focus
    rare = focus * (1 - _COMMON_SPARES * matches.mean(axis=0)) * untold.mean(axis=0)
    # The matrix library once raised this warning under load, with correct results.
    with np.errstate(invalid="ignore"):
        columns = {
            "support": (matches * _shares(rarity * untold)).sum(axis=1),
            "focus": matches @ _shares(focus),
            "rare_focus": matches @ _shares(rare),
            "around": around @ rarity,
            "before": before @ rarity,
            "best": (matches >= matches.max(axis=0)) @ rarity,
            "meaning": rendered.meaning,
            "is_question": np.array([unit.text.rstrip().endswith("?") for unit in units]),
            "late": np.log1p(np.arange(len(units))),
        }
    table = np.stack([columns[field.name] for field in fields(UnitEvidence)], axis=1)
    return table.astype(np.float32)


def _shares(weights: Vectors) -> Vectors:
    """Return rows, or a single one, scaled to sum to 1."""
    shares: Vectors = weights / np.maximum(weights.sum(axis=-1, keepdims=True), 1e-6)
    return shares
