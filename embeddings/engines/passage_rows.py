"""The passages in a generation's folder row by row, for engines that store rows."""

import io
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from embeddings.engines.inverted_lists import Field
from embeddings.index import vocabulary
from embeddings.index.base import REMOVED, whole
from embeddings.index.vector_index import VECTORS, DenseIndex
from embeddings.index.word_ids import COUNTS, FORMS, UnitWords, titles_and_bodies
from embeddings.index.word_matrix import FORM_FILES, Forms, ForwardIndex, Times
from embeddings.types import Vectors

SMALL_FILES: Final = (*vocabulary.FILES, FORMS, COUNTS, *FORM_FILES, REMOVED)
"""Per language; they grow with the vocabulary and not with the passages."""
FREQUENCIES: Final = "posting_counts.npy"
"""The number of passages with each stem, in bodies and in titles; shape (2, stems)."""
LENGTHS: Final = "posting_lengths.npy"
"""The mean number of stems in a body and in a title."""
SAMPLE: Final = "sample.npy"
_TOGETHER: Final = 2**14


@dataclass(frozen=True, slots=True)
class WordsRow:
    """The words and dates of a passage, as bytes of little-endian integers."""

    words: bytes
    unit_ends: bytes
    days: bytes
    events: bytes


@dataclass(frozen=True, slots=True)
class PartRows:
    """The passages of one language in a generation, without its base."""

    folder: Path
    language: str
    first: int
    """Global number of the language's first passage."""
    before: int
    """The number of the language's passages in the base."""
    size: int
    owners: list[str]
    """The collection of each passage."""

    def __post_init__(self) -> None:
        if len(self.owners) != self.size - self.before:
            raise ValueError(f"{self.language}: {len(self.owners)} passages, not {self.size}")

    def words(self) -> Iterator[tuple[str, int, WordsRow]]:
        """Yield collection and number of each passage, with its words and dates."""
        units, forward = UnitWords.open(self.folder), ForwardIndex.open(self.folder)
        for start in range(self.before, self.size, _TOGETHER):
            numbers = np.arange(start, min(start + _TOGETHER, self.size))
            events, of = forward.events(numbers)
            days = forward.days(numbers).astype("<i4")
            each = np.split(events.astype("<i4"), np.searchsorted(of, np.arange(1, len(numbers))))
            for number, day, spoken in zip(numbers.tolist(), days, each, strict=True):
                words, sizes = units.of_passage(number)
                row = WordsRow(
                    words.astype("<i4").tobytes(),
                    np.cumsum(sizes).astype("<i4").tobytes(),
                    day.tobytes(),
                    spoken.tobytes(),
                )
                yield self.owners[number - self.before], self.first + number, row

    def vectors(self) -> Iterator[tuple[list[str], list[int], Vectors]]:
        """Yield batches of collections, numbers and vectors; nothing if there are none."""
        if not (path := self.folder / VECTORS).exists():
            return
        dense = DenseIndex(path)
        for start in range(self.before, self.size, _TOGETHER):
            numbers = np.arange(start, min(start + _TOGETHER, self.size))
            owners = self.owners[start - self.before : start - self.before + len(numbers)]
            yield owners, (numbers + self.first).tolist(), dense.vectors(numbers)

    def fields(self) -> tuple[Field, Field]:
        """Return the stems of each passage, and of its title and headings."""
        stems, sizes = (array("i"), array("i")), (array("q"), array("q"))
        for both in titles_and_bodies(self.folder):
            for forms, all_forms, all_sizes in zip(both, stems, sizes, strict=True):
                all_forms.extend(forms)
                all_sizes.append(len(forms))
        rows = whole(Forms.open(self.folder).rows)
        title, body = (
            Field(rows[np.frombuffer(one, np.int32)], np.frombuffer(size, np.int64))
            for one, size in zip(stems, sizes, strict=True)
        )
        return body, title

    def stems(self) -> int:
        """Return the size of the vocabulary, including the base's."""
        return len(np.load(self.folder / vocabulary.FREQUENCIES)) - 1

    def small_files(
        self, means: NDArray[np.float64], counts: NDArray[np.int32]
    ) -> dict[str, bytes]:
        """Return the files that every client needs in full, by path.

        `means` and `counts` are the contents of `LENGTHS` and `FREQUENCIES`.
        """
        here = (self.folder / name for name in SMALL_FILES)
        small = {path.name: path.read_bytes() for path in here if path.exists()}
        small |= {LENGTHS: _saved(means), FREQUENCIES: _saved(counts)}
        if (path := self.folder / VECTORS).exists():
            small[SAMPLE] = _saved(DenseIndex(path).sample)
        return {f"{self.language}/{name}": told for name, told in small.items()}


def owners_of(catalog: sqlite3.Connection, language: str) -> list[str]:
    """Return the collection of each passage of a language, in the order of their numbers."""
    rows = catalog.execute(
        """SELECT d.path FROM passages p JOIN documents d ON d.id = p.document
        WHERE d.language = ? ORDER BY p.number""",
        (language,),
    )
    return [collection_of(path) for (path,) in rows]


def collection_of(path: str) -> str:
    """Return a document's collection: the first folder of its path, or "" for none."""
    return path.partition("/")[0] if "/" in path else ""


def mean_lengths(fields: Sequence[Field]) -> NDArray[np.float64]:
    """Return the mean number of stems of each field."""
    return np.array([one.sizes.mean() if len(one.sizes) else 0.0 for one in fields])


def forward_of(rows: Sequence[WordsRow], forms: Forms) -> ForwardIndex:
    """Return a forward index over passages, in this order, from their rows."""
    sizes = np.array([len(one.words) for one in rows]) // 4
    units = np.array([len(one.unit_ends) for one in rows]) // 4
    before = np.repeat(np.cumsum(sizes) - sizes, units)
    return ForwardIndex(
        UnitWords(
            joined([one.words for one in rows], "<i4"),
            joined([one.unit_ends for one in rows], "<i4") + before,
            np.cumsum(units),
        ),
        forms,
        Times(
            joined([one.days for one in rows], "<i4").reshape(-1, 2),
            joined([one.events for one in rows], "<i4").reshape(-1, 2),
            np.cumsum([len(one.events) // 8 for one in rows]),
        ),
    )


def joined(values: Sequence[bytes], kind: Any) -> NDArray[Any]:
    """Return the arrays of all rows, concatenated."""
    return np.frombuffer(b"".join(values), kind)


def _saved(values: NDArray[Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()
