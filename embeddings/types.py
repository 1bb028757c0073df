"""What the package speaks of: questions as they are searched for, hits, and re-embeds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage, PassedOver, Period, Skipped, Span

Vectors: TypeAlias = NDArray[np.float32]


Progress: TypeAlias = Callable[[str, int, int], None]
"""Is told the stage of a long piece of work, how much of it is done, and of how much.

What it raises ends the work, which then leaves everything as it was.
"""


class PassageEmbedder(Protocol):
    """What turns the texts of passages into vectors of unit length."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def together(self) -> int:
        """Passages that are best embedded, and then kept for a later re-embed, at once."""

    def embed_passages(self, texts: Sequence[str], progress: Progress) -> Vectors:
        """Embed texts that will be found; shape (len(texts), dimension)."""


class Embedder(PassageEmbedder, Protocol):
    """What turns text into vectors of unit length, questions too."""

    @property
    def name(self) -> str:
        """What the model is called by those who choose it."""

    @property
    def fingerprint(self) -> str:
        """Two embedders with the same fingerprint give the same vectors."""

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages it was made for; None where it takes any."""

    def embed_question(self, text: str) -> Vectors:
        """Embed a question; shape (dimension,)."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A stem that may stand for a word of the question, and how much it counts, up to 1."""

    stem: str
    weight: float


@dataclass(frozen=True, slots=True)
class PassageEvidence:
    """What speaks for a passage before its text is looked at; or what each counts."""

    dense: float
    """Cosine of the question and the passage, in standard deviations above an ordinary one."""
    words: float
    """How well the passage renders the question's words, the rare ones counting most."""
    unit: float
    """The same for the best single sentence or list of the passage."""
    title: float
    """The same for the title and headings above it."""
    date: float
    """Whether the passage speaks of the time that the question names, or is from then."""
    phrase: float
    """Which share of the question's pairs of words stand side by side in the passage."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A passage that a reader is to judge."""

    head: str
    """What stands over it: title, date and headings."""
    text: str
    units: tuple[Span, ...]
    """What of the text can be quoted by itself, as offsets into it."""


@dataclass(frozen=True, slots=True)
class UnitVerdict:
    """How well one unit of a passage answers a question."""

    score: float
    """Log-odds; comparable between the passages of one question."""
    answer: Span
    """The words that answer, as offsets into the passage's text, within the unit."""
    strength: float
    """Probability of those words among all of the passage, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well a passage answers a question."""

    answers: float
    """Log-odds that it does."""
    units: tuple[UnitVerdict, ...]


class Reader(Protocol):
    """What judges whether passages answer a question, and with which words."""

    @property
    def name(self) -> str:
        """What the model is called by those who choose it."""

    @property
    def fingerprint(self) -> str:
        """Two readers with the same fingerprint give the same verdicts."""

    def read(self, question: str, passages: Sequence[ToRead]) -> list[Verdict]:
        """Return a verdict for each passage, in order."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the corpus a question may see; applied before anything is proposed."""

    document: str | None = None
    """Path of the one document that is asked; None for all."""


EVERYTHING: Final = Scope()


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index needs it."""

    text: str
    language: str
    """"sv", "en" or "other"."""
    periods: tuple[Period, ...] = ()
    scope: Scope = EVERYTHING


@dataclass(frozen=True, slots=True)
class Source:
    """What the index knows of a document without its text."""

    path: str
    title: str
    published: str | None
    language: str
    url: str | None


@dataclass(frozen=True, slots=True)
class QuoteEvidence:
    """What speaks for a quote, a figure each; or, with the same names, what each counts."""

    document: float
    """How well the best passage of its document matches: see `PassageEvidence`."""
    unit: float
    """How well it renders the question's words within its document: see `UnitEvidence`."""
    passage_read: float
    """The reader's log-odds that its passage answers; 0 without a reader."""
    unit_read: float
    """The reader's log-odds that the quote itself answers; 0 without a reader."""
    read_alone: float
    """The same where it is read by itself; 0 where it is not, or without a reader."""
    timely: float
    """1 where the quote or its section tells of a time that the question names, 0 where it tells
    of others only, 0.5 where it tells of none or the question names none."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote found for a question, in its passage."""

    passage: Passage
    source: Source
    score: float
    """Comparable within one search only; higher is better."""
    quote: Span
    """What of the passage answers best, as offsets into the document's text."""
    answer: Span | None
    """The words of the quote that answer, as offsets into the document's text; None where no
    reader told."""
    strength: float
    """How sure the reader is of these words, from 0 to 1."""
    evidence: QuoteEvidence
    matched: PassageEvidence
    """What speaks for the best passage of its document."""
    rendered: Mapping[str, float]
    """For each word of the question with matter how surely the document renders it, 0 to 1."""
    rarity: Mapping[str, float]
    """How rare each of these words is among the passages, 0 to 1 for one that stands nowhere."""
    understood: bool = True
    """Whether any word of the question means something to the model, or stands in the corpus."""
    year: int | None = None
    """The year in which it has the time that the question names."""

    @property
    def quoted(self) -> str:
        """The text of the quote."""
        start, end = self.quote
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
