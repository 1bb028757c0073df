"""Writes a generation from files into Milvus."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from embeddings.engines.inverted_lists import Field
from embeddings.engines.milvus.client import Milvus
from embeddings.engines.milvus.kept_rows import FITS, Kept, KeptRows, rows_of, written
from embeddings.engines.milvus.names import (
    NOT_SEARCHED,
    ROWS,
    collection_of,
    parts_for,
    passage_fields,
    passage_indexes,
)
from embeddings.engines.passage_rows import (
    LENGTHS,
    PartRows,
    WordsRow,
    mean_lengths,
    owners_of,
)
from embeddings.engines.passage_rows import collection_of as folder_of
from embeddings.engines.small_files import described
from embeddings.index.base import BASE
from embeddings.index.catalog import address_of
from embeddings.index.manifest import CATALOG, Manifest
from embeddings.index.vector_index import VECTORS, DenseIndex

_TOGETHER: Final = 1000
"""Rows sent at a time; smaller for long rows."""
_HEAVY: Final = 100


def load_generation(server: Milvus, folder: Path, name: str, base: str | None) -> None:
    """Write a generation's own files into its own collections.

    `base` is the name of the generation that it adds to, which must be there already.
    """
    manifest = Manifest.read(folder)
    befores = Manifest.read(folder / BASE).languages if base else {}
    with closing(sqlite3.connect(address_of(folder / CATALOG), uri=True)) as catalog:
        folders = {folder_of(path) for (path,) in catalog.execute("SELECT path FROM documents")}
        loading = _Loading(server, name, parts_for(len(folders)))
        loading.begin()
        loading.keep(_texts(catalog))
        small: dict[str, bytes] = {}
        for language, (first, size) in manifest.languages.items():
            before = befores.get(language, (0, 0))[1]
            part = PartRows(
                folder / language, language, first, before, size, owners_of(catalog, language)
            )
            means = _lengths(server, base, language) if base and before else None
            small |= loading.load_part(part, catalog, means)
    loading.keep(Kept(f"f{path}", "", told) for path, told in small.items())
    told = {
        "manifest": manifest.text(),
        "files": described(small),
        "before": {language: size for language, (_, size) in befores.items()},
    }
    loading.keep([Kept("m", "", json.dumps(told).encode())])
    loading.finish()


def _lengths(server: Milvus, base: str, language: str) -> NDArray[np.float64] | None:
    """Return the mean lengths with which the base's words were weighted."""
    told = KeptRows(server, collection_of(base, "rows")).one(f"f{language}/{LENGTHS}")
    # As saved by numpy: two numbers at the end.
    return np.frombuffer(told[-16:], "<f8") if told else None


def _texts(catalog: sqlite3.Connection) -> Iterator[Kept]:
    """Yield documents, their structure and texts, and which of the base are gone."""
    rows = catalog.execute(
        """SELECT d.id, d.path, d.digest, d.title, d.published, d.language, d.url, b.ignored,
        b.structure, (SELECT min(number) FROM passages p WHERE p.document = d.id),
        (SELECT count(*) FROM passages p WHERE p.document = d.id)
        FROM documents d JOIN built b ON b.document = d.id ORDER BY d.id"""
    )
    for number, path, *more, structure, first, size in rows:
        folder = folder_of(path)
        told = json.dumps([number, *more, first or 0, size])
        yield Kept(f"d{path}", folder, told.encode())
        yield Kept(f"s{number}", folder, structure)
    rows = catalog.execute(
        """SELECT d.path, t.document, t.nth, t.text
        FROM documents d JOIN texts t ON t.document = d.id ORDER BY d.id, t.nth"""
    )
    for path, number, nth, packed in rows:
        yield Kept(f"t{number}:{nth}", folder_of(path), packed)
    gone = [path for (path,) in catalog.execute("SELECT path FROM gone")]
    yield Kept("g", "", json.dumps(gone).encode())


