"""Links that open a web page at a quote, by text fragments.

The syntax is that of https://wicg.github.io/scroll-to-text-fragment/: a phrase alone, or the first
and the last words of a longer stretch. A browser that finds no such words opens the page as ever.
A PDF opens at a page, by RFC 8118.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

_MOST_WORDS_WHOLE: Final = 14
"""Words up to which a quote is named whole."""
_WORDS_AT_ENDS: Final = (3, 4, 5, 6)
"""How many of the first or last words of a longer one are tried; the fewest that do are named."""
_PDF: Final = re.compile(r"^[^?#]*\.pdf$", re.IGNORECASE)
_PAGE: Final = re.compile(r"p\. (\d+)")
_LIST_MARKER: Final = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
"""What begins an item in a text, and is no text on a web page."""


def link_to_quote(
    url: str | None, text: str, start: int, end: int, location: str = ""
) -> str | None:
    """Return a page's address so that it opens at a quote, given as offsets into its text.

    A PDF opens at the page that the quote's location names. The plain address where it can't be
    said: what is not on the web, or words that also stand elsewhere in the text.
    """
    if url and _PDF.search(url):
        return link_to_page(url, location)
    if url is None or not is_web_page(url) or ":~:" in url:
        return url
    fragment = _fragment(text, start, end)
    if fragment is None:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"


def link_to_page(address: str, location: str) -> str:
    """Return the address of a file so that a PDF opens at the page that a location names."""
    page = _PAGE.match(location)
    return f"{address}#page={page[1]}" if page and _PDF.search(address) else address


def is_web_page(url: str) -> bool:
    """Return whether an address is one that browsers open."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _fragment(text: str, start: int, end: int) -> str | None:
    lines = [_LIST_MARKER.sub("", line) for line in text[start:end].splitlines()]
    lines = [line for line in lines if line.strip()]
    # A row of a table is several stretches of text on a page.
    if not lines or "|" in lines[0] + lines[-1]:
        return None
    whole, first, last = _normal(text), lines[0].split(), lines[-1].split()
    if len(lines) == 1 and len(first) <= _MOST_WORDS_WHOLE:
        return _first_that_stands_once([first], whole)
    beginning = _first_that_stands_once((first[:count] for count in _WORDS_AT_ENDS), whole)
    ending = _first_that_stands_once((last[-count:] for count in _WORDS_AT_ENDS), whole)
    return f"{beginning},{ending}" if beginning and ending else None


def _first_that_stands_once(phrases: Iterable[Sequence[str]], whole: str) -> str | None:
    for words in phrases:
        if whole.count(_normal(" ".join(words))) == 1:
            # The dash has a meaning of its own there, as have the comma and the ampersand.
            return percent_encoded(" ".join(words), safe="").replace("-", "%2D")
    return None


def _normal(text: str) -> str:
    """Return a text as browsers compare it: whatever its capitals and its white space."""
    return " ".join(text.casefold().split())
