"""A page of lines that stand somewhere, put in the order in which they are read.

A gap that runs down the page between lines parts it: into columns of text, which are read one after
the other, or into the cells of a table's rows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from statistics import median
from typing import Final, Self, TypeAlias

_NARROWEST_GAP: Final = 0.6
"""Width of a gap between columns, as a share of the height of a line."""
_COLUMN_LINES: Final = 4
"""Lines that a column of text has at least; fewer beside each other are a row."""
_COLUMN_TEXT: Final = 18
"""Characters of an ordinary line of a column of text; cells of a table hold less."""
_ROWS_APART: Final = 2.5
"""Space between the rows of one table at most, as a share of the height of a line."""
_ALIGNED: Final = 0.6
"""Share of a table's cells that stand in line with others of their column."""
_EXACTNESS: Final = 4.0
"""Points."""
_LONGEST_BAND: Final = 200
"""Rows that are looked through for a gap that parts them; no column of a page has more."""
_MOST_LINES: Final = 1500
"""Lines up to which a page is looked at for columns; no page that people read has more."""

Gaps: TypeAlias = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text on one line, with its box in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    """Height of most of its letters."""
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its lines, in any order."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


Row: TypeAlias = list[Line]
"""What stands at one height, from left to right."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows whose cells stand below each other."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and how far to the right its column reaches."""

    line: Line
    edge: float


def in_reading_order(lines: Sequence[Line]) -> Iterator[Placed | Table]:
    """Yield the lines of a page, columns one after the other, and tables as such."""
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
    """Return the lines by height, from the top, those at one height from left to right."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: -(line.top + line.bottom)):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].bottom < middle < rows[-1][0].top:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _band(rows: Sequence[Row], start: int) -> tuple[int, Gaps]:
    """Return how far down gaps run that part the first row, or some row below, and those gaps.

    Rows are taken in as long as a gap stays open between lines of both its sides.
    """
    gaps, extent = _open_in(rows[start], [(-1e9, 1e9)]), _Extent.of(rows[start])
    last = min(len(rows), start + _LONGEST_BAND)
    for end in range(start + 1, last):
        row = rows[end]
        narrowed, wider = _open_in(row, gaps), extent.with_row(row)
        # Where no gap parts the rows so far, the next one may begin a band of its own.
        if not wider.inner(narrowed) and (len(rows[start]) > 1 or len(row) > 1):
            return (end, inner) if (inner := extent.inner(gaps)) else (start + 1, [])
        gaps, extent = narrowed, wider
    inner = extent.inner(gaps)
    return (last, inner) if inner else (start + 1, [])


@dataclass(frozen=True, slots=True)
class _Extent:
    """How far from both edges some lines stand."""

    leftmost: float
    """Where the line that ends first ends."""
    rightmost: float
    """Where the line that begins last begins."""

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(min(line.right for line in row), max(line.left for line in row))

    def with_row(self, row: Row) -> "_Extent":
        other = _Extent.of(row)
        return _Extent(min(self.leftmost, other.leftmost), max(self.rightmost, other.rightmost))

    def inner(self, gaps: Gaps) -> Gaps:
        """Return the gaps that have lines on both of their sides."""
        return [gap for gap in gaps if self.leftmost <= gap[0] and gap[1] <= self.rightmost]


def _open_in(row: Row, gaps: Gaps) -> Gaps:
    """Return what a row leaves open of some gaps."""
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
    """Return how many rows a table has that begins with the first one; 0 where there is none."""
    height = several = 0
    for position, row in enumerate(rows):
        above = rows[position - 1][0] if position else row[0]
        if above.bottom - row[0].top > row[0].size * _ROWS_APART:
            break
        if len(row) > 1:
            several, height = several + 1, position + 1
        elif position == 0 or row[0].bold or row[0].size > above.size + 1:
            break  # what stands below it is another table
    return height if several > 1 and _are_aligned(rows[:height], gaps) else 0


def _are_aligned(rows: Sequence[Row], gaps: Gaps) -> bool:
    """Whether most cells begin, end or have their middle where others of their column do.

    Wide spaces that happen to stand below each other in running text are followed by anything.
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
    """Return the cells of a table's rows, the last of which reach as far as the text."""
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
    """Whether the first word of a line could have stood on the last one, up to an edge."""
    letter = (line.right - line.left) / len(line.text)
    word = line.text.partition(" ")[0]
    return last.right + letter * (len(word) + 2) + line.size < edge


def _goes_on(before: Row, row: Row, gaps: Gaps) -> bool:
    """Whether a row holds further lines of the cells before: close below, and none at the left."""
    close = before[0].bottom - row[0].top < row[0].size * 0.25
    return close and all(_place(line, gaps) > 0 for line in row)


def _place(line: Line, gaps: Gaps) -> int:
    """Return the number of gaps that stand before a line."""
    return sum(right <= line.left for _, right in gaps)
