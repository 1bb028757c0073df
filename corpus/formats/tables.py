"""The rows of a table with the heads of its columns, cells that reach over several resolved."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from corpus.formats.parsed import Cell, TextBuilder

_WIDEST: Final = 100
"""Columns and rows that one cell may reach over, whatever it says."""


@dataclass(frozen=True, slots=True)
class WideCell:
    """A cell as it is written, with the columns and rows that it reaches over."""

    text: str
    width: int = 1
    height: int = 1
    is_head: bool = False


def add_table(builder: TextBuilder, rows: Sequence[Sequence[WideCell]], *, heads: int) -> None:
    """Add the rows of a table, of which the first `heads` name its columns."""
    resolved = _resolved(rows)
    columns = _columns(resolved[:heads])
    for number, row in enumerate(resolved):
        builder.add_row(row, columns if number >= heads else ())


def heads_of(rows: Sequence[Sequence[WideCell]]) -> int:
    """Return how many rows at the top are nothing but heads of columns."""
    heads = 0
    while heads < len(rows) - 1 and rows[heads] and all(cell.is_head for cell in rows[heads]):
        heads += 1
    return heads


def _resolved(rows: Sequence[Sequence[WideCell]]) -> list[list[Cell]]:
    """Return rows in which a cell that reaches down stands in each row that it reaches."""
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
    """Return the head of each column; of several rows of heads all that differ."""
    spread = [
        list(chain.from_iterable([" ".join(text.split())] * width for text, width in row))
        for row in heads
    ]
    width = max(map(len, spread), default=0)
    return tuple(
        " ".join(dict.fromkeys(filter(None, (row[at] for row in spread if at < len(row)))))
        for at in range(width)
    )
