"""Furniture of a site in quotes: notices and addresses repeated in documents of all kinds."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.answer.links import link_to_quote
from bot.types import Citation
from corpus.structure.boilerplate import COPIED_SHARE
from corpus.structure.sections import place_at
from corpus.types import Document, Span

_LINE: Final = re.compile(r"[^\n]*[^\s][^\n]*")


def without_furniture(
    citations: Sequence[Citation], opened: Callable[[str], Document]
) -> list[Citation]:
    """Return citations whose quotes neither start nor end with lines repeated in other documents.

    Citations of nothing else are left out. A line that only copies and versions of the document
    repeat is not furniture.
    """
    documents = {one.document: opened(one.document) for one in citations}
    repeated = _Repeated({path: _lines(one.text) for path, one in documents.items()})
    found = []
    for one in citations:
        spans = [
            match.span() for match in _LINE.finditer(one.quote) if not repeated.has(one, match[0])
        ]
        if spans:
            found.append(_cut(one, (spans[0][0], spans[-1][1]), documents[one.document]))
    return found


@dataclass(frozen=True, slots=True)
class _Repeated:
    """The lines of some documents, by path."""

    lines: dict[str, frozenset[str]]

    def has(self, citation: Citation, line: str) -> bool:
        """Whether a document contains a quoted line that is no copy of the citation's."""
        own, key = self.lines[citation.document], _folded(line)
        return any(
            key in others and len(own & others) < COPIED_SHARE * len(own | others)
            for path, others in self.lines.items()
            if path != citation.document
        )


def _cut(citation: Citation, within: Span, document: Document) -> Citation:
    """Return a citation of a part of its quote, given by offsets into it."""
    if within == (0, len(citation.quote)):
        return citation
    start, end = (citation.quote_start + offset for offset in within)
    location = place_at(document, start)
    return replace(
        citation,
        quote=document.text[start:end],
        quote_start=start,
        quote_end=end,
        location=location,
        link=link_to_quote(citation.url, document.text, start, end, location),
        highlights=tuple(one for one in citation.highlights if start <= one[0] and one[1] <= end),
        differs_in=tuple(one for one in citation.differs_in if start <= one[0] and one[1] <= end),
    )


def _lines(text: str) -> frozenset[str]:
    return frozenset(_folded(match[0]) for match in _LINE.finditer(text))


def _folded(line: str) -> str:
    return " ".join(line.split()).casefold()
