"""Storage of blocks in columns."""

import tracemalloc
from dataclasses import replace

from corpus.blocks import Blocks
from corpus.types import Block, BlockKind

BLOCKS = [
    Block(BlockKind.HEADING, 0, 5, 2),
    Block(BlockKind.PARAGRAPH, 7, 70_000, location="p. 3"),
    Block(BlockKind.TABLE_ROW, 70_001, 70_010, 0, "", ((70_001, 70_004),), ("Namn",)),
    Block(BlockKind.LIST_ITEM, 70_012, 70_013, 3),
]


def test_blocks_are_what_they_were():
    """One by one, from either end, in part, and after packing."""
    blocks = Blocks(BLOCKS)
    assert list(blocks) == BLOCKS == list(Blocks.of(blocks.packed()))
    assert (blocks[0], blocks[-1], blocks[1:3]) == (BLOCKS[0], BLOCKS[-1], BLOCKS[1:3])
    assert list(reversed(blocks)) == BLOCKS[::-1] == blocks[::-1]
    assert len(blocks) == 4
    assert blocks == tuple(BLOCKS)
    assert blocks != BLOCKS[:3]
    assert Blocks() == ()


def test_a_level_without_end_is_the_deepest():
    """Headings and items may be nested to any depth."""
    assert Blocks([replace(BLOCKS[0], level=1000)])[0].level == 255


def test_a_hundred_thousand_take_little_memory():
    """A tenth of what they take one by one."""
    tracemalloc.start()
    blocks = Blocks(Block(BlockKind.PARAGRAPH, 9 * one, 9 * one + 7) for one in range(100_000))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(blocks) == 100_000
    assert taken < 2_000_000
