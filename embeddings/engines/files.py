"""The default engine: a generation in a folder, searched with tantivy, FAISS and SQLite."""

from dataclasses import dataclass
from pathlib import Path

from embeddings.engines.protocol import LanguageIndexes, Opened
from embeddings.index.base import read_removed
from embeddings.index.catalog import Catalog
from embeddings.index.manifest import CATALOG, Manifest, not_opened
from embeddings.index.vector_index import VECTORS, DenseIndex
from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_index import LexicalIndex
from embeddings.index.word_matrix import ForwardIndex


@dataclass(frozen=True, slots=True)
class FileGeneration:
    """A generation in its own folder."""

    folder: Path

    @property
    def name(self) -> str:
        """Its name; names sort by time of creation."""
        return self.folder.name

    def manifest(self) -> Manifest:
        """Return its manifest; UserError if it can't be read."""
        return Manifest.read(self.folder)

    def verify(self) -> None:
        """Raise UserError if a file is missing or has changed."""
        self.manifest().check(self.folder)

    def open(self) -> Opened:
        """Open it for searching; UserError if it is damaged."""
        manifest = self.manifest()
        check = manifest.begin_check(self.folder)
        try:
            texts = Catalog.open(self.folder / CATALOG)
            languages = [
                _open_language(self.folder / language, language, first, count)
                for language, (first, count) in manifest.languages.items()
            ]
        except (KeyboardInterrupt, MemoryError):
            raise
        # Libraries raise anything over a damaged file; tantivy even panics.
        except BaseException as error:
            raise not_opened(error) from error
        return Opened(texts, languages, check)


def _open_language(folder: Path, language: str, first: int, count: int) -> LanguageIndexes:
    """Open the indexes in a folder, over `count` passages numbered from `first`."""
    vectors = folder / VECTORS
    dense = DenseIndex(vectors) if vectors.exists() else None
    lexical, forward = LexicalIndex(folder / "lexical"), ForwardIndex.open(folder)
    sizes = {len(lexical) + len(read_removed(folder)), len(forward)}
    sizes |= {len(dense)} if dense else set()
    if sizes != {count}:
        raise ValueError(f"indexes of {language} hold {sorted(sizes)} passages")
    return LanguageIndexes(language, first, Vocabulary.load(folder), lexical, dense, forward)
