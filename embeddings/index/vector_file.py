"""Temporary storage of vectors on disk, so that a million need little memory."""

from pathlib import Path
from typing import Final

import numpy as np

from embeddings.types import Vectors

_TYPE: Final = np.dtype(np.float16)
"""The index stores numbers with no more precision than this."""


class VectorFile:
    """Vectors in a file, appended and read in slices."""

    def __init__(self, path: Path, dimension: int) -> None:
        """Create an empty file."""
        self._path = path
        self._dimension = dimension
        self._file = path.open("wb")

    @property
    def shape(self) -> tuple[int, int]:
        """The number of vectors, and their length."""
        return self._file.tell() // (_TYPE.itemsize * self._dimension), self._dimension

    def add(self, vectors: Vectors) -> None:
        """Append vectors."""
        self._file.write(vectors.astype(_TYPE).tobytes())

    def __getitem__(self, stretch: slice) -> Vectors:
        """Return a slice without steps."""
        first, last, _ = stretch.indices(self.shape[0])
        self._file.flush()
        size = _TYPE.itemsize * self._dimension
        numbers = np.fromfile(
            self._path, _TYPE, (last - first) * self._dimension, offset=first * size
        )
        return numbers.reshape(-1, self._dimension).astype(np.float32)

    def close(self) -> None:
        """Delete the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)