@dataclass(frozen=True, slots=True)
class _Loading:
    """Fills the collections of one generation."""

    server: Milvus
    name: str
    parts: int

    def begin(self) -> None:
        self.server.create(self._rows, ROWS, self.parts)

    @property
    def _rows(self) -> str:
        return collection_of(self.name, "rows")

    def keep(self, kept: Iterable[Kept]) -> None:
        """Write data that is looked up by key."""
        self._insert(self._rows, (row for one in kept for row in rows_of(one)), _HEAVY)

    def finish(self) -> None:
        """Make the data looked up by key available."""
        self.server.finish(self._rows, NOT_SEARCHED)

    def _insert(self, collection: str, rows: Iterator[dict[str, Any]], together: int) -> None:
        while batch := list(islice(rows, together)):
            self.server.insert(collection, batch)

    def load_part(
        self, part: PartRows, catalog: sqlite3.Connection, lengths: NDArray[np.float64] | None
    ) -> dict[str, bytes]:
        """Write the passages of a language; return the small files by path."""
        collection = collection_of(self.name, part.language)
        dense = (part.folder / VECTORS).exists()
        dimension = DenseIndex(part.folder / VECTORS).dimension if dense else None
        self.server.create(collection, passage_fields(dimension), self.parts)
        fields = part.fields()
        means = lengths if lengths is not None else mean_lengths(fields)
        counts = np.zeros((2, part.stems()), dtype=np.int32)
        stems = _stems(fields, means, counts)
        self._insert(collection, self._passages(part, catalog, stems), _TOGETHER)
        self.server.finish(collection, passage_indexes(with_vectors=dense))
        return part.small_files(means, counts)

    def _passages(
        self, part: PartRows, catalog: sqlite3.Connection, stems: "_Stems"
    ) -> Iterator[dict[str, Any]]:
        places = catalog.execute(
            """SELECT d.path, p.start, p.end, p.heading, p.location, p.units, p.times
            FROM passages p JOIN documents d ON d.id = p.document
            WHERE d.language = ? ORDER BY p.number""",
            (part.language,),
        )
        vectors = (one for _, _, found in part.vectors() for one in found)
        for nth, ((folder, number, words), (path, *place)) in enumerate(
            zip(part.words(), places, strict=True)
        ):
            row = {
                "number": number,
                "folder": folder,
                "path": path,
                "place": self._fitting(f"p{number}", folder, json.dumps(place).encode()),
                "words": self._fitting(f"w{number}", folder, packed(words)),
                "stems": stems.of_passage(nth),
            }
            if (vector := next(vectors, None)) is not None:
                row["vector"] = vector
            yield row

    def _fitting(self, key: str, folder: str, told: bytes) -> str:
        """Return the value of a field; if it is too long, store it by key and return nothing."""
        packed = zlib.compress(told)
        if len(packed) <= FITS:
            return written(packed)
        self.keep([Kept(key, folder, packed)])
        return ""


def packed(row: WordsRow) -> bytes:
    """Return the words and dates of a passage as one value."""
    parts = (row.words, row.unit_ends, row.days, row.events)
    return np.array([len(one) for one in parts], "<u4").tobytes() + b"".join(parts)


def unpacked(told: bytes) -> WordsRow:
    """Return the words and dates from a packed value."""
    ends = (np.cumsum(np.frombuffer(told[:16], "<u4")) + 16).tolist()
    return WordsRow(*(told[start:end] for start, end in zip([16, *ends], ends, strict=False)))


@dataclass(frozen=True, slots=True)
class _Stems:
    """The weight of each stem in each passage, grouped by passage."""

    places: NDArray[np.int64]
    weights: NDArray[np.float16]
    ends: NDArray[np.int64]

    def of_passage(self, nth: int) -> dict[int, float]:
        """Return the sparse vector of a passage; Milvus requires at least one entry."""
        some = slice(int(self.ends[nth - 1]) if nth else 0, int(self.ends[nth]))
        found = dict(zip(self.places[some].tolist(), self.weights[some].tolist(), strict=True))
        return found or {0: 1.0}


def place_of(stem: int, *, title: bool) -> int:
    """Return the dimension of a stem in a passage's text, or in its title and headings."""
    return 2 * stem + 1 + int(title)


def _stems(
    fields: tuple[Field, Field], means: NDArray[np.float64], counts: NDArray[np.int32]
) -> _Stems:
    """Return the stems of both fields; also fills `counts`."""
    found = []
    for title, (field, mean) in enumerate(zip(fields, means.tolist(), strict=True)):
        stems, places, weights = field.weighed(mean)
        counts[title] += np.bincount(stems, minlength=counts.shape[1]).astype(np.int32)
        found.append((2 * stems + 1 + title, places, weights))
    stems, places, weights = (np.concatenate(one) for one in zip(*found, strict=True))
    order = np.argsort(places, kind="stable")
    ends = np.cumsum(np.bincount(places, minlength=len(fields[0].sizes)))
    return _Stems(stems[order], weights[order], ends)
