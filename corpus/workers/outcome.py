"""What comes of reading a file, and how one process tells another of it."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import msgspec

from corpus.types import Block, BlockKind, Document, Passage, Skipped, Span

Outcome: TypeAlias = tuple[Document, tuple[Passage, ...]] | Skipped
"""The document with its passages, or why there is none."""

_KINDS: Final = tuple(BlockKind)
_Rest: TypeAlias = tuple[int, str, tuple[Span, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Blocks as columns, since a long document has a million of them."""

    kinds: bytes
    starts: bytes
    ends: bytes
    rest: dict[int, _Rest]
    """By number: level, location, cells and columns, of those that have any."""

    @classmethod
    def of(cls, blocks: tuple[Block, ...]) -> "_Blocks":
        rest: dict[int, _Rest] = {}
        for number, block in enumerate(blocks):
            if block.level or block.location or block.cells or block.columns:
                rest[number] = (block.level, block.location, block.cells, block.columns)
        return cls(
            bytes(_KINDS.index(block.kind) for block in blocks),
            array("Q", (block.start for block in blocks)).tobytes(),
            array("Q", (block.end for block in blocks)).tobytes(),
            rest,
        )

    def unpacked(self) -> Iterator[Block]:
        starts, ends = array("Q", self.starts), array("Q", self.ends)
        for number, kind in enumerate(self.kinds):
            rest = self.rest.get(number, ())
            yield Block(_KINDS[kind], starts[number], ends[number], *rest)


_READ: Final = msgspec.msgpack.Decoder(tuple[Document, _Blocks, tuple[Passage, ...]])
_SKIPPED: Final = msgspec.msgpack.Decoder(Skipped)
_encode: Final = msgspec.msgpack.Encoder().encode


def packed(outcome: Outcome | None) -> bytes:
    """Return an outcome, or nothing, as bytes; in far less memory than pickling takes."""
    if outcome is None:
        return b""
    if isinstance(outcome, Skipped):
        return b"s" + _encode(outcome)
    document, passages = outcome
    return b"r" + _encode((replace(document, blocks=()), _Blocks.of(document.blocks), passages))


def unpacked(data: bytes) -> Outcome | None:
    """Return what was packed."""
    if not data:
        return None
    content = memoryview(data)[1:]
    if data.startswith(b"s"):
        return _SKIPPED.decode(content)
    document, blocks, passages = _READ.decode(content)
    return replace(document, blocks=tuple(blocks.unpacked())), passages
