"""Writes a generation from files into PostgreSQL."""

import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from embeddings.engines.inverted_lists import Field
from embeddings.engines.passage_rows import (
    LENGTHS,
    PartRows,
    collection_of,
    mean_lengths,
    owners_of,
)
from embeddings.engines.postgres.binary import (
    bigint,
    halfvecs,
    integer,
    maybe_text,
    row_of,
    text,
)
from embeddings.engines.postgres.schema import FORMAT, NEAR, keys_of, schema_of, tables_of
from embeddings.engines.postgres.server import Writing
from embeddings.engines.small_files import described, digest_of
from embeddings.index.base import BASE
from embeddings.index.catalog import address_of
from embeddings.index.manifest import CATALOG, Manifest
from embeddings.index.vector_index import VECTORS, DenseIndex

NEAR_FROM: Final = 20_000
"""From this many passages of a language on, vectors are searched with a graph."""
_MEMORY: Final = "maintenance_work_mem"
_LEAST_KILOBYTES: Final = 2**20
"""Minimum memory for building a graph."""
_PART: Final = 4 * 2**20


def load_generation(writing: Writing, folder: Path, name: str, base: str | None) -> None:
    """Write a generation's own files into its own schema.

    `base` is the name of the generation that it adds to, which is in the database already.
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
            one = PartRows(
                folder / language, language, first, before, size, owners_of(catalog, language)
            )
            known = _lengths(writing, base, language) if before else None
            small |= _load_part(writing, schema, one, known)
    _load_files(writing, schema, small)
    writing.run(keys_of(schema))
    _build_near(writing, schema)
    writing.run(
        "INSERT INTO citera.generations VALUES (%s, %s, %s, %s, %s, %s, true, false)",
        (
            name,
            digest_of(folder),
            base,
            FORMAT,
            _without_reports(manifest),
            json.dumps(described(small)),
        ),
    )
    writing.run("INSERT INTO citera.told VALUES (%s, %s)", (name, manifest.text()))


def _without_reports(manifest: Manifest) -> str:
    """Return a manifest without its parts about single documents, for all users."""
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


def _lengths(writing: Writing, base: str | None, language: str) -> NDArray[np.float64] | None:
    """Return the mean lengths with which the base's words were weighted."""
    if base is None:
        return None
    path = f"{language}/{LENGTHS}"
    query = f"SELECT bytes FROM {schema_of(base)}.files WHERE path = %s ORDER BY part"  # noqa: S608
    parts = writing.rows(query, (path,))
    return np.load(io.BytesIO(b"".join(part for (part,) in parts))) if parts else None


def _load_part(
    writing: Writing, schema: str, part: PartRows, lengths: NDArray[np.float64] | None
) -> dict[str, bytes]:
    """Write the words, vectors and postings of passages; return the small files by path."""
    writing.fill(
        f"{schema}.words",
        (row_of(text(owner), bigint(number), row.words, row.unit_ends, row.days, row.events)
         for owner, number, row in part.words()),
    )  # fmt: skip
    if (part.folder / VECTORS).exists():
        writing.fill(f"{schema}.vectors", _vectors(part))
    fields = part.fields()
    means = lengths if lengths is not None else mean_lengths(fields)
    counts = np.zeros((2, part.stems()), dtype=np.int32)
    writing.fill(f"{schema}.postings", _postings(part, fields, means, counts))
    names, sizes = np.unique(part.owners, return_counts=True)
    writing.fill(
        f"{schema}.sizes",
        (row_of(text(name), text(part.language), bigint(size))
         for name, size in zip(names.tolist(), sizes.tolist(), strict=True)),
    )  # fmt: skip
    return part.small_files(means, counts)


def _vectors(part: PartRows) -> Iterator[bytes]:
    language = text(part.language)
    for owners, numbers, vectors in part.vectors():
        for owner, number, vector in zip(owners, numbers, halfvecs(vectors), strict=True):
            yield row_of(text(owner), bigint(number), language, vector)


def _postings(
    part: PartRows,
    fields: tuple[Field, Field],
    means: NDArray[np.float64],
    counts: NDArray[np.int32],
) -> Iterator[bytes]:
    """Yield the postings lists of both fields; also fills `counts`."""
    names, of = np.unique(part.owners, return_inverse=True)
    language = text(part.language)
    for which, field, mean in zip(count(), fields, means.tolist(), strict=False):
        for one in field.occurrences(part.before, of, mean) if len(part.owners) else ():
            counts[which, one.stem] += len(one.numbers)
            yield row_of(
                text(str(names[one.collection])), language, integer(one.stem),
                bytes([which]), one.numbers.astype("<i4").tobytes(),
                one.weights.astype("<f2").tobytes(),
            )  # fmt: skip


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
    """Build the HNSW graph of each language that has many passages."""
    query = f"SELECT language, count(*) FROM {schema}.vectors GROUP BY language"  # noqa: S608
    ((given,),) = writing.rows("SELECT setting FROM pg_settings WHERE name = %s", (_MEMORY,))
    writing.run(f"SET LOCAL {_MEMORY} = '{max(int(given), _LEAST_KILOBYTES)}kB'")
    for language, size in writing.rows(query):
        if size >= NEAR_FROM:
            writing.run(NEAR.format(schema, language))
