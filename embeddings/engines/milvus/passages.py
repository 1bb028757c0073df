"""The passages of one language in Milvus: search by words and vectors, and retrieval."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from embeddings.engines.inverted_lists import best_of, rarity
from embeddings.engines.milvus.client import Milvus
from embeddings.engines.milvus.collections_writing import place_of, unpacked
from embeddings.engines.milvus.kept_rows import KeptRows, read
from embeddings.engines.passage_rows import forward_of
from embeddings.index.vector_index import nearest_of
from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_matrix import Forms, ForwardIndex
from embeddings.types import Alternative, Vectors

_IN_SIGHT: Final = 800
"""Search width (ef) of the HNSW graph."""
_WIDER: Final = 3
"""Times as many passages as needed are fetched by words: Milvus sums the alternatives of a word,
although only the best should count."""


@dataclass(frozen=True, slots=True)
class MilvusPart:
    """The passages of a language in one generation, without its base."""

    collection: str
    kept: KeptRows

    def told(self, row: dict[str, Any], field: str, letter: str) -> bytes:
        """Return the value of a field, which may be stored elsewhere if it is too long."""
        found = read(row[field]) if row[field] else self.kept.one(f"{letter}{row['number']}")
        return zlib.decompress(found or b"")


@dataclass(frozen=True, slots=True)
class MilvusRows:
    """The passages of one language of a generation, with those of its base."""

    server: Milvus
    first: int
    """Global number of the first passage."""
    count: int
    own: MilvusPart
    base: MilvusPart | None
    before: int
    """The number of passages in the base; the generation's own come after them."""
    removed: NDArray[np.int64]
    """Passages of the base that are no longer used."""
    where: str
    """The filter for the folders to search."""

    @property
    def parts(self) -> tuple[MilvusPart, ...]:
        """The base, if any, and what is added to it."""
        return (self.base, self.own) if self.base else (self.own,)

    def at(self, numbers: Sequence[int], *fields: str) -> dict[int, tuple[MilvusPart, Any]]:
        """Return the rows of passages by their numbers within the language."""
        found = {}
        for part in self.parts:
            ids = [
                one + self.first for one in numbers if (one < self.before) == (part is self.base)
            ]
            for row in self.server.rows(part.collection, ("number", *fields), ids=ids):
                found[row["number"] - self.first] = part, row
        return found

    def __contains__(self, number: int) -> bool:
        """Return whether a passage, by its global number, is one of these."""
        return self.first <= number < self.first + self.count


class MilvusVectors:
    """Finds the passages whose vectors are nearest to the question's."""

    def __init__(self, rows: MilvusRows, sample: Vectors) -> None:
        self._rows = rows
        self._sample = sample

    def __len__(self) -> int:
        return self._rows.count

    @property
    def sample(self) -> Vectors:
        """Vectors of some passages, evenly spread, to estimate ordinary cosines."""
        return self._sample

    def search(self, vector: Vectors, limit: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return numbers and cosines of the passages nearest to a unit vector, best first."""
        rows = self._rows
        most = limit + min(len(rows.removed), limit)
        found = [
            (one["number"] - rows.first, one["distance"])
            for part in rows.parts
            for one in rows.server.nearest(
                part.collection, "vector", vector.tolist(), most,
                where=rows.where, search={"ef": max(_IN_SIGHT, most)},
            )
        ]  # fmt: skip
        numbers = np.array([number for number, _ in found], dtype=np.int64)
        cosines = np.array([cosine for _, cosine in found], dtype=np.float32)
        return nearest_of(numbers, cosines, rows.removed, limit)

    def vectors(self, numbers: NDArray[np.int64]) -> Vectors:
        """Return the stored vectors of passages; shape (len(numbers), dimension)."""
        wanted = numbers.tolist()
        found = self._rows.at(wanted, "vector")
        return np.array([found[one][1]["vector"] for one in wanted], dtype=np.float32)


class MilvusWords:
    """Finds the passages that contain the words of a question."""

    def __init__(
        self, rows: MilvusRows, vocabulary: Vocabulary, frequencies: NDArray[np.int32]
    ) -> None:
        """`frequencies` is the number of passages with each stem, in bodies and in titles."""
        self._rows = rows
        self._vocabulary = vocabulary
        self._frequencies = frequencies

    def search(
        self, words: Sequence[Sequence[Alternative]], limit: int, title_weight: float
    ) -> tuple[NDArray[np.int64], Vectors]:
        """Return numbers and scores of the passages that match best, best first."""
        row_of = self._vocabulary.row_of
        weighed = [
            {
                place_of(row, title=title): one.weight
                * (title_weight if title else 1.0)
                * rarity(int(self._frequencies[int(title), row]), self._rows.count)
                for one in each
                for row in (row_of[one.stem],)
                for title in (False, True)
            }
            for each in words
        ]
        asked: dict[int, float] = {}
        for each in weighed:
            for place, weight in each.items():
                asked[place] = asked.get(place, 0.0) + weight
        if not asked:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        numbers, held = self._candidates(asked, _WIDER * limit)
        best, scores = best_of(
            [_lists(each, held) for each in weighed],
            len(numbers),
            np.flatnonzero(np.isin(numbers, self._rows.removed)),
            limit,
        )
        return numbers[best], scores

    def _candidates(
        self, asked: dict[int, float], most: int
    ) -> tuple[NDArray[np.int64], list[dict[int, float]]]:
        """Return passages by number, with the weight of each stem in them."""
        rows = self._rows
        most += min(len(rows.removed), most)
        found = [
            one
            for part in rows.parts
            for one in rows.server.nearest(
                part.collection, "stems", asked, most, where=rows.where, fields=("stems",)
            )
        ]
        found.sort(key=lambda one: one["number"])
        numbers = np.array([one["number"] - rows.first for one in found], dtype=np.int64)
        return numbers, [one["entity"]["stems"] for one in found]


def _lists(
    weights: dict[int, float], held: Sequence[dict[int, float]]
) -> list[tuple[float, NDArray[np.int32], NDArray[np.float16]]]:
    """Return the passages that contain each stem of a word, and its weight in them."""
    lists = []
    for place, weight in weights.items():
        with_it = [(nth, one[place]) for nth, one in enumerate(held) if place in one]
        if with_it:
            numbers, counted = zip(*with_it, strict=True)
            lists.append((weight, np.array(numbers, np.int32), np.array(counted, np.float16)))
    return lists


class MilvusForward:
    """The words and dates of each passage."""

    def __init__(self, rows: MilvusRows, forms: Forms) -> None:
        self._rows = rows
        self._forms = forms

    def __len__(self) -> int:
        return self._rows.count

    def at(self, numbers: NDArray[np.int64]) -> tuple[ForwardIndex, NDArray[np.int64]]:
        """Return an index of these passages, and their numbers in it."""
        wanted = numbers.tolist()
        found = self._rows.at(wanted, "words")
        rows = [
            unpacked(part.told(row, "words", "w")) for part, row in (found[one] for one in wanted)
        ]
        return forward_of(rows, self._forms), np.arange(len(numbers))
