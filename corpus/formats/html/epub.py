"""E-books: their chapters in reading order."""

from contextlib import suppress
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from corpus.errors import UnreadableDocument
from corpus.formats.html.web import read_html
from corpus.formats.office.packages import Package, child, children, local_name
from corpus.formats.parsed import Parsed, TextBuilder, clean


def read_epub(data: bytes) -> Parsed:
    """Read text, blocks and metadata of an e-book.

    :raises UnreadableDocument: if it is locked or broken.
    """
    builder = TextBuilder()
    with Package(data) as package:
        container = package.xml("META-INF/container.xml")
        roots = (one for one in container.iter() if local_name(one) == "rootfile")
        name = next((one.get("full-path", "") for one in roots), "")
        book = package.xml(name)
        for chapter in _chapters(book, name):
            with suppress(UnreadableDocument):  # A cover has no text.
                builder.include(read_html(package.read(chapter)))
    return Parsed(
        builder.text(),
        builder.blocks(),
        title=_said(book, "title"),
        published=_said(book, "date"),
        language=_said(book, "language"),
    )


def _chapters(book: etree._Element, name: str) -> list[str]:
    """Return the parts with the chapters, in the order of the spine."""
    manifest, spine = child(book, "manifest"), child(book, "spine")
    if manifest is None or spine is None:
        return []
    hrefs = {one.get("id"): one.get("href", "") for one in children(manifest, "item")}
    listed = (hrefs.get(one.get("idref")) for one in children(spine, "itemref"))
    return [normpath(join(dirname(name), unquote(href))) for href in listed if href]


def _said(book: etree._Element, name: str) -> str | None:
    metadata = child(book, "metadata")
    found = None if metadata is None else child(metadata, name)
    return clean(found.text or "").strip() or None if found is not None else None
