"""Vector search with FAISS, by cosine.

Source: Douze et al., "The Faiss library", 2024, https://arxiv.org/abs/2401.08281.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.index.base import base_of, read_removed
from embeddings.index.vector_file import VectorFile
from embeddings.types import Vectors

VECTORS: Final = "vectors.faiss"
EXACT_UP_TO: Final = 200_000
"""Up to this many passages every vector is compared; beyond it, an IVF index is used."""
_CELLS: Final = 2
"""The number of clusters is this times the square root of the passages; more take longer to fill.
"""
_PROBED_SHARE: Final = 0.2
"""Share of the clusters searched; beyond it, 50 % more time finds 1 % more."""
_SAMPLE: Final = 2000
_TOGETHER: Final = 2**16
"""Vectors added at a time."""
_A_CELL: Final = 40
"""Training vectors per cluster."""
_ROUNDS: Final = 4
_FOR_RANGE: Final = 10_000
"""Number of vectors from which the quantiser's range is learnt."""


@contextmanager
def single_threaded() -> Iterator[None]:
    """Make FAISS use one thread in this one, and restore the setting afterwards."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def write_dense_index(path: Path, vectors: Vectors | VectorFile) -> None:
    """Write an index over unit vectors, numbered from 0, to a file."""
    count, dimension = vectors.shape
    # Half precision: half the memory and faster, at an error of a thousandth of the cosine.
    index: Any = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    if count > EXACT_UP_TO:
        index = _trained(vectors)
    for first in range(0, count, _TOGETHER):
        index.add(vectors[first : first + _TOGETHER])
    save_index(index, path)


def save_index(index: Any, path: Path) -> None:
    """Write a FAISS index to a file; OSError if the disk is full.

    FAISS itself does not notice if the last bytes could not be written.
    """
    with path.open("wb") as file:
        faiss.write_index(index, faiss.PyCallbackIOWriter(file.write))  # type: ignore[attr-defined]


def _trained(vectors: Vectors | VectorFile) -> Any:
    """Return an empty IVF index with one byte per number."""
    count, dimension = vectors.shape
    cells = int(_CELLS * math.sqrt(count))
    sample = _spread(vectors, cells * _A_CELL)
    clusters = faiss.Kmeans(
        dimension, cells, niter=_ROUNDS, spherical=True, max_points_per_centroid=_A_CELL
    )
    clusters.train(sample)
    flat = faiss.IndexFlatIP(dimension)
    flat.add(clusters.centroids)
    index: Any = faiss.IndexIVFScalarQuantizer(
        flat, dimension, cells, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    # Only the range of the numbers is learnt, which needs few vectors; all would take six times
    # their memory.
    index.train(sample[:: max(1, len(sample) // _FOR_RANGE)])
    index.make_direct_map()
    return index


def _spread(vectors: Vectors | VectorFile, most: int) -> Vectors:
    """Return about `most` of the vectors, evenly spread."""
    count, dimension = vectors.shape
    step = max(1, count // most)
    together = max(1, _TOGETHER // step)
    spread = np.empty((-(-count // step), dimension), dtype=np.float32)
    for first in range(0, len(spread), together):
        last = min(first + together, len(spread))
        spread[first:last] = vectors[first * step : (last - 1) * step + 1][::step]
    return spread


class DenseIndex:
    """Finds the passages whose vectors are nearest to the question's."""

    def __init__(self, path: Path) -> None:
        """Open the index in a file, and that of its base; RuntimeError if one is damaged."""
        base = base_of(path.parent)
        self._parts = [_open(one) for one in ([base / path.name] if base else []) + [path]]
        self._removed = read_removed(path.parent)

    def __len__(self) -> int:
        return sum(int(part.ntotal) for part in self._parts)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._parts[0].d)

    def search(self, vector: Vectors, limit: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return numbers and cosines of the passages nearest to a unit vector, best first."""
        # Twice as many of the base suffice: it is rewritten before more of it is removed.
        most = min(limit + min(len(self._removed), limit), len(self))
        with single_threaded():  # One pass through memory: more threads would wait for each other.
            found = [part.search(vector[None], most) for part in self._parts]
        cosines = np.concatenate([one[0] for one, _ in found])
        numbers = np.concatenate([one[0] for _, one in found])
        numbers[most:][numbers[most:] >= 0] += self._parts[0].ntotal
        found_any = numbers >= 0
        return nearest_of(numbers[found_any], cosines[found_any], self._removed, limit)

    def vectors(self, numbers: NDArray[np.int64]) -> Vectors:
        """Return the stored vectors of passages; shape (len(numbers), dimension)."""
        border = int(self._parts[0].ntotal)
        later = numbers >= border
        if not later.any():
            vectors: Vectors = self._parts[0].reconstruct_batch(numbers)
            return vectors
        vectors = np.empty((len(numbers), self.dimension), dtype=np.float32)
        vectors[~later] = self._parts[0].reconstruct_batch(numbers[~later])
        vectors[later] = self._parts[-1].reconstruct_batch(numbers[later] - border)
        return vectors

    @cached_property
    def sample(self) -> Vectors:
        """Vectors of up to 2,000 passages, evenly spread, to estimate ordinary cosines."""
        spread = np.arange(0, len(self), max(1, len(self) // _SAMPLE))
        return self.vectors(spread[~np.isin(spread, self._removed)])


def nearest_of(
    numbers: NDArray[np.int64], cosines: Vectors, removed: NDArray[np.int64], limit: int
) -> tuple[NDArray[np.int64], Vectors]:
    """Return numbers and cosines of the nearest passages, best first, without removed ones."""
    kept = np.flatnonzero(~np.isin(numbers, removed))
    best = kept[np.argsort(-cosines[kept], kind="stable")][:limit]
    return numbers[best], cosines[best]


def _open(path: Path) -> Any:
    # The vectors stay in the file, whose memory is shared by all processes that search.
    index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    if isinstance(index, faiss.IndexIVF):
        index.nprobe = max(8, int(index.nlist * _PROBED_SHARE))
    return index
