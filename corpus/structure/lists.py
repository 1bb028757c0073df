"""Finds the lists of a document: bullets, tables, and enumerations after a colon."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, takewhile, zip_longest
from typing import Final

from corpus.blocks import Blocks
from corpus.languages.base import Role
from corpus.languages.roles import roles_in
from corpus.structure.entries import (
    LONGEST_ENTRY,
    are_names,
    are_short,
    box_of,
    entries_in,
    entries_named_in,
    is_entry,
    labels_in,
    names_nobody,
    unmarked,
)
from corpus.structure.sections import only_announces
from corpus.structure.sentences import leads_on, sentence_spans
from corpus.structure.table_lists import TableLister
from corpus.types import Block, BlockKind, Document, Item, ItemList, Span

_NO_ROLE: Final = frozenset[Role]()


def find_lists(document: Document) -> tuple[ItemList, ...]:
    """Return the lists and tables of a document, in text order."""
    return tuple(sorted(_Lister(document).read(), key=lambda one: (one.start, one.items[0].start)))


@dataclass(slots=True)
class _OpenList:
    """A list whose end has not been reached."""

    level: int
    label: str
    start: int
    members: list[Block] = field(default_factory=list)
    beside: bool = False
    """Whether its items follow the one that announces it without indentation."""


@dataclass(slots=True)
class _Lister:
    """Processes the blocks of a document, tracking heading and lead-in."""

    document: Document
    heading: Block | None = None
    over: Block | None = None
    """The heading of text that is not right under the last one."""
    before: Block | None = None

    def read(self) -> Iterator[ItemList]:
        for kind, run in groupby(self.document.blocks, key=lambda block: block.kind):
            # There may be a million paragraphs.
            gather: Callable[[Iterable[Block]], Sequence[Block]]
            gather = Blocks if kind is BlockKind.PARAGRAPH else list
            blocks = gather(run)
            if kind is BlockKind.HEADING:
                yield from self._headings(blocks)
            elif kind is BlockKind.LIST_ITEM:
                yield from self._items(blocks)
            elif kind is BlockKind.TABLE_ROW:
                yield from self._tables(blocks)
            else:
                yield from self._paragraphs(blocks)
            self.before = blocks[-1]
            if kind is not BlockKind.HEADING:
                self.heading = self.over

    def _headings(self, blocks: Sequence[Block]) -> Iterator[ItemList]:
        """Yield the lists within headings, as "Present: Anna Ek, Bo Li"."""
        for block in blocks:
            said = [one for one in self._one_line(block) if roles_in(one.label)]
            yield from said
            text = self.document.text[block.start : block.end]
            self.heading = block
            self.over = self.over if said or only_announces(block, text) else block

    # Bullets and numbers

    def _items(self, blocks: Sequence[Block]) -> Iterator[ItemList]:
        """Yield the list, and those nested in its items."""
        label, start = self._announced(blocks[0])
        open_lists = [_OpenList(blocks[0].level, label, start)]
        for block, following in zip_longest(blocks, blocks[1:]):
            while len(open_lists) > 1 and open_lists[-1].level > block.level:
                yield from self._closed(open_lists.pop())
            text = self.document.text[block.start : block.end]
            leads = text.endswith(":") and len(text) <= LONGEST_ENTRY
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
        if not one.members:
            return
        text = self.document.text
        end = one.members[-1].end
        boxes = [box_of(text, block.start, block.end) for block in one.members]
        items = [Item(*self._unmarked(block)) for block in one.members]
        if any(boxes):
            # A ticked checkbox applies the label to its item, like a cross in a table.
            cells = zip(items, boxes, strict=True)
            items = [
                replace(item, cells=((item.start, item.end), box)) if box else item
                for item, box in cells
            ]
            yield ItemList(one.label, one.start, end, tuple(items), ("", one.label))
            return
        if len(items) == 1 or roles_in(one.label):
            spans = (self._names_or_whole(item.start, item.end) for item in items)
            items = [Item(*span) for span in chain.from_iterable(spans)]
        if not items:
            return
        yield ItemList(one.label, one.start, end, tuple(items))

    def _announced(self, first: Block) -> tuple[str, int]:
        """Return the lead-in of a list, or else its heading, and where it starts."""
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
        return unmarked(self.document.text, block.start, block.end)

    def _bare(self, block: Block) -> str:
        start, end = self._unmarked(block)
        return self.document.text[start:end]

    # Tables

    def _tables(self, blocks: Sequence[Block]) -> Iterator[ItemList]:
        tables = TableLister(self.document)
        label, start = self._announced(blocks[0])
        rows: list[Block] = []
        for block, following in zip_longest([*blocks, None], blocks[1:]):
            heads = block and following and following.columns == tables.texts_of(block) != ()
            new_table = (
                block is None or heads or (rows and not tables.is_same_table(rows[-1], block))
            )
            if new_table and rows:
                yield from tables.read(rows, label, start)
                rows, start = [], rows[-1].end
            if block:
                start = block.start if not rows and block is not blocks[0] else start
                rows.append(block)

    # Lines

    def _paragraphs(self, blocks: Sequence[Block]) -> Iterator[ItemList]:
        """Yield the lists in paragraphs, and those whose items are paragraphs."""
        position = 0
        while position < len(blocks):
            block = blocks[position]
            run = self._entry_run(blocks, position)
            if len(run) > 1:
                label, start = self._announced_by(block) or ("", block.start)
                items = tuple(Item(one.start, one.end) for one in run)
                yield ItemList(label, start, run[-1].end, items)
            else:
                yield from self._lines(block)
            position += max(len(run), 1)
            self.before = blocks[position - 1]

    def _entry_run(self, blocks: Sequence[Block], first: int) -> Sequence[Block]:
        """Return the consecutive paragraphs, from one on, that are entries of a list."""
        announced = self._announced_by(blocks[first])
        if announced is None or not roles_in(announced[0]):
            return ()
        text = self.document.text
        following = (blocks[place] for place in range(first, len(blocks)))
        return list(takewhile(lambda one: is_entry(text, one.start, one.end), following))

    def _lines(self, block: Block) -> Iterator[ItemList]:
        """Yield the lists in the lines of a paragraph, after a colon or under a lead-in."""
        found = [*self._one_line(block), *self._in_sentence(block)]
        if not found and (announced := self._announced_by(block)):
            label, start = announced
            spans = self._lone_bullet(block)
            spans = spans or self._entries(block.start, block.end, roles_in(label))
            lone = len(spans) == 1 and spans[0][0] == block.start
            is_named = is_entry(self.document.text, block.start, block.end)
            of_role = start < block.start and is_named and bool(roles_in(label))
            if are_short(self.document.text, spans) and (not lone or of_role):
                items = tuple(Item(*span) for span in spans)
                found = [ItemList(label, start, block.end, items)]
        yield from found

    def _in_sentence(self, block: Block) -> Iterator[ItemList]:
        """Yield the names at the end of a paragraph's only sentence."""
        document = self.document
        label, spans = entries_named_in(document.text, block.start, block.end, document.language)
        if spans:
            items = tuple(Item(*span) for span in spans)
            yield ItemList(document.text[label[0] : label[1]], block.start, block.end, items)

    def _announced_by(self, block: Block) -> tuple[str, int] | None:
        """Return the line or heading that announces a paragraph, and where its list starts."""
        before, text = self.before, self.document.text
        if before is None:
            return None
        if before is self.heading:
            return self._heading_text(), block.start
        leads = before.kind is BlockKind.PARAGRAPH and text[before.end - 1] == ":"
        start = max(before.start, text.rfind("\n", 0, before.end) + 1)
        if leads and before.end - start <= LONGEST_ENTRY:
            return text[start : before.end].rstrip(": "), start
        return None

    def _lone_bullet(self, block: Block) -> list[Span]:
        """Return the only item of a list that was read as a paragraph; empty for others."""
        start, end = self._unmarked(block)
        return self._names_or_whole(start, end) if start > block.start else []

    def _names_or_whole(self, start: int, end: int) -> list[Span]:
        """Return the names in the only item of a list, or else the item if it has any."""
        if names_nobody(self.document.text, [(start, end)]):
            return []
        spans = self._entries(start, end)
        return spans if are_names(self.document.text, spans) else [(start, end)]

    def _one_line(self, block: Block) -> Iterator[ItemList]:
        """Yield a list for each label with its values: "Present: Anna Ek, Bo Li"."""
        labels = labels_in(self.document.text, block.start, block.end)
        for label, following in zip_longest(labels, labels[1:]):
            end = following.start() - 1 if following else block.end
            yield from self._values(label[1].strip(), label.start(), (label.end(), end))

    def _values(self, label: str, start: int, values: Span) -> Iterator[ItemList]:
        """Yield the values after a label, or beside it, as a list."""
        # Text after "Present: Anna Ek, Bo Li." does not invalidate the list.
        spans = self._entries(*values, roles_in(label))
        if spans:
            items = tuple(Item(*span) for span in spans)
            yield ItemList(label, start, items[-1].end, items)

    def _entries(self, start: int, end: int, roles: frozenset[Role] = _NO_ROLE) -> list[Span]:
        document = self.document
        return entries_in(document.text, start, end, document.language, roles)
