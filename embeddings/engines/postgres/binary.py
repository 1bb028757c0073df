"""Rows in PostgreSQL's binary COPY format: each value is preceded by its length."""

import struct
from collections.abc import Sequence
from typing import Final

import numpy as np

from embeddings.types import Vectors

_NULL: Final = struct.pack(">i", -1)


def row_of(*values: bytes | None) -> bytes:
    """Return a row of values that are already in binary form."""
    parts = [struct.pack(">h", len(values))]
    for value in values:
        parts += [_NULL] if value is None else [struct.pack(">i", len(value)), value]
    return b"".join(parts)


def bigint(number: int) -> bytes:
    """Return a number as a bigint."""
    return struct.pack(">q", number)


def integer(number: int) -> bytes:
    """Return a number as an integer."""
    return struct.pack(">i", number)


def text(value: str) -> bytes:
    """Return a text; characters that PostgreSQL can't store are replaced by one as long."""
    return value.replace("\0", "�").encode("utf-8", "replace")


def maybe_text(value: str | None) -> bytes | None:
    """Return a text, or NULL."""
    return None if value is None else text(value)


def halfvecs(vectors: Vectors) -> list[bytes]:
    """Return vectors as pgvector's `halfvec`."""
    head = struct.pack(">hh", vectors.shape[1], 0)
    return [head + one.tobytes() for one in vectors.astype(">f2")]


def load_halfvecs(values: Sequence[bytes]) -> Vectors:
    """Return the vectors of rows; shape (len(values), dimension)."""
    found = np.frombuffer(b"".join(one[4:] for one in values), ">f2")
    vectors: Vectors = found.astype(np.float32).reshape(len(values), -1)
    return vectors
