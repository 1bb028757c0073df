"""The main text of a web page told from menus, notices and footers, by trafilatura."""

import re
from dataclasses import dataclass

import trafilatura
from trafilatura.metadata import extract_metadata
from trafilatura.settings import use_config

# What stands in <time> would be dropped with the tag: "Published" without its date.
_TIME_TAG = re.compile(r"</?time\b[^>]*>", re.IGNORECASE)
# On a short page menus would pass for its text.
_NO_TEXT = re.compile(r"<(nav|footer|script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """What was found on a page."""

    markdown: str
    title: str | None
    published: str | None
    url: str | None


def extract_page(source: str) -> Page:
    """Return the main text of a page as Markdown, and its metadata; raises anything."""
    settings = use_config()
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        settings.set("DEFAULT", name, "1")  # a short page keeps its structure too
    markdown = trafilatura.extract(
        _NO_TEXT.sub("", _TIME_TAG.sub("", source)),
        output_format="markdown",
        include_formatting=True,
        include_comments=False,
        include_tables=True,
        fast=True,  # the slower ways lose lists and tables of short pages
        favor_recall=True,
        config=settings,
    )
    dates = {"original_date": True, "extensive_search": False}
    metadata = extract_metadata(source, date_config=dates)
    return Page(markdown or "", metadata.title, metadata.date, metadata.url)
