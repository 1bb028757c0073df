"""Keys that identify a passage in later generations."""

import hashlib
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage
from embeddings.index.base import open_rows, whole
from embeddings.index.passage_text import embedded_text
from embeddings.types import Source

KEYS: Final = "keys.npy"
SIZE: Final = 16
"""Bytes per key."""


def key_of(source: Source, passage: Passage) -> bytes:
    """Return the digest that identifies a passage: its words, units and date."""
    units = [(start - passage.start, end - passage.start) for start, end in passage.units]
    described = f"{embedded_text(source, passage)}\n{source.published}\n{units}\n{passage.times}"
    return hashlib.blake2b(described.encode(), digest_size=SIZE).digest()


def as_rows(keys: bytes) -> NDArray[np.uint64]:
    """Return concatenated keys as two numbers each; shape (keys, 2)."""
    return np.frombuffer(keys, np.uint64).reshape(-1, 2)


def find_keys(folder: Path, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the passage in a folder or its base that has each key; -1 for none."""
    known = whole(open_rows(folder, KEYS))
    if not len(known):
        return np.full(len(keys), -1, dtype=np.int64)
    order = np.argsort(known[:, 0], kind="stable")
    found = np.searchsorted(known[:, 0], keys[:, 0], sorter=order)
    places = order[np.minimum(found, len(order) - 1)]
    return np.where((known[places] == keys).all(axis=1), places, -1)
