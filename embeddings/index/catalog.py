"""Documents and passages of one generation, in SQLite.

Where the generation adds to a base, documents of the base are read from its own catalog. Texts are
packed, and what a passage says is read from its document's.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self, TypeAlias

import msgspec

from corpus.types import Block, Document, ItemList, Passage, Section, Span
from embeddings.index.base import BASE
from embeddings.types import Source

Stamp: TypeAlias = tuple[int, int]
"""Size of a file and when it was changed, in nanoseconds: while both stay, so does the file."""
UNKNOWN: Final[Stamp] = (-1, 0)

_COLUMNS: Final = """
SELECT '{0}', d.id, d.path, d.title, d.published, d.language, d.url,
    p.start, p.end, p.heading, p.location, p.units, p.times, p.number
FROM {0}.passages p JOIN {0}.documents d ON d.id = p.document
"""
_PATHS: Final = (
    "SELECT p.number, d.path FROM {0}.passages p JOIN {0}.documents d ON d.id = p.document "
)
_RANGES: Final = """
SELECT d.path, min(p.number), max(p.number)
FROM {0}.passages p JOIN {0}.documents d ON d.id = p.document
"""
_DOCUMENTS: Final = """
SELECT '{0}', d.id, d.path, d.title, d.published, d.language, d.url, d.digest, b.structure,
    b.ignored
