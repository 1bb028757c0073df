"""An open generation in PostgreSQL: the vocabulary is local, the passages are in the database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import UserError
from embeddings.engines.passage_rows import SAMPLE
from embeddings.engines.postgres.schema import FORMAT, schema_of
from embeddings.engines.postgres.searching import (
    PostgresForward,
    PostgresVectors,
    PostgresWords,
    Rows,
)
from embeddings.engines.postgres.server import Server
from embeddings.engines.postgres.texts import PostgresTexts
from embeddings.engines.protocol import LanguageIndexes, NothingToCheck, Opened
from embeddings.engines.small_files import SmallFiles, add_base, stem_frequencies
from embeddings.index.base import read_removed
from embeddings.index.manifest import Manifest, damaged
from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_matrix import Forms


@dataclass(frozen=True, slots=True)
class PostgresGeneration:
    """A generation on a server; its small files are cached in a local folder."""

    name: str
    address: str
    cache: Path

    def manifest(self) -> Manifest:
        """Return its manifest; only the owner gets the parts about single documents.

        UserError if it can't be read.
        """
        server = Server(self.address)
        try:
            described = self._described(server)[0]
            ((may,),) = server.rows("SELECT has_table_privilege('citera.told', 'SELECT')")
            if not may:
                return described
            query = "SELECT manifest FROM citera.told WHERE generation = %s"
            told = server.rows(query, (self.name,))
            return Manifest.parse(told[0][0]) if told else described
        finally:
            server.close()

    def verify(self) -> None:
        """Raise UserError if rows are missing."""
        server = Server(self.address)
        try:
            manifest, base, _ = self._described(server)
            texts = PostgresTexts(server, schema_of(self.name), base and schema_of(base))
            if texts.count_documents() != manifest.documents:
                raise damaged("documents are missing in the database")
        finally:
            server.close()

    def open(self) -> Opened:
        """Open it for searching; UserError if that fails."""
        server = Server(self.address)
        try:
            return self._open(server)
        except BaseException:
            server.close()
            raise

    def _open(self, server: Server) -> Opened:
        manifest, base, files = self._described(server)
        folder = _small_files(server, self.name, files).fetch(self.cache)
        if base:
            described = PostgresGeneration(base, self.address, self.cache)._described(server)
            _small_files(server, base, described[2]).fetch(self.cache)
            add_base(folder, base)
        schemas = tuple(schema_of(one) for one in (self.name, base) if one)
        languages = [
            _open_language(server, schemas, folder / language, first, count)
            for language, (first, count) in manifest.languages.items()
        ]
        texts = PostgresTexts(server, schema_of(self.name), base and schema_of(base))
        return Opened(texts, languages, NothingToCheck())

    def _described(self, server: Server) -> tuple[Manifest, str | None, dict[str, list[object]]]:
        """Return its manifest, the name of its base, and size and digest of its small files."""
        rows = server.rows(
            "SELECT format, manifest, base, files FROM citera.generations WHERE name = %s",
            (self.name,),
        )
        if not rows:
            raise damaged(f"generation {self.name!r} is missing in the database")
        ((format_, manifest, base, files),) = rows
        if format_ != FORMAT:
            raise UserError(
                "The index was written by another version of citera. Run: citera reembed"
            )
        return Manifest.parse(manifest), base, json.loads(files)


def _small_files(server: Server, name: str, files: Mapping[str, list[object]]) -> SmallFiles:
    query = f"SELECT bytes FROM {schema_of(name)}.files WHERE path = %s ORDER BY part"  # noqa: S608

    def known() -> set[str]:
        return {name for (name,) in server.rows("SELECT name FROM citera.generations")}

    return SmallFiles(
        name, files, lambda path: (part for (part,) in server.rows(query, (path,))), known
    )


def _open_language(
    server: Server, schemas: tuple[str, ...], folder: Path, first: int, count: int
) -> LanguageIndexes:
    language = folder.name
    query = "SELECT collection, passages FROM {0}.sizes WHERE language = %s"
    seen = tuple(dict(server.rows(query.format(schema), (language,))) for schema in schemas)
    rows = Rows(server, language, first, count, schemas, seen, read_removed(folder))
    vocabulary = Vocabulary.load(folder)
    sample = folder / SAMPLE
    return LanguageIndexes(
        language,
        first,
        vocabulary,
        PostgresWords(rows, vocabulary, stem_frequencies(folder)),
        PostgresVectors(rows, np.load(sample)) if sample.exists() else None,
        PostgresForward(rows, Forms.open(folder)),
    )
