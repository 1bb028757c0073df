"""Titles and headings of office documents, as they can be told without styles that say so."""

import re
from typing import Final

from corpus.formats.parsed import TextBuilder, clean
from corpus.languages.known import either
from corpus.types import BlockKind

_TOP: Final = 5
"""Blocks at the top of a document among which a heading is its title."""
_LONGEST: Final = 120
_SENTENCE_END: Final = re.compile(r"[.,;!?…]$")
_NO_TITLE: Final = re.compile(
    rf"microsoft |{either(lambda w: w.pages.untitled)}"
    r"|\.(?:docx?|pdf|indd|pptx?|xlsx?|od[tsp]|rtf)$",
    re.IGNORECASE,
)


def choose_title(builder: TextBuilder, declared: str | None) -> str | None:
    """Return the highest heading near the top, or else what the file's properties declare."""
    headings = [block for block in builder.blocks()[:_TOP] if block.kind is BlockKind.HEADING]
    if headings:
        first = min(headings, key=lambda block: block.level)
        return builder.text()[first.start : first.end]
    declared = clean(declared or "").strip()
    return declared if declared and not _NO_TITLE.search(declared) else None


def looks_like_heading(text: str) -> bool:
    """Whether a line is such that only its bold letters are wanting to make it a heading."""
    return 0 < len(text) <= _LONGEST and "\n" not in text and not _SENTENCE_END.search(text)
