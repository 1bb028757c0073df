"""Data types of the package: documents, blocks, lists and passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""Start and end of a part of a document's text, in characters, end excluded."""


class BlockKind(StrEnum):
    """The kind of a block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row: `document.text[start:end]`, trimmed."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Depth of a heading or list item, 1 being the outermost; 0 for other kinds, or if unknown."""
    location: str = ""
    """A place that the format itself names, such as "p. 3"; "" for none."""
    cells: tuple[Span, ...] = ()
    """The spans of a table row's cells, in column order."""
    columns: tuple[str, ...] = ()
    """The heads of a table row's columns; empty if the table has none."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with everything under it, including lower headings."""

    start: int
    """Offset of its heading."""
    end: int
    path: tuple[str, ...]
    """The headings above it, outermost first, and its own; without the title."""
    time: tuple[str, str] | None = None
    """First and last day (ISO 8601) of what it is about, from itself or the section around it."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list or table: `document.text[start:end]`, without bullet or number."""

    start: int
    end: int
    cells: tuple[Span, ...] = ()
    """The spans of a table row's cells, in the order of the list's columns."""


@dataclass(frozen=True, slots=True)
class ItemList:
    """A bulleted, numbered or one-line list, or a table, with what announces it."""

    label: str
    """What it lists, verbatim: its lead-in, the words before its colon, or the nearest heading."""
    start: int
    """Offset of its lead-in, or else of its first item."""
    end: int
    items: tuple[Item, ...]
    columns: tuple[str, ...] = ()
    """The heads of a table's columns; empty if it has none."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the folder, read."""

    path: str
    """Relative to the documents folder, with forward slashes."""
    text: str
    blocks: Sequence[Block]
    title: str
    published: str | None
    """ISO 8601: "2023-03-21", "2023-03" or "2023", as precise as known; None if unknown."""
    language: str
    """"sv", "en" or "other"."""
    url: str | None
    digest: str
    """SHA-256 of the file's bytes, in hexadecimal."""
    sections: tuple[Section, ...] = ()
    """Outer sections before inner ones, in text order."""
    lists: tuple[ItemList, ...] = ()
    """In text order."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document that is retrieved and cited: `document.text[start:end] == text`."""

    document: str
    """Path of its document."""
    start: int
    end: int
    text: str
    heading: str
    """The headings above it, outermost first, joined with " > ", without the title. If it starts
    with a table row, the heads of the columns come last."""
    location: str
    """Where to look in the document: "p. 3", or the nearest heading, or ""; first and last if it
    spans several short sections."""
    units: tuple[Span, ...]
    """What can be quoted on its own: each sentence, and each list with its lead-in, as offsets into
    the document's text, in order."""
    times: tuple[tuple[str, str], ...] = ()
    """First and last day (ISO 8601) of what its sections are about."""

    def unit_texts(self) -> list[str]:
        """Return the text of each unit."""
        return [self.text[start - self.start : end - self.start] for start, end in self.units]


@dataclass(frozen=True, slots=True)
class Period:
    """A period of days named in a text."""

    start: date
    end: date
    """The last day, inclusive."""
    said: str
    """The words that name it, as written."""
    recurring: bool = False
    """A day, month or season without a year: it matches any year."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be read, and the reason in a sentence for its owner."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """The number of files of an unsupported kind."""

    kind: str
    """Their extension, such as ".dwg"; "" for none."""
    count: int
    remedy: str = ""
    """The command that installs support for them; "" if there is none."""
