"""Table rows with the heads of their columns; spanning cells are resolved."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from corpus.formats.parsed import Cell, TextBuilder

_WIDEST: Final = 100
"""Maximum number of columns and rows that a cell may span."""


@dataclass(frozen=True, slots=True)
class WideCell:
    """A cell with the number of columns and rows it spans."""

    text: str
    width: int = 1
    height: int = 1
    is_head: bool = False


def add_table(builder: TextBuilder, rows: Sequence[Sequence[WideCell]], *, heads: int) -> None:
    """Add a table's rows; the first `heads` rows are column heads."""
    resolved = _resolved(rows)
    columns = _columns(resolved[:heads])
    for number, row in enumerate(resolved):
        builder.add_row(row, columns if number >= heads else ())


def heads_of(rows: Sequence[Sequence[WideCell]]) -> int:
    """Return how many rows at the top are column heads."""
    heads = 0
    while heads < len(rows) - 1 and rows[heads] and all(cell.is_head for cell in rows[heads]):
        heads += 1
    return heads


def _resolved(rows: Sequence[Sequence[WideCell]]) -> list[list[Cell]]:
    """Return rows in which a cell spanning several rows is in each of them."""
    resolved: list[list[Cell]] = []
    reaching: dict[int, tuple[WideCell, int]] = {}  # by column: the cell and the rows to come
    for row in rows:
        cells: list[Cell] = []
        column = 0
        own = iter(row)
        while True:
            if column in reaching:
                cell, left = reaching.pop(column)
            elif (following := next(own, None)) is not None:
                cell, left = following, min(following.height, _WIDEST)
            else:
                break
            width = max(1, min(cell.width, _WIDEST))
            if left > 1:
                reaching[column] = (cell, left - 1)
            cells.append((cell.text, width))
            column += width
        resolved.append(cells)
        reaching = {at: one for at, one in reaching.items() if at < column}
    return resolved


def _columns(heads: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """Return the head of each column; with several head rows, all distinct ones joined."""
    spread = [
        list(chain.from_iterable([" ".join(text.split())] * width for text, width in row))
        for row in heads
    ]
    width = max(map(len, spread), default=0)
    return tuple(
        " ".join(dict.fromkeys(filter(None, (row[at] for row in spread if at < len(row)))))
        for at in range(width)
    )
