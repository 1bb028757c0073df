"""Search by meaning: passage vectors in FAISS, compared by cosine.

Source: Douze et al., "The Faiss library", 2024, https://arxiv.org/abs/2401.08281.
"""

import math
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.types import Vectors

EXACT_UP_TO: Final = 200_000
"""Passages up to which every vector is compared; beyond it a few of many cells are."""
_PROBED_SHARE: Final = 0.05
_SAMPLE: Final = 2000


def build_dense_index(vectors: Vectors) -> Any:
    """Return an index over unit vectors, numbered from 0 in order."""
    count, dimension = vectors.shape
    # Two bytes a number: half the memory and a faster walk, at a thousandth of the cosine.
    index: Any = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    if count > EXACT_UP_TO:
        cells = int(4 * math.sqrt(count))
        description = f"IVF{cells},SQ8"
        index = faiss.index_factory(dimension, description, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors)
        index.make_direct_map()
    index.add(vectors)
    return index


def write_dense_index(path: Path, vectors: Vectors) -> None:
    """Write an index over unit vectors to a file."""
    faiss.write_index(build_dense_index(vectors), str(path))


class DenseIndex:
    """Finds the passages whose vectors lie nearest to the question's."""

    def __init__(self, path: Path) -> None:
        """Open the index in a file; RuntimeError where it is damaged."""
        # A question is one walk through memory: more threads would wait for each other.
        faiss.omp_set_num_threads(1)
        self._index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
        if isinstance(self._index, faiss.IndexIVF):
            self._index.nprobe = max(8, int(self._index.nlist * _PROBED_SHARE))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def search(self, vector: Vectors, limit: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return numbers and cosines of the passages nearest to a unit vector, best first."""
        cosines, numbers = self._index.search(vector[None], min(limit, len(self)))
        known = numbers[0] >= 0
        return numbers[0][known], cosines[0][known]

    def vectors(self, numbers: NDArray[np.int64]) -> Vectors:
        """Return the stored vectors of passages; shape (len(numbers), dimension)."""
        vectors: Vectors = self._index.reconstruct_batch(numbers)
        return vectors

    @cached_property
    def sample(self) -> Vectors:
        """Vectors of up to 2,000 passages, evenly spread: what ordinary ones are like."""
        step = max(1, len(self) // _SAMPLE)
        return self.vectors(np.arange(0, len(self), step))
