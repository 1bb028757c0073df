"""A generation that only adds to an earlier one, its base, whose files it holds as they are.

    GENERATION/base/...          the base: the very files of the generation it was, linked
    GENERATION/LANGUAGE/...      what goes on where each of its arrays ends, and which passages left

So a re-embed costs what changed. A generation without a base holds everything itself.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

BASE: Final = "base"
REMOVED: Final = "removed.npy"
"""Of a language: which passages of the base are read no more."""


class Joined:
    """Two arrays looked up as one: the second goes on where the first ends."""

    def __init__(self, first: NDArray[Any], second: NDArray[Any]) -> None:
        self.first, self.second = first, second

    def __len__(self) -> int:
        return len(self.first) + len(self.second)

    def __getitem__(self, places: NDArray[np.integer]) -> NDArray[Any]:
        """Return what stands at places; one before the first is anything."""
        border = len(self.first)
        later = np.flatnonzero(places >= border)
        found: NDArray[Any] = (
            self.first[np.minimum(places, border - 1)] if border else self.second[places]
        )
        found[later] = self.second[places[later] - border]
        return found


Rows: TypeAlias = NDArray[Any] | Joined


def base_of(folder: Path) -> Path | None:
    """Return what a folder of a generation adds to: the folder of that name in the base, if any."""
    base = folder.parent / BASE / folder.name
    return base if base.is_dir() else None


def open_rows(folder: Path, name: str) -> Rows:
    """Map an array, with that of the base before it; OSError or ValueError where it is damaged."""
    own = _mapped(folder / name)
    base = base_of(folder)
    return Joined(_mapped(base / name), own) if base else own


def whole(rows: Rows) -> NDArray[Any]:
    """Return all of an array at once."""
    return np.concatenate([rows.first, rows.second]) if isinstance(rows, Joined) else rows


def _mapped(path: Path) -> NDArray[Any]:
    # A plain view of the map: numpy's own class for it is slow to slice.
    return np.asarray(np.load(path, mmap_mode="r"))


def base_lengths(folder: Path, names: Iterable[str]) -> list[int]:
    """Return how long arrays of the base are that a folder adds to; 0 where there is no base."""
    base = base_of(folder)
    return [len(_mapped(base / name)) if base else 0 for name in names]


def write_removed(folder: Path, numbers: NDArray[np.int64]) -> None:
    """Note which passages of the base no longer stand in the documents."""
    np.save(folder / REMOVED, np.sort(numbers))


def read_removed(folder: Path) -> NDArray[np.int64]:
    """Return the numbers of the base's passages that no longer stand in the documents."""
    path = folder / REMOVED
    return np.load(path) if path.exists() else np.empty(0, dtype=np.int64)


def link_folder(source: Path, target: Path) -> None:
    """Have the files of a folder in another as well, without a copy where the disk allows that."""
    shutil.copytree(source, target, copy_function=_link, ignore=shutil.ignore_patterns("*.lock"))


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
