"""What the package speaks of: questions as they are searched for, hits, and re-embeds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage, PassedOver, Period, Skipped, Span

Vectors: TypeAlias = NDArray[np.float32]


Progress: TypeAlias = Callable[[str, int, int], None]
"""Is told the stage of a long piece of work, how much of it is done, and of how much.

What it raises ends the work, which then leaves everything as it was.
"""


class Embedder(Protocol):
    """What turns text into vectors of unit length."""

    @property
    def name(self) -> str:
        """What the model is called by those who choose it."""

    @property
    def fingerprint(self) -> str:
        """Two embedders with the same fingerprint give the same vectors."""

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages it was made for; None where it takes any."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed_passages(self, texts: Sequence[str], progress: Progress) -> Vectors:
        """Embed texts that will be found; shape (len(texts), dimension)."""

    def embed_question(self, text: str) -> Vectors:
        """Embed a question; shape (dimension,)."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A stem that may stand for a word of the question, and how much it counts, up to 1."""

    stem: str
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index needs it."""

    text: str
    language: str
    """"sv", "en" or "other"."""
    kind: str | None = None
    """What is asked for: "who", "when", "how_much" and so on, or None."""
    periods: tuple[Period, ...] = ()
    within: str | None = None
    """Path of the one document that is asked; None for all."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the index knows of a document without its text."""

    path: str
    title: str
    published: str | None
    language: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote found for a question, in its passage."""

    passage: Passage
    source: Source
    score: float
    """Comparable within one search only; higher is better."""
    quote: Span
    """What of the passage answers best, as offsets into the document's text."""
    highlights: tuple[Span, ...]
    """Stretches of the quote that are of the kind asked for, as offsets into the same text."""
    answers: float
    """How well the quote answers, as `embeddings.search.quote_selection` scores it."""
    evidence: tuple[float, ...]
    """What speaks for it: a figure for each of `ranking.Weights`, then of `UnitWeights`."""
    rendered: Mapping[str, float]
    """For each word of the question with matter how surely the document renders it, 0 to 1."""
    rarity: Mapping[str, float]
    """How rare each of these words is among the passages, 0 to 1 for one that stands nowhere."""
    year: int | None = None
    """The year in which it has the time that the question names."""


@dataclass(frozen=True, slots=True)
class UnitRead:
    """A sentence or list of a document that was read through for a question."""

    source: Source
    passage: Passage
    span: Span
    support: float
    """How well it renders what the title leaves to be said of the question, from 0 to 1."""

    @property
    def text(self) -> str:
        """Its words, verbatim."""
        start, end = self.span
        return self.passage.text[start - self.passage.start : end - self.passage.start]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a re-embed did."""

    generation: str
    documents: int
    passages: int
    embedded: int
    """Passages whose vectors were computed now."""
    reused: int
    """Passages whose vectors were taken from the generation before."""
    skipped: tuple[Skipped, ...]
    recurring: tuple[tuple[str, int], ...]
    """Recurring lines left out of the search, with the number of documents they stand in."""
    seconds: float
    unchanged: bool
    """Nothing had changed, and the generation before was kept."""
    passed_over: tuple[PassedOver, ...] = ()
    """Files of kinds that are not read."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A passage to be judged for a question."""

    head: str
    """Its document's title, the headings it stands under and its date, joined with " · "."""
    text: str
    units: tuple[Span, ...]
    """What of it can be quoted by itself, as offsets into the text."""


@dataclass(frozen=True, slots=True)
class UnitVerdict:
    """How well a unit of a passage answers."""

    score: float
    """How surely it answers, as log-odds; comparable between the passages of one question."""
    answer: Span
    """The words of it that answer, as offsets into the passage's text."""
    strength: float
    """How surely it is those words rather than others of the passage, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well a passage answers."""

    answers: float
    """The log-odds that it answers the question at all."""
    units: tuple[UnitVerdict, ...]
    """One for each of its units, in their order."""


class Reader(Protocol):
    """What reads a question and a passage together."""

    @property
    def name(self) -> str:
        """What the model is called by those who choose it."""

    @property
    def fingerprint(self) -> str:
        """Two readers with the same fingerprint give the same verdicts."""

    def read(self, question: str, passages: Sequence[ToRead]) -> list[Verdict]:
        """Return a verdict for each passage, in their order."""
