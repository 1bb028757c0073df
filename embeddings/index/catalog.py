"""Documents and passages of one generation, in SQLite."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import msgspec

from corpus.types import Block, Document, ItemList, Passage, Section, Span
from embeddings.types import Source

_SCHEMA: Final = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, title TEXT NOT NULL,
    published TEXT, language TEXT NOT NULL, url TEXT, text TEXT NOT NULL,
    structure TEXT NOT NULL, ignored TEXT NOT NULL
);
CREATE TABLE cuttings (
    document INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL,
    heading TEXT NOT NULL, location TEXT NOT NULL, units TEXT NOT NULL, times TEXT NOT NULL
);
CREATE INDEX cuttings_of ON cuttings (document);
"""

# Passages are numbered in the order their vectors stand in: by language, then as they are read.
_NUMBERED: Final = """
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, document INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, text TEXT NOT NULL, heading TEXT NOT NULL, location TEXT NOT NULL,
    units TEXT NOT NULL, times TEXT NOT NULL, language TEXT NOT NULL, key BLOB
);
INSERT INTO passages
SELECT row_number() OVER (ORDER BY d.language, d.path, c.start) - 1,
    c.document, c.start, c.end, c.text, c.heading, c.location, c.units, c.times, d.language, NULL
FROM cuttings c JOIN documents d ON d.id = c.document;
DROP TABLE cuttings;
CREATE INDEX passages_of ON passages (document);
"""

_COLUMNS: Final = """
SELECT d.path, d.title, d.published, d.language, d.url,
    p.start, p.end, p.text, p.heading, p.location, p.units, p.times, p.number
FROM passages p JOIN documents d ON d.id = p.document
"""

_PATHS: Final = "SELECT p.number, d.path FROM passages p JOIN documents d ON d.id = p.document "
_RANGES: Final = """
SELECT d.path, min(p.number), max(p.number)
FROM passages p JOIN documents d ON d.id = p.document
"""


