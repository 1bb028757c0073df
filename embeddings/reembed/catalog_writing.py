"""Writes the catalog of a new generation, document by document."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

from corpus.types import Document, Passage, Span
from embeddings.index.catalog import (
    OWN,
    UNKNOWN,
    Catalog,
    Stamp,
    address_of,
    base_catalog,
)
from embeddings.index.sql_texts import dump_structure, stretches

_SCHEMA: Final = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, title TEXT NOT NULL,
    published TEXT, language TEXT NOT NULL, url TEXT,
    size INTEGER NOT NULL, modified INTEGER NOT NULL
);
CREATE TABLE built (
    document INTEGER PRIMARY KEY, ignored TEXT NOT NULL, structure BLOB NOT NULL
);
CREATE TABLE texts (
    document INTEGER NOT NULL, nth INTEGER NOT NULL, text BLOB NOT NULL, PRIMARY KEY (document, nth)
);
CREATE TABLE gone (path TEXT PRIMARY KEY);
CREATE TABLE aside.cuttings (
    document INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, heading TEXT NOT NULL,
    location TEXT NOT NULL, units TEXT NOT NULL, times TEXT NOT NULL
);
CREATE INDEX aside.cuttings_of ON cuttings (document);
"""

# Passages are numbered in the order of their vectors: by language, then in reading order.
_NUMBERED: Final = """
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, document INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, heading TEXT NOT NULL, location TEXT NOT NULL, units TEXT NOT NULL,
    times TEXT NOT NULL
);
INSERT INTO passages
SELECT row_number() OVER (PARTITION BY d.language ORDER BY d.path, c.start) - 1 + f.number,
    c.document, c.start, c.end, c.heading, c.location, c.units, c.times
FROM aside.cuttings c JOIN documents d ON d.id = c.document JOIN firsts f USING (language);
DETACH aside;
CREATE INDEX passages_of ON passages (document);
"""
_ROOM: Final = 2**32
"""Each language has its own range of passage numbers, so that others need not change."""