FROM {0}.documents d JOIN {0}.built b ON b.document = d.id
"""
_TEXT: Final = "SELECT text FROM {0}.texts WHERE document = ? ORDER BY nth"
_STRETCH: Final = "SELECT text FROM {0}.texts WHERE document = ? AND nth = ?"
OWN: Final = "main"
STRETCH: Final = 2**15
"""Characters of a text that are packed together: of a long one only what is wanted is unpacked."""


class Catalog:
    """The documents and passages of a generation; one thread at a time may use it."""

    def __init__(self, connection: sqlite3.Connection, base: Path | None) -> None:
        """Read from an open catalog and from that of its base."""
        self._connection = connection
        self._texts = _Texts(connection)
        self._parts = {OWN: ""}
        """For each catalog that is read what must hold of its documents."""
        if base:
            connection.execute("ATTACH ? AS base", (address_of(base),))
            self._parts[BASE] = "NOT EXISTS (SELECT 1 FROM main.gone g WHERE g.path = d.path)"

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a finished catalog for reading; sqlite3.Error where it is damaged."""
        connection = sqlite3.connect(address_of(path), uri=True, check_same_thread=False)
        return cls(connection, base_catalog(path))

    def close(self) -> None:
        """Write what is left and let go of the file."""
        self._connection.commit()
        self._connection.close()

    def _select(
        self, columns: str, parameters: Sequence[object] = (), where: str = "", last: str = ""
    ) -> Iterator[Any]:
        """Yield the rows of the generation's own catalog, then those of its base."""
        for part, holds in self._parts.items():
            conditions = " AND ".join(filter(None, (where, holds)))
            query = columns.format(part) + (f" WHERE {conditions}" if conditions else "") + last
            with closing(self._connection.cursor()) as cursor:
                yield from cursor.execute(query, parameters)

    def files(self, *, own: bool = False) -> dict[str, tuple[str, Stamp]]:
        """Return digest and stamp of each document by its path; of all, or only of its own."""
        query = "SELECT path, digest, size, modified FROM {0}.documents d"
        rows = self._connection.execute(query.format(OWN)) if own else self._select(query)
        return {path: (digest, (size, modified)) for path, digest, size, modified in rows}

    def documents(self) -> Iterator[tuple[Document, tuple[Span, ...]]]:
        """Yield each document of its own with the stretches left out when it was cut."""
        query = _DOCUMENTS.format(OWN) + "ORDER BY d.path"
        with closing(self._connection.cursor()) as cursor:
            for row in cursor.execute(query):
                yield self._load_document(row), _load_spans(row[-1])

    def document(self, path: str) -> Document:
        """Return a document as it was read; LookupError where there is no such document."""
        for row in self._select(_DOCUMENTS, (path,), "d.path = ?"):
            return self._load_document(row)
        raise LookupError(path)

    def leaves_out(self) -> bool:
        """Tell whether any stretch of a document of its own was left out when it was cut."""
        found = self._connection.execute("SELECT 1 FROM main.built WHERE ignored != '[]' LIMIT 1")
        return found.fetchone() is not None

    def text_of(self, path: str) -> str:
        """Return a document's text as stored; LookupError where there is no such document."""
        query = "SELECT '{0}', d.id FROM {0}.documents d"
        for part, number in self._select(query, (path,), "d.path = ?"):
            return self._texts.whole(part, number)
        raise LookupError(path)

    def numbers_of(self, path: str) -> list[int]:
        """Return the numbers of a document's passages, in order; none where there is no such."""
        rows = self._select(_PATHS, (path,), "d.path = ?", " ORDER BY p.number")
        return [number for number, _ in rows]

    def removed_of_base(self, language: str) -> list[int]:
        """Return the numbers of the base's passages in a language that are read no more."""
        rows = self._connection.execute(
            """SELECT p.number FROM main.gone JOIN base.documents d USING (path)
            JOIN base.passages p ON p.document = d.id WHERE d.language = ? ORDER BY p.number""",
            (language,),
        )
        return [number for (number,) in rows]

    def count_documents(self) -> int:
        """Return how many documents there are."""
        return sum(count for (count,) in self._select("SELECT count(*) FROM {0}.documents d"))

    def passages(self, first: int, count: int) -> Iterator[tuple[Source, Passage]]:
        """Yield passages of its own in the order of their numbers."""
        query = _COLUMNS.format(OWN) + "WHERE p.number >= ? AND p.number < ? ORDER BY p.number"
        yield from map(self._load_passage, self._connection.execute(query, (first, first + count)))

    def documents_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the path of the document that each passage was cut from."""
        wanted = ",".join(str(int(number)) for number in numbers)
        return dict(self._select(_PATHS, (), f"p.number IN ({wanted})"))

    def passages_around(
        self, proposed: Mapping[str, Sequence[int]], most: int, around: int
    ) -> dict[str, list[tuple[int, Source, Passage]]]:
        """Return passages of documents with their numbers: all, or of more than `most` some.

        `proposed` has numbers of passages for each path: in a longer document these come first,
        then as many as lie within `around` of them, then those at its beginning.
        """
        numbers = self._numbers_of(list(proposed))
        wanted = ",".join(
            str(number)
            for path, own in numbers.items()
            for number in _chosen(own, proposed[path], most, around)
        )
        found: dict[str, list[tuple[int, Source, Passage]]] = {}
        for row in self._select(_COLUMNS, (), f"p.number IN ({wanted})", " ORDER BY p.number"):
            source, passage = self._load_passage(row)
            found.setdefault(source.path, []).append((row[-1], source, passage))
        return found

    def _numbers_of(self, paths: Sequence[str]) -> dict[str, range]:
        """Return the numbers of the passages of documents; those of one document run on."""
        wanted = ",".join("?" * len(paths))
        rows = self._select(_RANGES, tuple(paths), f"d.path IN ({wanted})", " GROUP BY d.id")
        return {path: range(first, last + 1) for path, first, last in rows}

    def _load_document(self, row: Sequence[Any]) -> Document:
        part, number, path, title, published, language, url, digest, structure, _ = row
        built = _STRUCTURES.decode(unpacked(structure))
        return Document(
            path, self._texts.whole(part, number), built.blocks, title, published, language, url,
            digest, built.sections, built.lists,
        )  # fmt: skip

    def _load_passage(self, row: Sequence[Any]) -> tuple[Source, Passage]:
        part, number, path, title, published, language, url, start, end, *more, _ = row
        heading, location, units, times = more
        return Source(path, title, published, language, url), Passage(
            path, start, end, self._texts.between(part, number, start, end), heading, location,
            _load_spans(units), _load_times(times),
        )  # fmt: skip


class _Texts:
    """Reads the texts of documents, whole or in part."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last: tuple[tuple[str, int, int], str] = (("", 0, 0), "")
        """The stretch that was read last: passages mostly come in order."""

    def whole(self, part: str, document: int) -> str:
        """Return a text of one of the catalogs that are read."""
        rows = self._connection.execute(_TEXT.format(part), (document,))
        return "".join(unpacked(packed) for (packed,) in rows)

    def between(self, part: str, document: int, start: int, end: int) -> str:
        """Return what of a text stands from one offset to another."""
        first = start // STRETCH
        nths = range(first, (end - 1) // STRETCH + 1)
        text = "".join(self._stretch(part, document, nth) for nth in nths)
        return text[start - first * STRETCH : end - first * STRETCH]

    def _stretch(self, part: str, document: int, nth: int) -> str:
        if self._last[0] != (part, document, nth):
            found = self._connection.execute(_STRETCH.format(part), (document, nth))
            (packed,) = found.fetchone()
            self._last = (part, document, nth), unpacked(packed)
        return self._last[1]


def _chosen(numbers: range, proposed: Sequence[int], most: int, around: int) -> list[int]:
    """Return up to `most` of a document's passages: the proposed, their neighbours, the first."""
    if len(numbers) <= most:
        return list(numbers)
    near = (one + step for step in range(-around, around + 1) for one in proposed)
    every = dict.fromkeys([*proposed, *near, *numbers[:most]])
    return sorted([one for one in every if one in numbers][:most])


def address_of(path: Path) -> str:
    """Return how SQLite is to open a finished catalog."""
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def base_catalog(path: Path) -> Path | None:
    """Return the catalog of the base that a generation's own adds to, if any."""
    base = path.parent / BASE / path.name
    return base if base.is_file() else None


@dataclass(frozen=True, slots=True)
class _Structure:
    """What is kept of how a document is built."""

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    lists: tuple[ItemList, ...]


_STRUCTURES: Final = msgspec.json.Decoder(_Structure)


def dump_structure(document: Document) -> bytes:
    """Return how a document is built, as it is kept."""
    structure = _Structure(document.blocks, document.sections, document.lists)
    return zlib.compress(msgspec.json.encode(structure))


def stretches(text: str) -> list[bytes]:
    """Return a text as it is kept."""
    parts = (text[start : start + STRETCH] for start in range(0, len(text), STRETCH))
    return [zlib.compress(part.encode()) for part in parts]


def unpacked(packed: bytes) -> str:
    """Return a stretch or structure as it was; zlib.error where it is damaged."""
    return zlib.decompress(packed).decode()


def _load_spans(dumped: str) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in json.loads(dumped))


def _load_times(dumped: str) -> tuple[tuple[str, str], ...]:
    return tuple((first, last) for first, last in json.loads(dumped))
