"""Rich text, read as the plain text that it holds."""

import re
from typing import Any

from corpus.errors import UnreadableDocument
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.formats.plain import read_plain
from corpus.formats.titles import choose_title
from corpus.types import BlockKind

_BEGINNING = b"{\\rtf"
# Of a style the name or the level makes its paragraphs headings.
_STYLE = re.compile(
    r"\{\\s(\d{1,4})(?=\\)[^{};]{0,500}?(?:\\(outlinelevel[0-8])(?!\d)[^{};]{0,500}"
    r"|\s((?:heading|rubrik) [1-9])(?: [^{};]{0,60})?);",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"(\\s(\d{1,4})(?=[\\ ])|\\outlinelevel([0-8])(?!\d))")
_CELL_END = re.compile(r"\\par\s{0,9}(\}?\s{0,9}\\cell(?![a-z]))")
_LONGEST_HEAD = 1_000_000
_HEADING = 0xE000
"""A sign that no text holds, which stands in the text before a heading of level 1."""
_LEVELS = 9
_MARKS = "".join(chr(_HEADING + level) for level in range(_LEVELS))


def read_rtf(data: bytes) -> Parsed:
    """Read the text of a rich-text file, with its headings.

    :raises UnreadableDocument: if it is none.
    """
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - not needed without such files

    if not data.lstrip().startswith(_BEGINNING):
        raise UnreadableDocument("The file is no rich text, whatever its name says.")
    convert: Any = rtf_to_text
    text: str = convert(_marked(_source(data)), errors="replace")
    builder = TextBuilder()
    plain: list[str] = []
    for line in text.split("\n"):
        level = ord(line[0]) - _HEADING if line else _LEVELS
        if 0 <= level < _LEVELS:
            _flush(builder, plain)
            builder.add(BlockKind.HEADING, clean(line.lstrip(_MARKS)), min(level + 1, 6))
        else:
            # A row of a table comes as "a|b|".
            is_row = line.endswith("|") and line.count("|") > 1
            plain.append(f"|{line}" if is_row else line)
    _flush(builder, plain)
    return Parsed(builder.text(), builder.blocks(), title=choose_title(builder, None))


def _marked(source: str) -> str:
    """Return the source with a sign before the text of each heading, and cells on one line."""
    source = _CELL_END.sub(r"\1", source)
    styles = {
        found[1]: int((found[2] or found[3])[-1]) - bool(found[3])
        for found in _STYLE.finditer(source, 0, _LONGEST_HEAD)
    }
    end = max((found.end() for found in _STYLE.finditer(source, 0, _LONGEST_HEAD)), default=0)

    def mark(found: re.Match[str]) -> str:
        level = found[3] or styles.get(found[2])
        return found[1] if level is None else rf"{found[1]} \u{_HEADING + int(level)}?"

    return source[:end] + _LEVEL.sub(mark, source[end:])


def _source(data: bytes) -> str:
    return data.decode("latin-1")  # other letters are written as "\\'e5" or "\\u229?"


def _flush(builder: TextBuilder, lines: list[str]) -> None:
    text = "\n".join(lines)
    lines.clear()
    if text.strip():
        builder.include(read_plain(text.encode("utf-8", "replace")))
