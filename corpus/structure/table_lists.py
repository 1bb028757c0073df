"""The lists of a table: its rows, its columns, and what stands beside labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.languages.roles import roles_in
from corpus.structure.entries import LONGEST_ENTRY, are_names, entries_in, lines_of
from corpus.types import Block, Document, Item, ItemList, Span


@dataclass(frozen=True, slots=True)
class TableLister:
    """Reads the tables of a document one after the other."""

    document: Document

    def read(self, rows: Sequence[Block], label: str, start: int) -> Iterator[ItemList]:
        """Yield the table; without cells, each row is an item."""
        columns = rows[-1].columns
        body = [row for row in rows if not columns or self.texts_of(row) != columns]
        items = tuple(Item(row.start, row.end, row.cells) for row in body)
        if items:
            yield ItemList(label, start, rows[-1].end, items, columns)
        if columns and all(map(roles_in, columns)):
            yield from self._columns(columns, body)
        yield from self._beside(rows, columns)

    def _columns(self, columns: Sequence[str], body: Sequence[Block]) -> Iterator[ItemList]:
        """Yield a list for each column of a table whose heads label what is below."""
        for place, label in enumerate(columns):
            cells = [row.cells[place] for row in body if place < len(row.cells)]
            items = tuple(Item(*cell) for cell in cells if cell[0] < cell[1])
            if items:
                yield ItemList(label, items[0].start, items[-1].end, items)

    def _beside(self, rows: Sequence[Block], columns: tuple[str, ...]) -> Iterator[ItemList]:
        """Yield lists from a table with labels in its first column.

        A row without a label continues the one above.
        """
        text = self.document.text
        label, start = "", 0
        cells: list[Span] = []
        for row in [*rows, None]:
            head = row.cells[0] if row and row.cells else (0, 0)
            if row is None or head[0] < head[1]:
                if items := self._in_cells(cells):
                    yield ItemList(label, start, items[-1].end, items)
                label, start, cells = text[head[0] : head[1]].rstrip(" :"), head[0], []
            if row is None or len(label) > LONGEST_ENTRY or not self._is_labelled(row, label):
                continue
            beside = [one for one in dict.fromkeys(row.cells[1:]) if one[0] < one[1]]
            if self.texts_of(row) != columns or len(self._in_cells(beside)) > 1:
                cells += beside

    def _is_labelled(self, row: Block, label: str) -> bool:
        """Whether the first cell labels the others; a head may label columns too."""
        return bool(label) and (bool(roles_in(label)) or (not row.columns and len(row.cells) == 2))

    def _in_cells(self, cells: Sequence[Span]) -> tuple[Item, ...]:
        """Return the entries of cells: their lines, or the parts of a single line."""
        text = self.document.text
        lines = [line for cell in cells for line in lines_of(text, *cell)]
        spans: list[Span] = []
        for start, end in lines:
            parted = entries_in(text, start, end, self.document.language)
            several = len(lines) == 1 or are_names(text, parted)
            spans += parted if several and parted else [(start, end - (text[end - 1] in ",;"))]
        return tuple(Item(*span) for span in spans)

    def texts_of(self, row: Block) -> tuple[str, ...]:
        """Return the texts of the cells of a row, white space collapsed."""
        return tuple(" ".join(self.document.text[start:end].split()) for start, end in row.cells)

    def is_same_table(self, before: Block, row: Block) -> bool:
        """Whether a row belongs to the table of the one before it."""
        return before.columns == row.columns or row.columns == self.texts_of(before)
