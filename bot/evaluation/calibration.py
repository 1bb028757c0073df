"""Evaluates confidence: what refusing by it costs, and how well it is calibrated."""

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.evaluation.outcomes import Outcome

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Refusals:
    """The effect of refusing every answer below a threshold."""

    threshold: float
    rightly: float
    """Share of the unanswerable questions refused."""
    wrongly: float
    """Share of the answerable questions refused."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers with similar confidence."""

    low: float
    high: float
    answers: int
    confidence: float
    """Their mean confidence."""
    right: float
    """The share of them that are right."""


def refusal_curve(outcomes: Sequence[Outcome], by: Callable[[Outcome], float]) -> list[Refusals]:
    """Return what each threshold on a figure would refuse, lowest first.

    Empty if all questions are answerable, or none is.
    """
    answerable, others = _values(outcomes, by)
    if not answerable or not others:
        return []
    thresholds = sorted({*answerable, *others})
    curve = [
        Refusals(
            threshold=threshold,
            rightly=bisect_left(others, threshold) / len(others),
            wrongly=bisect_left(answerable, threshold) / len(answerable),
        )
        for threshold in thresholds
    ]
    return [*curve, Refusals(math.nextafter(thresholds[-1], math.inf), 1.0, 1.0)]


def refusal_area(outcomes: Sequence[Outcome], by: Callable[[Outcome], float]) -> float | None:
    """Return the probability that a figure is higher for an answerable question.

    This is the area under the ROC curve, against unanswerable questions, with ties counted half;
    None if all questions are answerable, or none is. Source: Hanley and McNeil, 1982.
    """
    curve = refusal_curve(outcomes, by)
    steps = pairwise(curve)
    area = sum((b.wrongly - a.wrongly) * (a.rightly + b.rightly) / 2 for a, b in steps)
    return area if curve else None


def refused_at_most(curve: Sequence[Refusals], wrongly: float) -> Refusals:
    """Return the threshold that refuses most with at most this share refused wrongly."""
    return max((one for one in curve if one.wrongly <= wrongly), key=lambda one: one.rightly)


def reliability(outcomes: Sequence[Outcome]) -> list[Bin]:
    """Return ten confidence bins, without empty ones, each with its share of right answers."""
    binned: list[list[Outcome]] = [[] for _ in range(BINS)]
    for one in outcomes:
        if one.answer.found:
            binned[min(int(one.answer.confidence * BINS), BINS - 1)].append(one)
    return [
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            answers=len(held),
            confidence=sum(one.answer.confidence for one in held) / len(held),
            right=sum(one.right for one in held) / len(held),
        )
        for number, held in enumerate(binned)
        if held
    ]


def calibration_error(outcomes: Sequence[Outcome]) -> float | None:
    """Return the expected calibration error; None without answers.

    It is the mean difference between confidence and the share that is right. Source: Naeini, Cooper
    and Hauskrecht, 2015.
    """
    bins = reliability(outcomes)
    answers = sum(one.answers for one in bins)
    apart = sum(one.answers * abs(one.confidence - one.right) for one in bins)
    return apart / answers if answers else None


def _values(
    outcomes: Sequence[Outcome], by: Callable[[Outcome], float]
) -> tuple[list[float], list[float]]:
    """Return the sorted figures of the answerable and of the unanswerable questions."""
    answerable = sorted(by(one) for one in outcomes if one.golden.answerable)
    return answerable, sorted(by(one) for one in outcomes if not one.golden.answerable)
