"""Web pages: the text that is read, without menus, cookie notices and footers."""

import re

from corpus.errors import UnreadableDocument
from corpus.formats.decoding import decode
from corpus.formats.markdown import parse_markdown
from corpus.formats.parsed import Parsed, clean

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096


def read_html(data: bytes) -> Parsed:
    """Read the main text, blocks and metadata of a web page.

    :raises UnreadableDocument: if the bytes are no text or the page cannot be parsed.
    """
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    source = clean(decode(data, declared[1].decode("ascii") if declared else None))
    # Half a second to import, and most folders hold no web page.
    from corpus.formats.extraction import extract_page  # noqa: PLC0415

    try:
        page = extract_page(source)
    except Exception as error:  # the parsers raise anything on a broken page
        raise UnreadableDocument(
            "The file is no web page that can be read; open it and save it again."
        ) from error
    text, blocks = parse_markdown(page.markdown)
    language = _LANGUAGE.search(source[:_HEAD_BYTES])
    return Parsed(
        text,
        blocks,
        title=page.title,
        published=page.published,
        language=language[1] if language else None,
        url=page.url,
    )
