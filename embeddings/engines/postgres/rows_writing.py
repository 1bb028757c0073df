"""A generation of files, written into the database row by row."""

import io
import json
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from embeddings.engines.postgres.binary import (
    bigint,
    halfvecs,
    integer,
    maybe_text,
    row_of,
    text,
)
from embeddings.engines.postgres.inverted_lists import Field
from embeddings.engines.postgres.schema import (
    FORMAT,
    NEAR,
    collection_of,
    keys_of,
    schema_of,
    tables_of,
)
from embeddings.engines.postgres.server import Writing
from embeddings.index import vocabulary
from embeddings.index.base import BASE, REMOVED, whole
from embeddings.index.catalog import address_of
from embeddings.index.manifest import CATALOG, Manifest
from embeddings.index.vector_index import VECTORS, DenseIndex
from embeddings.index.word_ids import COUNTS, FORMS, UnitWords, titles_and_bodies
from embeddings.index.word_matrix import FORM_FILES, Forms, ForwardIndex

SMALL_FILES: Final = (*vocabulary.FILES, FORMS, COUNTS, *FORM_FILES, REMOVED)
"""Of a language; those that grow with the words and not with the passages."""
FREQUENCIES: Final = "posting_counts.npy"
"""In how many of the passages each stem stands, in bodies and in titles; shape (2, stems)."""
LENGTHS: Final = "posting_lengths.npy"
"""The mean number of stems of a body and of a title."""
SAMPLE: Final = "sample.npy"
NEAR_FROM: Final = 20_000
"""Passages of a language from which neighbours are looked for in a graph, not among all."""
_PART: Final = 4 * 2**20
_TOGETHER: Final = 2**14


def load_generation(writing: Writing, folder: Path, name: str, base: str | None) -> None:
    """Write what a generation's folder holds itself into a schema of its own.

    `base` names the generation that it adds to, which is in the database already.
    """
    manifest = Manifest.read(folder)
    schema = schema_of(name)
    dense = [folder / language / VECTORS for language in manifest.languages]
    dimension = next((DenseIndex(path).dimension for path in dense if path.exists()), 1)
    writing.run(tables_of(schema, dimension))
    with closing(sqlite3.connect(address_of(folder / CATALOG), uri=True)) as catalog:
        _load_texts(writing, schema, catalog)
        befores = Manifest.read(folder / BASE).languages if base else {}
        small: dict[str, bytes] = {}
        for language, (first, size) in manifest.languages.items():
            before = befores.get(language, (0, 0))[1]
            one = _Part(
                folder / language, language, first, before, size, _owners(catalog, language)
            )
            known = _lengths(writing, base, language) if before else None
            small |= one.load(writing, schema, known)
    _load_files(writing, schema, small)
    writing.run(keys_of(schema))
    _build_near(writing, schema)
    files = {path: (len(told), sha256(told).hexdigest()) for path, told in small.items()}
    writing.run(
        "INSERT INTO citera.generations VALUES (%s, %s, %s, %s, %s, %s, true, false)",
        (name, digest_of(folder), base, FORMAT, _without_reports(manifest), json.dumps(files)),
    )
    writing.run("INSERT INTO citera.told VALUES (%s, %s)", (name, manifest.text()))


def digest_of(folder: Path) -> str:
    """Return what tells a generation from any other, wherever its folder is."""
    return sha256(Manifest.read(folder).text().encode()).hexdigest()


def _without_reports(manifest: Manifest) -> str:
    """Return a manifest without what it tells of single documents, for all who may ask."""
    fields = json.loads(manifest.text())
    return json.dumps({**fields, "recurring": [], "skipped": [], "passed_over": []})


def _load_texts(writing: Writing, schema: str, catalog: sqlite3.Connection) -> None:
    rows = catalog.execute(
        "SELECT id, path, digest, title, published, language, url FROM documents ORDER BY id"
    )
    writing.fill(
        f"{schema}.documents",
        (
            row_of(text(collection_of(path)), integer(number), *map(text, (path, digest, title)),
                   maybe_text(published), text(language), maybe_text(url))
            for number, path, digest, title, published, language, url in rows
        ),
    )  # fmt: skip
    rows = catalog.execute(
        """SELECT d.path, b.document, b.ignored, b.structure
        FROM documents d JOIN built b ON b.document = d.id ORDER BY d.id"""
    )
    writing.fill(
        f"{schema}.built",
        (row_of(text(collection_of(path)), integer(number), text(ignored), structure)
         for path, number, ignored, structure in rows),
    )  # fmt: skip
    rows = catalog.execute(
        """SELECT d.path, t.document, t.nth, t.text
        FROM documents d JOIN texts t ON t.document = d.id ORDER BY d.id, t.nth"""
    )
    writing.fill(
        f"{schema}.texts",
        (row_of(text(collection_of(path)), integer(number), integer(nth), packed)
         for path, number, nth, packed in rows),
    )  # fmt: skip
    rows = catalog.execute(
        """SELECT d.path, p.number, p.document, p.start, p.end, p.heading, p.location, p.units,
        p.times FROM passages p JOIN documents d ON d.id = p.document ORDER BY p.number"""
    )
    writing.fill(
        f"{schema}.passages",
        (row_of(text(collection_of(path)), bigint(number), *map(integer, (document, start, end)),
                *map(text, rest))
         for path, number, document, start, end, *rest in rows),
    )  # fmt: skip
    rows = catalog.execute("SELECT path FROM gone")
    writing.fill(
        f"{schema}.gone", (row_of(text(collection_of(path)), text(path)) for (path,) in rows)
    )


