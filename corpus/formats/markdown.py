"""Markdown to clean text, with a reader of our own: a full parser takes ten times as long."""

import re

from corpus.formats.decoding import decode
from corpus.formats.front_matter import split_front_matter
from corpus.formats.inline import strip_markup
from corpus.formats.markdown_lines import RawBlock, split_blocks
from corpus.formats.paragraphs import add_paragraph
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.types import Block, BlockKind

_CELL_BORDER = re.compile(r"(?<!\\)\|")


def read_markdown(data: bytes) -> Parsed:
    """Read text, blocks and front matter of a Markdown file.

    :raises UnreadableDocument: if the bytes are no text.
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


def parse_markdown(source: str) -> tuple[str, tuple[Block, ...]]:
    """Return the clean text of Markdown source, and the blocks that index into it."""
    raw = split_blocks(_without_comments(source).split("\n"))
    builder = TextBuilder()
    for position, block in enumerate(raw):
        _add(builder, block, alone=_is_alone(raw, position))
    return builder.text(), builder.blocks()


def _without_comments(source: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := source.find("<!--", at)) != -1 and (end := source.find("-->", start)) != -1:
        kept.append(source[at:start])
        at = end + len("-->")
    return "".join(kept) + source[at:]


def _add(builder: TextBuilder, block: RawBlock, *, alone: bool) -> None:
    text = "\n".join(block.lines)
    if not block.verbatim and block.kind is not BlockKind.TABLE_ROW:
        text = strip_markup(text)
    if block.kind is BlockKind.TABLE_ROW:
        cells = [
            strip_markup(cell.strip())
            for cell in _CELL_BORDER.split(text.removeprefix("|").removesuffix("|"))
        ]
        builder.add(block.kind, " | ".join(cells) if any(cells) else "")
    elif block.kind is BlockKind.HEADING:
        builder.add(block.kind, text.replace("\n", " "), block.level)
    elif block.kind is BlockKind.LIST_ITEM and block.marker[0].isdigit():
        builder.add(block.kind, f"{block.marker} {text}")
    elif block.kind is BlockKind.LIST_ITEM and alone and not builder.last_block.endswith(":"):
        # A lone dash opens what somebody says; in Swedish that is the sign of a quotation.
        builder.add(BlockKind.PARAGRAPH, f"{block.marker} {text}" if block.marker == "-" else text)
    elif block.kind is BlockKind.LIST_ITEM:
        builder.add(block.kind, text)
    else:
        add_paragraph(builder, text.split("\n"))


def _is_alone(blocks: list[RawBlock], position: int) -> bool:
    """Whether no list item stands beside the block."""
    beside = blocks[max(0, position - 1) : position] + blocks[position + 1 : position + 2]
    return all(block.kind is not BlockKind.LIST_ITEM for block in beside)


def _title(text: str, blocks: tuple[Block, ...]) -> str | None:
    """Return the first heading of the highest level, or a lower one the text begins with."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    for block in headings:
        if block.level == 1 or block is blocks[0]:
            return text[block.start : block.end]
    return None
