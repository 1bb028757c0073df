"""Titles and headings of office documents without heading styles."""

import re
from collections.abc import Sequence
from typing import Final

from corpus.formats.parsed import TextBuilder, clean
from corpus.formats.text.plain_heads import names_time
from corpus.languages.known import either
from corpus.types import Block, BlockKind

_TOP: Final = 5
"""The title is looked for in this many blocks at the top."""
_LONGEST: Final = 120
_SENTENCE_END: Final = re.compile(r"[.,;!?…]$")
_NO_TITLE: Final = re.compile(
    rf"microsoft |{either(lambda w: w.pages.untitled)}"
    r"|\.(?:docx?|pdf|indd|pptx?|xlsx?|od[tsp]|rtf)$",
    re.IGNORECASE,
)


def choose_title(builder: TextBuilder, declared: str | None) -> str | None:
    """Return the highest heading near the top, or else the declared title."""
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
    """Return the headings that can be the title: not a date among other dates."""
    days = [block for block in headings if names_time(text[block.start : block.end])]
    return headings if len(days) < 2 else [block for block in headings if block not in days]


def looks_like_heading(text: str) -> bool:
    """Whether a line would be a heading if it were bold."""
    return 0 < len(text) <= _LONGEST and "\n" not in text and not _SENTENCE_END.search(text)
