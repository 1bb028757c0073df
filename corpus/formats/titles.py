"""The title of an office document: its heading rather than what a template left behind."""

import re
from typing import Final

from corpus.formats.parsed import TextBuilder, clean
from corpus.types import BlockKind

_TOP: Final = 5
"""Blocks at the top of a document among which a heading is its title."""
_NO_TITLE: Final = re.compile(
    r"microsoft |untitled|namnlös|\(?anonymous|\.(?:docx?|pdf|indd|pptx?|xlsx?|od[tsp]|rtf)$", re.I
)


def choose_title(builder: TextBuilder, declared: str | None) -> str | None:
    """Return the highest heading near the top, or else what the file's properties declare."""
    headings = [block for block in builder.blocks()[:_TOP] if block.kind is BlockKind.HEADING]
    if headings:
        first = min(headings, key=lambda block: block.level)
        return builder.text()[first.start : first.end]
    declared = clean(declared or "").strip()
    return declared if declared and not _NO_TITLE.search(declared) else None
