"""What the package speaks of: documents, their blocks, and the passages cut from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""Start and end of a stretch of a document's text, in characters, the end excluded."""


class BlockKind(StrEnum):
    """What a block is to its reader."""

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
    """Depth of a heading or list item, 1 the outermost; 0 for other kinds, and if not known."""
    location: str = ""
    """A place the format itself names, such as "p. 3"; empty where it names none."""
    cells: tuple[Span, ...] = ()
    """Of a table row, where each of its cells stands in the text, in order of the columns."""
    columns: tuple[str, ...] = ()
    """Of a table row, the head of each column; empty where the table has no head."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands under it, further headings included."""

    start: int
    """Where its heading begins in the document's text."""
    end: int
    path: tuple[str, ...]
    """The headings it stands under, outermost first and its own last; the title left out."""
    time: tuple[str, str] | None = None
    """First and last day, ISO 8601, of what it tells of, its own or that of the section around."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list or table: `document.text[start:end]`, its bullet or number left out."""

    start: int
    end: int
    cells: tuple[Span, ...] = ()
    """Of a table row, where each cell stands, in order of the list's columns."""


@dataclass(frozen=True, slots=True)
class ItemList:
    """A bulleted, numbered or one-line list, or a table, with what announces it."""

    label: str
    """What it lists, verbatim: its lead-in, the words before its colon, or the nearest heading."""
    start: int
    """Where its lead-in begins, or else its first item."""
    end: int
    items: tuple[Item, ...]
    columns: tuple[str, ...] = ()
    """Of a table, the head of each column; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the folder, read."""

    path: str
    """Relative to the documents folder, with forward slashes."""
    text: str
    blocks: Sequence[Block]
    title: str
    published: str | None
    """ISO 8601, "2023-03-21", or "2023-03" or "2023" where no more is known."""
    language: str
    """"sv", "en" or "other"."""
    url: str | None
    digest: str
    """SHA-256 of the file's bytes, in hexadecimal."""
    sections: tuple[Section, ...] = ()
    """Outer sections before the inner ones, in order of the text."""
    lists: tuple[ItemList, ...] = ()
    """In order of the text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that is retrieved and cited: `document.text[start:end] == text`."""

    document: str
    """Path of the document it was cut from."""
    start: int
    end: int
    text: str
    heading: str
    """The headings it stands under, outermost first, joined with " > "; the title left out. Of a
    passage that begins with a row of a table the heads of its columns come last."""
    location: str
    """Where to look in the document: "p. 3", or the nearest heading, or nothing; the first and the
    last of them where short sections share the passage."""
    units: tuple[Span, ...]
    """What can be quoted by itself: each sentence, and each list together with its lead-in, as
    offsets into the document's text, in order."""
    times: tuple[tuple[str, str], ...] = ()
    """First and last day, ISO 8601, of what the sections that it is of tell of."""

    def unit_texts(self) -> list[str]:
        """Return the text of each unit."""
        return [self.text[start - self.start : end - self.start] for start, end in self.units]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that a text names."""

    start: date
    end: date
    """The last day, included."""
    said: str
    """The words that named it, as written."""
    recurring: bool = False
    """A day, month or season named without a year: any year's will do."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that could not be read, and why, in a sentence for the person who owns it."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Files of a kind that is not read."""

    kind: str
    """The end of their names, such as ".dwg"; empty for names without an ending."""
    count: int
    remedy: str = ""
    """The command that brings what would read them; empty where nothing does."""
