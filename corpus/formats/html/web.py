"""Web pages: the main text with headings, lists and tables, without menus."""

import re

from corpus.errors import UnreadableDocument
from corpus.formats.decoding import decode
from corpus.formats.parsed import Parsed, TextBuilder, clean

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096


def read_html(data: bytes) -> Parsed:
    """Read text, blocks and metadata of a web page.

    :raises UnreadableDocument: if the bytes are not text or the page cannot be parsed.
    """
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    source = clean(decode(data, declared[1].decode("ascii") if declared else None))
    # Slow to import, and most folders have no web pages.
    from corpus.formats.html.page_metadata import read_metadata  # noqa: PLC0415
    from corpus.formats.html.page_tree import parse_tree, read_tree  # noqa: PLC0415

    try:
        root = parse_tree(source)
    except Exception as error:  # The parser raises anything on a broken page.
        raise UnreadableDocument(
            "The file is not a valid web page; open it and save it again."
        ) from error
    metadata = read_metadata(root)
    builder = TextBuilder()
    left_out = read_tree(root, builder)
    return Parsed(
        builder.text(),
        builder.blocks(),
        title=metadata.title,
        published=metadata.published,
        language=metadata.language,
        url=metadata.url,
        left_out=left_out,
    )
