"""Key-value storage for texts, structures and files, in rows of a collection.

Milvus has no byte type, and texts of at most 65,535 bytes. Bytes are therefore encoded with 64
characters, and long values continue in further rows.
"""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from embeddings.engines.milvus.client import Milvus

FITS: Final = 48_000
"""Bytes that fit in a row."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A value with its key and its collection of documents."""

    key: str
    collection: str
    told: bytes


def rows_of(kept: Kept) -> Iterator[dict[str, Any]]:
    """Yield the rows of a value."""
    told = kept.told
    parts = [told[start : start + FITS] for start in range(0, max(len(told), 1), FITS)]
    for nth, part in enumerate(parts):
        yield {
            "key": _key(kept.key, nth),
            "folder": kept.collection,
            "parts": 0 if nth else len(parts),
            "told": written(part),
            "none": [0.0, 0.0],
        }


def _key(key: str, nth: int) -> str:
    """Return the key of a part; only keys of further parts start with a tilde."""
    return f"~{nth}~{key}" if nth else key


def written(told: bytes) -> str:
    """Return bytes encoded as text."""
    return base64.b64encode(told).decode()


def read(text: str) -> bytes:
    """Return the bytes encoded in a text."""
    return base64.b64decode(text)


class KeptRows:
    """The key-value storage of a generation."""

    def __init__(self, server: Milvus, collection: str) -> None:
        self._server = server
        self._collection = collection

    def get(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values of the keys that exist."""
        wanted = list(dict.fromkeys(keys))
        found = self._rows(wanted)
        sizes = {key: found[key][1] for key in wanted if key in found}
        further = (_key(key, nth) for key, size in sizes.items() for nth in range(1, size))
        found |= self._rows(list(further))
        return {
            key: b"".join(read(found[_key(key, nth)][0]) for nth in range(size))
            for key, size in sizes.items()
        }

    def one(self, key: str) -> bytes | None:
        """Return the value of a key; None if it does not exist."""
        return self.get([key]).get(key)

    def _rows(self, keys: list[str]) -> dict[str, tuple[str, int]]:
        if not keys:
            return {}
        rows = self._server.rows(self._collection, ("key", "told", "parts"), ids=keys)
        return {row["key"]: (row["told"], row["parts"]) for row in rows}

    def keys(self, beginning: str) -> list[str]:
        """Return the keys that start with a letter, without the letter."""
        where = f'key >= "{beginning}" and key < "{chr(ord(beginning) + 1)}" and parts > 0'
        rows = self._server.rows(self._collection, ("key",), where=where)
        return [row["key"].removeprefix(beginning) for row in rows]
