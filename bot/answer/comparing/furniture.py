"""Furniture of a site in quotes: notices and addresses repeated in documents of all kinds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answer.links import link_to_quote
from bot.types import Citation
from corpus.structure.boilerplate import COPIED_SHARE
from corpus.structure.entries import lines_of
from corpus.structure.sections import place_at
from corpus.types import Document, Span


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
            span for span in _written(one.quote) if not repeated.has(one, one.quote[slice(*span)])
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
    return frozenset(_folded(text[slice(*span)]) for span in _written(text))


def _written(text: str) -> Iterator[Span]:
    """Yield the lines that are not blank."""
    return (span for span in lines_of(text, 0, len(text)) if text[slice(*span)].strip())


def _folded(line: str) -> str:
    return " ".join(line.split()).casefold()
