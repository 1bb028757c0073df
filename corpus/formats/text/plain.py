"""Plain text; headings and lists are inferred from the form of lines."""

import re
from collections.abc import Sequence

from corpus.formats.decoding import decode
from corpus.formats.paragraphs import add_paragraph
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.formats.tables import WideCell, add_table
from corpus.formats.text.front_matter import split_front_matter
from corpus.formats.text.letter_heads import letter_head
from corpus.formats.text.plain_columns import with_columns
from corpus.formats.text.plain_heads import is_head, is_roll
from corpus.formats.text.plain_lines import ITEM, NUMBERED_LINE, Piece, split_pieces
from corpus.formats.text.plain_tables import BESIDE, HEAD
from corpus.types import BlockKind

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s")
_ABOVE_TITLE = 200
"""Up to this many characters of text may precede a title."""


def read_plain(data: bytes) -> Parsed:
    """Read text and blocks of a plain text file.

    :raises UnreadableDocument: if the bytes are not text.
    """
    fields, body = split_front_matter(clean(decode(data)))
    fields = {**letter_head(body), **fields}
    pieces = split_pieces(with_columns(body))
    builder = TextBuilder()
    title: str | None = None
    above = 0
    numbers: set[str] = set()
    for position, piece in enumerate(pieces):
        if BESIDE in piece.lines[0]:
            named = piece.lines[0].startswith(HEAD)
            lines = [line.removeprefix(HEAD) for line in piece.lines]
            rows = [[WideCell(cell) for cell in line.split(BESIDE)] for line in lines]
            add_table(builder, rows, heads=int(named))
        elif table := _table(piece):
            add_table(builder, table, heads=1)
        elif piece.heading:
            line = piece.lines[0]
            entitles = title is None and not (is_head(line) or NUMBERED_LINE.match(line))
            level = 1 if entitles else _level(line, numbers)
            builder.add(BlockKind.HEADING, "\n".join(piece.lines), level)
            if entitles and above <= _ABOVE_TITLE:
                title = builder.last_block
        elif piece.headed and is_roll(piece.lines):
            for line in piece.lines:
                builder.add(BlockKind.LIST_ITEM, line)
        else:
            _add(builder, piece, alone=_is_alone(pieces, position))
            above += 0 if piece.recurring else sum(map(len, piece.lines))
    return Parsed(
        builder.text(),
        builder.blocks(),
        title=fields.get("title") or title,
        published=fields.get("published"),
        language=fields.get("language"),
        url=fields.get("url"),
    )


def _level(heading: str, numbers: set[str]) -> int:
    """Return the level of a heading below the title: "2.1" is within "2.", if that exists."""
    found = _NUMBER.match(heading)
    if found is None:
        return 2
    parts = found[1].split(".")
    numbers.add(found[1])
    return 2 + sum(".".join(parts[:length]) in numbers for length in range(1, len(parts)))


def _table(piece: Piece) -> list[list[WideCell]]:
    """Return the cells of lines separated by semicolons or tabs; otherwise nothing."""
    for mark, fewest in (("\t", 1), (";", 2)):
        count = piece.lines[0].count(mark)
        even = all(line.count(mark) == count and "\n" not in line for line in piece.lines)
        if count >= fewest and len(piece.lines) > 1 and even:
            return [[WideCell(cell) for cell in line.split(mark)] for line in piece.lines]
    return []


def _add(builder: TextBuilder, piece: Piece, *, alone: bool) -> None:
    """Add a piece as list items and paragraphs."""
    prose: list[str] = []
    for line in piece.lines:
        item = ITEM.match(line)
        before = prose[-1] if prose else builder.last_block
        # A single dash starts direct speech in Swedish.
        if item is None or (alone and not before.endswith(":")):
            prose.append(line)
            continue
        add_paragraph(builder, prose, apart=True)
        prose = []
        builder.add(BlockKind.LIST_ITEM, line if item[1] else line[item.end() :])
    add_paragraph(builder, prose, apart=True)


def _is_alone(pieces: Sequence[Piece], position: int) -> bool:
    """Whether the piece has at most one list item, and none is next to it."""
    beside = [*pieces[max(0, position - 1) : position], *pieces[position + 1 : position + 2]]
    lines = [*pieces[position].lines, *(piece.lines[0] for piece in beside)]
    return sum(bool(ITEM.match(line)) for line in lines) <= 1
