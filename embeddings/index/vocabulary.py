"""The stems of the passages in one language, with their rarity and nearest neighbours.

Stems nearest to a word are found with 4-bit codes, one for every four numbers, and the best are
rescored exactly. Source: André, Kermarrec and Le Scouarnec, "Accelerated Nearest Neighbor Search
with Quick ADC", 2017, https://arxiv.org/abs/1704.07355, as implemented in FAISS.
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
"""How many stems are rescored exactly."""
STEMS: Final = "stems.txt"
FREQUENCIES: Final = "frequencies.npy"
VECTORS: Final = "stems.npy"
SCALES: Final = "stem_scales.npy"
PARTS: Final = "stem_parts.npy"
NEAR: Final = "near.faiss"
FILES: Final = (STEMS, FREQUENCIES, VECTORS, SCALES, PARTS, NEAR)


@dataclass(frozen=True, slots=True)
class Nearby:
    """The stems nearest to each of several words, nearest first."""

    rows: NDArray[np.intp]
    """Their rows in the vocabulary, -1 if there are no more; shape (words, stems)."""
    cosines: Vectors
    """Their cosines to the word, in the same shape; -1 if there are no more."""


class Vocabulary:
    """Stems by falling document frequency, each with a unit vector.

    Stems added to a base come after those of the base.
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
        """Use what `embeddings.reembed.vocabulary_writing` has written.

        The vector of a stem is its row of `vectors` times its value in `scales`, as in the model;
        `near` is the FAISS index over frequent stems; `parts` has the rows of each compound and its
        two parts, shape (compounds, 3).
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
        """Return the row of a stem; None if no passage contains it."""
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
        """Return the inner product of each word and stem; shape (words, len(rows))."""
        products: Vectors = words @ self._vectors[rows].astype(np.float32).T
        products *= self._scales[rows]
        return products

    def nearest(self, words: Vectors, most: int) -> Nearby:
        """Return the stems nearest to each unit vector, among the `MOST_NEAR` most frequent."""
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
        """The sorted rows of parts, and for each the row of a compound that contains it."""
        parts = self.parts[:, 1:].ravel()
        order = np.argsort(parts, kind="stable")
        return parts[order], np.repeat(self.parts[:, 0], 2)[order]

    def frequency_of(self, stem: str) -> int:
        """Return the number of passages that contain a stem."""
        row = self.row_of.get(stem)
        return 0 if row is None else int(self.frequencies[row])

    def compounds_of(self, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the rows of the compounds that contain stems, given by their rows."""
        parts, compounds = self._compounds
        starts, ends = np.searchsorted(parts, rows), np.searchsorted(parts, rows, side="right")
        spans = [compounds[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.unique(np.concatenate([compounds[:0], *spans]))

    def parts_of(self, word: str) -> list[int]:
        """Return the rows of a compound's two stems, whether or not it is in the vocabulary."""
        parts = split_compound(word, self.frequency_of) if len(self.parts) else None
        return [self.row_of[part] for part in parts or ()]

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the vocabulary in a folder, including that of its base."""
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
