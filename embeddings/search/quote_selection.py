"""Answer sentence selection: which sentences or list of a document answer a question.

Each unit is judged in its document: by the words of the question that it renders, those of the
clause that asks above all and those that the rest of the document does not render anyway; by what
stands around it; and by whether it holds what is expected. Source of the task: Yang, Yih and Meek,
"WikiQA", 2015.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage, Span
from embeddings.search.answer_patterns import answering_spans, held_by
from embeddings.search.answer_type import Expected
from embeddings.types import Vectors

_TITLE_SPARES: Final = 0.5
"""How much less a unit needs to say a word that stands in the title."""
_COMMON_SPARES: Final = 0.8
"""How much less a word tells that every unit of the document renders."""
_LONGEST_QUOTE: Final = 600
"""Characters up to which neighbouring sentences are quoted together."""
_NEARLY: Final = 2.0
"""How much less a neighbouring sentence may score and still be quoted as well."""
_CAPTION: Final = re.compile(r"\bfoto(?:graf)?:|\bphoto:|^bild(?:text)?:", re.IGNORECASE)
# What can't be understood without the sentence before.
_LEANS_BACK: Final = re.compile(
    r"[\s–—-]*(?:han|hon|de|den|det|dessa|denna|detta|där|dit|båda|mötet|beslutet|he|she|they|it"
    r"|this|these|those|both|the meeting|the decision|the two|the three)\b(?! som| who| that)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class UnitWeights:
    """What each kind of evidence for a unit counts; fitted by `benchmarks/fit_selection.py`."""

    support: float = -1.2
    """How well it renders the question's words, less those that the title says."""
    focus: float = -5.3
    """How well it renders the words of the clause that asks."""
    rare_focus: float = 9.1
    """The same, each word counting by how few units of the document render it."""
    around: float = 3.6
    """How well it renders the question together with its neighbours and the title."""
    before: float = 1.3
    """How well the unit before it renders the question."""
    best: float = 1.6
    """Share of the question's words that no unit of the document renders better."""
    meaning: float = 4.0
    """Cosine of its vector and the question's."""
    answer: float = 3.0
    """Whether it holds something of the expected type."""
    measure: float = 1.7
    """Whether it holds a figure in what is asked for: money, or a share."""
    count: float = 2.3
    """Whether it holds as many things as are asked for."""
    is_question: float = -1.8
    """Whether it is a question itself."""
    late: float = 0.3
    """How many units stand before it, as a logarithm: what comes first is told in full later."""


UNIT_WEIGHTS: Final = UnitWeights()


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or list with its lead-in, of a document that may answer."""

    passage: Passage
    span: Span
    text: str
    is_joined: bool
    """Whether nothing but white space parts it from the unit before, in the same passage."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """How well the units of a document render the words of a question; arrays run together."""

    units: Vectors
    """Shape (units, words)."""
    titles: Vectors
    """The same of what stands over the passage of each unit."""
    rarity: Vectors
    """How much each word counts; sums to 1."""
    trust: Vectors
    """How surely each word's best rendering in the language means the same."""
    focus: Vectors
    """1 for each word of the clause that asks, else 0."""
    meaning: Vectors
    """Cosine of each unit's vector and the question's."""

    def surely(self) -> Vectors:
        """Return how surely the document as a whole renders each word, from 0 to 1."""
        best: Vectors = np.maximum(self.units.max(axis=0), self.titles.max(axis=0)) * self.trust
        return best


@dataclass(frozen=True, slots=True)
class Quotable:
    """What can be quoted of a document, with how well it answers."""

    passage: Passage
    span: Span
    score: float
    """Comparable between documents; higher is better."""
    figures: NDArray[np.float32]
    """What speaks for its best unit: one figure for each of `UnitWeights`, in its order."""
    highlights: tuple[Span, ...]
    """Where, in the document's text, the words stand that are of the expected type."""


def units_of(passages: Sequence[Passage]) -> list[Unit]:
    """Return the units of a document's passages, in order."""
    return [unit for passage in passages for unit in _units(passage)]


def _units(passage: Passage) -> Iterator[Unit]:
    before: int | None = None
    for span, text in zip(passage.units, passage.unit_texts(), strict=True):
        gap = "x" if before is None else passage.text[before : span[0] - passage.start]
        yield Unit(passage, span, text, is_joined=not gap.strip())
        before = span[1] - passage.start


