"""Retrieval measures, one value per question, and confidence intervals of their means."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Ranking = Sequence[str]
Measure = Callable[[Ranking, frozenset[str]], float]


def ndcg_at_10(ranking: Ranking, gold: frozenset[str]) -> float:
    """Return nDCG@10 with binary relevance. Source: Järvelin and Kekäläinen, 2002."""
    gained = sum(1 / math.log2(place + 2) for place, one in enumerate(ranking[:10]) if one in gold)
    best = sum(1 / math.log2(place + 2) for place in range(min(len(gold), 10)))
    return gained / best


def hit_at(places: int) -> Measure:
    """Return a measure that is 1 if a right document is among the first `places`."""

    def measure(ranking: Ranking, gold: frozenset[str]) -> float:
        return float(any(one in gold for one in ranking[:places]))

    return measure


def interval(figures: Sequence[float], resamples: int = 2000) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean. Source: Efron, 1979."""
    values = np.array(figures)
    chosen = np.random.default_rng(0).integers(len(values), size=(resamples, len(values)))
    low, high = np.percentile(values[chosen].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def area_between(higher: NDArray[np.float64], lower: NDArray[np.float64]) -> float:
    """Return the probability that a value of the first group is above one of the second.

    This is the area under the ROC curve; ties count half. Source: Hanley and McNeil, 1982.
    """
    above = (higher[:, None] > lower).mean()
    return float(above + (higher[:, None] == lower).mean() / 2)
