"""Reads documents and passages with SQL that works in every SQL engine."""

import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from corpus.blocks import Blocks, Columns
from corpus.types import Document, ItemList, Passage, Section, Span
from embeddings.types import Source

COLUMNS: Final = """
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
DOCUMENTS: Final = """
SELECT '{0}', d.id, d.path, d.title, d.published, d.language, d.url, d.digest, b.structure,
    b.ignored
FROM {0}.documents d JOIN {0}.built b ON b.document = d.id
"""
_TEXT: Final = "SELECT text FROM {0}.texts WHERE document = ? ORDER BY nth"
_STRETCH: Final = "SELECT text FROM {0}.texts WHERE document = ? AND nth = ?"
STRETCH: Final = 2**15
"""Texts are compressed in stretches of this many characters, so that parts can be read."""
# SQLite scans all texts for `(document, nth) IN (VALUES ...)`, but joins by the key.
_STRETCHES: Final = """
WITH wanted (document, nth) AS (VALUES {1})
SELECT t.document, t.nth, t.text
FROM wanted w JOIN {0}.texts t ON t.document = w.document AND t.nth = w.nth
"""
_NOTHING: Final = "NULL"
"""Stands for an empty list, which SQL does not allow."""


class SqlTexts(ABC):
    """The documents and passages of a generation, implementing `engines.protocol.Texts`.

    Texts are compressed; a passage's text is read from its document's.
    """

    def __init__(self, parts: Mapping[str, str]) -> None:
        """Read from the given schemas, each with a condition on its documents."""
        self._parts = parts
        self._texts = _Texts(self._rows)

    @abstractmethod
    def _rows(self, query: str, parameters: Sequence[object]) -> Iterable[Any]:
        """Return the rows of a query with a `?` for each parameter."""

    def _select(
        self, columns: str, parameters: Sequence[object] = (), where: str = "", last: str = ""
    ) -> Iterator[Any]:
        """Yield the rows of the generation's own documents, then those of its base."""
        for part, holds in self._parts.items():
            conditions = " AND ".join(filter(None, (where, holds)))
            query = columns.format(part) + (f" WHERE {conditions}" if conditions else "") + last
            yield from self._rows(query, parameters)

    def document(self, path: str) -> Document:
        """Return a document as it was read; LookupError if there is none."""
        for row in self._select(DOCUMENTS, (path,), "d.path = ?"):
            return self.load_document(row)
        raise LookupError(path)

    def text_of(self, path: str) -> str:
        """Return a document's stored text; LookupError if there is no such document."""
        query = "SELECT '{0}', d.id FROM {0}.documents d"
        for part, number in self._select(query, (path,), "d.path = ?"):
            return self._texts.whole(part, number)
        raise LookupError(path)

    def paths(self) -> list[str]:
        """Return the paths of all documents, in order."""
        return sorted(path for (path,) in self._select("SELECT d.path FROM {0}.documents d"))

    def left_out(self, path: str) -> tuple[Span, ...]:
        """Return the spans of a document that were left out when it was cut."""
        for row in self._select(DOCUMENTS, (path,), "d.path = ?"):
            return load_spans(row[-1])
        raise LookupError(path)

    def numbers_of(self, path: str) -> list[int]:
        """Return the numbers of a document's passages, in order; empty for an unknown document."""
        rows = self._select(_PATHS, (path,), "d.path = ?", " ORDER BY p.number")
        return [number for number, _ in rows]

    def count_documents(self) -> int:
        """Return the number of documents."""
        return sum(count for (count,) in self._select("SELECT count(*) FROM {0}.documents d"))

    def documents_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the path of each passage's document."""
        wanted = ",".join(str(int(number)) for number in numbers)
        return dict(self._select(_PATHS, (), f"p.number IN ({wanted or _NOTHING})"))

    def passages_around(
        self, proposed: Mapping[str, Sequence[int]], most: int, around: int
    ) -> dict[str, list[tuple[int, Source, Passage]]]:
        """Return the passages of documents with their numbers; at most `most` of each.

        `proposed` has the numbers of passages for each path. In a longer document these come first,
        then those within `around` of them, then those at its start.
        """
        numbers = self._numbers_of(list(proposed))
        wanted = ",".join(
            str(number)
            for path, own in numbers.items()
            for number in chosen(own, proposed[path], most, around)
        )
        found: dict[str, list[tuple[int, Source, Passage]]] = {}
        where = f"p.number IN ({wanted or _NOTHING})"
        rows = list(self._select(COLUMNS, (), where, " ORDER BY p.number"))
        self._texts.read_ahead((row[0], row[1], row[7], row[8]) for row in rows)
        for row in rows:
            source, passage = self.load_passage(row)
            found.setdefault(source.path, []).append((row[-1], source, passage))
        return found

    def _numbers_of(self, paths: Sequence[str]) -> dict[str, range]:
        """Return the numbers of the passages of documents, which are consecutive per document."""
        wanted = ",".join("?" * len(paths))
        where = f"d.path IN ({wanted or _NOTHING})"
        rows = self._select(_RANGES, tuple(paths), where, " GROUP BY d.id")
        return {path: range(first, last + 1) for path, first, last in rows}

    def load_document(self, row: Sequence[Any]) -> Document:
        """Return a document from its row of `DOCUMENTS`."""
        part, number, path, title, published, language, url, digest, structure, _ = row
        source = Source(path, title, published, language, url)
        return document_of(source, digest, self._texts.whole(part, number), structure)

    def load_passage(self, row: Sequence[Any]) -> tuple[Source, Passage]:
        """Return a passage and its source from its row of `COLUMNS`."""
        part, number, path, title, published, language, url, start, end, *more, _ = row
        heading, location, units, times = more
        return Source(path, title, published, language, url), Passage(
            path, start, end, self._texts.between(part, number, start, end), heading, location,
            load_spans(units), load_times(times),
        )  # fmt: skip


