"""Which of the candidates answers best: a weighted sum of a few kinds of evidence."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.types import Period
from embeddings.partition import Candidates, LookedUp, Partition
from embeddings.quoting import Quoted
from embeddings.types import Vectors

_FIRST_YEAR: Final = 1900
_BM25_MOST: Final = 2.2
"""What BM25 gives a word at most, in units of its inverse document frequency: k1 + 1."""
_TITLE_SPARES: Final = 0.5
"""How much less a unit needs to say a word that stands in the title."""
_MONTH: Final = 31
"""Days by which a date may miss a period and still count half."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts; fitted on the development sets (see benchmarks/)."""

    lexical: float = 0.1
    """BM25 over the question's words, each by the best of its renderings."""
    dense: float = 0.03
    """Cosine of the question and the passage, in standard deviations."""
    passage: float = 0.35
    """How well the passage renders the question's words, the rare ones counting most."""
    unit: float = 0.25
    """The same for the best single sentence or list of the passage."""
    title: float = 0.15
    """The same for the title and headings above it."""
    date: float = 0.15
    """Whether the document was published when the question says."""
    kind: float = 0.05
    """Whether the quote holds a name, a figure, a date: what the question asks for."""


WEIGHTS: Final = Weights()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for some passages; arrays run together."""

    table: NDArray[np.float32]
    """A row for each passage, a column for each of `Weights`, in its order."""
    units: Vectors
    """How well each unit of each passage renders each word; shape (all units, words)."""
    starts: NDArray[np.intp]
    """Where the units of each passage begin, and in the end how many there are."""
    needed: Vectors
    """For each passage, how much its units need to say each word; rows sum to 1."""
    coverage: Vectors
    """Share of the question's matter that the passage and its title render."""


def gather_evidence(
    words: LookedUp, periods: Sequence[Period], partition: Partition, candidates: Candidates
) -> Evidence:
    """Return what speaks for each candidate, before its text is looked at."""
    local = candidates.numbers - partition.first
    total = max(float(words.rarity.sum()), 1e-6)
    rarity = words.rarity / total
    matches = partition.forward.match(local, words.matches)
    counts = np.diff(matches.starts, append=len(matches.units))
    together = np.maximum(np.maximum.reduceat(matches.units, matches.starts), matches.titles)
    # What the title says already, a unit need not say again.
    needed = rarity * (1 - _TITLE_SPARES * matches.titles)
    needed /= np.maximum(needed.sum(axis=1, keepdims=True), 1e-6)
    support = (matches.units * np.repeat(needed, counts, axis=0)).sum(axis=1)
    coverage = together @ rarity
    sure = together @ (rarity * words.trust)
    table = np.zeros((len(local), len(astuple(WEIGHTS))), dtype=np.float32)
    table[:, 0] = candidates.lexical / (_BM25_MOST * total)
    table[:, 1] = candidates.dense
    table[:, 2] = coverage
    table[:, 3] = np.maximum.reduceat(support, matches.starts)
    table[:, 4] = matches.titles @ rarity
    table[:, 5] = nearness(partition.forward.days(local), periods)
    return Evidence(
        table, matches.units, np.append(matches.starts, len(matches.units)), needed, sure
    )


def with_quote(figures: NDArray[np.float32], quoted: Quoted) -> NDArray[np.float32]:
    """Return a passage's row of evidence with what its quote adds."""
    figures = figures.copy()
    figures[3], figures[6] = quoted.support, quoted.fits
    return figures


def weigh(table: NDArray[np.float32], weights: Weights) -> Vectors:
    """Return one score for each row of evidence; higher is better."""
    scores: Vectors = table @ np.array(astuple(weights), dtype=np.float32)
    return scores


def nearness(days: NDArray[np.int32], periods: Sequence[Period]) -> Vectors:
    """Return 1 for dates within a period, 0.5 within a month of one or unknown, else 0.

    `days` has the first and last day that each date can be, as `date.toordinal()` numbers them,
    or zeros where it is unknown.
    """
    nearest = np.zeros(len(days), dtype=np.float32)
    for period in periods:
        nearest = np.maximum(nearest, _nearness(days, period))
        nearest[days[:, 0] == 0] = 0.5
    return nearest


def _nearness(days: NDArray[np.int32], period: Period) -> Vectors:
    within = np.zeros(len(days), dtype=np.float32)
    for start, end in _occurrences(period):
        away = np.maximum(days[:, 0] - end.toordinal(), start.toordinal() - days[:, 1])
        within[away <= 0] = 1.0
        if not period.recurring:
            within[(away > 0) & (away <= _MONTH)] = 0.5
    return within


def _occurrences(period: Period) -> list[tuple[date, date]]:
    """Return the days of a period, and of one that recurs those of every year."""
    if not period.recurring:
        return [(period.start, period.end)]
    turns = period.end.year - period.start.year
    # A last day of February is the 28th here: one day less loses no document of the month.
    return [
        (period.start.replace(year=year, day=1), period.end.replace(year=year + turns, day=28))
        for year in range(_FIRST_YEAR, period.end.year + 1)
    ]


def days_of(published: str | None) -> tuple[date, date] | None:
    """Return the first and the last day that a date of the form 2023, 2023-03 or 2023-03-21 is."""
    if published is None:
        return None
    year, month, day = (*(int(part) for part in published.split("-")), 0, 0)[:3]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    return date(year, month, day), date(year, month, day)
