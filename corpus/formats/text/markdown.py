"""Reads Markdown as its authors mean it, rather than by the letter of CommonMark.

In CommonMark "##Budget" is not a heading, a list that is indented too far is code, and comments and
link definitions of notes are text.
"""

import re
from collections.abc import Sequence

from lxml.etree import LxmlError

from corpus.formats.decoding import decode
from corpus.formats.office.titles import entitling
from corpus.formats.paragraphs import add_paragraph
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.formats.tables import WideCell, add_table
from corpus.formats.text.front_matter import split_front_matter
from corpus.formats.text.inline import strip_markup
from corpus.formats.text.markdown_lines import RawBlock, split_blocks
from corpus.formats.text.plain_lines import NUMBERED_LINE
from corpus.languages.roles import roles_in
from corpus.types import Block, BlockKind

_CELL_BORDER = re.compile(r"(?<!\\)\|")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,80})(?<=[^\s.!?,;])\1:?$")
# A comment in a note: within a line, or between lines of only its marks.
_NOTE_COMMENT = re.compile(
    r"(?<![\d%])(?<!\d )%%(?=[^\n%])[^%\n]{0,2000}%%|^%%[ \t]*\n(?:(?!%%)[^\n]*\n){0,500}%%[ \t]*$",
    re.MULTILINE,
)
# Link definitions: "[1]: https://a.se", and "[//]: # (a comment)".
_TARGET = re.compile(
    r"^ {0,3}\[[^\]\n^][^\]\n]{0,200}\]: +(?:<[^<>\n]*>|#|\.{0,2}/\S*|mailto:\S+|[a-z]{2,9}://\S*)"
    r"""(?: +(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$""",
    re.MULTILINE | re.IGNORECASE,
)
_NUMBERED_LEVEL = 7
"""Level of a numbered line that serves as heading, below all explicit ones."""
_BOLD_LEVEL = 8


def read_markdown(data: bytes) -> Parsed:
    """Read text, blocks and front matter of a Markdown file.

    :raises UnreadableDocument: if the bytes are not text.
    """
    fields, body = split_front_matter(clean(decode(data)))
    text, blocks = parse_markdown(body)
    return Parsed(
        text,
        blocks,
        title=fields.get("title") or _title(text, blocks),
        published=fields.get("published"),
        language=fields.get("language"),
        url=fields.get("url"),
    )


def parse_markdown(source: str) -> tuple[str, Sequence[Block]]:
    """Return the clean text of Markdown source, and its blocks."""
    raw = split_blocks(_without_comments(source).split("\n"))
    builder = TextBuilder()
    rows: list[RawBlock] = []
    for position, block in enumerate(raw):
        if rows and (block.kind is not BlockKind.TABLE_ROW or block.is_head):
            _add_rows(builder, rows)
            rows = []
        if block.kind is BlockKind.TABLE_ROW:
            rows.append(block)
        else:
            _add(builder, block, alone=_is_alone(raw, position))
    if rows:
        _add_rows(builder, rows)
    return builder.text(), builder.blocks()


def _without_comments(source: str) -> str:
    """Return the source without what readers of the page or note don't see."""
    kept: list[str] = []
    at = 0
    while (start := source.find("<!--", at)) != -1 and (end := source.find("-->", start)) != -1:
        kept.append(source[at:start])
        at = end + len("-->")
    whole = "".join(kept) + source[at:]
    whole = _TARGET.sub("", whole) if "]:" in whole else whole
    return _NOTE_COMMENT.sub("", whole) if "%%" in whole else whole


def _add(builder: TextBuilder, block: RawBlock, *, alone: bool) -> None:
    if block.is_html:
        _add_html(builder, "\n".join(block.lines))
    elif block.kind is BlockKind.PARAGRAPH and not block.verbatim:
        _add_paragraph(builder, block)
    elif block.kind is BlockKind.PARAGRAPH and _announces_people(builder):
        for line in block.lines:
            builder.add(BlockKind.LIST_ITEM, line, 1)
    elif block.kind is BlockKind.PARAGRAPH:
        builder.add(block.kind, "\n".join(block.lines))
    elif block.kind is BlockKind.HEADING:
        builder.add(block.kind, strip_markup(" ".join(block.lines)), block.level)
    else:
        _add_item(builder, block, strip_markup("\n".join(block.lines)), alone=alone)


def _announces_people(builder: TextBuilder) -> bool:
    """Whether a code block right below is a list of names, for example under "People:"."""
    last = builder.last_block
    return (last.endswith(":") or builder.under_section_heading()) and bool(roles_in(last))


def _add_item(builder: TextBuilder, block: RawBlock, text: str, *, alone: bool) -> None:
    if block.marker[0].isdigit():
        builder.add(block.kind, f"{block.marker} {text}", block.level)
    elif alone and block.marker != ":" and not builder.last_block.endswith(":"):
        # A single dash starts direct speech in Swedish.
        builder.add(BlockKind.PARAGRAPH, f"{block.marker} {text}" if block.marker == "-" else text)
    else:
        builder.add(block.kind, text, block.level)


def _add_paragraph(builder: TextBuilder, block: RawBlock) -> None:
    """Add a paragraph; a bold or numbered first line may be a heading."""
    first, *rest = block.lines
    bold = _BOLD_LINE.match(first)
    text = strip_markup(bold[2] if bold else first)
    if NUMBERED_LINE.match(text) and not (rest and rest[0][:1].islower()):
        builder.add(BlockKind.HEADING, text, _NUMBERED_LEVEL)
    elif bold:
        builder.add(BlockKind.HEADING, text, _BOLD_LEVEL)
    else:
        rest = block.lines
    if rest:
        add_paragraph(builder, strip_markup("\n".join(rest)).split("\n"))


def _add_html(builder: TextBuilder, source: str) -> None:
    # Slow to import, and most files have no HTML.
    from corpus.formats.html.page_tree import parse_tree, read_tree  # noqa: PLC0415

    try:
        root = parse_tree(source)
    except (ValueError, LxmlError):
        builder.add(BlockKind.PARAGRAPH, strip_markup(source))
    else:
        read_tree(root, builder)


def _add_rows(builder: TextBuilder, rows: Sequence[RawBlock]) -> None:
    """Add consecutive rows; the first may have the column heads."""
    cells = [
        [WideCell(strip_markup(cell.strip())) for cell in _cells(row.lines[0])] for row in rows
    ]
    add_table(builder, cells, heads=int(rows[0].is_head))


def _cells(line: str) -> list[str]:
    return _CELL_BORDER.split(line.strip().removeprefix("|").removesuffix("|"))


def _is_alone(blocks: list[RawBlock], position: int) -> bool:
    """Whether no list item is next to the block."""
    beside = blocks[max(0, position - 1) : position] + blocks[position + 1 : position + 2]
    return all(block.kind is not BlockKind.LIST_ITEM for block in beside)


def _title(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the first heading of the highest level, or a lower one that starts the text."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    for block in entitling(text, headings):
        if block.level == 1 or block is blocks[0]:
            return text[block.start : block.end]
    return None
