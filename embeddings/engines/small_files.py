"""A local cache of the small files of a generation on a server.

They grow with the vocabulary and not with the passages, and every client needs them in full.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from embeddings.engines.passage_rows import FREQUENCIES
from embeddings.index.base import BASE, base_of
from embeddings.index.manifest import Manifest, damaged

CACHE: Final = "database-cache"
"""Name of the cache folder in the store's folder."""


def described(small: Mapping[str, bytes]) -> dict[str, tuple[int, str]]:
    """Return size and digest of each file."""
    return {path: (len(told), sha256(told).hexdigest()) for path, told in small.items()}


def digest_of(folder: Path) -> str:
    """Return a digest that distinguishes a generation from any other, wherever its folder is."""
    return sha256(Manifest.read(folder).text().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SmallFiles:
    """The small files of a generation, and how to fetch them."""

    name: str
    files: Mapping[str, list[object]]
    """Size and digest of each, by path."""
    read: Callable[[str], Iterable[bytes]]
    """Returns a file from the server by its path, in parts."""
    known: Callable[[], set[str]]
    """Returns the names of all generations on the server."""

    def fetch(self, cache: Path) -> Path:
        """Return the folder with the files, after fetching them if needed."""
        target = cache / self.name
        if self._are_whole(target):
            return target
        try:
            cache.mkdir(parents=True, exist_ok=True)
            self._forget_old(cache)
            aside = Path(tempfile.mkdtemp(prefix=".", dir=cache))
            for path in self.files:
                (aside / path).parent.mkdir(exist_ok=True)
                with (aside / path).open("wb") as file:
                    file.writelines(self.read(path))
            shutil.rmtree(target, ignore_errors=True)
            aside.rename(target)
        except OSError as error:
            if self._are_whole(target):  # Another process was faster.
                return target
            raise UserError(
                f"The cache of the index in {cache} cannot be written: {error}."
            ) from error
        if not self._are_whole(target):
            raise damaged("files in the database are not as they were written")
        return target

    def _are_whole(self, folder: Path) -> bool:
        try:
            return all(
                [len(told := (folder / path).read_bytes()), sha256(told).hexdigest()] == known
                for path, known in self.files.items()
            )
        except OSError:
            return False

    def _forget_old(self, cache: Path) -> None:
        """Delete the files of generations that are no longer on the server."""
        known = self.known()
        for path in cache.iterdir():
            if path.name not in known and not path.name.startswith("."):
                shutil.rmtree(path, ignore_errors=True)


def add_base(folder: Path, base: str) -> None:
    """Make a folder of small files continue those of its base, beside it."""
    if not (folder / BASE).is_dir():
        (folder / BASE).symlink_to(Path("..", base))


def stem_frequencies(folder: Path) -> NDArray[np.int32]:
    """Return the number of passages of a language with each stem, including the base's."""
    own: NDArray[np.int32] = np.load(folder / FREQUENCIES)
    if base := base_of(folder):
        before = np.load(base / FREQUENCIES)
        own[:, : before.shape[1]] += before
    return own
