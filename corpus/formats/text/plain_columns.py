"""Labels of plain text in their own column, beside what they label."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.formats.text.plain_tables import BESIDE, HEAD, with_tables

_LABELLED: Final = re.compile(r"([^\W\d_][^\n]{0,40}?)(?: {3,}| ?\t+ *)(?=\S)")
_TAB: Final = 8
_MARKS: Final = ("  ", "\t", "|")


def with_columns(text: str) -> str:
    """Return a text with `BESIDE` between the cells of tables, and between labels and their column.

    As in "Present Anna Ek" with "Bo Li" below the name.
    """
    if not any(mark in text for mark in _MARKS):
        return text
    lines = text.replace(BESIDE, " ").replace(HEAD, " ").split("\n")
    return "\n".join(_marked(with_tables(lines)))


def _marked(lines: Sequence[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        label = None if BESIDE in lines[at] else _LABELLED.match(lines[at])
        column = len(lines[at][: label.end()].expandtabs(_TAB)) if label else 0
        below = at + 1
        while label and below < len(lines) and _begins_at(lines[below], column):
            below += 1
        if label and below > at + 1:
            yield f"\n{label[1].rstrip(' :')}{BESIDE}{lines[at][label.end() :].strip()}"
            yield from (f"{BESIDE}{line.strip()}" for line in lines[at + 1 : below])
            yield ""
        else:
            yield lines[at]
        at = max(below, at + 1) if label and below > at + 1 else at + 1


def _begins_at(line: str, column: int) -> bool:
    """Whether the text of a line starts at a column, within one position."""
    bare = line.lstrip()
    indent = len(line[: len(line) - len(bare)].expandtabs(_TAB))
    return bool(bare) and abs(indent - column) <= 1
