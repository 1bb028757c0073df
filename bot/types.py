"""What the package speaks of: how a question was read, citations, and answers."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Period, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was understood."""

    language: str
    """"sv", "en" or "other"."""
    kind: str | None
    """"who", "what", "when", "where", "how_much", "why", "list", "yesno", "small_talk", or None."""
    periods: tuple[Period, ...]
    read_as: str | None = None
    """The question in full, where what was typed leans on the question before."""
    insists: tuple[str, ...] = ()
    """Names, figures and quoted phrases that an answer has to be about, as written."""
    topics: tuple[Period, ...] = ()
    """Dates that say what is asked about, and nothing of when: "the 2026 budget"."""

    @property
    def dates_named(self) -> tuple[Period, ...]:
        """All dates that the question names, those of its topic first."""
        return (*self.topics, *self.periods)


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote with where it stands; both offsets are into the document's stored text."""

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
    """Paths of other documents in which this very quote stands, word for word."""
    year: int | None = None
    """The year in which its passage has the time that the question names."""
    link: str | None = None
    """The url so that it opens at the quote, where that can be said; else the url."""
    highlights: tuple[Span, ...] = ()
    """Stretches of the quote that are of the kind asked for, in order and apart; offsets like the
    quote's."""
    differs_in: tuple[Span, ...] = ()
    """Stretches of the quote in which it says other than another version that is cited."""


class Grade(StrEnum):
    """How far an answer can be relied on."""

    ANSWER = "answer"
    MAY_ANSWER = "may answer"
    """The quotes may answer, and nothing is said besides."""
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """One entry of what an answer lists: lifted verbatim out of a quote."""

    text: str
    citation: int
    """Number of the citation whose quote holds it."""
    start: int
    """Where it stands in the cited document's text."""
    end: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote with what stands before and after it in the document, verbatim."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got: citations where something supports an answer, else the nearest."""

    question: str
    reading: Reading
    text: str
    """The answer in the asker's language with [n] markers; or that nothing was found."""
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    confidence: float
    seconds: float
    further: tuple[Citation, ...] = ()
    """The next best, for those who want more; numbered on from the citations."""
    items: tuple[AnswerItem, ...] = ()
    """The entries that are asked for, where a list or table of the quotes holds them."""
    complete: bool | None = None
    """Whether the items are known to be all; None where there are none."""
    grade: Grade = Grade.NOT_FOUND
    missing: tuple[str, ...] = ()
    """Names, figures and times asked for that stand in nothing that was found."""
    generation: str = ""
    """Name of the index generation that answered."""
    other_years: tuple[int, ...] = ()
    """Years, the newest first, that a month named without one could be in as well as in the one
    that was taken."""
    shown_before: tuple[Citation, ...] = ()
    """What earlier answers to the same question had shown, and this one left out."""

    @property
    def found(self) -> bool:
        """Whether something supports an answer."""
        return bool(self.citations)

    @property
    def is_small_talk(self) -> bool:
        """Whether nothing was asked of the documents, so that nothing was looked for."""
        return self.reading.kind == "small_talk"

    @property
    def full_question(self) -> str:
        """The question as it was understood, on its own feet."""
        return self.reading.read_as or self.question
