"""The result of every format reader, and the builder that keeps text and blocks in step."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from unicodedata import is_normalized, normalize

from corpus.blocks import Blocks
from corpus.types import Block, BlockKind, Span

CELL_BORDER: Final = " | "
"""Separator of the cells of a row."""
Cell: TypeAlias = tuple[str, int]
"""Text of a cell, and the number of columns it spans."""

# Soft hyphens and zero-width characters: invisible, but they split words for a search.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_END = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")
# Ligatures, as in PDF files.
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufb00-\ufb06\ufeff]"
)
_SOFT_BREAK = re.compile("\u00ad[ \\t]{0,9}\n[ \\t]{0,99}")
_LETTER = re.compile(r"[^\W_]")
_JOINED_KINDS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a file that is not text."""

    reason: str
    text: str
    """Its beginning."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The contents of one file, before path and digest are known."""

    text: str
    blocks: Sequence[Block]
    title: str | None = None
    published: str | None = None
    """From the file's own metadata, not validated."""
    language: str | None = None
    """From the file's own metadata, not validated."""
    url: str | None = None
    prose: str = ""
    """The text for language detection, if much of the rest is labels; "" for all of it."""
    left_out: tuple[LeftOut, ...] = ()
    """In order, without parts that have no words, such as scripts."""
    members: "Iterable[tuple[str, bytes | Parsed]]" = ()
    """Name of each member of an archive or part of a long table, with its bytes or what was read of
    it; iterable once."""
    is_part: bool = False
    """Whether it is a part of a longer table, so that no list in it is whole."""


class TextBuilder:
    """Builds a document's text and records the position of each block."""

    def __init__(self) -> None:
        self.last_block = ""
        """Text of the last block."""
        self.location = ""
        """Place of the next blocks, as named by the format: "p. 3"."""
        self._text = io.StringIO()
        self._blocks = Blocks()
        self._length = 0

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Add a block with white space folded; rows of stars or dashes are ignored."""
        if _ODD.search(text):  # Entities are only decoded now.
            text = clean(text)
        text = _folded(text)
        if _LETTER.search(text):
            start = self._begin(kind)
            self._write(text)
            self._end(Block(kind, start, self._length, level, self.location), text)

    def add_row(self, cells: Sequence[Cell], columns: Sequence[str] = ()) -> None:
        """Add a table row, with bars between its cells; `columns` are the heads.

        A row without letters or digits is ignored.
        """
        texts = [_folded(clean(text)) for text, _ in cells]
        if not _LETTER.search("".join(texts)):
            return
        start = self._begin(BlockKind.TABLE_ROW)
        spans: list[Span] = []
        written: list[str] = []
        last = max(position for position, text in enumerate(texts) if text)
        for position, (text, (_, width)) in enumerate(zip(texts, cells, strict=True)):
            if 0 < position <= last:
                # An empty cell adds no space of its own: "a | | c".
                written.append(CELL_BORDER if texts[position - 1] else CELL_BORDER.lstrip())
                self._write(written[-1])
            spans += [(self._length, self._length + len(text))] * width
            written.append(text)
            self._write(text)
        place = (start, self._length, 0, self.location)
        row = Block(BlockKind.TABLE_ROW, *place, tuple(spans), tuple(columns))
        self._end(row, "".join(written))

    def include(self, parsed: Parsed) -> None:
        """Add the blocks from another reader."""
        offset = 0
        for block in parsed.blocks:
            start = self._begin(block.kind)
            text = parsed.text[block.start : block.end]
            self._write(text)
            offset = start - block.start
            cells = tuple((begin + offset, end + offset) for begin, end in block.cells)
            place = block.location or self.location
            moved = replace(block, start=start, end=self._length, cells=cells, location=place)
            self._end(moved, text)

    def under_section_heading(self) -> bool:
        """Whether the last block is a heading other than the first block."""
        return len(self._blocks) > 1 and self._blocks[-1].kind is BlockKind.HEADING

    def text(self) -> str:
        """Return the text so far, to which the offsets of blocks refer."""
        return self._text.getvalue()

    def blocks(self) -> Sequence[Block]:
        """Return the blocks so far, in order."""
        return self._blocks

    def _begin(self, kind: BlockKind) -> int:
        """Separate the next block from the last; return its offset."""
        if self._blocks:
            together = kind in _JOINED_KINDS and kind is self._blocks[-1].kind
            self._write("\n" if together else "\n\n")
        return self._length

    def _end(self, block: Block, text: str) -> None:
        self._blocks.append(block)
        self.last_block = text

    def _write(self, text: str) -> None:
        self._text.write(text)
        self._length += len(text)


def _folded(text: str) -> str:
    """Return the text with insignificant white space removed, and lines kept."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def clean(text: str) -> str:
    """Return the text with LF line ends, composed characters (NFC) and no invisible ones.

    Composed characters are what almost all texts and questions have.
    """
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    if not _ODD.search(text):
        return text
    text = _SOFT_BREAK.sub("", _LINE_END.sub("\n", text)).translate(_LIGATURES)
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text))
