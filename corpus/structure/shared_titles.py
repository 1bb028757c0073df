"""Replaces titles that most documents share, such as a site's name on each of its pages."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from corpus.structure.boilerplate import FEWEST_ANYWHERE
from corpus.types import BlockKind, Document


def shared_titles(counts: Mapping[str, int], documents: int) -> frozenset[str]:
    """Return the titles that at least half of the documents have, given the counts of titles."""
    fewest = max(FEWEST_ANYWHERE, documents / 2)
    return frozenset(title for title, count in counts.items() if count >= fewest)


def own_title(document: Document) -> str:
    """Return a title of its own for a document whose title is shared.

    If the text does not begin with the title, this is its first heading. If it does, the file's
    name is added, unless the document has a date: then "Minutes" with the date says enough.
    """
    headings = [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    ]
    if document.title not in headings and headings:
        return " ".join(headings[0].split())
    if document.published:
        return document.title
    return f"{document.title} ({PurePosixPath(document.path).stem})"
