"""Puts the lines of a page in reading order.

A vertical gap between lines separates columns of text, which are read one after the other, or the
cells of a table's rows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from statistics import median
from typing import Final, Self, TypeAlias

_NARROWEST_GAP: Final = 0.6
"""Minimum width of a gap between columns, relative to line height."""
_COLUMN_LINES: Final = 4
"""Minimum number of lines in a column of text; fewer side by side are a row."""
_COLUMN_TEXT: Final = 18
"""Length in characters of an ordinary line in a column of text; table cells have less."""
_ROWS_APART: Final = 2.5
"""Maximum space between the rows of a table, relative to line height."""
_ALIGNED: Final = 0.6
"""Minimum share of a table's cells that are aligned with others of their column."""
_EXACTNESS: Final = 4.0
"""Tolerance in points."""
_LONGEST_BAND: Final = 200
"""Maximum number of rows examined for a gap; no page has more in a column."""
_MOST_LINES: Final = 1500
"""Up to this many lines a page is examined for columns; no normal page has more."""

Gaps: TypeAlias = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """Text on one line, with its box in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """Font size of most of its letters."""
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its lines, in any order."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


Row: TypeAlias = list[Line]
"""The lines at one height, from left to right."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with aligned cells."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line, and the right edge of its column."""

    line: Line
    edge: float


def in_reading_order(lines: Sequence[Line]) -> Iterator[Placed | Table]:
    """Yield the lines of a page: columns one after the other, and tables as such."""
    rows = rows_of(lines)
    edge = max((line.right for line in lines), default=0.0)
    start = 0
    while start < len(rows):
        end, gaps = _band(rows, start) if len(lines) <= _MOST_LINES else (start + 1, [])
        if gaps and (columns := _columns(rows[start:end], gaps)):
            for column in columns:
                yield from in_reading_order(column)
        elif gaps and (height := _table_height(rows[start:end], gaps)):
            end = start + height
            yield _table(rows[start:end], gaps, edge)
        else:
            end = start + 1
            yield from (Placed(line, edge) for line in rows[start])
        start = end


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Return the lines by height from the top, those at one height from left to right."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: -(line.top + line.bottom)):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].bottom < middle < rows[-1][0].top:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _band(rows: Sequence[Row], start: int) -> tuple[int, Gaps]:
    """Return how many rows the gaps of the first row, or a row below, extend over, and the gaps.

    Rows are included as long as a gap with lines on both sides stays open.
    """
    gaps, extent = _open_in(rows[start], [(-1e9, 1e9)]), _Extent.of(rows[start])
    last = min(len(rows), start + _LONGEST_BAND)
    for end in range(start + 1, last):
        row = rows[end]
        narrowed, wider = _open_in(row, gaps), extent.with_row(row)
        # If no gap separates the rows so far, the next one may start its own band.
        if not wider.inner(narrowed) and (len(rows[start]) > 1 or len(row) > 1):
            return (end, inner) if (inner := extent.inner(gaps)) else (start + 1, [])
        gaps, extent = narrowed, wider
    inner = extent.inner(gaps)
    return (last, inner) if inner else (start + 1, [])


@dataclass(frozen=True, slots=True)
class _Extent:
    """How far lines extend from both edges."""

    leftmost: float
    """The leftmost right end of a line."""
    rightmost: float
    """The rightmost left end of a line."""

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(min(line.right for line in row), max(line.left for line in row))

    def with_row(self, row: Row) -> "_Extent":
        other = _Extent.of(row)
        return _Extent(min(self.leftmost, other.leftmost), max(self.rightmost, other.rightmost))

    def inner(self, gaps: Gaps) -> Gaps:
        """Return the gaps with lines on both sides."""
        return [gap for gap in gaps if self.leftmost <= gap[0] and gap[1] <= self.rightmost]


def _open_in(row: Row, gaps: Gaps) -> Gaps:
    """Return what remains of gaps in a row."""
    least = row[0].size * _NARROWEST_GAP
    for line in row:
        parts = [
            part
            for left, right in gaps
            for part in ((left, min(right, line.left)), (max(left, line.right), right))
        ]
        gaps = [(left, right) for left, right in dict.fromkeys(parts) if right - left >= least]
    return gaps


def _columns(rows: Sequence[Row], gaps: Gaps) -> list[list[Line]] | None:
    """Return the lines of each column, if these are columns of running text."""
    columns: list[list[Line]] = [[] for _ in range(len(gaps) + 1)]
    for row in rows:
        for line in row:
            columns[_place(line, gaps)].append(line)
    for column in columns:
        if len(column) < _COLUMN_LINES:
            return None
        if median(len(line.text) for line in column) < _COLUMN_TEXT:
            return None
    return columns


def _table_height(rows: Sequence[Row], gaps: Gaps) -> int:
    """Return the number of rows of the table that starts with the first row; 0 for none."""
    height = several = 0
    for position, row in enumerate(rows):
        above = rows[position - 1][0] if position else row[0]
        if above.bottom - row[0].top > row[0].size * _ROWS_APART:
            break
        if len(row) > 1:
            several, height = several + 1, position + 1
        elif position == 0 or row[0].bold or row[0].size > above.size + 1:
            break  # What follows is another table.
    return height if several > 1 and _are_aligned(rows[:height], gaps) else 0


def _are_aligned(rows: Sequence[Row], gaps: Gaps) -> bool:
    """Whether most cells are left, right or centre aligned with others of their column.

    Wide spaces that happen to be below each other in running text are not.
    """
    columns: dict[int, list[Line]] = {}
    for row in rows:
        for line in row:
            columns.setdefault(_place(line, gaps), []).append(line)
    aligned = total = 0
    for place, column in columns.items():
        if place and len(column) > 1:
            total += len(column)
            aligned += max(
                Counter(round(one / _EXACTNESS) for one in places).most_common(1)[0][1]
                for places in (
                    [line.left for line in column],
                    [line.right for line in column],
                    [(line.left + line.right) / 2 for line in column],
                )
            )
    return aligned >= total * _ALIGNED


def _table(rows: Sequence[Row], gaps: Gaps, edge: float) -> Table:
    """Return the cells of a table's rows; the last cells extend to the text's edge."""
    cells: list[list[str]] = []
    before: Row | None = None
    edges = [*(0.0 for _ in gaps), edge]
    for line in (line for row in rows for line in row):
        edges[_place(line, gaps)] = max(edges[_place(line, gaps)], line.right)
    for row in rows:
        if before is None or not _goes_on(before, row, gaps):
            cells.append([""] * (len(gaps) + 1))
        for line in row:
            place = _place(line, gaps)
            above = next((one for one in before or () if _place(one, gaps) == place), None)
            own = above and has_room_for(above, line, edges[place])
            cells[-1][place] = f"{cells[-1][place]}{chr(10) if own else ' '}{line.text}".strip()
        before = row
    used = [any(column) for column in zip(*cells, strict=True)]
    return Table(tuple(tuple(compress(row, used)) for row in cells))


def has_room_for(last: Line, line: Line, edge: float) -> bool:
    """Whether the first word of a line would have fit on the last one, up to an edge."""
    letter = (line.right - line.left) / len(line.text)
    word = line.text.partition(" ")[0]
    return last.right + letter * (len(word) + 2) + line.size < edge


def _goes_on(before: Row, row: Row, gaps: Gaps) -> bool:
    """Whether a row continues the cells before: close below, with nothing at the left."""
    close = before[0].bottom - row[0].top < row[0].size * 0.25
    return close and all(_place(line, gaps) > 0 for line in row)


def _place(line: Line, gaps: Gaps) -> int:
    """Return the number of gaps before a line."""
    return sum(right <= line.left for _, right in gaps)
