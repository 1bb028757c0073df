"""How sure an answer is: the likelihood that its first quote holds what was asked for.

A logistic regression over a few signs, fitted by `benchmarks/fit_confidence.py`: the weights part
questions that the documents answer from those that they do not, or whose right document was taken
away; scale and bias make the result the share of right quotes. Source of the latter: Platt,
"Probabilistic Outputs for Support Vector Machines", 1999.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

from bot.types import Reading
from corpus.words import split_words
from embeddings.search.evidence import WEIGHTS as RANKING
from embeddings.search.evidence import Weights
from embeddings.search.quote_selection import UnitWeights
from embeddings.types import Hit

_COLUMN: Final = {
    field.name: place for place, field in enumerate((*fields(Weights), *fields(UnitWeights)))
}
_USUAL_DENSE: Final = 3.0
"""What the cosine is taken for, in standard deviations, in a language no model is known for."""
_LACKING: Final = 0.4
"""Lack of what a question insists on from which a document is said not to mention it."""
_OF_THE_TIME: Final = 0.9
"""Date evidence of a passage that speaks of a period, or is from it."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells whether the best quote answers, each from 0 to about 1; or what each counts."""

    score: float
    """Score of the best quote."""
    dense: float
    """Cosine of passage and question, in standard deviations, by ten."""
    astray: float
    """How far its passage misses the time asked about; 0 where none is."""
    unmet: float
    """How far its document lacks the rarest name, figure or phrase insisted on that it lacks."""
    across: float
    """1 where it is in another language than the question: translations match less well."""


WEIGHTS: Final = Signs(score=1.77, dense=0.77, astray=-0.72, unmet=-0.71, across=0.24)
BIAS: Final = -1.61


def confidence_of(reading: Reading, hits: Sequence[Hit]) -> float:
    """Return how likely the first of some hits holds the answer, from 0 to 1; 0 without hits."""
    if not hits:
        return 0.0
    signs = zip(astuple(WEIGHTS), astuple(signs_of(reading, hits[0])), strict=True)
    return 1 / (1 + math.exp(-BIAS - sum(weight * sign for weight, sign in signs)))


def signs_of(reading: Reading, best: Hit) -> Signs:
    """Return what tells whether the best hit answers."""
    found = figure_of(best, "dense")
    dense = found if best.source.language != "other" else _USUAL_DENSE
    return Signs(
        score=best.score + RANKING.dense * (dense - found),
        dense=dense / 10,
        astray=1 - figure_of(best, "date") if reading.periods else 0.0,
        unmet=max((_lack_of(phrase, best) for phrase in reading.insists), default=0.0),
        across=float(best.source.language != reading.language),
    )


def missing_from(reading: Reading, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return what a question insists on, or the times it names, that none of some hits has."""
    phrases = [
        phrase
        for phrase in reading.insists
        if all(_lack_of(phrase, hit) > _LACKING for hit in hits)
    ]
    if reading.periods and all(figure_of(hit, "date") < _OF_THE_TIME for hit in hits):
        phrases += [period.said for period in reading.periods]
    return tuple(phrases)


def figure_of(hit: Hit, name: str) -> float:
    """Return what speaks for a hit by the name that `Weights` or `UnitWeights` has for it."""
    return hit.evidence[_COLUMN[name]]


def _lack_of(phrase: str, hit: Hit) -> float:
    """Return how far a hit's document lacks some word of a phrase, the rare counting most.

    What stands everywhere, such as a newspaper's own town, need not be said in each document.
    """
    words = [word for word in split_words(phrase) if word in hit.rendered]
    return max((hit.rarity[word] * (1 - hit.rendered[word]) for word in words), default=0.0)