class _Texts:
    """Reads the texts of documents, whole or in part."""

    def __init__(self, rows: Callable[[str, Sequence[object]], Iterable[Any]]) -> None:
        self._rows = rows
        self._last: tuple[tuple[str, int, int], str] = (("", 0, 0), "")
        """The stretch read last: passages mostly come in order."""
        self._ahead: dict[tuple[str, int, int], bytes] = {}
        """Stretches read in advance, still compressed."""

    def whole(self, part: str, document: int) -> str:
        """Return a text from one of the catalogs."""
        rows = self._rows(_TEXT.format(part), (document,))
        return "".join(unpacked(packed) for (packed,) in rows)

    def read_ahead(self, wanted: Iterable[tuple[str, int, int, int]]) -> None:
        """Read in advance what will be asked for: catalog, document, start and end of each."""
        places = {
            (part, document, nth)
            for part, document, start, end in wanted
            for nth in range(start // STRETCH, (end - 1) // STRETCH + 1)
        }
        self._ahead = {}
        for asked in {part for part, _, _ in places}:
            listed = ",".join(f"({number},{nth})" for part, number, nth in places if part == asked)
            for number, nth, packed in self._rows(_STRETCHES.format(asked, listed), ()):
                self._ahead[asked, number, nth] = packed

    def between(self, part: str, document: int, start: int, end: int) -> str:
        """Return the part of a text between two offsets."""
        first = start // STRETCH
        nths = range(first, (end - 1) // STRETCH + 1)
        text = "".join(self._stretch(part, document, nth) for nth in nths)
        return text[start - first * STRETCH : end - first * STRETCH]

    def _stretch(self, part: str, document: int, nth: int) -> str:
        if self._last[0] != (part, document, nth):
            packed = self._ahead.get((part, document, nth))
            if packed is None:
                ((packed,),) = self._rows(_STRETCH.format(part), (document, nth))
            self._last = (part, document, nth), unpacked(packed)
        return self._last[1]


def chosen(numbers: range, proposed: Sequence[int], most: int, around: int) -> list[int]:
    """Return up to `most` of a document's passages: proposed ones, their neighbours, the first."""
    if len(numbers) <= most:
        return list(numbers)
    near = (one + step for step in range(-around, around + 1) for one in proposed)
    every = dict.fromkeys([*proposed, *near, *numbers[:most]])
    return sorted([one for one in every if one in numbers][:most])


@dataclass(frozen=True, slots=True)
class _Structure:
    """The stored structure of a document."""

    blocks: Columns
    sections: tuple[Section, ...]
    lists: tuple[ItemList, ...]


_STRUCTURES: Final = msgspec.msgpack.Decoder(_Structure)
load_spans: Final = msgspec.json.Decoder(tuple[Span, ...]).decode
"""Return stored spans."""
load_times: Final = msgspec.json.Decoder(tuple[tuple[str, str], ...]).decode
"""Return the stored times of a passage."""


def document_of(source: Source, digest: str, text: str, structure: bytes) -> Document:
    """Return a document from its stored parts."""
    built = _STRUCTURES.decode(zlib.decompress(structure))
    return Document(
        source.path, text, Blocks.of(built.blocks), source.title, source.published,
        source.language, source.url, digest, built.sections, built.lists,
    )  # fmt: skip


def dump_structure(document: Document) -> bytes:
    """Return the structure of a document for storage."""
    columns = Blocks.from_any(document.blocks).packed()
    structure = _Structure(columns, document.sections, document.lists)
    return zlib.compress(msgspec.msgpack.encode(structure))


def stretches(text: str) -> list[bytes]:
    """Return a text as compressed stretches."""
    parts = (text[start : start + STRETCH] for start in range(0, len(text), STRETCH))
    return [zlib.compress(part.encode()) for part in parts]


def unpacked(packed: bytes) -> str:
    """Return a decompressed stretch; zlib.error if it is damaged."""
    return zlib.decompress(packed).decode()
