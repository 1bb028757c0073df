"""The current generation, from which a new one reuses data."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UserError
from embeddings.engines.storage import Store
from embeddings.index.base import BASE, base_of
from embeddings.index.catalog import Catalog, Stamp
from embeddings.index.manifest import CATALOG, Manifest
from embeddings.index.vocabulary import Vocabulary
from embeddings.index.word_ids import NumberedWords
from embeddings.index.word_matrix import ForwardIndex
from embeddings.reembed.vocabulary_writing import Counted


@dataclass(frozen=True, slots=True)
class Earlier:
    """A generation whose parts can be reused."""

    folder: Path
    manifest: Manifest
    files: Mapping[str, tuple[str, Stamp]]
    """Digest and stamp of each document by its path."""

    @property
    def base(self) -> Path:
        """The folder of the generation to which a further one would add."""
        base = self.folder / BASE
        return base if base.is_dir() else self.folder

    def files_in_base(self) -> dict[str, tuple[int, str]]:
        """Return size and checksum of the files that a generation adding to the base links."""
        files = self.manifest.files
        if self.base == self.folder:
            return {f"{BASE}/{name}": told for name, told in files.items()}
        return {name: told for name, told in files.items() if name.startswith(f"{BASE}/")}

    def still_in_base(self, paths: Iterable[str]) -> list[str]:
        """Return which of the documents in use are in the base."""
        with closing(Catalog.open(self.folder / CATALOG)) as catalog:
            own = catalog.files(own=True)
        return [path for path in paths if path not in own]

    def files_of_base(self) -> dict[str, tuple[str, Stamp]]:
        """Return digest and stamp of each document in the base, used or not."""
        with closing(Catalog.open(self.base / CATALOG)) as catalog:
            return catalog.files()

    def words(self, language: str) -> "EarlierWords | None":
        """Return the word data of a language; None if there is none."""
        if language not in self.manifest.languages:
            return None
        folder = self.folder / language
        return EarlierWords(folder, NumberedWords.load(folder), ForwardIndex.open(folder))


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """The word indexes of one language in the earlier generation."""

    folder: Path
    numbered: NumberedWords
    forward: ForwardIndex

    def counted(self) -> Counted:
        """Return the vocabulary that was last written in full, with its sources."""
        folder = base_of(self.folder) or self.folder
        return Counted(Vocabulary.load(folder), NumberedWords.load(folder).in_passages().as_dict())


def open_earlier(store: Store, fingerprint: str) -> Earlier | None:
    """Return the current generation; None if nothing of it can be reused with this model."""
    try:
        folder = store.current()
        manifest = Manifest.read(folder)
        manifest.check(folder)
    except UserError:
        return None
    if manifest.fingerprint != fingerprint:
        return None
    with closing(Catalog.open(folder / CATALOG)) as catalog:
        return Earlier(folder, manifest, catalog.files())
