"""The small files of a generation that a server holds, kept in a folder where it is asked.

They grow with the words and not with the passages, and each who asks needs them whole.
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
"""The folder within the store's where they are kept."""


def described(small: Mapping[str, bytes]) -> dict[str, tuple[int, str]]:
    """Return size and digest of each file, by which it is known again."""
    return {path: (len(told), sha256(told).hexdigest()) for path, told in small.items()}


def digest_of(folder: Path) -> str:
    """Return what tells a generation from any other, wherever its folder is."""
    return sha256(Manifest.read(folder).text().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SmallFiles:
    """The files of a generation, and where to have them from."""

    name: str
    files: Mapping[str, list[object]]
    """Size and digest of each, by its path."""
    read: Callable[[str], Iterable[bytes]]
    """Returns a file of the server by its path, in parts."""
    known: Callable[[], set[str]]
    """Returns the names of all generations that the server still has."""

    def fetch(self, cache: Path) -> Path:
        """Return the folder that they are in, fetched where it is not here whole."""
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
            if self._are_whole(target):  # another process was quicker
                return target
            raise UserError(
                f"What is kept of the index in {cache} cannot be written: {error}."
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
        """Delete the files of generations that are on the server no more."""
        known = self.known()
        for path in cache.iterdir():
            if path.name not in known and not path.name.startswith("."):
                shutil.rmtree(path, ignore_errors=True)


def add_base(folder: Path, base: str) -> None:
    """Let a folder of small files go on where those of its base, beside it, end."""
    if not (folder / BASE).is_dir():
        (folder / BASE).symlink_to(Path("..", base))


def stem_frequencies(folder: Path) -> NDArray[np.int32]:
    """Return in how many passages of a language each stem stands, with those of the base."""
    own: NDArray[np.int32] = np.load(folder / FREQUENCIES)
    if base := base_of(folder):
        before = np.load(base / FREQUENCIES)
        own[:, : before.shape[1]] += before
    return own
