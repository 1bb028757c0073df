"""Which of the candidates answers best: a weighted sum of a few kinds of evidence."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.types import Period
from embeddings.index.passage_dates import time_passages
from embeddings.search.language_index import Candidates, LookedUp, Partition
from embeddings.types import Vectors

_TITLE_SPARES: Final = 0.5
"""How much less a unit needs to say a word that stands in the title."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts; fitted on the development sets (see benchmarks/)."""

    dense: float = 0.043
    """Cosine of the question and the passage, in standard deviations."""
    passage: float = 0.292
    """How well the passage renders the question's words, the rare ones counting most."""
    unit: float = 0.152
    """The same for the best single sentence or list of the passage."""
    title: float = 0.179
    """The same for the title and headings above it."""
    date: float = 0.25
    """Whether the passage speaks of the time that the question names, or is from then."""
    phrase: float = 0.067
    """Which share of the question's pairs of words stand side by side in the passage."""
    answer: float = 0.017
    """How well the quote answers, as `embeddings.search.quote_selection` scores it."""


WEIGHTS: Final = Weights()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for some passages; arrays run together."""

    table: NDArray[np.float32]
    """A row for each passage, a column for each of `Weights`, in its order."""
    years: NDArray[np.int32]
    """The year in which each has the time that the question names, 0 for none."""


def gather_evidence(
    words: LookedUp, periods: Sequence[Period], partition: Partition, candidates: Candidates
) -> Evidence:
    """Return what speaks for each candidate, before the text is looked at; nothing for `answer`."""
    local = candidates.numbers - partition.first
    rarity = words.rarity / max(float(words.rarity.sum()), 1e-6)
    matches = partition.match(local, words)
    counts = np.diff(matches.starts, append=len(matches.units))
    together = np.maximum(np.maximum.reduceat(matches.units, matches.starts), matches.titles)
    # What the title says already, a unit need not say again.
    needed = rarity * (1 - _TITLE_SPARES * matches.titles)
    needed /= np.maximum(needed.sum(axis=1, keepdims=True), 1e-6)
    support = (matches.units * np.repeat(needed, counts, axis=0)).sum(axis=1)
    coverage = together @ rarity
    forward = partition.forward
    timing = time_passages(forward.days(local), *forward.events(local), periods)
    columns = {
        "dense": candidates.dense,
        "passage": coverage,
        "unit": np.maximum.reduceat(support, matches.starts),
        "title": matches.titles @ rarity,
        "date": timing.nearness,
        "phrase": partition.phrases(local, words),
        "answer": np.zeros(len(local)),
    }
    table = np.stack([columns[field.name] for field in fields(Weights)], axis=1)
    return Evidence(table.astype(np.float32), timing.years)


def weigh(table: NDArray[np.float32], weights: Weights) -> Vectors:
    """Return one score for each row of evidence; higher is better."""
    scores: Vectors = table @ np.array(astuple(weights), dtype=np.float32)
    return scores
