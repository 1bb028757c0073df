"""Spreadsheets: rows with the heads of their columns, their sheet and number."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from typing import Any, Final

from corpus.errors import UnreadableDocument
from corpus.formats.decoding import decode
from corpus.formats.office.office_tables import columns_of
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.types import BlockKind

_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 64 * 1024
_LARGEST_FIELD: Final = 2**20
_ABOVE_HEAD: Final = 8
"""The head is looked for in this many rows at the top; a title may precede it."""
_ROWS_A_PART: Final = 20_000
"""Rows per document: a million in one would take gigabytes."""
_PART: Final = "rows"
_ON: Final = ("1", "true")
_LAST_COLUMN: Final = 16_384


def read_xlsx(data: bytes) -> Parsed:
    """Read the rows of an Excel file, with the saved values of formulas.

    :raises UnreadableDocument: if it is locked or broken.
    """
    # A folder of tables in text needs it not.
    import openpyxl  # noqa: PLC0415
    from openpyxl.worksheet._reader import WorkSheetParser  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
    except Exception as error:  # openpyxl raises anything.
        raise UnreadableDocument(
            "The file is locked, broken or not .xlsx; save it again."
        ) from error
    builder = TextBuilder()
    with closing(book):
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in sheets:
            # openpyxl does not say what is hidden in a sheet that is read row by row.
            with sheet._get_source() as source:
                parser = WorkSheetParser(
                    source, sheet._shared_strings, data_only=True, epoch=book.epoch,
                    date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
                )  # fmt: skip
                write_sheet(builder, sheet.title, _shown_rows(parser), named=len(sheets) > 1)
    return Parsed(
        builder.text(), builder.blocks(), title=clean(book.properties.title or "") or None
    )


def _shown_rows(parser: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the visible rows of a sheet with their numbers, without hidden columns."""
    hidden: set[int] = set()
    for number, cells in parser.parse():
        # Columns are described before the first row.
        for one in parser.column_dimensions.values():
            if one.get("hidden") in _ON:
                hidden.update(range(int(one["min"]), min(int(one["max"]), _LAST_COLUMN) + 1))
        parser.column_dimensions.clear()
        if parser.row_dimensions.pop(str(number), {}).get("hidden") not in _ON:
            values = {cell["column"]: cell["value"] for cell in cells}
            width = max(values, default=0)
            row = (values.get(at) for at in range(1, width + 1) if at not in hidden)
            yield number, [_written(value) for value in row]


def read_csv(data: bytes) -> Parsed:
    """Read the rows of a CSV file with any delimiter, in parts if there are many.

    :raises UnreadableDocument: if the bytes are not text.
    """
    text = decode(data).replace("\0", "")
    csv.field_size_limit(_LARGEST_FIELD)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text[:_SAMPLE]))
    numbered = enumerate(([clean(cell) for cell in row] for row in rows), 1)
    try:
        sheet = _Sheet("row", numbered)
        sheet.write(builder := TextBuilder(), _ROWS_A_PART)
    except csv.Error as error:
        raise UnreadableDocument(f"The table is broken ({error}).") from error
    rest = () if sheet.is_done else _parts(sheet)
    return Parsed(builder.text(), builder.blocks(), members=rest, is_part=not sheet.is_done)


def write_sheet(
    builder: TextBuilder, name: str, rows: Iterable[tuple[int, Sequence[str]]], *, named: bool
) -> None:
    """Add the rows of a sheet, "Sheet1, row 5"; one of several gets its name as heading."""
    if named:
        builder.add(BlockKind.HEADING, name, 1)
    _Sheet(f"{name}, row" if name and not named else "row", rows).write(builder)


def _parts(sheet: "_Sheet") -> Iterator[tuple[str, Parsed]]:
    """Yield the rest of a long table in parts."""
    while not sheet.is_done:
        first = sheet.number + 1
        sheet.write(builder := TextBuilder(), _ROWS_A_PART)
        if builder.blocks():
            name = f"{_PART} {first}-{sheet.number}.csv"
            yield name, Parsed(builder.text(), builder.blocks(), is_part=True)


class _Sheet:
    """Writes the rows of a sheet under the head of its columns."""

    def __init__(self, place: str, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Take the text before the number of a row, and the rows with their numbers."""
        self.number = 0
        """Number of the last row read."""
        self._place = place
        self._rows = iter(rows)
        self._following = next(self._rows, None)
        self._columns: tuple[str, ...] = ()
        self._waiting: list[tuple[int, list[str]]] = []
        """Rows at the top, in which the head is looked for."""

    @property
    def is_done(self) -> bool:
        """Whether all rows were written."""
        return self._following is None

    def write(self, builder: TextBuilder, most: int = sys.maxsize) -> None:
        """Add the remaining rows, or as many as `most`."""
        while self._following and most:
            (self.number, row), self._following = self._following, next(self._rows, None)
            most -= 1
            if cells := _trimmed(row):
                self._take(builder, cells)
        if self.is_done and self._is_looking:
            self._flush(builder)
        builder.location = ""

    @property
    def _is_looking(self) -> bool:
        """Whether the head has not been found yet."""
        return not self._columns and len(self._waiting) <= _ABOVE_HEAD

    def _take(self, builder: TextBuilder, cells: list[str]) -> None:
        if not self._is_looking:
            _add(builder, f"{self._place} {self.number}", cells, self._columns)
            return
        self._waiting.append((self.number, cells))
        self._columns = _head(self._waiting)
        if not self._is_looking:
            self._flush(builder)

    def _flush(self, builder: TextBuilder) -> None:
        """Add the rows at the top; those above the head are not part of the table."""
        for position, (number, cells) in enumerate(self._waiting):
            is_table = position >= len(self._waiting) - 2
            _add(builder, f"{self._place} {number}", cells, self._columns if is_table else ())


def _head(rows: Sequence[tuple[int, list[str]]]) -> tuple[str, ...]:
    """Return the column heads, if the next to last row has them."""
    if len(rows) < 2:
        return ()
    above, below = rows[-2][1], rows[-1][1]
    columns = columns_of([above, below])
    return columns if len(columns) > 1 and len(below) <= len(columns) else ()


def _add(builder: TextBuilder, place: str, cells: list[str], columns: tuple[str, ...]) -> None:
    builder.location = place
    if len(cells) == 1:
        builder.add(BlockKind.PARAGRAPH, cells[0])
    else:
        builder.add_row([(" ".join(cell.split()), 1) for cell in cells], columns)


def _trimmed(row: Sequence[str]) -> list[str]:
    """Return the cells up to the last non-empty one."""
    filled = max((place for place, cell in enumerate(row) if cell.strip()), default=-1)
    return list(row[: filled + 1])


def _written(value: Any) -> str:
    """Return a value as people write it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes") if value.time() != time() else f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10g}"
    return clean(str(value))


def _delimiter(sample: str) -> str:
    """Return the delimiter: the one with the same count on most lines, and the highest."""
    counts = {mark: list(_counted(sample, mark)) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: _evenness(counts[mark]))


def _counted(sample: str, mark: str) -> Iterator[int]:
    lines = io.StringIO(sample.rpartition("\n")[0] or sample, newline="")
    for row in csv.reader(lines, delimiter=mark):
        if row:
            yield len(row) - 1


def _evenness(counts: Sequence[int]) -> tuple[float, int]:
    if not counts or not any(counts):
        return 0.0, 0
    common = max(set(counts) - {0}, key=counts.count)
    return round(counts.count(common) / len(counts), 1), common