def support_of(rendered: Rendered) -> Vectors:
    """Return how well each unit renders what the title leaves to be said, from 0 to 1."""
    needed = _shares(rendered.rarity * (1 - _TITLE_SPARES * rendered.titles))
    support: Vectors = (rendered.units * needed).sum(axis=1)
    return support


def figures_of(
    units: Sequence[Unit], rendered: Rendered, expected: Expected
) -> NDArray[np.float32]:
    """Return what speaks for each unit; a column for each of `UnitWeights`, in its order."""
    matches, rarity = rendered.units, rendered.rarity
    untold = 1 - _TITLE_SPARES * rendered.titles
    before = np.vstack([np.zeros_like(matches[:1]), matches[:-1]])
    after = np.vstack([matches[1:], np.zeros_like(matches[:1])])
    around = np.maximum(np.maximum(before, after), np.maximum(matches, rendered.titles))
    focus = rarity * rendered.focus
    rare = focus * (1 - _COMMON_SPARES * matches.mean(axis=0)) * untold.mean(axis=0)
    held = [held_by(unit.text, expected) for unit in units]
    # Seen once under load, with sound numbers: a flag that the matrix library raised by itself.
    with np.errstate(invalid="ignore"):
        products = (
            matches @ _shares(focus),
            matches @ _shares(rare),
            around @ rarity,
            before @ rarity,
            (matches >= matches.max(axis=0)) @ rarity,
        )
    columns = (
        support_of(rendered),
        *products,
        rendered.meaning,
        [one.answer for one in held],
        [one.measure for one in held],
        [one.count for one in held],
        [unit.text.rstrip().endswith("?") for unit in units],
        np.log1p(np.arange(len(units))),
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _shares(weights: Vectors) -> Vectors:
    """Return rows, or a single one, scaled to sum to 1."""
    shares: Vectors = weights / np.maximum(weights.sum(axis=-1, keepdims=True), 1e-6)
    return shares


def quote_best(
    units: Sequence[Unit], figures: NDArray[np.float32], expected: Expected, most: int
) -> list[Quotable]:
    """Return what answers best of a document, best first, none overlapping another."""
    scores = figures @ np.array(astuple(UNIT_WEIGHTS), dtype=np.float32)
    captions = [":" in unit.text and bool(_CAPTION.search(unit.text)) for unit in units]
    # A caption is quoted only where there is nothing else.
    order = sorted(range(len(units)), key=lambda one: (captions[one], -scores[one]))
    taken: set[int] = set()
    quotes: list[Quotable] = []
    for best in order:
        if best in taken:
            continue
        run = _extended(units, scores, best, taken)
        taken.update(run)
        quotes.append(_quotable(units, run, best, float(scores[best]), figures[best], expected))
        if len(quotes) == most:
            break
    return quotes


def _extended(units: Sequence[Unit], scores: Vectors, best: int, taken: set[int]) -> range:
    """Return the unit with the neighbours it needs, or that answer nearly as well."""
    first, last = best, best
    while first and units[first].is_joined and first - 1 not in taken:
        needed = _LEANS_BACK.match(units[first].text) and first == best
        if not (needed or scores[first - 1] >= scores[best] - _NEARLY):
            break
        if units[last].span[1] - units[first - 1].span[0] > _LONGEST_QUOTE:
            break
        first -= 1
    while last + 1 < len(units) and units[last + 1].is_joined and last + 1 not in taken:
        if scores[last + 1] < scores[best] - _NEARLY:
            break
        if units[last + 1].span[1] - units[first].span[0] > _LONGEST_QUOTE:
            break
        last += 1
    return range(first, last + 1)


def _quotable(
    units: Sequence[Unit],
    run: range,
    best: int,
    score: float,
    figures: NDArray[np.float32],
    expected: Expected,
) -> Quotable:
    start = units[best].span[0]
    return Quotable(
        passage=units[best].passage,
        span=(units[run.start].span[0], units[run.stop - 1].span[1]),
        score=score,
        figures=figures,
        highlights=tuple(
            (start + begin, start + end)
            for begin, end in answering_spans(units[best].text, expected)
        ),
    )
