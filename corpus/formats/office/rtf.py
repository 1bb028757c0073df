"""Rich text, reduced to plain text."""

import re
from typing import Any

from corpus.errors import UnreadableDocument
from corpus.formats.office.titles import choose_title
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.formats.text.plain import read_plain
from corpus.types import BlockKind

_BEGINNING = b"{\\rtf"
# The name or level of a style marks headings.
_STYLE = re.compile(
    r"\{\\s(\d{1,4})(?=\\)[^{};]{0,500}?(?:\\(outlinelevel[0-8])(?!\d)[^{};]{0,500}"
    r"|\s((?:heading|rubrik) [1-9])(?: [^{};]{0,60})?);",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"(\\s(\d{1,4})(?=[\\ ])|\\outlinelevel([0-8])(?!\d))")
_CELL_END = re.compile(r"\\par\s{0,9}(\}?\s{0,9}\\cell(?![a-z]))")
# Hides text until it is turned off or its group ends.
_UNSEEN = re.compile(r"\\(?:strike|striked1|v|deleted)(?![a-z0-9])")
_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'..|\\.|[{}]|[^\\{}]+", re.DOTALL)
_ENDS_ALL = "plain"
_LONGEST_HEAD = 1_000_000
_HEADING = 0xE000
"""A character that no text has; it marks a heading of level 1."""
_LEVELS = 9
_MARKS = "".join(chr(_HEADING + level) for level in range(_LEVELS))


def read_rtf(data: bytes) -> Parsed:
    """Read the text of a rich-text file, with its headings.

    :raises UnreadableDocument: if it is not RTF.
    """
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - not needed without such files

    if not data.lstrip().startswith(_BEGINNING):
        raise UnreadableDocument("The file is not RTF, despite its name.")
    convert: Any = rtf_to_text
    text: str = convert(_marked(_seen(_source(data))), errors="replace")
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


def _seen(source: str) -> str:
    """Return the source without text that is struck out, hidden or deleted."""
    if not _UNSEEN.search(source):
        return source
    kept: list[str] = []
    unseen: frozenset[str] = frozenset()
    around: list[frozenset[str]] = []
    for token in _TOKEN.finditer(source):
        word = token[1]
        if token[0] == "{":
            around.append(unseen)
        elif token[0] == "}":
            unseen = around.pop() if around else frozenset()
        elif word == _ENDS_ALL:
            unseen = frozenset()
        elif word in ("strike", "striked", "v", "deleted"):
            unseen = unseen - {word} if token[2] == "0" else unseen | {word}
        elif unseen and (word is None or word == "u"):
            continue
        kept.append(token[0])
    return "".join(kept)


def _marked(source: str) -> str:
    """Return the source with marks before headings, and cells on one line."""
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
    return data.decode("latin-1")  # Other letters are written as "\\'e5" or "\\u229?".


def _flush(builder: TextBuilder, lines: list[str]) -> None:
    text = "\n".join(lines)
    lines.clear()
    if text.strip():
        builder.include(read_plain(text.encode("utf-8", "replace")))
