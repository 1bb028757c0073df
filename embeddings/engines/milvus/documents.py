"""Documents and passages of a generation in Milvus."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.types import Document, Passage, Span
from embeddings.engines.milvus.client import Milvus
from embeddings.engines.milvus.kept_rows import KeptRows
from embeddings.engines.milvus.passages import MilvusPart, MilvusRows
from embeddings.engines.passage_rows import collection_of
from embeddings.index.sql_texts import (
    STRETCH,
    chosen,
    document_of,
    load_spans,
    load_times,
    unpacked,
)
from embeddings.types import Source


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document's data without its text, and where the text is stored."""

    rows: KeptRows
    number: int
    source: Source
    digest: str
    left_out: str
    first: int
    size: int

    @property
    def passages(self) -> range:
        """The numbers of its passages."""
        return range(self.first, self.first + self.size)


class MilvusTexts:
    """The documents and passages of a generation and its base."""

    def __init__(
        self,
        server: Milvus,
        own: KeptRows,
        base: KeptRows | None,
        languages: Sequence[MilvusRows],
        folders: Sequence[str] | None,
    ) -> None:
        """Read from these collections, limited to some folders; None for all."""
        self._server = server
        self._own, self._base = own, base
        self._gone = frozenset(json.loads(own.one("g") or b"[]"))
        self._languages = languages
        self._folders = folders

    def document(self, path: str) -> Document:
        """Return a document as it was read; LookupError if there is none."""
        kept = self._document(path)
        structure = kept.rows.one(f"s{kept.number}")
        if structure is None:
            raise LookupError(path)
        return document_of(kept.source, kept.digest, _text_of(kept), structure)

    def text_of(self, path: str) -> str:
        """Return a document's stored text; LookupError if there is no such document."""
        return _text_of(self._document(path))

    def paths(self) -> list[str]:
        """Return the paths of all documents, in order."""
        own = self._own.keys("d")
        of_base = self._base.keys("d") if self._base else []
        every = [*own, *(path for path in of_base if path not in self._gone)]
        return sorted(path for path in every if self._may_see(path))

    def left_out(self, path: str) -> tuple[Span, ...]:
        """Return the spans of a document that were left out when it was cut."""
        return load_spans(self._document(path).left_out)

    def numbers_of(self, path: str) -> list[int]:
        """Return the numbers of a document's passages, in order; empty for an unknown one."""
        found = self._documents([path])
        return list(found[path].passages) if found else []

    def documents_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the path of each passage's document."""
        found = self._passages(numbers, "path")
        return {number: row["path"] for number, (_, row) in found.items()}

    def passages_around(
        self, proposed: Mapping[str, Sequence[int]], most: int, around: int
    ) -> dict[str, list[tuple[int, Source, Passage]]]:
        """Return the passages of documents with their numbers; at most `most` of each.

        `proposed` has the numbers of passages for each path. In a longer document these come first,
        then those within `around` of them, then those at its start.
        """
        documents = self._documents(list(proposed))
        wanted = {
            number: kept
            for path, kept in documents.items()
            for number in chosen(kept.passages, proposed[path], most, around)
        }
        rows = self._passages(wanted, "place")
        places = {
            number: json.loads(part.told(row, "place", "p")) for number, (part, row) in rows.items()
        }
        texts = _Texts()
        texts.read_ahead((wanted[number], *place[:2]) for number, place in places.items())
        found: dict[str, list[tuple[int, Source, Passage]]] = {}
        for number, place in sorted(places.items()):
            kept = wanted[number]
            start, end, heading, location, units, times = place
            passage = Passage(
                kept.source.path, start, end, texts.between(kept, start, end), heading, location,
                load_spans(units), load_times(times),
            )  # fmt: skip
            found.setdefault(kept.source.path, []).append((number, kept.source, passage))
        return found

    def count_documents(self) -> int:
        """Return the number of documents."""
        return len(self.paths())

    def close(self) -> None:
        """Close the connection."""
        self._server.close()

    def _may_see(self, path: str) -> bool:
        return self._folders is None or collection_of(path) in self._folders

    def _document(self, path: str) -> _Kept:
        found = self._documents([path])
        if not found:
            raise LookupError(path)
        return found[path]

    def _documents(self, paths: Sequence[str]) -> dict[str, _Kept]:
        """Return those of the documents that exist and may be seen."""
        paths = [path for path in paths if self._may_see(path)]
        found = _read_documents(self._own, paths)
        if self._base:
            others = [path for path in paths if path not in found and path not in self._gone]
            found |= _read_documents(self._base, others)
        return {path: found[path] for path in paths if path in found}

    def _passages(self, numbers: Iterable[int], field: str) -> dict[int, tuple[MilvusPart, Any]]:
        """Return the rows of passages by their global numbers."""
        every = list(numbers)
        found: dict[int, tuple[MilvusPart, Any]] = {}
        for language in self._languages:
            here = [number - language.first for number in every if number in language]
            rows = language.at(here, field) if here else {}
            found |= {number + language.first: row for number, row in rows.items()}
        return found


class _Texts:
    """Reads parts of texts that were read in advance."""

    def __init__(self) -> None:
        self._stretches: dict[tuple[int, int, int], str] = {}

    def read_ahead(self, wanted: Iterable[tuple[_Kept, int, int]]) -> None:
        """Read in advance what will be asked for: document, start and end of each."""
        places = {
            (id(kept.rows), kept.number, nth): kept.rows
            for kept, start, end in wanted
            for nth in range(start // STRETCH, (end - 1) // STRETCH + 1)
        }
        for rows in {id(one): one for one in places.values()}.values():
            keys = {
                f"t{number}:{nth}": (where, number, nth)
                for (where, number, nth), of in places.items()
                if of is rows
            }
            for key, packed in rows.get(keys).items():
                self._stretches[keys[key]] = unpacked(packed)

    def between(self, kept: _Kept, start: int, end: int) -> str:
        """Return the part of a text between two offsets."""
        first = start // STRETCH
        nths = range(first, (end - 1) // STRETCH + 1)
        text = "".join(self._stretches[id(kept.rows), kept.number, nth] for nth in nths)
        return text[start - first * STRETCH : end - first * STRETCH]


def _read_documents(rows: KeptRows, paths: Sequence[str]) -> dict[str, _Kept]:
    found = {}
    for key, told in rows.get(f"d{path}" for path in paths).items():
        number, digest, title, published, language, url, left_out, first, size = json.loads(told)
        source = Source(key[1:], title, published, language, url)
        found[source.path] = _Kept(rows, number, source, digest, left_out, first, size)
    return found


def _text_of(kept: _Kept) -> str:
    """Return a text, whose stretches are numbered consecutively."""
    stretches: list[str] = []
    together = 64
    while True:
        keys = [f"t{kept.number}:{nth}" for nth in range(len(stretches), len(stretches) + together)]
        found = kept.rows.get(keys)
        stretches += [unpacked(found[key]) for key in keys if key in found]
        if len(found) < together:
            return "".join(stretches)
