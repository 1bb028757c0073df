"""Which of the candidates answers best: a weighted sum of a few kinds of evidence."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage, Period, Span
from embeddings.interaction import Question, match_words
from embeddings.kinds import holds_kind
from embeddings.partition import Partition
from embeddings.passage_text import heading_text
from embeddings.types import Source, Vectors

_BM25_MOST: Final = 2.2
"""What BM25 gives a word at most, in units of its inverse document frequency: k1 + 1."""
_TITLE_SPARES: Final = 0.5
_KIND: Final = 0.15


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


WEIGHTS: Final = Weights()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for some passages; arrays run together."""

    table: NDArray[np.float32]
    """A row for each passage, a column for each of `Weights`, in its order."""
    best_unit: NDArray[np.intp]
    """Which of its units answers best."""
    coverage: Vectors
    """Share of the question's matter that the passage and its title render."""


def gather_evidence(
    question: Question,
    partition: Partition,
    passages: Sequence[tuple[Source, Passage]],
    lexical: Vectors,
    dense: Vectors,
) -> Evidence:
    """Return what speaks for each passage and for the best unit of it."""
    rarity = np.array([word.rarity for word in question.looked_up], dtype=np.float32)
    rarity /= max(float(rarity.sum()), 1e-6)
    units = [
        [
            passage.text[start - passage.start : end - passage.start]
            for start, end in quotable(passage)
        ]
        for _, passage in passages
    ]
    titles = [heading_text(source, passage) for source, passage in passages]
    flat = [text for texts in units for text in texts]
    matches = match_words(flat + titles, partition, question)
    in_units, over = matches[: len(flat)], matches[len(flat) :]
    counts = np.array([len(texts) for texts in units])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    together = np.maximum(np.maximum.reduceat(in_units, starts, axis=0), over)
    # What the title says already, a unit need not say again.
    needed = rarity * (1 - _TITLE_SPARES * np.repeat(over, counts, axis=0))
    support = (in_units * needed).sum(axis=1) / np.maximum(needed.sum(axis=1), 1e-6)
    kinds = np.array([holds_kind(text, question.kind) for text in flat], dtype=np.float32)
    support += _KIND * kinds
    bounds = zip(starts, starts + counts, strict=True)
    best = np.array([start + int(support[start:end].argmax()) for start, end in bounds])
    table = np.column_stack(
        [
            lexical / (_BM25_MOST * max(float(sum(w.rarity for w in question.looked_up)), 1e-6)),
            dense,
            together @ rarity,
            support[best],
            over @ rarity,
            [nearness(source.published, question.periods) for source, _ in passages],
        ]
    ).astype(np.float32)
    return Evidence(table, best - starts, together @ rarity)


def weigh(evidence: Evidence, weights: Weights) -> Vectors:
    """Return one score for each passage; higher is better."""
    scores: Vectors = evidence.table @ np.array(astuple(weights), dtype=np.float32)
    return scores


def quotable(passage: Passage) -> tuple[Span, ...]:
    """Return the units of a passage, offsets into its document; the whole where it has none."""
    return passage.units or ((passage.start, passage.end),)


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
