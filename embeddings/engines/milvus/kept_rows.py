"""What is looked up by its key: texts, structures and files, in rows of a collection.

Milvus has no type for bytes, and no text longer than 65,535 of them: they are written as text of
64 characters, and a long one goes on in further rows.
"""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from embeddings.engines.milvus.client import Milvus

FITS: Final = 48_000
"""Bytes that a row holds."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is kept under a key, and the collection of documents that it is of."""

    key: str
    collection: str
    told: bytes


def rows_of(kept: Kept) -> Iterator[dict[str, Any]]:
    """Yield the rows that hold something."""
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
    """Return the key of a part; no key begins with a tilde but those of further parts."""
    return f"~{nth}~{key}" if nth else key


def written(told: bytes) -> str:
    """Return bytes as text."""
    return base64.b64encode(told).decode()


def read(text: str) -> bytes:
    """Return the bytes that a text stands for."""
    return base64.b64decode(text)


class KeptRows:
    """What a generation keeps by keys."""

    def __init__(self, server: Milvus, collection: str) -> None:
        self._server = server
        self._collection = collection

    def get(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return what is kept under keys, where it is."""
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
        """Return what is kept under a key; None where nothing is."""
        return self.get([key]).get(key)

    def _rows(self, keys: list[str]) -> dict[str, tuple[str, int]]:
        if not keys:
            return {}
        rows = self._server.rows(self._collection, ("key", "told", "parts"), ids=keys)
        return {row["key"]: (row["told"], row["parts"]) for row in rows}

    def keys(self, beginning: str) -> list[str]:
        """Return the keys that begin with a letter, without it."""
        where = f'key >= "{beginning}" and key < "{chr(ord(beginning) + 1)}" and parts > 0'
        rows = self._server.rows(self._collection, ("key",), where=where)
        return [row["key"].removeprefix(beginning) for row in rows]
