"""What comes of reading a file, and how one process tells another of it."""

from typing import Final, TypeAlias

import msgspec

from corpus.types import Document, Passage, Skipped

Outcome: TypeAlias = tuple[Document, tuple[Passage, ...]] | Skipped
"""The document with its passages, or why there is none."""

_READ: Final = msgspec.msgpack.Decoder(tuple[Document, tuple[Passage, ...]])
_SKIPPED: Final = msgspec.msgpack.Decoder(Skipped)
_encode: Final = msgspec.msgpack.Encoder().encode


def packed(outcome: Outcome | None) -> bytes:
    """Return an outcome, or nothing, as bytes; in half the memory that pickling takes."""
    if outcome is None:
        return b""
    return (b"s" if isinstance(outcome, Skipped) else b"r") + _encode(outcome)


def unpacked(data: bytes) -> Outcome | None:
    """Return what was packed."""
    if not data:
        return None
    content = memoryview(data)[1:]
    return _SKIPPED.decode(content) if data.startswith(b"s") else _READ.decode(content)
