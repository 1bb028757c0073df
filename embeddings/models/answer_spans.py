"""Turns the reader's start and end probabilities into verdicts on the units of a passage."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.types import Span
from embeddings.types import UnitVerdict, Verdict

LONGEST: Final = 48
"""Maximum length of an answer in pieces."""
LEAST: Final = 1e-4
"""Minimum share of the answer probability for a unit."""


def judge(
    answers: float, ends: NDArray[np.float32], pieces: Sequence[Span], units: Sequence[Span]
) -> Verdict:
    """Return the verdict on a passage.

    `pieces` are the offsets of the text's pieces, and `ends` the probabilities that an answer
    starts and ends with each. The score of a unit is that of the passage times the share of answer
    probability within the unit.
    """
    spans = _spans(ends)
    firsts = np.array([start for start, _ in pieces], dtype=np.int64)
    lasts = np.array([end for _, end in pieces], dtype=np.int64)
    return Verdict(
        answers,
        tuple(_unit(answers, spans, pieces, unit, _range(firsts, lasts, unit)) for unit in units),
    )


def _spans(ends: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the probability of each start and end pair, ends not before starts; sum 1."""
    if not len(ends):
        return np.zeros((0, 0), dtype=np.float32)
    start, end = np.exp(ends - ends.max(axis=0)).T
    both = np.triu(np.outer(start, end)) - np.triu(np.outer(start, end), LONGEST)
    shares: NDArray[np.float32] = both / both.sum()
    return shares


def _range(firsts: NDArray[np.int64], lasts: NDArray[np.int64], unit: Span) -> Span:
    """Return the range of pieces within a unit."""
    start = int(np.searchsorted(lasts, unit[0], side="right"))
    end = int(np.searchsorted(firsts, unit[1], side="left"))
    return start, max(start, end)


def _unit(
    answers: float,
    spans: NDArray[np.float32],
    pieces: Sequence[Span],
    unit: Span,
    within: Span,
) -> UnitVerdict:
    start, end = within
    inside = spans[start:end, start:end]
    if not inside.size:
        return UnitVerdict(answers + float(np.log(LEAST)), unit, 0.0)
    score = answers + float(np.log(inside.sum() + LEAST))
    first, last = divmod(int(inside.argmax()), inside.shape[1])
    words = (
        max(unit[0], pieces[start + first][0]),
        min(unit[1], pieces[start + last][1]),
    )
    return UnitVerdict(score, words, float(inside[first, last]))
