"""Titles and headings of office documents, as they can be told without styles that say so."""

import re
from collections.abc import Sequence
from typing import Final

from corpus.formats.parsed import TextBuilder, clean
from corpus.formats.text.plain_heads import names_time
from corpus.languages.known import either
from corpus.types import Block, BlockKind

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
    text = builder.text()
    headings = entitling(
        text, [block for block in builder.blocks() if block.kind is BlockKind.HEADING]
    )
    top = builder.blocks()[:_TOP]
    headings = [block for block in headings if top and block.start <= top[-1].start]
    if headings:
        first = min(headings, key=lambda block: block.level)
        return text[first.start : first.end]
    declared = clean(declared or "").strip()
    return declared if declared and not _NO_TITLE.search(declared) else None


def entitling(text: str, headings: Sequence[Block]) -> Sequence[Block]:
    """Return those of a text's headings that can be its title: no day that others stand beside."""
    days = [block for block in headings if names_time(text[block.start : block.end])]
    return headings if len(days) < 2 else [block for block in headings if block not in days]


def looks_like_heading(text: str) -> bool:
    """Whether a line is such that only its bold letters are wanting to make it a heading."""
    return 0 < len(text) <= _LONGEST and "\n" not in text and not _SENTENCE_END.search(text)
