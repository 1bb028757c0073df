"""Data types of the package: queries, hits, verdicts and build reports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage, PassedOver, Period, Skipped, Span

Vectors: TypeAlias = NDArray[np.float32]


Progress: TypeAlias = Callable[[str, int, int], None]
"""Callback with the stage of a long task, how much is done, and the total.

An exception from it cancels the task, which then leaves everything unchanged.
"""


class PassageEmbedder(Protocol):
    """Embeds passages as vectors of unit length."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def together(self) -> int:
        """How many passages to embed at a time; after each batch the vectors are saved."""

    def embed_passages(self, texts: Sequence[str], progress: Progress) -> Vectors:
        """Embed passages; shape (len(texts), dimension)."""


class Embedder(PassageEmbedder, Protocol):
    """Embeds passages and questions as vectors of unit length."""

    @property
    def name(self) -> str:
        """The name of the model, as in the settings."""

    @property
    def fingerprint(self) -> str:
        """Embedders with the same fingerprint give the same vectors."""

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages it was made for; None for any."""

    def embed_question(self, text: str) -> Vectors:
        """Embed a question; shape (dimension,)."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A stem that may stand for a word of the question, with its weight, up to 1."""

    stem: str
    weight: float


@dataclass(frozen=True, slots=True)
class PassageEvidence:
    """Search evidence for a passage; also used for the weights."""

    dense: float
    """Cosine of question and passage, in standard deviations above an ordinary passage."""
    words: float
    """How well the passage matches the question's words, weighted by rarity."""
    unit: float
    """The same for the best single sentence or list of the passage."""
    title: float
    """The same for the title and headings above it."""
    date: float
    """How well the passage's time, or its publication date, matches the question's."""
    phrase: float
    """Share of the question's word pairs that are adjacent in the passage."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """A passage for the reader."""

    head: str
    """Its title, date and headings."""
    text: str
    units: tuple[Span, ...]
    """Spans that can be quoted on their own, as offsets into the text."""


@dataclass(frozen=True, slots=True)
class UnitVerdict:
    """The reader's verdict on one unit of a passage."""

    score: float
    """Log-odds; comparable between the passages of one question."""
    answer: Span
    """The words that answer, as offsets into the passage's text, within the unit."""
    strength: float
    """Probability of those words among all in the passage, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reader's verdict on a passage."""

    answers: float
    """Log-odds that it answers."""
    units: tuple[UnitVerdict, ...]


class Reader(Protocol):
    """Judges whether passages answer a question, and with which words."""

    @property
    def name(self) -> str:
        """The name of the model, as in the settings."""

    @property
    def fingerprint(self) -> str:
        """Readers with the same fingerprint give the same verdicts."""

    def read(self, question: str, passages: Sequence[ToRead]) -> list[Verdict]:
        """Return a verdict for each passage, in order."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the corpus that a question may see; applied before candidates are proposed."""

    document: str | None = None
    """Path of the only document to search; None for all."""


EVERYTHING: Final = Scope()


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index needs it."""

    text: str
    language: str
    """"sv", "en" or "other"."""
    periods: tuple[Period, ...] = ()
    scope: Scope = EVERYTHING
    whole_lists: bool = False
    """Whether the question asks for all entries of a list, not for the one that it names."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document's data in the index, without its text."""

    path: str
    title: str
    published: str | None
    language: str
    url: str | None


@dataclass(frozen=True, slots=True)
class QuoteEvidence:
    """Evidence for a quote; also used for the weights."""

    document: float
    """Score of the best passage of its document: see `PassageEvidence`."""
    unit: float
    """Score of the unit within its document: see `UnitEvidence`."""
    passage_read: float
    """The reader's log-odds that its passage answers; 0 without a reader."""
    unit_read: float
    """The reader's log-odds that the quote itself answers; 0 without a reader."""
    read_alone: float
    """The same when read on its own; 0 if it was not, or without a reader."""
    timely: float
    """1 if the quote or its section is about a time in the question, 0 if only about others, 0.5 if
    about none or the question names none."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote found for a question, with its passage."""

    passage: Passage
    source: Source
    score: float
    """Comparable only within one search; higher is better."""
    quote: Span
    """The best part of the passage, as offsets into the document's text."""
    answer: Span | None
    """The words that answer, as offsets into the document's text; None without a reader's verdict.
    """
    strength: float
    """The reader's probability of these words, from 0 to 1."""
    evidence: QuoteEvidence
    matched: PassageEvidence
    """Search evidence of the best passage of its document."""
    rendered: Mapping[str, float]
    """How well the document matches each content word of the question, from 0 to 1."""
    rarity: Mapping[str, float]
    """How rare each of these words is among the passages; 1 if it occurs nowhere."""
    understood: bool = True
    """Whether the model or the corpus knows any word of the question."""
    year: int | None = None
    """The year in which it matches the time that the question names."""

    @property
    def quoted(self) -> str:
        """The text of the quote."""
        start, end = self.quote
        return self.passage.text[start - self.passage.start : end - self.passage.start]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The result of a re-embed."""

    generation: str
    documents: int
    passages: int
    embedded: int
    """Passages whose vectors were computed."""
    reused: int
    """Passages whose vectors come from the previous generation."""
    skipped: tuple[Skipped, ...]
    recurring: tuple[tuple[str, int], ...]
    """Recurring lines left out of the search, with the number of documents they are in."""
    seconds: float
    unchanged: bool
    """Whether nothing had changed, so that the previous generation was kept."""
    passed_over: tuple[PassedOver, ...] = ()
    """Files of unsupported kinds."""
