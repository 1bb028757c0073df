"""The distinct stems of the passages in one language: how rare they are, and which lie near.

Which stems lie near a word is read from four bits for every four numbers, then told exactly of the
few that come first. Source: André, Kermarrec and Le Scouarnec, "Accelerated Nearest Neighbor Search
with Quick ADC", 2017, https://arxiv.org/abs/1704.07355, as FAISS has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.index.base import Rows, base_of, open_rows
from embeddings.index.compounds import split_compound
from embeddings.index.vector_index import single_threaded
from embeddings.types import Vectors

_LOOKED_AT: Final = 64
"""Stems that are compared with a word in full where there are more."""
STEMS: Final = "stems.txt"
FREQUENCIES: Final = "frequencies.npy"
VECTORS: Final = "stems.npy"
SCALES: Final = "stem_scales.npy"
PARTS: Final = "stem_parts.npy"
NEAR: Final = "near.faiss"
FILES: Final = (STEMS, FREQUENCIES, VECTORS, SCALES, PARTS, NEAR)


@dataclass(frozen=True, slots=True)
class Nearby:
    """The stems nearest to each of some words, nearest first."""

    rows: NDArray[np.intp]
    """Their rows in the vocabulary, -1 where there are no more; shape (words, stems)."""
    cosines: Vectors
    """Their cosines to the word, in the same shape; -1 where there are no more."""


class Vocabulary:
    """Stems in order of falling document frequency, with their vectors, one unit row each.

    Those that only what was added to a base holds come after those of the base.
    """

    def __init__(
        self,
        stems: Sequence[str],
        frequencies: NDArray[np.int64],
        vectors: Rows,
        scales: Rows,
        passages: int,
        near: Any,
        parts: NDArray[np.int32],
    ) -> None:
        """Take what `embeddings.reembed.vocabulary_writing` writes.

        The vector of a stem is its row of `vectors` times its one of `scales`, as in the model;
        `near` is the FAISS index over frequent stems; `parts` has for each compound its own row and
        those of its two parts, shape (compounds, 3).
        """
        if not len(stems) == len(frequencies) or not near.ntotal <= len(vectors) <= len(stems):
            raise ValueError(f"{len(stems)} stems, {len(frequencies)} counts, {len(vectors)} rows")
        self.stems = stems
        self.frequencies = frequencies
        self.passages = passages
        self._vectors, self._scales = vectors, scales
        self._near, self.parts = near, parts

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each stem."""
        return {one: row for row, one in enumerate(self.stems)}

    def row(self, stem: str) -> int | None:
        """Return the row of a stem; None where it stands in no passage."""
        row = self.row_of.get(stem)
        return row if row is not None and self.frequencies[row] else None

    @cached_property
    def rarity(self) -> Vectors:
        """Inverse document frequency of each stem, as in BM25; shape (len(stems),)."""
        found = self.frequencies.astype(np.float32)
        rarity: Vectors = np.log1p((self.passages - found + 0.5) / (found + 0.5))
        return rarity

    def __len__(self) -> int:
        """Return how many stems have a vector."""
        return len(self._vectors)

    def vectors(self, rows: NDArray[np.intp]) -> Vectors:
        """Return the vectors of stems; shape (len(rows), dimension)."""
        return self._vectors[rows] * self._scales[rows][:, None]

    def products(self, words: Vectors, rows: NDArray[np.intp]) -> Vectors:
        """Return the product of each word's vector and each stem's; shape (words, len(rows))."""
        products: Vectors = words @ self._vectors[rows].astype(np.float32).T
        products *= self._scales[rows]
        return products

    def nearest(self, words: Vectors, most: int) -> Nearby:
        """Return the stems nearest to each unit vector among the `MOST_NEAR` most frequent ones."""
        with single_threaded():
            found = self._near.search(words, _LOOKED_AT)[1]
        rows, places = np.unique(found, return_inverse=True)
        cosines = self.products(words, rows)
        exact = np.take_along_axis(cosines, places.reshape(found.shape), axis=1)
        exact[(found < 0) | (self.frequencies[found] == 0)] = -1.0
        best = np.argsort(-exact, axis=1, kind="stable")[:, :most]
        return Nearby(
            np.take_along_axis(found, best, axis=1), np.take_along_axis(exact, best, axis=1)
        )

    @cached_property
    def _compounds(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The rows of parts in order, and the row of a compound that each is part of."""
        parts = self.parts[:, 1:].ravel()
        order = np.argsort(parts, kind="stable")
        return parts[order], np.repeat(self.parts[:, 0], 2)[order]

    @cached_property
    def frequency_of(self) -> dict[str, int]:
        """In how many passages each stem stands."""
        return dict(zip(self.stems, self.frequencies.tolist(), strict=True))

    def compounds_of(self, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the rows of the compounds that stems, given by their rows, are part of."""
        parts, compounds = self._compounds
        starts, ends = np.searchsorted(parts, rows), np.searchsorted(parts, rows, side="right")
        spans = [compounds[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.unique(np.concatenate([compounds[:0], *spans]))

    def parts_of(self, word: str) -> list[int]:
        """Return the rows of the two stems that a stem is made of, known or not; else nothing."""
        parts = split_compound(word, self.frequency_of) if len(self.parts) else None
        return [self.row_of[part] for part in parts or ()]

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the vocabulary in a folder, with what its base holds."""
        base = base_of(folder)
        before = cls.load(base) if base else None
        stems = (folder / STEMS).read_text(encoding="utf-8").splitlines()
        parts = np.load(folder / PARTS)
        counts = np.load(folder / FREQUENCIES)
        return cls(
            [*before.stems, *stems] if before else stems,
            counts[:-1],
            open_rows(folder, VECTORS),
            open_rows(folder, SCALES),
            int(counts[-1]),
            near=faiss.read_index(str((base or folder) / NEAR)),
            parts=np.concatenate([before.parts, parts]) if before else parts,
        )
