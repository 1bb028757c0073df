"""Data types of the package: the parsed question, citations and answers."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Period, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as Citera understands it."""

    language: str
    """"sv", "en" or "other"."""
    kind: str | None
    """"who", "what", "when", "where", "how_much", "why", "list", "yesno", "small_talk", or None."""
    periods: tuple[Period, ...]
    read_as: str | None = None
    """The complete question, if what was typed is a follow-up."""
    insists: tuple[str, ...] = ()
    """Names, figures and quoted phrases that an answer must mention, as written."""
    topics: tuple[Period, ...] = ()
    """Dates that are part of the topic, not the time asked about: "the 2026 budget"."""

    @property
    def dates_named(self) -> tuple[Period, ...]:
        """All dates in the question, those of its topic first."""
        return (*self.topics, *self.periods)


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote with its source; all offsets are into the document's stored text."""

    number: int
    document: str
    title: str
    published: str | None
    language: str
    location: str
    url: str | None
    passage: str
    start: int
    end: int
    quote: str
    quote_start: int
    quote_end: int
    score: float
    also_in: tuple[str, ...] = ()
    """Paths of other documents that contain this quote word for word."""
    year: int | None = None
    """The year in which the passage matches the time that the question names."""
    link: str | None = None
    """The url with a text fragment that opens it at the quote if possible, otherwise the url."""
    highlights: tuple[Span, ...] = ()
    """Spans of the words that answer, sorted and disjoint; offsets into the document."""
    differs_in: tuple[Span, ...] = ()
    """Spans in which the quote differs from another cited version."""


class Grade(StrEnum):
    """How reliable an answer is."""

    ANSWER = "answer"
    MAY_ANSWER = "may answer"
    """The quotes may answer; nothing else is claimed."""
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """One entry of the list in an answer, copied verbatim from a quote."""

    text: str
    citation: int
    """Number of the citation that contains it."""
    start: int
    """Offset into the cited document's text."""
    end: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote with the text before and after it in the document, verbatim."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: citations if something supports one, otherwise the nearest."""

    question: str
    reading: Reading
    text: str
    """The answer with [n] markers in the language of the question, or that nothing was found."""
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    confidence: float
    seconds: float
    further: tuple[Citation, ...] = ()
    """The next best quotes, with numbers that continue those of the citations."""
    items: tuple[AnswerItem, ...] = ()
    """The entries asked for, if a list or table in the quotes contains them."""
    complete: bool | None = None
    """Whether the items are known to be all; None if there are none."""
    grade: Grade = Grade.NOT_FOUND
    missing: tuple[str, ...] = ()
    """Names, figures and times asked for that nothing found mentions."""
    generation: str = ""
    """Name of the index generation that answered."""
    other_years: tuple[int, ...] = ()
    """If a month was named without a year: other years it could be in, newest first."""
    shown_before: tuple[Citation, ...] = ()
    """Citations of earlier answers to the same question, left out of this one."""

    @property
    def found(self) -> bool:
        """Whether something supports an answer."""
        return bool(self.citations)

    @property
    def is_small_talk(self) -> bool:
        """Whether the message was no question about the documents, such as a greeting."""
        return self.reading.kind == "small_talk"

    @property
    def full_question(self) -> str:
        """The question, rewritten so that it stands alone if it was a follow-up."""
        return self.reading.read_as or self.question
