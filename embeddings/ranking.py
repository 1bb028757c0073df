"""Which of the candidates answers best: a weighted sum of a few kinds of evidence."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage, Period
from embeddings.interaction import match_words
from embeddings.partition import Partition, QuestionWord
from embeddings.passage_text import heading_text
from embeddings.types import Source, Vectors

_BM25_MOST: Final = 2.2
"""What BM25 gives a word at most, in units of its inverse document frequency: k1 + 1."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts; fitted on the development sets (see benchmarks/)."""

    lexical: float = 1.0
    """BM25 over the question's words, each by the best of its renderings."""
    dense: float = 0.05
    """Cosine of the question and the passage, in standard deviations."""
    passage: float = 0.5
    """How well the passage renders the question's words, the rare ones counting most."""
    unit: float = 0.5
    """The same for the best single sentence or list of the passage."""
    title: float = 0.2
    """The same for the title and headings above it."""
    date: float = 0.3
    """Whether the document was published when the question says."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as one partition's passages are compared with it."""

    words: Sequence[str]
    vectors: Vectors
    """A unit row for each word."""
    looked_up: Sequence[QuestionWord]
    periods: Sequence[Period]


def gather_evidence(
    question: Question,
    partition: Partition,
    passages: Sequence[tuple[Source, Passage]],
    lexical: Vectors,
    dense: Vectors,
) -> NDArray[np.float32]:
    """Return what speaks for each passage; a column for each of `Weights`, in its order."""
    rarity = np.array([word.rarity for word in question.looked_up], dtype=np.float32)
    total = max(float(rarity.sum()), 1e-6)
    unit_texts = [units_of(passage) for _, passage in passages]
    titles = [heading_text(source, passage) for source, passage in passages]
    texts = [text for units in unit_texts for text in units] + titles
    matches = match_words(
        texts, partition, question.words, question.looked_up, question.vectors
    )
    counts = [len(units) for units in unit_texts]
    units, over = matches[: sum(counts)], matches[sum(counts) :]
    starts = np.cumsum([0, *counts[:-1]])
    together = np.maximum(np.maximum.reduceat(units, starts, axis=0), over)
    evidence = np.empty((len(passages), 6), dtype=np.float32)
    evidence[:, 0] = lexical / (_BM25_MOST * total)
    evidence[:, 1] = dense
    evidence[:, 2] = together @ rarity / total
    evidence[:, 3] = np.maximum.reduceat(units @ rarity / total, starts)
    evidence[:, 4] = over @ rarity / total
    evidence[:, 5] = [nearness(source.published, question.periods) for source, _ in passages]
    return evidence


def weigh(evidence: NDArray[np.float32], weights: Weights) -> Vectors:
    """Return one score for each row of evidence; higher is better."""
    scores: Vectors = evidence @ np.array(astuple(weights), dtype=np.float32)
    return scores


def units_of(passage: Passage) -> list[str]:
    """Return the texts of a passage's units; its whole text where it has none."""
    texts = [passage.text[start - passage.start : end - passage.start]
             for start, end in passage.units]  # fmt: skip
    return texts or [passage.text]


def nearness(published: str | None, periods: Sequence[Period]) -> float:
    """Return 1 for a date within a period, 0.5 within a month of one or unknown, else 0."""
    if not periods:
        return 0.0
    if published is None:
        return 0.5
    return max(_nearness(*_days(published), period) for period in periods)


def _nearness(first: date, last: date, period: Period) -> float:
    if period.recurring:
        months = {month % 12 for month in _months(period.start, period.end)}
        return 1.0 if months & {month % 12 for month in _months(first, last)} else 0.0
    if first <= period.end and last >= period.start:
        return 1.0
    away = max(first - period.end, period.start - last)
    return 0.5 if away <= timedelta(days=31) else 0.0


def _months(first: date, last: date) -> range:
    return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)


def _days(published: str) -> tuple[date, date]:
    """Return the first and the last day that a date of the form 2023, 2023-03 or 2023-03-21 is."""
    parts = [int(part) for part in published.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    return date(year, month, day), date(year, month, day)
