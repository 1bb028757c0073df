"""BM25 word search over inverted lists, for database engines.

Scoring happens here, so that the database needs no extension and all engines score alike. Source:
Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, with the constants and fields
of `embeddings.index.word_index`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from embeddings.types import Vectors

_SATURATION: Final = 1.2
_BY_LENGTH: Final = 0.75


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of one stem in the texts or titles of one collection."""

    collection: int
    stem: int
    numbers: NDArray[np.int32]
    weights: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Field:
    """The stems of a field (title or body) of all passages, concatenated."""

    stems: NDArray[np.int32]
    sizes: NDArray[np.int64]
    """The number of stems in each passage."""

    def weighed(
        self, length: float
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float16]]:
        """Return stem, passage and BM25 weight of every posting, sorted by stem.

        `length` is the mean of the sizes.
        """
        owners = np.repeat(np.arange(len(self.sizes)), self.sizes)
        keys, counts = np.unique(
            self.stems.astype(np.int64) * len(self.sizes) + owners, return_counts=True
        )
        stems, places = np.divmod(keys, max(len(self.sizes), 1))
        norms = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * self.sizes[places] / max(length, 1e-6))
        return stems, places, (counts * (_SATURATION + 1) / (counts + norms)).astype(np.float16)

    def occurrences(
        self, first: int, collections: NDArray[np.int64], length: float
    ) -> Iterator[Postings]:
        """Yield the postings lists by stem and collection; passages are numbered from `first`.

        `length` is the mean of the sizes. Lists come in order of their stems.
        """
        stems, places, weights = self.weighed(length)
        of = collections[places]
        order = np.lexsort((places, of, stems))
        stems, of, places, weights = stems[order], of[order], places[order], weights[order]
        borders = np.flatnonzero(np.diff(stems, prepend=-1) | np.diff(of, prepend=-1))
        numbers = (places + first).astype(np.int32)
        for start, end in zip(borders, [*borders[1:], len(stems)], strict=True):
            yield Postings(
                int(of[start]), int(stems[start]), numbers[start:end], weights[start:end]
            )


def rarity(frequency: int, passages: int) -> float:
    """Return the inverse document frequency of a stem."""
    return float(np.log1p((passages - frequency + 0.5) / (frequency + 0.5)))


def best_of(
    words: Sequence[Sequence[tuple[float, NDArray[np.int32], NDArray[np.float16]]]],
    passages: int,
    removed: NDArray[np.int64],
    limit: int,
) -> tuple[NDArray[np.int64], Vectors]:
    """Return numbers and scores of the best passages, best first.

    Each word has postings lists with weights; the best one counts for a passage.
    """
    scores = np.zeros(passages, dtype=np.float32)
    best = np.zeros(passages, dtype=np.float32)
    for lists in filter(None, words):
        numbers = np.concatenate([one for _, one, _ in lists])
        weights = np.concatenate([one for _, _, one in lists]).astype(np.float32)
        boosts = np.array([boost for boost, _, _ in lists], dtype=np.float32)
        weights *= np.repeat(boosts, [len(one) for _, one, _ in lists])
        np.maximum.at(best, numbers, weights)
        scores += best
        best[numbers] = 0
    scores[removed] = 0
    found = np.flatnonzero(scores)
    if len(found) > limit:
        found = found[np.argpartition(-scores[found], limit - 1)[:limit]]
    found = found[np.lexsort((found, -scores[found]))]
    return found.astype(np.int64), scores[found]