def _owners(catalog: sqlite3.Connection, language: str) -> list[str]:
    """Return the collection of each passage of a language, in the order of their numbers."""
    rows = catalog.execute(
        """SELECT d.path FROM passages p JOIN documents d ON d.id = p.document
        WHERE d.language = ? ORDER BY p.number""",
        (language,),
    )
    return [collection_of(path) for (path,) in rows]


def _lengths(writing: Writing, base: str | None, language: str) -> NDArray[np.float64] | None:
    """Return by which mean lengths the base's words were weighed."""
    if base is None:
        return None
    path = f"{language}/{LENGTHS}"
    query = f"SELECT bytes FROM {schema_of(base)}.files WHERE path = %s ORDER BY part"  # noqa: S608
    parts = writing.rows(query, (path,))
    return np.load(io.BytesIO(b"".join(part for (part,) in parts))) if parts else None


@dataclass(frozen=True, slots=True)
class _Part:
    """The passages of one language that a generation holds itself."""

    folder: Path
    language: str
    first: int
    before: int
    size: int
    owners: list[str]

    def load(
        self, writing: Writing, schema: str, lengths: NDArray[np.float64] | None
    ) -> dict[str, bytes]:
        """Write the passages' words, vectors and lists; return the small files by their paths."""
        if len(self.owners) != self.size - self.before:
            raise ValueError(f"{self.language}: {len(self.owners)} passages, not {self.size}")
        writing.fill(f"{schema}.words", self._words())
        made: dict[str, NDArray[Any]] = {}
        if (path := self.folder / VECTORS).exists():
            dense = DenseIndex(path)
            made[SAMPLE] = dense.sample
            writing.fill(f"{schema}.vectors", self._vectors(dense))
        title, body = self._fields()
        means = lengths if lengths is not None else np.array([_mean(body), _mean(title)])
        counts = np.zeros((2, self._stems()), dtype=np.int32)
        writing.fill(f"{schema}.postings", self._postings((body, title), means, counts))
        made |= {FREQUENCIES: counts, LENGTHS: means}
        names, sizes = np.unique(self.owners, return_counts=True)
        writing.fill(
            f"{schema}.sizes",
            (row_of(text(name), text(self.language), bigint(size))
             for name, size in zip(names.tolist(), sizes.tolist(), strict=True)),
        )  # fmt: skip
        here = (self.folder / name for name in SMALL_FILES)
        small = {path.name: path.read_bytes() for path in here if path.exists()}
        small |= {name: _saved(made[name]) for name in made}
        return {f"{self.language}/{name}": told for name, told in small.items()}

    def _words(self) -> Iterator[bytes]:
        units, forward = UnitWords.open(self.folder), ForwardIndex.open(self.folder)
        for start in range(self.before, self.size, _TOGETHER):
            numbers = np.arange(start, min(start + _TOGETHER, self.size))
            events, of = forward.events(numbers)
            days = forward.days(numbers).astype("<i4")
            each = np.split(events.astype("<i4"), np.searchsorted(of, np.arange(1, len(numbers))))
            for number, day, spoken in zip(numbers.tolist(), days, each, strict=True):
                words, sizes = units.of_passage(number)
                yield row_of(
                    text(self.owners[number - self.before]),
                    bigint(self.first + number),
                    words.astype("<i4").tobytes(),
                    np.cumsum(sizes).astype("<i4").tobytes(),
                    day.tobytes(),
                    spoken.tobytes(),
                )

    def _vectors(self, dense: DenseIndex) -> Iterator[bytes]:
        language = text(self.language)
        for start in range(self.before, self.size, _TOGETHER):
            numbers = np.arange(start, min(start + _TOGETHER, self.size))
            for number, vector in zip(
                numbers.tolist(), halfvecs(dense.vectors(numbers)), strict=True
            ):
                owner = text(self.owners[number - self.before])
                yield row_of(owner, bigint(self.first + number), language, vector)

    def _fields(self) -> tuple[Field, Field]:
        """Return the stems of what stands over each passage, and of the passage."""
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
        return title, body

    def _stems(self) -> int:
        return len(np.load(self.folder / vocabulary.FREQUENCIES)) - 1

    def _postings(
        self, fields: tuple[Field, Field], means: NDArray[np.float64], counts: NDArray[np.int32]
    ) -> Iterator[bytes]:
        """Yield the lists of both fields; `counts` is filled on the way."""
        names, of = np.unique(self.owners, return_inverse=True)
        language = text(self.language)
        for which, field, mean in zip(count(), fields, means.tolist(), strict=False):
            for one in field.occurrences(self.before, of, mean) if len(self.owners) else ():
                counts[which, one.stem] += len(one.numbers)
                yield row_of(
                    text(str(names[one.collection])), language, integer(one.stem),
                    bytes([which]), one.numbers.astype("<i4").tobytes(),
                    one.weights.astype("<f2").tobytes(),
                )  # fmt: skip


def _mean(field: Field) -> float:
    return float(field.sizes.mean()) if len(field.sizes) else 0.0


def _saved(values: NDArray[Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


def _load_files(writing: Writing, schema: str, small: dict[str, bytes]) -> None:
    writing.fill(
        f"{schema}.files",
        (
            row_of(text(path), integer(part), told[start : start + _PART])
            for path, told in small.items()
            for part, start in enumerate(range(0, max(len(told), 1), _PART))
        ),
    )


def _build_near(writing: Writing, schema: str) -> None:
    """Build the graph of neighbours of each language that has many passages."""
    query = f"SELECT language, count(*) FROM {schema}.vectors GROUP BY language"  # noqa: S608
    writing.run("SET LOCAL maintenance_work_mem = '1GB'")
    for language, size in writing.rows(query):
        if size >= NEAR_FROM:
            writing.run(NEAR.format(schema, language))
