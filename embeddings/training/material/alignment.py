"""Finds translations of words in parallel sentences (IBM model 1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

ROUNDS: Final = 6
LEAST: Final = 0.05
"""A translation with a lower probability in either direction is discarded."""

Translations: TypeAlias = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Parallel:
    """The words of parallel texts, with weights."""

    source: Sequence[str]
    target: Sequence[str]
    weight: float = 1.0

    def reversed(self) -> "Parallel":
        """Return the texts with sides swapped."""
        return Parallel(self.target, self.source, self.weight)


@dataclass(frozen=True, slots=True)
class _Links:
    """Every source word of a text linked to every target word of its translation."""

    pair: NDArray[np.intp]
    """Index of the word pair of each link."""
    target: NDArray[np.intp]
    """Index of the target word's occurrence: its links share one count."""
    weight: NDArray[np.float64]


def align(texts: Sequence[Parallel]) -> Translations:
    """Return each source word's translations, with probabilities from both directions."""
    forward = _one_way(texts)
    backward = _one_way([text.reversed() for text in texts])
    agreed: Translations = {}
    for (source, target), (likely, count) in forward.items():
        back, _ = backward.get((target, source), (0.0, 0.0))
        if back and count > 0.8:
            trust = count / (count + 1)
            agreed.setdefault(source, {})[target] = float(np.sqrt(likely * back)) * trust
    return agreed


def _one_way(texts: Sequence[Parallel]) -> dict[tuple[str, str], tuple[float, float]]:
    """Return probability and expected count of each word pair above `LEAST`."""
    source_ids = _number(text.source for text in texts)
    target_ids = _number(text.target for text in texts)
    links, keys = _link(texts, source_ids, target_ids)
    words = keys // len(target_ids)
    likely: NDArray[np.float64] = np.ones(len(keys))
    counts = likely
    for _ in range(ROUNDS):
        share: NDArray[np.float64] = likely[links.pair]
        share /= _sums(links.target, share)[links.target]
        counts = _sums(links.pair, share * links.weight)
        likely = counts / _sums(words, counts)[words]
    sources, targets = list(source_ids), list(target_ids)
    return {
        (sources[keys[row] // len(targets)], targets[keys[row] % len(targets)]): (
            float(likely[row]),
            float(counts[row]),
        )
        for row in np.flatnonzero(likely > LEAST)
    }


def _sums(numbers: NDArray[np.intp], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of the values of each number."""
    sums: NDArray[np.float64] = np.bincount(numbers, weights=values).astype(np.float64)
    return sums


def _number(texts: Iterable[Sequence[str]]) -> dict[str, int]:
    return {word: row for row, word in enumerate(dict.fromkeys(w for text in texts for w in text))}


def _link(
    texts: Sequence[Parallel], source_ids: dict[str, int], target_ids: dict[str, int]
) -> tuple[_Links, NDArray[np.int64]]:
    pairs, targets, weights, place = [], [], [], 0
    for text in texts:
        source = np.array([source_ids[word] for word in text.source])
        target = np.array([target_ids[word] for word in text.target])
        pairs.append((source[:, None] * len(target_ids) + target).ravel())
        targets.append(np.tile(np.arange(place, place + len(target)), len(source)))
        weights.append(np.full(len(pairs[-1]), text.weight))
        place += len(target)
    keys, pair = np.unique(np.concatenate(pairs), return_inverse=True)
    return _Links(pair, np.concatenate(targets), np.concatenate(weights)), keys
