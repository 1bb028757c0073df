"""The distinct stems of the passages in one language: how rare they are, and which lie near."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from embeddings.static import StaticEmbedder, normalised
from embeddings.types import Vectors
from embeddings.words import stem

MOST_STEMS: Final = 200_000
"""Only the most frequent stems have vectors; rarer ones match as they are."""
MOST_NEAR: Final = 50_000
"""Only the most frequent stems can stand for another word; comparing all takes long."""
_TOGETHER: Final = 10_000
"""Stems whose vectors are computed at once."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A stem of the vocabulary with its cosine to a word of the question."""

    stem: str
    cosine: float


class Vocabulary:
    """Stems in order of falling document frequency, with their vectors, one unit row each."""

    def __init__(
        self, stems: Sequence[str], frequencies: NDArray[np.int64], vectors: Vectors, passages: int
    ) -> None:
        if not len(stems) == len(frequencies) or len(vectors) > len(stems):
            raise ValueError(f"{len(stems)} stems, {len(frequencies)} counts, {len(vectors)} rows")
        self.stems = stems
        self.frequencies = frequencies
        # Turned so that all words are compared with a stem's numbers in one walk through memory.
        self._columns = np.ascontiguousarray(vectors.T)
        self.passages = passages

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
        return cls(stems, frequencies, vectors, passages)

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
        return int(self._columns.shape[1])

    def cosines(self, words: Vectors) -> Vectors:
        """Return the cosine of each unit vector and each of the `MOST_NEAR` most frequent stems."""
        cosines: Vectors = words @ self._columns[:, :MOST_NEAR]
        return cosines

    def vectors(self, rows: NDArray[np.intp]) -> Vectors:
        """Return the vectors of stems; shape (len(rows), dimension)."""
        vectors: Vectors = self._columns[:, rows].T
        return vectors

    def nearest(self, cosines: Vectors, most: int, least_cosine: float) -> list[Nearby]:
        """Return the stems nearest to a word, nearest first, given its cosines to them."""
        close = np.flatnonzero(cosines >= least_cosine)
        best = close[np.argsort(-cosines[close], kind="stable")[:most]]
        return [Nearby(self.stems[row], float(cosines[row])) for row in best]

    def save(self, folder: Path) -> None:
        """Write the vocabulary into a folder."""
        (folder / "stems.txt").write_text("\n".join(self.stems), encoding="utf-8")
        np.save(folder / "frequencies.npy", np.append(self.frequencies, self.passages))
        np.save(folder / "stems.npy", self._columns.T.astype(np.float16))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the vocabulary that was saved in a folder."""
        stems = (folder / "stems.txt").read_text(encoding="utf-8").splitlines()
        counts = np.load(folder / "frequencies.npy")
        vectors = np.load(folder / "stems.npy").astype(np.float32)
        return cls(stems, counts[:-1], vectors, int(counts[-1]))


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