class NewCatalog(Catalog):
    """A catalog that is written, and then read."""

    def __init__(self, connection: sqlite3.Connection, base: Path | None, aside: Path) -> None:
        """Write to an open catalog; `aside` is a file for temporary data."""
        super().__init__(connection, base)
        self._aside = aside
        # An unfinished generation is discarded anyway: no journal, and only one fsync.
        connection.execute("ATTACH ? AS aside", (aside.resolve().as_uri(),))
        for part in (OWN, "aside"):
            connection.execute(f"PRAGMA {part}.journal_mode = OFF")
            connection.execute(f"PRAGMA {part}.synchronous = OFF")
        connection.executescript(_SCHEMA)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Create an empty catalog in a new file, in a folder with its base, if any."""
        address = path.resolve().as_uri()
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        return cls(connection, base_catalog(path), path.with_suffix(".aside"))

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        ignored: Sequence[Span],
        stamp: Stamp = UNKNOWN,
    ) -> None:
        """Add a document with its passages, which were cut without the ignored spans."""
        cursor = self._connection.execute(
            "INSERT INTO main.documents VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.path,
                document.digest,
                document.title,
                document.published,
                document.language,
                document.url,
                *stamp,
            ),
        )
        number = int(cursor.lastrowid or 0)
        self._connection.execute(
            "INSERT INTO main.built VALUES (?, ?, ?)",
            (number, json.dumps(ignored), dump_structure(document)),
        )
        self._connection.executemany(
            "INSERT INTO main.texts VALUES (?, ?, ?)",
            ((number, nth, packed) for nth, packed in enumerate(stretches(document.text))),
        )
        self._add_passages(number, passages)

    def take_over(self, earlier: Path, paths: Iterable[str]) -> None:
        """Copy documents and their passages from the catalog of an earlier generation."""
        connection = self._connection
        connection.commit()
        connection.execute("ATTACH ? AS earlier", (address_of(earlier),))
        connection.execute("CREATE TEMP TABLE kept (path TEXT PRIMARY KEY)")
        connection.executemany("INSERT INTO kept VALUES (?)", ((path,) for path in paths))
        connection.execute(
            """INSERT INTO main.documents
            SELECT NULL, path, digest, title, published, language, url, size, modified
            FROM kept JOIN earlier.documents USING (path) ORDER BY path"""
        )
        connection.execute(
            """INSERT INTO main.built
            SELECT n.id, b.ignored, b.structure
            FROM kept JOIN earlier.documents d USING (path) JOIN earlier.built b
                ON b.document = d.id JOIN main.documents n USING (path)"""
        )
        connection.execute(
            """INSERT INTO main.texts
            SELECT n.id, t.nth, t.text
            FROM kept JOIN earlier.documents d USING (path) JOIN earlier.texts t
                ON t.document = d.id JOIN main.documents n USING (path)"""
        )
        connection.execute(
            """INSERT INTO cuttings
            SELECT n.id, p.start, p.end, p.heading, p.location, p.units, p.times
            FROM kept JOIN earlier.documents d USING (path) JOIN earlier.passages p
                ON p.document = d.id JOIN main.documents n USING (path)"""
        )
        connection.execute("DROP TABLE kept")
        connection.commit()
        connection.execute("DETACH earlier")

    def remove_of_base(self, paths: Iterable[str]) -> None:
        """Stop using documents of the base."""
        self._connection.executemany("INSERT INTO gone VALUES (?)", ((path,) for path in paths))

    def cut_again(self, path: str, passages: Sequence[Passage], ignored: Sequence[Span]) -> None:
        """Replace a document's passages."""
        connection = self._connection
        (number,) = connection.execute(
            "SELECT id FROM main.documents WHERE path = ?", (path,)
        ).fetchone()
        connection.execute(
            "UPDATE main.built SET ignored = ? WHERE document = ?", (json.dumps(ignored), number)
        )
        connection.execute("DELETE FROM cuttings WHERE document = ?", (number,))
        self._add_passages(number, passages)

    def titles(self) -> dict[str, int]:
        """Return how many of its own documents have each title."""
        return dict(
            self._connection.execute("SELECT title, count(*) FROM main.documents GROUP BY title")
        )

    def entitled(self, titles: Iterable[str]) -> list[str]:
        """Return the paths of its own documents that have one of some titles."""
        query = "SELECT path FROM main.documents WHERE title = ? ORDER BY path"
        return [path for title in titles for (path,) in self._connection.execute(query, (title,))]

    def entitle(self, path: str, title: str) -> None:
        """Replace a document's title."""
        self._connection.execute(
            "UPDATE main.documents SET title = ? WHERE path = ?", (title, path)
        )

    def number_passages(
        self, base: Mapping[str, tuple[int, int]] = MappingProxyType({})
    ) -> dict[str, tuple[int, int]]:
        """Assign the passages their numbers; after this no document can be added.

        `base` has the first number and the count of each language in the base. Return the same for
        all languages, including what was added.
        """
        own = self._connection.execute(
            """SELECT language, count(*) FROM cuttings c JOIN main.documents d ON d.id = c.document
            GROUP BY language ORDER BY language"""
        )
        languages = dict(base)
        self._connection.execute("CREATE TEMP TABLE firsts (language TEXT, number INTEGER)")
        for language, count in own.fetchall():
            first, before = languages.get(language, (len(languages) * _ROOM, 0))
            languages[language] = first, before + count
            self._connection.execute("INSERT INTO firsts VALUES (?, ?)", (language, first + before))
        self._connection.commit()
        self._connection.executescript(_NUMBERED)
        self._aside.unlink()
        return languages

    def _add_passages(self, document: int, passages: Sequence[Passage]) -> None:
        self._connection.executemany(
            "INSERT INTO cuttings VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (document, one.start, one.end, one.heading, one.location,
                 json.dumps(one.units), json.dumps(one.times))
                for one in passages
            ),
        )  # fmt: skip
