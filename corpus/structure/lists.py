"""The lists of a document: bullets, table rows, and what stands on one line after a colon."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import Final

from corpus.structure.sentences import leads_on, sentence_spans, trimmed
from corpus.types import Block, BlockKind, Document, Item, ItemList, Span

_MARKER: Final = re.compile(r"(?:(?:\d{1,3}|[a-zA-Z])[.)]|[-*•·▪◦])\s+|\[[ xX]\]\s+")
# "Present:", "Members of the board (elected until 2025):"; the colon of a time or address is none.
_LABEL: Final = re.compile(r"(?:[-–*•]\s+)?([^\W\d_][^:;!?\n]{0,70}):(?![\w/])[ \t]*")
_BETWEEN: Final = re.compile(
    r"\s*[,;]\s*(?:(?:och|samt|and|&)\s+)?|\s+(?:och|samt|and|&)\s+|\s+[|/]\s+"
)
_LONGEST_ENTRY: Final = 90
_MOST_WORDS: Final = 9
_WORDS_UNDER_HEADING: Final = 5
_SENTENCE_WITHIN: Final = re.compile(r"(?<=[^\W\d_]{3})[.!?]\s+[^\W\d_]")


def find_lists(document: Document) -> tuple[ItemList, ...]:
    """Return the lists and tables of a document, in order of the text."""
    return tuple(sorted(_Lister(document).read(), key=lambda one: (one.start, one.items[0].start)))


def row_as_pairs(document: Document, row: Item, columns: Sequence[str]) -> str:
    """Return a row of a table with the head of its column before each cell that is not empty.

    "Name: Anna Moss; Present: x", as it is read by those who do not see the table; never quoted.
    """
    if not row.cells or len(columns) < len(row.cells):
        return document.text[row.start : row.end]
    pairs = zip(columns, row.cells, strict=False)
    said = [(head, document.text[start:end]) for head, (start, end) in pairs]
    return "; ".join(f"{head}: {text}" if head else text for head, text in said if text)


@dataclass(slots=True)
class _OpenList:
    """A list whose end has not been read yet."""

    level: int
    label: str
    start: int
    members: list[Block] = field(default_factory=list)
    beside: bool = False
    """Its items stand after the one that announces it and are not indented under it."""


@dataclass(slots=True)
class _Lister:
    """Reads the blocks of a document, knowing the heading and the lead-in before them."""

    document: Document
    heading: Block | None = None
    before: Block | None = None

    def read(self) -> Iterator[ItemList]:
        for kind, run in groupby(self.document.blocks, key=lambda block: block.kind):
            blocks = list(run)
            if kind is BlockKind.HEADING:
                self.heading = blocks[-1]
            elif kind is BlockKind.LIST_ITEM:
                yield from self._items(blocks)
            elif kind is BlockKind.TABLE_ROW:
                yield from self._tables(blocks)
            else:
                for block in blocks:
                    yield from self._lines(block)
                    self.before = block
            self.before = blocks[-1]

    # Bullets and numbers

    def _items(self, blocks: Sequence[Block]) -> Iterator[ItemList]:
        """Yield the list, and those of items that stand under or in one of its own items."""
        label, start = self._announced(blocks[0])
        open_lists = [_OpenList(blocks[0].level, label, start)]
        for block, following in zip_longest(blocks, blocks[1:]):
            while len(open_lists) > 1 and open_lists[-1].level > block.level:
                yield from self._closed(open_lists.pop())
            text = self.document.text[block.start : block.end]
            leads = text.endswith(":") and len(text) <= _LONGEST_ENTRY
            if leads and open_lists[-1].beside and open_lists[-1].level == block.level:
                yield from self._closed(open_lists.pop())
            if not leads:
                open_lists[-1].members.append(block)
            deeper = following is not None and following.level > block.level
            if leads or deeper:
                level = following.level if following and deeper else block.level
                label = self._bare(block).rstrip(":").rstrip()
                open_lists.append(_OpenList(level, label, block.start, beside=not deeper))
            yield from self._one_line(block)
        for one in reversed(open_lists):
            yield from self._closed(one)

    def _closed(self, one: "_OpenList") -> Iterator[ItemList]:
        if one.members:
            items = tuple(Item(*self._unmarked(block)) for block in one.members)
            yield ItemList(one.label, one.start, one.members[-1].end, items)

    def _announced(self, first: Block) -> tuple[str, int]:
        """Return what announces a list, and where it begins: its lead-in, or else its heading."""
        text = self.document.text
        before = self.before
        if (
            before
            and before.kind is BlockKind.PARAGRAPH
            and leads_on(text[before.start : before.end])
        ):
            sentences = sentence_spans(text, before.start, before.end, self.document.language)
            start, end = sentences[-1]
            return text[start:end].rstrip(":").rstrip(), start
        return self._heading_text(), first.start

    def _heading_text(self) -> str:
        heading = self.heading
        return self.document.text[heading.start : heading.end].rstrip(":") if heading else ""

    def _unmarked(self, block: Block) -> Span:
        """Return the span of an item without its bullet or number."""
        marker = _MARKER.match(self.document.text, block.start, block.end)
        return (marker.end() if marker and marker.end() < block.end else block.start), block.end

    def _bare(self, block: Block) -> str:
        start, end = self._unmarked(block)
        return self.document.text[start:end]

    # Tables

    def _tables(self, blocks: Sequence[Block]) -> Iterator[ItemList]:
        label, start = self._announced(blocks[0])
        rows: list[Block] = []
        for block in [*blocks, None]:
            new_table = block is None or (rows and not self._same_table(rows[-1], block))
            if new_table and rows:
                yield from self._table(rows, label, start)
                rows, start = [], rows[-1].end
            if block:
                start = block.start if not rows and block is not blocks[0] else start
                rows.append(block)

    def _same_table(self, before: Block, row: Block) -> bool:
        return before.columns == row.columns or row.columns == self._texts(before)

    def _table(self, rows: Sequence[Block], label: str, start: int) -> Iterator[ItemList]:
        """Yield the table; of one without cells each row is an item."""
        columns = rows[-1].columns
        body = [row for row in rows if not columns or self._texts(row) != columns]
        items = tuple(Item(row.start, row.end, row.cells) for row in body)
        if items:
            yield ItemList(label, start, rows[-1].end, items, columns)

    def _texts(self, row: Block) -> tuple[str, ...]:
        return tuple(self.document.text[start:end] for start, end in row.cells)

    # Lines

    def _lines(self, block: Block) -> Iterator[ItemList]:
        """Yield what the lines of a paragraph list after a colon, or under a heading."""
        found = list(self._one_line(block))
        if not found and self.before is self.heading and self.heading is not None:
            spans = self._lone_bullet(block) or self._entries(block.start, block.end)
            lone = len(spans) == 1 and spans[0][0] == block.start
            if spans and not lone and all(self._is_short(span) for span in spans):
                items = tuple(Item(*span) for span in spans)
                found = [ItemList(self._heading_text(), block.start, block.end, items)]
        yield from found

    def _lone_bullet(self, block: Block) -> list[Span]:
        """Return the only item of a list, which is read as a paragraph; none where it is one."""
        start, end = self._unmarked(block)
        return [(start, end)] if start > block.start else []

    def _is_short(self, span: Span) -> bool:
        words = self.document.text[span[0] : span[1]].split()
        return len(words) <= _WORDS_UNDER_HEADING and not words[0][0].islower()

    def _one_line(self, block: Block) -> Iterator[ItemList]:
        """Yield a list for each label with its value or values: "Present: Anna Ek, Bo Li"."""
        text = self.document.text
        labels = [
            label
            for start in self._line_starts(block)
            if (label := _LABEL.match(text, start, block.end)) and label.end() < block.end
        ]
        for label, following in zip_longest(labels, labels[1:]):
            end = following.start() - 1 if following else block.end
            spans = self._entries(label.end(), end)
            if spans:
                items = tuple(Item(*span) for span in spans)
                yield ItemList(label[1].strip(), label.start(), items[-1].end, items)

    def _line_starts(self, block: Block) -> list[int]:
        text = self.document.text
        starts = [block.start]
        while (line_end := text.find("\n", starts[-1], block.end)) != -1:
            starts.append(line_end + 1)
        return starts

    def _entries(self, start: int, end: int) -> list[Span]:
        """Return the entries of a line; none where it holds sentences."""
        text = self.document.text
        start, end = trimmed(text, start, end)
        if text[end - 1 : end] == "." and not text.endswith((" m.fl.", " etc."), start, end):
            end -= 1
        if start >= end or _SENTENCE_WITHIN.search(text, start, end):
            return []
        spans = [span for span in _parted(text, start, end) if span[0] < span[1]]
        too_long = any(
            stop - begin > _LONGEST_ENTRY or len(text[begin:stop].split()) > _MOST_WORDS
            for begin, stop in spans
        )
        return [] if too_long else spans


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what stands between commas and the like that are in no bracket."""
    opened, read = 0, start
    for mark in _BETWEEN.finditer(text, start, end):
        between = text[read : mark.start()]
        opened += sum(map(between.count, "([{")) - sum(map(between.count, ")]}"))
        read = mark.start()
        if opened <= 0:
            yield start, mark.start()
            start, opened = mark.end(), 0
    yield start, end
