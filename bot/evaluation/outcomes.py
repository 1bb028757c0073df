"""Asks questions with known answers, and compares each answer with what is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.answer.answerer import Answerer
from bot.answer.assembling import MOST_CITATIONS
from bot.evaluation.matching import fold, is_named_in, supports
from bot.evaluation.questions import Golden
from bot.evaluation.reference_names import names_in
from bot.evaluation.voice import NAMING, contradictions, is_known, wrong_items
from bot.types import Answer, AnswerItem, Citation, Grade


class Verdict(StrEnum):
    """The result for a question, from worst to best."""

    MISQUOTED = "quoted what does not stand in the document"
    CONTRADICTED = "said what its quotes do not say"
    LISTED_WRONGLY = "listed what does not answer"
    ANSWERED_IN_VAIN = "answered, though no document holds an answer"
    REFUSED_WRONGLY = "refused, though a document holds the answer"
    OTHER_DOCUMENTS = "cited other documents alone"
    LATER_DOCUMENT = "cited the right document, but not first"
    OTHER_QUOTE = "cited the right document first, but quoted something else"
    OFFERED_IN_VAIN = "quoted what may answer, though no document holds an answer"
    RIGHT = "right"

    @property
    def rank(self) -> int:
        """Higher is better."""
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one question, and what is known about it."""

    golden: Golden
    answer: Answer
    misquoted: tuple[Citation, ...]
    """Citations whose quote is not in the document at its offsets."""
    names: tuple[str, ...]
    """The known names; without any, the names of the known answer that a right document contains,
    for questions that ask for names."""

    def document_within(self, places: int) -> bool:
        """Whether a right document is among the first citations."""
        cited = {citation.document for citation in self.answer.citations[:places]}
        return not cited.isdisjoint(self.golden.documents)

    def quote_within(self, places: int) -> bool:
        """Whether one of the first quotes contains known evidence, or is part of it."""
        quotes = [fold(citation.quote) for citation in self.answer.citations[:places]]
        known = [fold(text) for text in self.golden.evidence]
        return any(supports(quote, text) for quote in quotes for text in known)

    @property
    def right(self) -> bool:
        """Whether the first quote is right, or without known evidence the first document."""
        if not self.golden.answerable:
            return not self.answer.found
        return self.quote_within(1) if self.golden.evidence else self.document_within(1)

    @property
    def held_back(self) -> bool:
        """Whether no answer was claimed: not found, or quotes that may answer."""
        return self.answer.grade is not Grade.ANSWER

    @property
    def wrong_items(self) -> list[AnswerItem]:
        """The items listed that are known not to answer."""
        return wrong_items(self.golden, self.answer) if is_known(self.golden) else []

    @property
    def shown(self) -> tuple[Citation, ...]:
        """All citations: those of the answer, the nearest ones, and further ones."""
        return (*self.answer.citations, *self.answer.nearest, *self.answer.further)

    @property
    def names_given(self) -> list[str]:
        """The names in the answer's text or its quotes."""
        quotes = (citation.quote for citation in self.answer.citations)
        text = fold(" ".join([self.answer.text, *quotes]) if self.answer.found else "")
        return [name for name in self.names if is_named_in(fold(name), text)]

    @property
    def score(self) -> float:
        """The score of the best passage, for comparison with confidence."""
        best = (*self.answer.citations, *self.answer.nearest)[:1]
        return best[0].score if best else 0.0

    @property
    def verdict(self) -> Verdict:
        """The result for the question."""
        checks = (
            (bool(self.misquoted), Verdict.MISQUOTED),
            (bool(contradictions(self.answer)), Verdict.CONTRADICTED),
            (bool(self.wrong_items), Verdict.LISTED_WRONGLY),
            (self.right, Verdict.RIGHT),
            (not self.golden.answerable and self.held_back, Verdict.OFFERED_IN_VAIN),
            (not self.golden.answerable, Verdict.ANSWERED_IN_VAIN),
            (not self.answer.found, Verdict.REFUSED_WRONGLY),
            (self.document_within(1), Verdict.OTHER_QUOTE),
            (self.document_within(MOST_CITATIONS), Verdict.LATER_DOCUMENT),
        )
        return next((verdict for holds, verdict in checks if holds), Verdict.OTHER_DOCUMENTS)


def evaluate(questions: Iterable[Golden], answerer: Answerer) -> Iterator[Outcome]:
    """Answer each question and yield its outcome."""
    for golden in questions:
        answer = answerer.answer(golden.question, today=golden.today)
        texts = [answerer.text_of(path) or "" for path in sorted(golden.documents)]
        outcome = Outcome(golden, answer, (), _quotable(golden, texts))
        misquoted = tuple(one for one in outcome.shown if not _stands(one, answerer))
        yield replace(outcome, misquoted=misquoted)


def _quotable(golden: Golden, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the names that an answer can quote; country names, for one, may be translated."""
    if golden.names is not None:
        return golden.names
    if golden.kind not in NAMING:
        return ()
    folded = [fold(text) for text in texts]
    known = names_in(golden.answer)
    return tuple(name for name in known if any(is_named_in(fold(name), text) for text in folded))


def _stands(citation: Citation, answerer: Answerer) -> bool:
    text = answerer.text_of(citation.document)
    return text is not None and text[citation.quote_start : citation.quote_end] == citation.quote
