"""Writes table rows as "Name: Anna Moss; Present: x", for readers without the table's head."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.formats.parsed import CELL_BORDER
from corpus.types import Document, Item, Passage, Span

_PARTED: Final = re.compile(r" ?\| ")
_FEWEST_COLUMNS: Final = 3
_PATH_BORDER: Final = " > "


@dataclass(frozen=True, slots=True)
class Pairs:
    """A row with the column's head before each non-empty cell."""

    text: str
    cells: tuple[tuple[Span, int], ...]
    """The offset of each cell in the text and in the written row, with its length."""

    def in_row(self, span: Span) -> Span:
        """Return the span of the written row for a span of the text."""
        touched = [
            (cell, begin) for cell, begin in self.cells if cell[0] < span[1] and span[0] < cell[1]
        ] or [min(self.cells, key=lambda one: abs(one[0][0] - span[0]))]
        (first, begin), (last, end) = touched[0], touched[-1]
        start = begin + max(span[0] - first[0], 0)
        stop = end + min(span[1], last[1]) - last[0]
        return (start, stop) if start < stop else (begin, begin + first[1] - first[0])


def row_as_pairs(document: Document, row: Item, columns: Sequence[str]) -> str:
    """Return a row with the column's head before each non-empty cell.

    "Name: Anna Moss; Present: x"; for reading, never for quoting.
    """
    if not row.cells or len(columns) < len(row.cells):
        return document.text[row.start : row.end]
    pairs = zip(columns, row.cells, strict=False)
    said = [(head, document.text[start:end].strip()) for head, (start, end) in pairs]
    return "; ".join(f"{head}: {text}" if head else text for head, text in said if text)


def pairs_in(passage: Passage, row: Span) -> Pairs | None:
    """Return a row of a passage as pairs; None if it is not a row or has no known heads.

    With two columns, the row alone makes clear which cell is which.
    """
    text = passage.text[row[0] - passage.start : row[1] - passage.start]
    if CELL_BORDER not in text and not text.startswith(CELL_BORDER.lstrip()):
        return None  # The only cell of a row may belong to any head.
    cells = _cells(text)
    heads = _heads_over(passage, row)
    several = len(heads) >= len(cells) > 1 and len(heads) >= _FEWEST_COLUMNS
    return _paired(cells, heads) if several else None


def _heads_over(passage: Passage, row: Span) -> list[str]:
    """Return the heads of columns above a row, in its passage or above that."""
    begin = row[0]
    for start, end in reversed([unit for unit in passage.units if unit[1] <= row[0]]):
        between = _text(passage, end, begin)
        if between:
            return _heads_in(between)
        if CELL_BORDER not in _text(passage, start, end):
            return []
        begin = start
    above = _text(passage, passage.start, begin)
    last = passage.heading.rpartition(_PATH_BORDER)[2]
    return _heads_in(above) if above else _heads_in(last)


def _heads_in(text: str) -> list[str]:
    last = text.rpartition("\n")[2]
    return [head for head, _ in _cells(last)] if CELL_BORDER in last else []


def _text(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.start : end - passage.start].strip()


def _cells(row: str) -> list[tuple[str, int]]:
    """Return the cells of a row as written, and the offset of each."""
    starts = [0, *(mark.end() for mark in _PARTED.finditer(row))]
    ends = [*(mark.start() for mark in _PARTED.finditer(row)), len(row)]
    return [(row[start:end], start) for start, end in zip(starts, ends, strict=True)]


def _paired(cells: Sequence[tuple[str, int]], heads: Sequence[str]) -> Pairs:
    text = ""
    found: list[tuple[Span, int]] = []
    for (cell, begin), head in zip(cells, heads, strict=False):
        if not cell:
            continue
        text += ("; " if text else "") + (f"{head}: " if head else "")
        found.append(((len(text), len(text) + len(cell)), begin))
        text += cell
    return Pairs(text, tuple(found))
