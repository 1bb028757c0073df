"""The distinct stems of the passages in one language: how rare they are, and which lie near.

Which stems lie near a word is read from four bits for every four numbers, then told exactly of the
few that come first. Source: André, Kermarrec and Le Scouarnec, "Accelerated Nearest Neighbor Search
with Quick ADC", 2017, https://arxiv.org/abs/1704.07355, as FAISS has it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.words import stem
from embeddings.index.compounds import LANGUAGES, split_compound
from embeddings.models.static import StaticEmbedder, normalised
from embeddings.types import Vectors

MOST_STEMS: Final = 200_000
"""Only the most frequent stems have vectors; rarer ones match as they are."""
MOST_NEAR: Final = 50_000
"""Only the most frequent stems can stand for another word."""
_EXACT_UP_TO: Final = 2_000
"""Stems up to which each is compared with a word in full."""
_NUMBERS_TOGETHER: Final = 4
"""Numbers of a vector that four bits stand for."""
_LOOKED_AT: Final = 64
"""Stems that are compared with a word in full where there are more."""
_NEAR: Final = "near.faiss"
_PARTS: Final = "stem_parts.npy"
_TOGETHER: Final = 10_000
"""Stems whose vectors are computed at once."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """The stems nearest to each of some words, nearest first."""

    rows: NDArray[np.intp]
    """Their rows in the vocabulary, -1 where there are no more; shape (words, stems)."""
    cosines: Vectors
    """Their cosines to the word, in the same shape; -1 where there are no more."""


class Vocabulary:
    """Stems in order of falling document frequency, with their vectors, one unit row each."""

    def __init__(
        self,
        stems: Sequence[str],
        frequencies: NDArray[np.int64],
        vectors: NDArray[np.int8],
        scales: Vectors,
        passages: int,
        near: Any,
        parts: NDArray[np.int32],
    ) -> None:
        """Take what `count` makes.

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
        self._near, self._parts = near, parts

    @classmethod
    def count(
        cls,
        forms: Mapping[str, int],
        passages: int,
        language: str,
        embedder: StaticEmbedder,
        earlier: "Counted | None" = None,
    ) -> Self:
        """Make the vocabulary of word forms, given in how many of the passages each stands.

        A stem's vector is the mean of its forms' vectors. Where all of them stand in as many
        passages as in the `earlier` generation, its vector is taken from there.
        """
        forms_of: defaultdict[str, list[str]] = defaultdict(list)
        for form in forms:
            forms_of[stem(form, language)].append(form)
        frequency = {one: sum(forms[form] for form in forms_of[one]) for one in forms_of}
        stems = sorted(frequency, key=lambda one: (-frequency[one], one))
        frequencies = np.array([min(frequency[one], passages) for one in stems], dtype=np.int64)
        with_vector = stems[:MOST_STEMS]
        vectors = np.zeros((len(with_vector), embedder.dimension), dtype=np.float32)
        new = np.ones(len(with_vector), dtype=bool)
        if earlier:
            rows = earlier.rows_of(with_vector, forms, language)
            new = rows < 0
            vectors[~new] = earlier.vocabulary.vectors(rows[~new])
        for places in _in_batches(np.flatnonzero(new)):
            written = [forms_of[with_vector[place]] for place in places.tolist()]
            vectors[places] = _means(written, forms, embedder)
        rounded, scales = _rounded(vectors)
        return cls(
            stems,
            frequencies,
            rounded,
            scales,
            passages,
            near=_build_near((rounded * scales[:, None])[:MOST_NEAR]),
            parts=_split(frequency, stems, language),
        )

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each stem."""
        return {one: row for row, one in enumerate(self.stems)}

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
        return self._vectors[rows] * self._scales[rows, None]

    def products(self, words: Vectors, rows: NDArray[np.intp]) -> Vectors:
        """Return the product of each word's vector and each stem's; shape (words, len(rows))."""
        products: Vectors = words @ self._vectors[rows].astype(np.float32).T
        products *= self._scales[rows]
        return products

    def nearest(self, words: Vectors, most: int) -> Nearby:
        """Return the stems nearest to each unit vector among the `MOST_NEAR` most frequent ones."""
        found = self._near.search(words, _LOOKED_AT)[1]
        rows, places = np.unique(found, return_inverse=True)
        cosines = self.products(words, rows)
        exact = np.take_along_axis(cosines, places.reshape(found.shape), axis=1)
        exact[found < 0] = -1.0
        best = np.argsort(-exact, axis=1, kind="stable")[:, :most]
        return Nearby(
            np.take_along_axis(found, best, axis=1), np.take_along_axis(exact, best, axis=1)
        )

    @cached_property
    def _compounds(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The rows of parts in order, and the row of a compound that each is part of."""
        parts = self._parts[:, 1:].ravel()
        order = np.argsort(parts, kind="stable")
        return parts[order], np.repeat(self._parts[:, 0], 2)[order]

    @cached_property
    def _frequency_of(self) -> dict[str, int]:
        return dict(zip(self.stems, self.frequencies.tolist(), strict=True))

    def compounds_of(self, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the rows of the compounds that stems, given by their rows, are part of."""
        parts, compounds = self._compounds
        starts, ends = np.searchsorted(parts, rows), np.searchsorted(parts, rows, side="right")
        spans = [compounds[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.unique(np.concatenate([compounds[:0], *spans]))

    def parts_of(self, word: str) -> list[int]:
        """Return the rows of the two stems that a stem is made of, known or not; else nothing."""
        parts = split_compound(word, self._frequency_of) if len(self._parts) else None
        return [self.row_of[part] for part in parts or ()]

    def save(self, folder: Path) -> None:
        """Write the vocabulary into a folder."""
        (folder / "stems.txt").write_text("\n".join(self.stems), encoding="utf-8")
        np.save(folder / "frequencies.npy", np.append(self.frequencies, self.passages))
        np.save(folder / "stems.npy", self._vectors)
        np.save(folder / "stem_scales.npy", self._scales)
        np.save(folder / _PARTS, self._parts)
        faiss.write_index(self._near, str(folder / _NEAR))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the vocabulary that was saved in a folder."""
        stems = (folder / "stems.txt").read_text(encoding="utf-8").splitlines()
        counts = np.load(folder / "frequencies.npy")
        vectors = np.asarray(np.load(folder / "stems.npy", mmap_mode="r"))
        scales = np.load(folder / "stem_scales.npy")
        near = faiss.read_index(str(folder / _NEAR))
        parts = np.load(folder / _PARTS)
        return cls(stems, counts[:-1], vectors, scales, int(counts[-1]), near, parts)


def _rounded(vectors: Vectors) -> tuple[NDArray[np.int8], Vectors]:
    """Return vectors as small integers, with what each is to be multiplied by."""
    scales = np.abs(vectors).max(axis=1, initial=0.0) / 127
    whole = np.round(vectors / np.maximum(scales, 1e-12)[:, None]).astype(np.int8)
    return whole, scales.astype(np.float32)


def _split(frequency: Mapping[str, int], stems: Sequence[str], language: str) -> NDArray[np.int32]:
    """Return the row of each compound with the rows of its two parts; shape (compounds, 3)."""
    row_of = {one: row for row, one in enumerate(stems)}
    found = [
        (row, row_of[parts[0]], row_of[parts[1]])
        for row, one in enumerate(stems if language in LANGUAGES else ())
        if (parts := split_compound(one, frequency))
    ]
    return np.array(found, dtype=np.int32).reshape(-1, 3)


def _build_near(vectors: Vectors) -> Any:
    count, dimension = vectors.shape
    index: Any = faiss.IndexFlatIP(dimension)
    if count > _EXACT_UP_TO:
        parts = dimension // _NUMBERS_TOGETHER
        index = faiss.IndexPQFastScan(dimension, parts, 4, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors)
    index.add(vectors)
    return index


@dataclass(frozen=True, slots=True)
class Counted:
    """The vocabulary of an earlier generation, with what it was made of."""

    vocabulary: Vocabulary
    forms: Mapping[str, int]
    """In how many passages each word form stood."""

    def rows_of(
        self, stems: Sequence[str], forms: Mapping[str, int], language: str
    ) -> NDArray[np.intp]:
        """Return the rows of stems whose forms stand in as many passages now; -1 for the others."""
        altered = {stem(form, language) for form, _ in self.forms.items() ^ forms.items()}
        known = self.vocabulary.row_of
        rows = [-1 if one in altered else known.get(one, -1) for one in stems]
        found = np.array(rows, dtype=np.intp)
        return np.where(found < len(self.vocabulary), found, -1)


def _in_batches(places: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    return [places[first : first + _TOGETHER] for first in range(0, len(places), _TOGETHER)]


def _means(
    written: Sequence[Sequence[str]], counts: Mapping[str, int], embedder: StaticEmbedder
) -> Vectors:
    """Return the unit vector of each group of word forms, frequent forms counting most."""
    forms = [form for group in written for form in group]
    weights = np.array([counts[form] for form in forms], dtype=np.float32)
    starts = np.cumsum([0, *(len(group) for group in written[:-1])])
    sums: Vectors = np.add.reduceat(embedder.word_vectors(forms) * weights[:, None], starts)
    return normalised(sums)