class Catalog:
    """The documents and passages of a generation; one thread at a time may use it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def create(cls, path: Path) -> Self:
        """Begin an empty catalog in a new file."""
        connection = sqlite3.connect(path, check_same_thread=False)
        # Nothing is worth keeping of a generation that was not finished: no journal, one fsync.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        return cls(connection)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a finished catalog for reading; sqlite3.Error where it is damaged."""
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(address, uri=True, check_same_thread=False))

    def close(self) -> None:
        """Write what is left and let go of the file."""
        self._connection.commit()
        self._connection.close()

    # Filling

    def add(self, document: Document, passages: Sequence[Passage], ignored: Sequence[Span]) -> None:
        """Add a document with its passages, cut with those stretches of its text left out."""
        cursor = self._connection.execute(
            "INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.path,
                document.digest,
                document.title,
                document.published,
                document.language,
                document.url,
                document.text,
                _dump_structure(document),
                json.dumps(ignored),
            ),
        )
        self._add_passages(int(cursor.lastrowid or 0), passages)

    def take_over(self, earlier: Path, paths: Iterable[str]) -> None:
        """Copy documents and their passages from an earlier generation's catalog."""
        connection = self._connection
        connection.commit()
        connection.execute("ATTACH ? AS earlier", (f"{earlier.resolve().as_uri()}?mode=ro",))
        connection.execute("CREATE TEMP TABLE kept (path TEXT PRIMARY KEY)")
        connection.executemany("INSERT INTO kept VALUES (?)", ((path,) for path in paths))
        connection.execute(
            "INSERT INTO documents SELECT d.* FROM earlier.documents d JOIN kept USING (path)"
        )
        connection.execute(
            """INSERT INTO cuttings
            SELECT p.document, p.start, p.end, p.text, p.heading, p.location, p.units, p.times
            FROM earlier.passages p JOIN documents d ON d.id = p.document"""
        )
        connection.commit()
        connection.execute("DETACH earlier")

    def cut_again(self, path: str, passages: Sequence[Passage], ignored: Sequence[Span]) -> None:
        """Put other passages in the place of a document's."""
        connection = self._connection
        (number,) = connection.execute(
            "SELECT id FROM documents WHERE path = ?", (path,)
        ).fetchone()
        connection.execute(
            "UPDATE documents SET ignored = ? WHERE id = ?", (json.dumps(ignored), number)
        )
        connection.execute("DELETE FROM cuttings WHERE document = ?", (number,))
        self._add_passages(number, passages)

    def number_passages(self) -> None:
        """Give the passages their numbers; after this no document can be added."""
        self._connection.commit()
        self._connection.executescript(_NUMBERED)

    def set_keys(self, first: int, keys: Sequence[bytes]) -> None:
        """Note for passages, from number `first` on, the digest of the text that was embedded."""
        self._connection.executemany(
            "UPDATE passages SET key = ? WHERE number = ?",
            ((key, first + offset) for offset, key in enumerate(keys)),
        )

    def _add_passages(self, document: int, passages: Sequence[Passage]) -> None:
        self._connection.executemany(
            "INSERT INTO cuttings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (document, one.start, one.end, one.text, one.heading, one.location,
                 json.dumps(one.units), json.dumps(one.times))
                for one in passages
            ),
        )  # fmt: skip

    # Reading

    def digests(self) -> dict[str, str]:
        """Return the digest of each document by its path."""
        return dict(self._connection.execute("SELECT path, digest FROM documents"))

    def documents(self) -> Iterator[tuple[Document, tuple[Span, ...]]]:
        """Yield each document with the stretches left out when its passages were cut."""
        with closing(self._connection.cursor()) as cursor:
            for row in cursor.execute(
                """SELECT path, text, structure, title, published, language, url, digest, ignored
                FROM documents ORDER BY path"""
            ):
                *document, ignored = row
                yield _load_document(document), _load_spans(ignored)

    def document(self, path: str) -> Document:
        """Return a document as it was read; LookupError where there is no such document."""
        row = self._connection.execute(
            """SELECT path, text, structure, title, published, language, url, digest
            FROM documents WHERE path = ?""",
            (path,),
        ).fetchone()
        if row is None:
            raise LookupError(path)
        return _load_document(row)

    def leaves_out(self) -> bool:
        """Tell whether any stretch of a document was left out when its passages were cut."""
        found = self._connection.execute("SELECT 1 FROM documents WHERE ignored != '[]' LIMIT 1")
        return found.fetchone() is not None

    def text_of(self, path: str) -> str:
        """Return a document's text as stored; LookupError where there is no such document."""
        row = self._connection.execute(
            "SELECT text FROM documents WHERE path = ?", (path,)
        ).fetchone()
        if row is None:
            raise LookupError(path)
        return str(row[0])

    def numbers_of(self, path: str) -> list[int]:
        """Return the numbers of a document's passages, in order; none where there is no such."""
        rows = self._connection.execute(
            "SELECT p.number FROM passages p JOIN documents d ON d.id = p.document"
            " WHERE d.path = ? ORDER BY p.number",
            (path,),
        )
        return [number for (number,) in rows]

    def count_documents(self) -> int:
        """Return how many documents there are."""
        (count,) = self._connection.execute("SELECT count(*) FROM documents").fetchone()
        return int(count)

    def languages(self) -> dict[str, tuple[int, int]]:
        """Return for each language the number of its first passage and how many it has."""
        rows = self._connection.execute(
            "SELECT language, min(number), count(*) FROM passages GROUP BY language"
        )
        return {language: (first, count) for language, first, count in rows}

    def keys(self) -> dict[bytes, int]:
        """Return the number of a passage for each digest of embedded text."""
        return dict(self._connection.execute("SELECT key, number FROM passages"))

    def passages(self, first: int, count: int) -> Iterator[tuple[Source, Passage]]:
        """Yield passages in the order of their numbers."""
        with closing(self._connection.cursor()) as cursor:
            for row in cursor.execute(
                _COLUMNS + "WHERE p.number >= ? AND p.number < ? ORDER BY p.number",
                (first, first + count),
            ):
                yield _load_passage(row)

    def documents_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the path of the document that each passage was cut from."""
        wanted = ",".join(str(int(number)) for number in numbers)
        rows = self._connection.execute(_PATHS + f"WHERE p.number IN ({wanted})")
        return dict(rows)

    def passages_around(
        self, proposed: Mapping[str, Sequence[int]], most: int, around: int
    ) -> dict[str, list[tuple[int, Source, Passage]]]:
        """Return passages of documents with their numbers: all, or of more than `most` some.

        `proposed` has numbers of passages for each path: in a longer document these come first,
        then as many as lie within `around` of them, then those at its beginning.
        """
        numbers = self._numbers_of(list(proposed))
        wanted = [
            number
            for path, own in numbers.items()
            for number in _chosen(own, proposed[path], most, around)
        ]
        rows = self._connection.execute(
            _COLUMNS + f"WHERE p.number IN ({','.join(map(str, wanted))}) ORDER BY p.number"
        )
        found: dict[str, list[tuple[int, Source, Passage]]] = {}
        for row in rows:
            found.setdefault(row[0], []).append((row[-1], *_load_passage(row)))
        return found

    def _numbers_of(self, paths: Sequence[str]) -> dict[str, range]:
        """Return the numbers of the passages of documents; those of one document run on."""
        wanted = ",".join("?" * len(paths))
        rows = self._connection.execute(
            _RANGES + f"WHERE d.path IN ({wanted}) GROUP BY d.id", tuple(paths)
        )
        return {path: range(first, last + 1) for path, first, last in rows}


def _chosen(numbers: range, proposed: Sequence[int], most: int, around: int) -> list[int]:
    """Return up to `most` of a document's passages: the proposed, their neighbours, the first."""
    if len(numbers) <= most:
        return list(numbers)
    near = (one + step for step in range(-around, around + 1) for one in proposed)
    every = dict.fromkeys([*proposed, *near, *numbers[:most]])
    return sorted([one for one in every if one in numbers][:most])


@dataclass(frozen=True, slots=True)
class _Structure:
    """What is kept of how a document is built."""

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    lists: tuple[ItemList, ...]


_STRUCTURES: Final = msgspec.json.Decoder(_Structure)


def _dump_structure(document: Document) -> str:
    structure = _Structure(document.blocks, document.sections, document.lists)
    return msgspec.json.encode(structure).decode()


def _load_document(row: Sequence[Any]) -> Document:
    path, text, dumped, title, published, language, url, digest = row
    built = _STRUCTURES.decode(dumped)
    return Document(
        path, text, built.blocks, title, published, language, url, digest,
        built.sections, built.lists,
    )  # fmt: skip


def _load_spans(dumped: str) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in json.loads(dumped))


def _load_times(dumped: str) -> tuple[tuple[str, str], ...]:
    return tuple((first, last) for first, last in json.loads(dumped))


def _load_passage(row: Any) -> tuple[Source, Passage]:
    path, title, published, language, url, start, end, text, heading, location, *more, _ = row
    source = Source(path, title, published, language, url)
    units, times = more
    return source, Passage(
        path, start, end, text, heading, location, _load_spans(units), _load_times(times)
    )
