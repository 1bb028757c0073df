"""The result of reading a file, and its transfer between processes."""

from dataclasses import replace
from typing import Final, TypeAlias

import msgspec

from corpus.blocks import Blocks, Columns
from corpus.types import Document, Passage, Skipped

Outcome: TypeAlias = tuple[Document, tuple[Passage, ...]] | Skipped
"""A document with its passages, or the reason why there is none."""

_READ: Final = msgspec.msgpack.Decoder(tuple[Document, Columns, tuple[Passage, ...]])
_SKIPPED: Final = msgspec.msgpack.Decoder(Skipped)
_encode: Final = msgspec.msgpack.Encoder().encode


def packed(outcome: Outcome | None) -> bytes:
    """Serialise an outcome, or None, with far less memory than pickle."""
    if outcome is None:
        return b""
    if isinstance(outcome, Skipped):
        return b"s" + _encode(outcome)
    document, passages = outcome
    columns = Blocks.from_any(document.blocks).packed()
    return b"r" + _encode((replace(document, blocks=()), columns, passages))


def unpacked(data: bytes) -> Outcome | None:
    """Deserialise an outcome."""
    if not data:
        return None
    content = memoryview(data)[1:]
    if data.startswith(b"s"):
        return _SKIPPED.decode(content)
    document, columns, passages = _READ.decode(content)
    return replace(document, blocks=Blocks.of(columns)), passages
