"""Groups a document's text into parts that passages never split: paragraphs, lists, rows."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.structure.sentences import leads_on, trimmed
from corpus.structure.units import is_control, list_units, prose_units, row_units
from corpus.types import Block, BlockKind, Document, Section, Span

TARGET = 600
"""Intended length of a passage in characters."""
MAXIMUM = 1000
"""Maximum length of a passage, except for a longer single sentence or list."""


@dataclass(frozen=True, slots=True)
class Group:
    """A span that stays within one passage, with its units; a heading has none."""

    start: int
    end: int
    units: tuple[Span, ...]
    heading: str
    location: str
    time: tuple[str, str] | None = None
    opens_section: bool = False
    after_gap: bool = False
    """Whether ignored text precedes it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A block, or what remains of it between ignored spans."""

    block: Block
    after_gap: bool


def groups(document: Document, ignored: Sequence[Span] = ()) -> Iterator[Group]:
    """Yield the groups of a document, in order; if it has only a title, that."""
    found = False
    for group in _Grouper(document, _visible(document, ignored)).read():
        found = True
        yield group
    title = None if found else next(_visible(document, ignored), None)
    if title:
        block = title.block
        time = document.sections[0].time if document.sections else None
        yield Group(block.start, block.end, (), "", block.location, time)


def _visible(document: Document, ignored: Sequence[Span]) -> Iterator[_Part]:
    """Yield the blocks without ignored text; only paragraphs can be kept in part."""
    starts = [start for start, _ in ignored]
    ends = [end for _, end in ignored]
    gap = False
    for block in document.blocks:
        hidden = ignored[bisect_right(ends, block.start) : bisect_left(starts, block.end)]
        whole = block.kind is not BlockKind.PARAGRAPH
        start = block.start
        for first, last in hidden:
            if not whole and (part := _part(document, block, start, first, after_gap=gap)):
                yield part
            start, gap = block.end if whole else last, True
        if part := _part(document, block, start, block.end, after_gap=gap):
            yield part
            gap = False


def _part(
    document: Document, block: Block, start: int, end: int, *, after_gap: bool
) -> _Part | None:
    """Return the part of a block, trimmed of white space; None if nothing remains."""
    if (start, end) != (block.start, block.end):
        start, end = trimmed(document.text, start, end)
        block = replace(block, start=start, end=end)
    return _Part(block, after_gap) if start < end else None


@dataclass(slots=True)
class _Grouper:
    """Processes the parts of a document in order, tracking their headings."""

    document: Document
    parts: Iterator[_Part]
    ahead: _Part | None = None
    """The next part; the rest is not materialised, since there may be a million."""
    around: list[Section] = field(default_factory=list)
    """The sections of the current part, innermost last."""
    headed: dict[int, Section] = field(default_factory=dict)
    """The section of each heading, by offset."""

    def read(self) -> Iterator[Group]:
        for section in self.document.sections:
            if section.path:
                self.headed[section.start] = section
            else:
                self.around = [section]
        self.ahead = next(self.parts, None)
        while self.ahead:
            part = self._take(self.ahead)
            block = part.block
            found: Sequence[Group]
            if block.kind is BlockKind.HEADING:
                found = self._under_heading(block)
            elif block.kind is BlockKind.LIST_ITEM:
                found = self._list(None, [block, *self._items()])
            elif block.kind is BlockKind.PARAGRAPH:
                found = self._paragraph(block)
            else:
                found = self._row(block)
            for number, group in enumerate(found):
                yield replace(group, after_gap=True) if part.after_gap and not number else group

    def _take(self, part: _Part) -> _Part:
        """Return the next part, and advance."""
        self.ahead = next(self.parts, None)
        return part

    def _under_heading(self, block: Block) -> Sequence[Group]:
        """Enter the section; its heading announces a list right below it."""
        if block.start not in self.headed:  # the title
            return []
        self._leave(block.start)
        self.around.append(self.headed[block.start])
        items = self._items()
        if not items:
            return [replace(self._group(block, []), opens_section=True)]
        first, *rest = self._list((block.start, block.end), items)
        return [replace(first, opens_section=True), *rest]

    def _leave(self, offset: int) -> None:
        """Leave the sections that end before an offset."""
        while self.around and self.around[-1].end <= offset:
            self.around.pop()

    def _is_head(self, row: Block) -> bool:
        """Whether a row has the heads of the columns, and so answers nothing by itself."""
        texts = tuple(self.document.text[start:end] for start, end in row.cells)
        return bool(texts) and self.ahead is not None and texts == self.ahead.block.columns

    def _paragraph(self, block: Block) -> Sequence[Group]:
        """Group the sentences; a final lead-in joins the list after it."""
        text, language = self.document.text, self.document.language
        if is_control(text[block.start : block.end]):
            return [self._group(block, [])]
        sentences = prose_units(text, block.start, block.end, language)
        items = self._items() if leads_on(text[block.start : block.end]) else []
        if not items:
            return self._prose(block, sentences)
        *before, lead_in = sentences
        return [*self._prose(block, before), *self._list(lead_in, items)]

    def _row(self, block: Block) -> Sequence[Group]:
        """Group a row, a long one in several parts; a head answers nothing by itself."""
        if self._is_head(block):
            return [self._group(block, [])]
        document, row = self.document, (block.start, block.end)
        units = row_units(document.text, row, block.cells, document.language)
        return [self._group(block, [row])] if units == [row] else self._prose(block, units)

    def _items(self) -> list[Block]:
        """Take the list items that follow, up to an ignored span."""
        items = []
        while (
            self.ahead and self.ahead.block.kind is BlockKind.LIST_ITEM and not self.ahead.after_gap
        ):
            items.append(self._take(self.ahead).block)
        return items

    def _list(self, lead_in: Span | None, items: Sequence[Block]) -> list[Group]:
        spans = [(item.start, item.end) for item in items]
        units = list_units(self.document.text, lead_in, spans, self.document.language)
        return [self._group(items[0], [unit]) for unit in units]

    def _prose(self, block: Block, sentences: Sequence[Span]) -> list[Group]:
        """Group the sentences of a paragraph: all together, or in several parts if it is long."""
        together: list[list[Span]] = []
        limit = MAXIMUM if sentences and sentences[-1][1] - sentences[0][0] <= MAXIMUM else TARGET
        for sentence in sentences:
            if together and sentence[1] - together[-1][0][0] <= limit:
                together[-1].append(sentence)
            else:
                together.append([sentence])
        return [self._group(block, units) for units in together]

    def _group(self, block: Block, units: Sequence[Span]) -> Group:
        start, end = (units[0][0], units[-1][1]) if units else (block.start, block.end)
        self._leave(start)
        section = self.around[-1] if self.around else None
        path = section.path if section else ()
        place = block.location or (path[-1] if path else "")
        time = section.time if section else None
        # A row far below the table's head is indexed and read with the names of its columns.
        heads = (" | ".join(filter(None, block.columns)),) if block.columns else ()
        return Group(start, end, tuple(units), " > ".join((*path, *heads)), place, time)
