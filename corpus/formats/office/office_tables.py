"""Tables of any format: finds the head row, and tables that are only for layout."""

import re
from collections.abc import Iterator, Sequence

from corpus.formats.parsed import TextBuilder
from corpus.types import BlockKind

_LONGEST_CELL = 400
"""From this length on, a cell contains running text, so that the table is only for layout."""
_LONGEST_HEAD = 60
_NO_HEAD = re.compile(r"[\d.,:%/\s–-]*$|.*[.!?:]$", re.DOTALL)
"""Cells that no head has: figures, dates, sentences, labels and empty ones."""


def add_table(
    builder: TextBuilder, rows: Sequence[Sequence[str]], *, head: bool | None = None
) -> None:
    """Add a table's rows, with its head if there is one; a layout table as its text.

    `head` says whether the first row is the head, if the format knows.
    """
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if _lays_out(rows):
        for paragraph in _paragraphs(rows):
            builder.add(BlockKind.PARAGRAPH, paragraph)
        return
    columns = columns_of(rows) if head is not False else ()
    if head and rows:
        columns = tuple(" ".join(cell.split()) for cell in rows[0])
    for row in rows:
        builder.add_row([(cell, 1) for cell in row], columns)


def columns_of(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the column heads if the first row looks like a head, otherwise nothing.

    All its cells are short, distinct words; only the first may be empty.
    """
    if len(rows) < 2:
        return ()
    cells = [" ".join(cell.split()) for cell in rows[0]]
    named = cells if cells[0] else cells[1:]
    if len(named) < 2 - (not cells[0]) or len(set(named)) < len(named):
        return ()
    if any(len(cell) > _LONGEST_HEAD or _NO_HEAD.match(cell) for cell in named):
        return ()
    return tuple(cells)


def _lays_out(rows: Sequence[Sequence[str]]) -> bool:
    widest = max((sum(bool(cell.strip()) for cell in row) for row in rows), default=0)
    return widest < 2 or any(len(cell) > _LONGEST_CELL for row in rows for cell in row)


def _paragraphs(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        for cell in row:
            yield from cell.split("\n")
