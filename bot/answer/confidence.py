"""Confidence: the probability that the first quote of an answer contains what was asked for.

A logistic regression over a few features, fitted by `benchmarks/fit_confidence.py` on answerable
and unanswerable questions over several corpora. Source of the method: Platt, "Probabilistic Outputs
for Support Vector Machines", 1999.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

from bot.settings import CONFIDENCE_NEEDED
from bot.types import Grade, Reading
from corpus.words import split_words, with_joined_numbers
from embeddings.search.language_index import USUAL
from embeddings.types import Hit

_LACKING: Final = 0.4
"""Above this score a required term counts as missing from a document."""
OF_THE_TIME: Final = 0.9
"""From this date evidence on, a passage describes the period, or is from it."""
_NOTHING_SAID: Final = 0.95
"""A document that lacks this share of the question's words is unrelated to it."""
_READ_NOTHING: Final = 0.1
"""Up to these log-odds (divided by ten) the reader sees no answer in a passage."""
_FAR_WORSE: Final = 0.5
"""Below this share of the best score, something else is not worth showing."""
AS_LIKELY: Final = 0.8
"""From this share of the best score on, something else may be the right answer."""
SURE: Final = CONFIDENCE_NEEDED
"""From this confidence on, an answer is given plainly."""
LEAST: Final = 0.16
"""From this confidence on, quotes are shown as "may answer"; below it, nothing was found."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Features of the best hit; also used for their weights."""

    passage_read: float
    """The reader's log-odds that the passage answers, divided by ten."""
    unit_read: float
    """The reader's log-odds that the quote itself answers, divided by ten."""
    matched: float
    """Search score of the best passage of the document."""
    dense: float
    """Cosine of that passage and the question, in standard deviations, divided by ten."""
    astray: float
    """How far that passage is from the time asked about; 0 if the question names none."""
    unmet: float
    """How much the document lacks the rarest required name, figure or phrase."""
    unsaid: float
    """Share of the question's words that the document lacks, weighted by rarity."""
    always: float = 1.0
    """1 for every quote; its weight is the intercept of the regression."""


WITH_READER: Final = Signs(
    passage_read=1.8,
    unit_read=1.3,
    matched=2.3,
    dense=1.0,
    astray=-2.5,
    unmet=-0.9,
    unsaid=0.0,
    always=-1.1,
)
WITHOUT_READER: Final = Signs(
    passage_read=0.0,
    unit_read=0.0,
    matched=1.5,
    dense=0.8,
    astray=-0.7,
    unmet=-0.7,
    unsaid=-3.0,
    always=0.0,
)


def confidence_of(reading: Reading, best: Hit | None) -> float:
    """Return the probability, from 0 to 1, that a hit contains the answer.

    0 without a hit, or if words, meaning and reader all find nothing in it.
    """
    if best is None:
        return 0.0
    is_read = best.answer is not None
    signs = signs_of(reading, best)
    # As close in meaning as most answers: it may answer in other words.
    is_near = best.understood and best.matched.dense >= USUAL
    if (
        is_read
        and signs.unsaid >= _NOTHING_SAID
        and not is_near
        and signs.passage_read < _READ_NOTHING
    ):
        return 0.0
    weights = WITH_READER if is_read else WITHOUT_READER
    pairs = zip(astuple(weights), astuple(signs), strict=True)
    return 1 / (1 + math.exp(-sum(weight * sign for weight, sign in pairs)))


def grade_of(confidence: float, needed: float = SURE) -> Grade:
    """Return the grade of an answer with that confidence."""
    if confidence >= needed:
        return Grade.ANSWER
    return Grade.MAY_ANSWER if confidence >= min(LEAST, needed) else Grade.NOT_FOUND


def is_far_worse(score: float, best: float) -> bool:
    """Whether a score is far below the best one, which may be negative."""
    return score < best - _FAR_WORSE * abs(best)


def signs_of(reading: Reading, best: Hit) -> Signs:
    """Return the features of the best hit."""
    return Signs(
        passage_read=best.evidence.passage_read / 10,
        unit_read=best.evidence.unit_read / 10,
        matched=best.evidence.document,
        dense=best.matched.dense / 10,
        astray=1 - best.matched.date if reading.periods else 0.0,
        unmet=max((_lack_of(phrase, best) for phrase in reading.insists), default=0.0),
        unsaid=_unsaid(best),
    )


def _unsaid(hit: Hit) -> float:
    rarity = sum(hit.rarity.values())
    lack = sum(rare * (1 - hit.rendered[word]) for word, rare in hit.rarity.items())
    return lack / rarity if rarity else 1.0


def missing_from(reading: Reading, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the required terms and the times of a question that none of the hits has."""
    phrases = [
        phrase
        for phrase in reading.insists
        if all(_lack_of(phrase, hit) > _LACKING for hit in hits)
    ]
    if reading.periods and all(hit.matched.date < OF_THE_TIME for hit in hits):
        phrases += [period.said for period in reading.periods]
    return tuple(phrases)


def _lack_of(phrase: str, hit: Hit) -> float:
    """Return how much a hit's document lacks a phrase, weighting its words by rarity.

    Common words, such as the town of a local newspaper, need not be in each document.
    """
    words = [word for word in split_words(with_joined_numbers(phrase)) if word in hit.rendered]
    return max((hit.rarity[word] * (1 - hit.rendered[word]) for word in words), default=0.0)
