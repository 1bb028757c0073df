"""The passages of one language in PostgreSQL: search by words and vectors, and retrieval."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from embeddings.engines.inverted_lists import best_of, rarity
from embeddings.engines.passage_rows import WordsRow, forward_of, joined
from embeddings.engines.postgres.binary import load_halfvecs
from embeddings.engines.postgres.server import Server
from embeddings.index.vector_index import nearest_of
from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_matrix import Forms, ForwardIndex
from embeddings.types import Alternative, Vectors

EXACT_UP_TO: Final = 50_000
"""Up to this many visible passages all are compared, since a filtered graph loses some."""

_NEAR: Final = """
(SELECT number, -(vector <#> %s::halfvec) FROM {0}.vectors WHERE language = %s
ORDER BY vector <#> %s::halfvec LIMIT %s)
"""
# The `+ 0` prevents use of the graph: each of the few is compared. The condition on the collection
# repeats the access policy, because PostgreSQL uses the index only for a condition in the query.
_EXACT: Final = """
(SELECT number, -(vector <#> %s::halfvec) FROM {0}.vectors
WHERE language = %s AND collection = ANY (%s)
ORDER BY (vector <#> %s::halfvec) + 0 LIMIT %s)
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """The passages of one language of a generation, in its own schema and its base's."""

    server: Server
    language: str
    first: int
    """Global number of the first passage."""
    count: int
    schemas: tuple[str, ...]
    seen: tuple[dict[str, int], ...]
    """The collections that the role may see in each schema, with the number of passages in each."""
    removed: NDArray[np.int64]
    """Passages of the base that are no longer used."""

    @property
    def all_seen(self) -> bool:
        """Whether who asks may see every passage."""
        return sum(sum(sizes.values()) for sizes in self.seen) == self.count

    def at(self, query: str, numbers: NDArray[np.int64]) -> list[tuple[Any, ...]]:
        """Return a row for each passage, in order; LookupError if one is not visible.

        `query` has `{0}` for the schema and selects the number first.
        """
        wanted = np.unique(numbers + self.first).tolist()
        every = " UNION ALL ".join(query.format(schema) for schema in self.schemas)
        rows = self.server.rows(every, (wanted,) * len(self.schemas))
        found = {row[0]: row[1:] for row in rows}
        return [found[number] for number in (numbers + self.first).tolist()]


class PostgresVectors:
    """Finds the passages whose vectors are nearest to the question's."""

    def __init__(self, rows: Rows, sample: Vectors) -> None:
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
        # Rights thin out what a graph finds, so it is searched for twice as many.
        by_graph = most if rows.all_seen else 2 * most
        asked = "[" + ",".join(f"{number:.5f}" for number in vector.tolist()) + "]"
        parts, given = [], []
        for schema, seen in zip(rows.schemas, rows.seen, strict=True):
            exactly = sum(seen.values()) <= EXACT_UP_TO
            parts.append((_EXACT if exactly else _NEAR).format(schema))
            folders, wanted = ([list(seen)], most) if exactly else ([], by_graph)
            given += [asked, rows.language, *folders, asked, wanted]
        found = rows.server.rows(" UNION ALL ".join(parts), given)
        numbers = np.array([number for number, _ in found], dtype=np.int64) - rows.first
        cosines = np.array([cosine for _, cosine in found], dtype=np.float32)
        return nearest_of(numbers, cosines, rows.removed, limit)

    def vectors(self, numbers: NDArray[np.int64]) -> Vectors:
        """Return the stored vectors of passages; shape (len(numbers), dimension)."""
        query = "SELECT number, vector FROM {0}.vectors WHERE number = ANY (%s::bigint[])"
        return load_halfvecs([vector for (vector,) in self._rows.at(query, numbers)])


class PostgresWords:
    """Finds the passages that contain the words of a question."""

    def __init__(
        self,
        rows: Rows,
        vocabulary: Vocabulary,
        frequencies: NDArray[np.int32],
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
        weighed = [{row_of[one.stem]: one.weight for one in each} for each in words]
        lists = self._lists(sorted({row for each in weighed for row in each}))
        scored = [
            [
                (
                    weight * (title_weight if title else 1.0) * self._rarity(row, title=title),
                    *lists[row, title],
                )
                for row, weight in each.items()
                for title in (False, True)
                if (row, title) in lists
            ]
            for each in weighed
        ]
        return best_of(scored, self._rows.count, self._rows.removed, limit)

    def _rarity(self, row: int, *, title: bool) -> float:
        return rarity(int(self._frequencies[int(title), row]), self._rows.count)

    def _lists(
        self, stems: list[int]
    ) -> dict[tuple[int, bool], tuple[NDArray[np.int32], NDArray[np.float16]]]:
        """Return the postings of stems, given by row, in texts and titles."""
        parts = [
            f"SELECT stem, title, numbers, weights FROM {schema}.postings "  # noqa: S608
            "WHERE language = %s AND stem = ANY (%s::int[])"
            for schema in self._rows.schemas
        ]
        given = (self._rows.language, stems) * len(parts)
        found: dict[tuple[int, bool], list[tuple[bytes, bytes]]] = {}
        for stem, title, *both in self._rows.server.rows(" UNION ALL ".join(parts), given):
            found.setdefault((stem, title), []).append((both[0], both[1]))
        return {
            key: (
                joined([numbers for numbers, _ in lists], "<i4"),
                joined([weights for _, weights in lists], "<f2"),
            )
            for key, lists in found.items()
        }


class PostgresForward:
    """The words and dates of each passage."""

    def __init__(self, rows: Rows, forms: Forms) -> None:
        self._rows = rows
        self._forms = forms

    def __len__(self) -> int:
        return self._rows.count

    def at(self, numbers: NDArray[np.int64]) -> tuple[ForwardIndex, NDArray[np.int64]]:
        """Return an index of these passages, and their numbers in it."""
        query = (
            "SELECT number, words, unit_ends, days, events FROM {0}.words "
            "WHERE number = ANY (%s::bigint[])"
        )
        rows = [WordsRow(*row) for row in self._rows.at(query, numbers)]
        return forward_of(rows, self._forms), np.arange(len(numbers))
