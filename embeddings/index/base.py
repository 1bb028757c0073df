"""A generation that only adds to an earlier one, its base, whose files it links unchanged.

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
"""Per language: the base's passages that are no longer used."""


class Joined:
    """Two arrays indexed as one: the second continues where the first ends."""

    def __init__(self, first: NDArray[Any], second: NDArray[Any]) -> None:
        self.first, self.second = first, second

    def __len__(self) -> int:
        return len(self.first) + len(self.second)

    def __getitem__(self, places: NDArray[np.integer]) -> NDArray[Any]:
        """Return the values at some places; negative places give arbitrary values."""
        border = len(self.first)
        later = np.flatnonzero(places >= border)
        found: NDArray[Any] = (
            self.first[np.minimum(places, border - 1)] if border else self.second[places]
        )
        found[later] = self.second[places[later] - border]
        return found


Rows: TypeAlias = NDArray[Any] | Joined


def base_of(folder: Path) -> Path | None:
    """Return the folder of the same name in the base, if any."""
    base = folder.parent / BASE / folder.name
    return base if base.is_dir() else None


def open_rows(folder: Path, name: str) -> Rows:
    """Map an array, preceded by that of the base; OSError or ValueError if it is damaged."""
    own = _mapped(folder / name)
    base = base_of(folder)
    return Joined(_mapped(base / name), own) if base else own


def whole(rows: Rows) -> NDArray[Any]:
    """Return the whole array."""
    return np.concatenate([rows.first, rows.second]) if isinstance(rows, Joined) else rows


def _mapped(path: Path) -> NDArray[Any]:
    # A plain view of the map: numpy's memmap class is slow to slice.
    return np.asarray(np.load(path, mmap_mode="r"))


def base_lengths(folder: Path, names: Iterable[str]) -> list[int]:
    """Return the lengths of the base's arrays; 0 without a base."""
    base = base_of(folder)
    return [len(_mapped(base / name)) if base else 0 for name in names]


def write_removed(folder: Path, numbers: NDArray[np.int64]) -> None:
    """Store which of the base's passages are no longer in the documents."""
    np.save(folder / REMOVED, np.sort(numbers))


def read_removed(folder: Path) -> NDArray[np.int64]:
    """Return the numbers of the base's passages that are no longer in the documents."""
    path = folder / REMOVED
    return np.load(path) if path.exists() else np.empty(0, dtype=np.int64)


def link_folder(source: Path, target: Path) -> None:
    """Hard-link the files of a folder into another; copy them where links are impossible."""
    shutil.copytree(source, target, copy_function=_link, ignore=shutil.ignore_patterns("*.lock"))


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
