"""How sure an answer is: the likelihood that its first quote holds what was asked for.

A logistic regression over a few signs, fitted by `benchmarks/fit_confidence.py` on questions over
several corpora, unanswerable ones among them. Source of the method: Platt, "Probabilistic Outputs
for Support Vector Machines", 1999.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

from bot.types import Grade, Reading
from corpus.words import split_words, with_joined_numbers
from embeddings.search.language_index import USUAL
from embeddings.types import Hit

_LACKING: Final = 0.4
"""Lack of what a question insists on from which a document is said not to mention it."""
OF_THE_TIME: Final = 0.9
"""Date evidence of a passage that speaks of a period, or is from it."""
_NOTHING_SAID: Final = 0.95
"""Share of a question's words that a document lacks from which it has nothing to do with it."""
_READ_NOTHING: Final = 0.1
"""Log-odds, by ten, up to which the reader sees nothing in a passage either."""
SURE: Final = 0.47
"""Confidence from which an answer is given without reserve."""
LEAST: Final = 0.18
"""Confidence from which quotes may answer; below it nothing was found."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells whether the best quote answers; or, with the same names, what each counts."""

    passage_read: float
    """The reader's log-odds that its passage answers, by ten."""
    unit_read: float
    """The reader's log-odds that the quote itself answers, by ten."""
    matched: float
    """How well the best passage of its document matches."""
    dense: float
    """Cosine of that passage and the question, in standard deviations, by ten."""
    astray: float
    """How far that passage misses the time asked about; 0 where none is."""
    unmet: float
    """How far its document lacks the rarest name, figure or phrase insisted on that it lacks."""
    unsaid: float
    """Share of the question's words, the rare ones counting most, that its document lacks."""


WITH_READER: Final = Signs(
    passage_read=1.8, unit_read=1.3, matched=2.3, dense=1.0, astray=-2.5, unmet=-0.9, unsaid=0.0
)
BIAS_WITH_READER: Final = -1.1
WITHOUT_READER: Final = Signs(
    passage_read=0.0, unit_read=0.0, matched=1.5, dense=0.8, astray=-0.7, unmet=-0.7, unsaid=-3.0
)
BIAS_WITHOUT_READER: Final = 0.0


def confidence_of(reading: Reading, best: Hit | None) -> float:
    """Return how likely a hit holds the answer, from 0 to 1.

    0 without one, and where neither words, nor meaning, nor the reader see anything in it.
    """
    if best is None:
        return 0.0
    is_read = best.answer is not None
    signs = signs_of(reading, best)
    # As near in meaning as what answers mostly is, it may say in other words what is asked.
    is_near = best.understood and best.matched.dense >= USUAL
    if (
        is_read
        and signs.unsaid >= _NOTHING_SAID
        and not is_near
        and signs.passage_read < _READ_NOTHING
    ):
        return 0.0
    weights = WITH_READER if is_read else WITHOUT_READER
    bias = BIAS_WITH_READER if is_read else BIAS_WITHOUT_READER
    pairs = zip(astuple(weights), astuple(signs), strict=True)
    return 1 / (1 + math.exp(-bias - sum(weight * sign for weight, sign in pairs)))


def grade_of(confidence: float, needed: float = SURE) -> Grade:
    """Return how far an answer of that confidence can be relied on."""
    if confidence >= needed:
        return Grade.ANSWER
    return Grade.MAY_ANSWER if confidence >= min(LEAST, needed) else Grade.NOT_FOUND


def signs_of(reading: Reading, best: Hit) -> Signs:
    """Return what tells whether the best hit answers."""
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
    """Return what a question insists on, or the times it names, that none of some hits has."""
    phrases = [
        phrase
        for phrase in reading.insists
        if all(_lack_of(phrase, hit) > _LACKING for hit in hits)
    ]
    if reading.periods and all(hit.matched.date < OF_THE_TIME for hit in hits):
        phrases += [period.said for period in reading.periods]
    return tuple(phrases)


def _lack_of(phrase: str, hit: Hit) -> float:
    """Return how far a hit's document lacks some word of a phrase, the rare counting most.

    What stands everywhere, such as a newspaper's own town, need not be said in each document.
    """
    words = [word for word in split_words(with_joined_numbers(phrase)) if word in hit.rendered]
    return max((hit.rarity[word] * (1 - hit.rendered[word]) for word in words), default=0.0)
