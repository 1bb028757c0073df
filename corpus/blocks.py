"""Memory-efficient storage of a document's blocks, of which there may be a million."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Any, Final, Self, TypeAlias, overload

from corpus.types import Block, BlockKind, Span

_KINDS: Final = tuple(BlockKind)
_NUMBER_OF: Final = {kind: number for number, kind in enumerate(_KINDS)}
_DEEPEST: Final = 255
_Rest: TypeAlias = tuple[str, tuple[Span, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks as stored and sent: one column per attribute."""

    kinds: bytes
    levels: bytes
    steps: bytes
    """Distance from the end of one block to the start of the next, and its length."""
    rest: dict[int, _Rest]
    """Location, cells and columns of those blocks that have any, by index."""


class Blocks(Sequence[Block]):
    """Blocks in text order; equal to any sequence of the same blocks."""

    __slots__ = ("_kinds", "_levels", "_places", "_rest")

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self._kinds = bytearray()
        self._levels = bytearray()
        self._places = array("I")
        """Start and end of each."""
        self._rest: dict[int, _Rest] = {}
        for block in blocks:
            self.append(block)

    def append(self, block: Block) -> None:
        """Add a block after all others."""
        if block.location or block.cells or block.columns:
            self._rest[len(self)] = (block.location, block.cells, block.columns)
        self._kinds.append(_NUMBER_OF[block.kind])
        self._levels.append(min(block.level, _DEEPEST))
        self._places.extend((block.start, block.end))

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Return the blocks stored in columns."""
        blocks = cls()
        blocks._kinds += columns.kinds
        blocks._levels += columns.levels
        blocks._places.extend(accumulate(array("I", columns.steps)))
        blocks._rest.update(columns.rest)
        return blocks

    def packed(self) -> Columns:
        """Return the blocks as columns."""
        places = chain((0,), self._places)
        steps = array("I", (after - before for before, after in pairwise(places)))
        return Columns(bytes(self._kinds), bytes(self._levels), steps.tobytes(), self._rest)

    @classmethod
    def from_any(cls, blocks: Sequence[Block]) -> "Blocks":
        """Return `Blocks` from a sequence of blocks or columns."""
        return blocks if isinstance(blocks, Blocks) else cls(blocks)

    def __len__(self) -> int:
        return len(self._kinds)

    @overload
    def __getitem__(self, place: int) -> Block: ...
    @overload
    def __getitem__(self, place: slice) -> list[Block]: ...
    def __getitem__(self, place: int | slice) -> Block | list[Block]:
        if isinstance(place, slice):
            return [self._at(number) for number in range(len(self))[place]]
        return self._at(range(len(self))[place])

    def __iter__(self) -> Iterator[Block]:
        return map(self._at, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return hash((bytes(self._kinds), self._places.tobytes()))

    def __repr__(self) -> str:
        return f"Blocks({list(self)!r})"

    def _at(self, number: int) -> Block:
        rest: tuple[Any, ...] = self._rest.get(number, ())
        start, end = self._places[2 * number : 2 * number + 2]
        return Block(_KINDS[self._kinds[number]], start, end, self._levels[number], *rest)
