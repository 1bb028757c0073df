"""A generation in the database, opened: its vocabulary here, its passages there."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from embeddings.engines.postgres.rows_writing import FREQUENCIES, SAMPLE
from embeddings.engines.postgres.schema import FORMAT, schema_of
from embeddings.engines.postgres.searching import (
    PostgresForward,
    PostgresVectors,
    PostgresWords,
    Rows,
)
from embeddings.engines.postgres.server import Server
from embeddings.engines.postgres.texts import PostgresTexts
from embeddings.engines.protocol import LanguageIndexes, Opened
from embeddings.index.base import BASE, base_of, read_removed
from embeddings.index.manifest import Manifest, damaged
from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_matrix import Forms


@dataclass(frozen=True, slots=True)
class PostgresGeneration:
    """A generation that a server holds; small files of it are kept in a folder here."""

    name: str
    address: str
    cache: Path

    def manifest(self) -> Manifest:
        """Return what it says of itself, to its owner with what it tells of single documents.

        UserError where it can't be read.
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
        """Raise UserError where rows are missing."""
        server = Server(self.address)
        try:
            manifest, base, _ = self._described(server)
            texts = PostgresTexts(server, schema_of(self.name), base and schema_of(base))
            if texts.count_documents() != manifest.documents:
                raise damaged("documents are missing in the database")
        finally:
            server.close()

    def open(self) -> Opened:
        """Open it for asking; UserError where it can't be."""
        server = Server(self.address)
        try:
            return self._open(server)
        except BaseException:
            server.close()
            raise

    def _open(self, server: Server) -> Opened:
        manifest, base, files = self._described(server)
        if base:
            _, _, files_of_base = PostgresGeneration(base, self.address, self.cache)._described(
                server
            )
            _fetch(server, base, files_of_base, self.cache)
        folder = _fetch(server, self.name, files, self.cache)
        if base and not (folder / BASE).is_dir():
            (folder / BASE).symlink_to(Path("..", base))
        schemas = tuple(schema_of(one) for one in (self.name, base) if one)
        languages = [
            _open_language(server, schemas, folder / language, first, count)
            for language, (first, count) in manifest.languages.items()
        ]
        texts = PostgresTexts(server, schema_of(self.name), base and schema_of(base))
        return Opened(texts, languages, _Nothing())

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


class _Nothing:
    """What is left to check of a generation in a database, which checks its pages by itself."""

    def wait(self) -> None:
        """Return at once."""

    def repeat(self) -> None:
        """Return at once."""


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
        PostgresWords(rows, vocabulary, _frequencies(folder)),
        PostgresVectors(rows, np.load(sample)) if sample.exists() else None,
        PostgresForward(rows, Forms.open(folder)),
    )


def _frequencies(folder: Path) -> NDArray[np.int32]:
    """Return in how many passages each stem stands, with those of the base."""
    own: NDArray[np.int32] = np.load(folder / FREQUENCIES)
    if base := base_of(folder):
        before = np.load(base / FREQUENCIES)
        own[:, : before.shape[1]] += before
    return own


def _fetch(server: Server, name: str, files: Mapping[str, list[object]], cache: Path) -> Path:
    """Return the folder of a generation's small files, fetched where it is not here whole."""
    target = cache / name
    if _is_whole(target, files):
        return target
    try:
        cache.mkdir(parents=True, exist_ok=True)
        _forget_old(server, cache)
        aside = Path(tempfile.mkdtemp(prefix=".", dir=cache))
        for path in files:
            query = f"SELECT bytes FROM {schema_of(name)}.files WHERE path = %s ORDER BY part"  # noqa: S608
            (aside / path).parent.mkdir(exist_ok=True)
            with (aside / path).open("wb") as file:
                file.writelines(part for (part,) in server.rows(query, (path,)))
        shutil.rmtree(target, ignore_errors=True)
        aside.rename(target)
    except OSError as error:
        if _is_whole(target, files):  # another process was quicker
            return target
        raise UserError(
            f"What is kept of the index in {cache} cannot be written: {error}."
        ) from error
    if not _is_whole(target, files):
        raise damaged("files in the database are not as they were written")
    return target


def _is_whole(folder: Path, files: Mapping[str, list[object]]) -> bool:
    try:
        return all(
            [len(told := (folder / path).read_bytes()), sha256(told).hexdigest()] == known
            for path, known in files.items()
        )
    except OSError:
        return False


def _forget_old(server: Server, cache: Path) -> None:
    """Delete the files of generations that are in the database no more."""
    known = {name for (name,) in server.rows("SELECT name FROM citera.generations")}
    for path in cache.iterdir():
        if path.name not in known and not path.name.startswith("."):
            shutil.rmtree(path, ignore_errors=True)
