"""Rich text, read as the plain text that it holds."""

import re
from typing import Any

from corpus.errors import UnreadableDocument
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.formats.plain import read_plain
from corpus.formats.titles import choose_title
from corpus.types import BlockKind

_BEGINNING = b"{\\rtf"
_OUTLINE = re.compile(r"(\\outlinelevel([0-8]))(?![0-9])")
_HEADING = 0xE000
"""A sign that no text holds, which stands in the text before a heading of level 1."""
_LEVELS = 9


def read_rtf(data: bytes) -> Parsed:
    """Read the text of a rich-text file, with its headings.

    :raises UnreadableDocument: if it is none.
    """
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - not needed without such files

    if not data.lstrip().startswith(_BEGINNING):
        raise UnreadableDocument("The file is no rich text, whatever its name says.")
    marked = _OUTLINE.sub(lambda found: rf"{found[1]} \u{_HEADING + int(found[2])}?", _source(data))
    convert: Any = rtf_to_text
    text: str = convert(marked, errors="replace")
    builder = TextBuilder()
    plain: list[str] = []
    for line in text.split("\n"):
        level = ord(line[0]) - _HEADING if line else _LEVELS
        if 0 <= level < _LEVELS:
            _flush(builder, plain)
            builder.add(BlockKind.HEADING, clean(line[1:]), min(level + 1, 6))
        else:
            plain.append(line)
    _flush(builder, plain)
    return Parsed(builder.text(), builder.blocks(), title=choose_title(builder, None))


def _source(data: bytes) -> str:
    return data.decode("latin-1")  # other letters are written as "\\'e5" or "\\u229?"


def _flush(builder: TextBuilder, lines: list[str]) -> None:
    text = "\n".join(lines)
    lines.clear()
    if text.strip():
        builder.include(read_plain(text.encode("utf-8", "replace")))
