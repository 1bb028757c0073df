"""The documents and passages of a generation, in SQLite.

If the generation adds to a base, the base's documents are read from its own catalog. Texts are
compressed; a passage's text is read from its document's.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, Self, TypeAlias

from corpus.types import Document, Passage, Span
from embeddings.index.base import BASE
from embeddings.index.sql_texts import COLUMNS, DOCUMENTS, SqlTexts, load_spans
from embeddings.types import Source

Stamp: TypeAlias = tuple[int, int]
"""Size and modification time (ns) of a file; while both stay the same, so does the file."""
UNKNOWN: Final[Stamp] = (-1, 0)

OWN: Final = "main"


class Catalog(SqlTexts):
    """The documents and passages of a generation; not thread-safe."""

    def __init__(self, connection: sqlite3.Connection, base: Path | None) -> None:
        """Read from an open catalog and that of its base."""
        self._connection = connection
        parts = {OWN: ""}
        if base:
            connection.execute("ATTACH ? AS base", (address_of(base),))
            parts[BASE] = "NOT EXISTS (SELECT 1 FROM main.gone g WHERE g.path = d.path)"
        super().__init__(parts)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a finished catalog for reading; sqlite3.Error if it is damaged."""
        connection = sqlite3.connect(address_of(path), uri=True, check_same_thread=False)
        return cls(connection, base_catalog(path))

    def close(self) -> None:
        """Commit and close the file."""
        self._connection.commit()
        self._connection.close()

    def _rows(self, query: str, parameters: Sequence[object]) -> Iterator[Any]:
        with closing(self._connection.cursor()) as cursor:
            yield from cursor.execute(query, parameters)

    def files(self, *, own: bool = False) -> dict[str, tuple[str, Stamp]]:
        """Return digest and stamp of each document by path; of all, or only its own."""
        query = "SELECT path, digest, size, modified FROM {0}.documents d"
        rows = self._connection.execute(query.format(OWN)) if own else self._select(query)
        return {path: (digest, (size, modified)) for path, digest, size, modified in rows}

    def documents(self) -> Iterator[tuple[Document, tuple[Span, ...]]]:
        """Yield its own documents, each with the spans left out when it was cut."""
        query = DOCUMENTS.format(OWN) + "ORDER BY d.path"
        with closing(self._connection.cursor()) as cursor:
            for row in cursor.execute(query):
                yield self.load_document(row), load_spans(row[-1])

    def leaves_out(self) -> bool:
        """Return whether any span of its own documents was left out when they were cut."""
        found = self._connection.execute("SELECT 1 FROM main.built WHERE ignored != '[]' LIMIT 1")
        return found.fetchone() is not None

    def removed_of_base(self, language: str) -> list[int]:
        """Return the numbers of the base's passages in a language that are no longer used."""
        rows = self._connection.execute(
            """SELECT p.number FROM main.gone JOIN base.documents d USING (path)
            JOIN base.passages p ON p.document = d.id WHERE d.language = ? ORDER BY p.number""",
            (language,),
        )
        return [number for (number,) in rows]

    def passages(self, first: int, count: int) -> Iterator[tuple[Source, Passage]]:
        """Yield its own passages in the order of their numbers."""
        query = COLUMNS.format(OWN) + "WHERE p.number >= ? AND p.number < ? ORDER BY p.number"
        yield from map(self.load_passage, self._connection.execute(query, (first, first + count)))


def address_of(path: Path) -> str:
    """Return the SQLite address of a finished catalog."""
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def base_catalog(path: Path) -> Path | None:
    """Return the catalog of the base, if any."""
    base = path.parent / BASE / path.name
    return base if base.is_file() else None
