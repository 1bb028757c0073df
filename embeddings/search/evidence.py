"""Search evidence for passages: words, meaning, titles and time."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.types import Period
from embeddings.index.passage_dates import time_passages
from embeddings.search.language_index import Candidates, LookedUp, Partition
from embeddings.types import PassageEvidence, Vectors

TITLE_SPARES: Final = 0.5
"""Discount for words that are already in the title."""

WEIGHTS: Final = PassageEvidence(
    dense=0.043, words=0.292, unit=0.152, title=0.179, date=0.25, phrase=0.067
)
"""Fitted by `benchmarks/fit_weights.py`."""


@dataclass(frozen=True, slots=True)
class GatheredEvidence:
    """Evidence for several passages, as parallel arrays."""

    table: NDArray[np.float32]
    """One row per passage, one column per field of `PassageEvidence`, in its order."""
    years: NDArray[np.int32]
    """The year in which each matches the time in the question; 0 for none."""

    def scores(self, weights: PassageEvidence = WEIGHTS) -> Vectors:
        """Return one score for each passage; higher is better."""
        scores: Vectors = self.table @ np.array(astuple(weights), dtype=np.float32)
        return scores

    def of(self, row: int) -> PassageEvidence:
        """Return the evidence for one passage."""
        return PassageEvidence(*self.table[row].tolist())


def gather_evidence(
    words: LookedUp, periods: Sequence[Period], partition: Partition, candidates: Candidates
) -> GatheredEvidence:
    """Return the evidence for each candidate."""
    local = candidates.numbers - partition.first
    rarity = words.rarity / max(float(words.rarity.sum()), 1e-6)
    looked_at = partition.look_at(local, words)
    matches = looked_at.matches
    counts = np.diff(matches.starts, append=len(matches.units))
    together = np.maximum(np.maximum.reduceat(matches.units, matches.starts), matches.titles)
    # A unit need not repeat the words of the title.
    needed = rarity * (1 - TITLE_SPARES * matches.titles)
    needed /= np.maximum(needed.sum(axis=1, keepdims=True), 1e-6)
    support = (matches.units * np.repeat(needed, counts, axis=0)).sum(axis=1)
    forward, places = looked_at.forward, looked_at.places
    timing = time_passages(forward.days(places), *forward.events(places), periods)
    columns = {
        "dense": candidates.dense,
        "words": together @ rarity,
        "unit": np.maximum.reduceat(support, matches.starts),
        "title": matches.titles @ rarity,
        "date": timing.nearness,
        "phrase": looked_at.phrases(words),
    }
    table = np.stack([columns[field.name] for field in fields(PassageEvidence)], axis=1)
    return GatheredEvidence(table.astype(np.float32), timing.years)
