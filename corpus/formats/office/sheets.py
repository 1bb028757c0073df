"""Spreadsheets: rows with the heads of their columns, their sheet and number."""

import csv
import io
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


def read_xlsx(data: bytes) -> Parsed:
    """Read the rows of an Excel file, with the saved values of formulas.

    :raises UnreadableDocument: if it is locked or broken.
    """
    import openpyxl  # noqa: PLC0415 - a folder of tables in text needs it not

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
            sheet.reset_dimensions()  # The declared size may be wrong.
            rows = ([_written(value) for value in row] for row in sheet.iter_rows(values_only=True))
            write_sheet(builder, sheet.title, enumerate(rows, 1), named=len(sheets) > 1)
    return Parsed(
        builder.text(), builder.blocks(), title=clean(book.properties.title or "") or None
    )


def read_csv(data: bytes) -> Parsed:
    """Read the rows of a CSV file with any delimiter.

    :raises UnreadableDocument: if the bytes are not text.
    """
    text = decode(data).replace("\0", "")
    csv.field_size_limit(_LARGEST_FIELD)
    builder = TextBuilder()
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text[:_SAMPLE]))
        cleaned = ([clean(cell) for cell in row] for row in rows)
        write_sheet(builder, "", enumerate(cleaned, 1), named=False)
    except csv.Error as error:
        raise UnreadableDocument(f"The table is broken ({error}).") from error
    return Parsed(builder.text(), builder.blocks())


def write_sheet(
    builder: TextBuilder, name: str, rows: Iterable[tuple[int, Sequence[str]]], *, named: bool
) -> None:
    """Add the rows of a sheet, "Sheet1, row 5"; one of several gets its name as heading."""
    if named:
        builder.add(BlockKind.HEADING, name, 1)
    place = f"{name}, row" if name and not named else "row"
    columns: tuple[str, ...] = ()
    waiting: list[tuple[int, list[str]]] = []
    for number, row in rows:
        cells = _trimmed(row)
        if not cells:
            continue
        if columns or len(waiting) > _ABOVE_HEAD:
            _add(builder, f"{place} {number}", cells, columns)
            continue
        waiting.append((number, cells))
        columns = _head(waiting)
        if columns or len(waiting) > _ABOVE_HEAD:
            _flush(builder, place, waiting, columns)
    if not columns and len(waiting) <= _ABOVE_HEAD:
        _flush(builder, place, waiting, columns)
    builder.location = ""


def _head(rows: Sequence[tuple[int, list[str]]]) -> tuple[str, ...]:
    """Return the column heads, if the next to last row has them."""
    if len(rows) < 2:
        return ()
    above, below = rows[-2][1], rows[-1][1]
    columns = columns_of([above, below])
    return columns if len(columns) > 1 and len(below) <= len(columns) else ()


def _flush(
    builder: TextBuilder,
    place: str,
    rows: Sequence[tuple[int, list[str]]],
    columns: tuple[str, ...],
) -> None:
    """Add the rows at the top; rows above the head are not part of the table."""
    for position, (number, cells) in enumerate(rows):
        is_table = position >= len(rows) - 2
        _add(builder, f"{place} {number}", cells, columns if is_table else ())


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
