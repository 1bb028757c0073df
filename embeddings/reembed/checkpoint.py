"""Stores the vectors of an unfinished re-embed, so that the next one can reuse them."""

import hashlib
import zlib
from collections.abc import Sequence
from pathlib import Path
from struct import Struct
from typing import BinaryIO, Final

import numpy as np

from embeddings.reembed.keys import SIZE
from embeddings.types import Vectors

_HEAD: Final = Struct("<II")
"""The number of vectors, and a checksum over keys and vectors."""
_NUMBER: Final = np.dtype(np.float16)
"""The index stores numbers with no more precision than this."""
_SUFFIX: Final = ".vectors"


class Checkpoint:
    """Batches of vectors in a file of the store; incomplete ones are ignored."""

    def __init__(self, store: Path, fingerprint: str, dimension: int) -> None:
        """Continue with the vectors of an earlier re-embed with the same model; delete others."""
        name = hashlib.blake2b(fingerprint.encode(), digest_size=8).hexdigest()
        self._path = store / f"unfinished-{name}{_SUFFIX}"
        for other in store.glob(f"unfinished-*{_SUFFIX}"):
            if other != self._path:
                other.unlink()
        self._dimension = dimension
        self._places: dict[bytes, int] = {}
        self._file = self._path.open("r+b" if self._path.exists() else "w+b")
        end = 0
        while batch := _read_batch(self._file, self._width):
            keys, end = batch
            self._note(keys, end)
        self._file.seek(end)
        self._file.truncate()

    @property
    def _width(self) -> int:
        return self._dimension * _NUMBER.itemsize

    def _note(self, keys: bytes, end: int) -> None:
        count = len(keys) // SIZE
        first = end - count * self._width
        for number in range(count):
            key = keys[number * SIZE : (number + 1) * SIZE]
            self._places[key] = first + number * self._width

    def __contains__(self, key: bytes) -> bool:
        return key in self._places

    def vectors(self, keys: Sequence[bytes]) -> Vectors:
        """Return the vectors known by their keys; shape (len(keys), dimension)."""
        found = np.empty((len(keys), self._dimension), dtype=np.float32)
        for row, key in enumerate(keys):
            self._file.seek(self._places[key])
            found[row] = np.frombuffer(self._file.read(self._width), _NUMBER)
        return found

    def add(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Store vectors."""
        joined, numbers = b"".join(keys), vectors.astype(_NUMBER).tobytes()
        self._file.seek(0, 2)
        self._file.write(_HEAD.pack(len(keys), zlib.crc32(joined + numbers)) + joined + numbers)
        self._file.flush()
        self._note(joined, self._file.tell())

    def close(self) -> None:
        """Close the file, and keep it for the next re-embed."""
        self._file.close()

    def remove(self) -> None:
        """Delete the file once its vectors are in an index."""
        self._path.unlink(missing_ok=True)


def _read_batch(file: BinaryIO, width: int) -> tuple[bytes, int] | None:
    """Return the keys of the next batch in a file, and its end; None if it is incomplete."""
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    count, checksum = _HEAD.unpack(head)
    keys, numbers = file.read(count * SIZE), file.read(count * width)
    if len(numbers) < count * width or zlib.crc32(keys + numbers) != checksum or not count:
        return None
    return keys, file.tell()
