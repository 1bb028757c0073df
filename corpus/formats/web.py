"""Web pages: the text that is read, without menus, cookie notices and footers."""

import re
from configparser import ConfigParser
from typing import Any

import trafilatura
from trafilatura.metadata import extract_metadata
from trafilatura.settings import use_config

from corpus.errors import UnreadableDocument
from corpus.formats.decoding import decode
from corpus.formats.markdown import parse_markdown
from corpus.formats.parsed import Parsed, clean

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_TIME_TAG = re.compile(r"</?time\b[^>]*>", re.IGNORECASE)
_HEAD_BYTES = 4096


def _settings() -> ConfigParser:
    """Settings under which a short page keeps its structure too."""
    settings = use_config()
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        settings.set("DEFAULT", name, "1")
    return settings


_SETTINGS = _settings()


def read_html(data: bytes) -> Parsed:
    """Main text, blocks and metadata of a web page.

    :raises UnreadableDocument: if the bytes are no text or the page cannot be parsed.
    """
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    page = clean(decode(data, declared[1].decode("ascii") if declared else None))
    try:
        markdown, metadata = _extract(page)
    # The parsers below raise anything on a broken page.
    except Exception as error:
        raise UnreadableDocument("The file is not a web page that can be read.") from error
    text, blocks = parse_markdown(markdown)
    language = _LANGUAGE.search(page[:_HEAD_BYTES])
    return Parsed(
        text,
        blocks,
        title=metadata.title or None,
        published=metadata.date or None,
        language=language[1] if language else None,
        url=metadata.url or None,
    )


def _extract(page: str) -> tuple[str, Any]:
    """Main text as Markdown, and the metadata."""
    # What stands in <time> would be dropped with the tag: "Published" without its date.
    markdown = trafilatura.extract(
        _TIME_TAG.sub("", page),
        output_format="markdown",
        include_formatting=True,
        include_comments=False,
        include_tables=True,
        config=_SETTINGS,
    )
    dates = {"original_date": True, "extensive_search": False}
    return markdown or "", extract_metadata(page, date_config=dates)
