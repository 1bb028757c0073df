"""An open generation in Milvus: the vocabulary is local, the passages are on the server."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.engines.milvus.client import Address, Milvus
from embeddings.engines.milvus.documents import MilvusTexts
from embeddings.engines.milvus.kept_rows import KeptRows
from embeddings.engines.milvus.names import collection_of
from embeddings.engines.milvus.passages import (
    MilvusForward,
    MilvusPart,
    MilvusRows,
    MilvusVectors,
    MilvusWords,
)
from embeddings.engines.milvus.registry import Registry
from embeddings.engines.passage_rows import SAMPLE
from embeddings.engines.protocol import LanguageIndexes, NothingToCheck, Opened
from embeddings.engines.small_files import SmallFiles, add_base, stem_frequencies
from embeddings.index.base import read_removed
from embeddings.index.manifest import Manifest, damaged
from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_matrix import Forms


@dataclass(frozen=True, slots=True)
class MilvusGeneration:
    """A generation on a server; its small files are cached in a local folder."""

    name: str
    address: Address
    cache: Path

    def manifest(self) -> Manifest:
        """Return its manifest; UserError if it can't be read."""
        server = Milvus(self.address)
        try:
            return _Described(server, self.name).manifest
        finally:
            server.close()

    def verify(self) -> None:
        """Raise UserError if documents are missing."""
        server = Milvus(self.address)
        try:
            described = _Described(server, self.name)
            texts = described.texts(None)
            if texts.count_documents() != described.manifest.documents:
                raise damaged("documents are missing in the database")
        finally:
            server.close()

    def open(self) -> Opened:
        """Open it for searching; UserError if that fails."""
        server = Milvus(self.address)
        try:
            described = _Described(server, self.name)
            folder = described.files().fetch(self.cache)
            if described.base:
                _Described(server, described.base).files().fetch(self.cache)
                add_base(folder, described.base)
            rows = described.languages(self.address.collections, folder)
            languages = [_open_language(one, folder / name) for name, one in rows.items()]
            return Opened(
                described.texts(self.address.collections, folder), languages, NothingToCheck()
            )
        except BaseException:
            server.close()
            raise


class _Described:
    """A generation with its manifest."""

    def __init__(self, server: Milvus, name: str) -> None:
        self._server = server
        self.name = name
        listed = Registry(server).all().get(name)
        if listed is None:
            raise damaged(f"generation {name!r} is missing in the database")
        self.base = listed.readable_base
        self._own = KeptRows(server, collection_of(name, "rows"))
        self._of_base = KeptRows(server, collection_of(self.base, "rows")) if self.base else None
        told: dict[str, Any] = json.loads(self._own.one("m") or b"{}")
        self.manifest = Manifest.parse(told.get("manifest", ""))
        self._small: Mapping[str, list[object]] = told["files"]
        self._before: Mapping[str, int] = told["before"]

    def files(self) -> SmallFiles:
        """Return its small files."""
        return SmallFiles(
            self.name,
            self._small,
            lambda path: [self._own.one(f"f{path}") or b""],
            lambda: set(Registry(self._server).all()),
        )

    def languages(
        self, folders: Sequence[str] | None, folder: Path | None
    ) -> dict[str, MilvusRows]:
        """Return its passages of each language; `folder` has its small files."""
        named = json.dumps(folders, ensure_ascii=False)
        return {
            language: MilvusRows(
                self._server,
                first,
                count,
                MilvusPart(collection_of(self.name, language), self._own),
                self._part_of_base(language),
                self._before.get(language, 0),
                read_removed(folder / language) if folder else np.empty(0, dtype=np.int64),
                f"folder in {named}" if folders is not None else "",
            )
            for language, (first, count) in self.manifest.languages.items()
        }

    def _part_of_base(self, language: str) -> MilvusPart | None:
        if not (self.base and self._of_base and self._before.get(language)):
            return None
        return MilvusPart(collection_of(self.base, language), self._of_base)

    def texts(self, folders: Sequence[str] | None, folder: Path | None = None) -> MilvusTexts:
        """Return its documents, from some folders or all."""
        rows = list(self.languages(folders, folder).values())
        return MilvusTexts(self._server, self._own, self._of_base, rows, folders)


def _open_language(rows: MilvusRows, folder: Path) -> LanguageIndexes:
    vocabulary = Vocabulary.load(folder)
    sample = folder / SAMPLE
    return LanguageIndexes(
        folder.name,
        rows.first,
        vocabulary,
        MilvusWords(rows, vocabulary, stem_frequencies(folder)),
        MilvusVectors(rows, np.load(sample)) if sample.exists() else None,
        MilvusForward(rows, Forms.open(folder)),
    )
