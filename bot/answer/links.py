"""Links that open a web page at a quote, by text fragments.

Syntax: https://wicg.github.io/scroll-to-text-fragment/, with a whole phrase, or the first and last
words of a longer one. A browser that doesn't find the words opens the page as usual. A PDF opens at
a page (RFC 8118).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

_MOST_WORDS_WHOLE: Final = 14
"""Up to this many words, the link contains the whole quote."""
_WORDS_AT_ENDS: Final = (3, 4, 5, 6)
"""How many first or last words of a longer quote are tried; the fewest that are unique are used."""
_PDF: Final = re.compile(r"^[^?#]*\.pdf$", re.IGNORECASE)
_PAGE: Final = re.compile(r"p\. (\d+)")
_LIST_MARKER: Final = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")
"""List markers, which are not part of the text on a web page."""


def link_to_quote(
    url: str | None, text: str, start: int, end: int, location: str = ""
) -> str | None:
    """Return a page's address that opens at a quote, given by its offsets in the text.

    A PDF opens at the page in the quote's location. The plain address is returned if the page is
    not on the web or no words identify the quote uniquely.
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
    """Return the address of a file; a PDF opens at the page in the location."""
    page = _PAGE.match(location)
    return f"{address}#page={page[1]}" if page and _PDF.search(address) else address


def is_web_page(url: str) -> bool:
    """Return whether an address is one of a web page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _fragment(text: str, start: int, end: int) -> str | None:
    lines = [_LIST_MARKER.sub("", line) for line in text[start:end].splitlines()]
    lines = [line for line in lines if line.strip()]
    # A table row is several separate texts on a page.
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
            # Dash, comma and ampersand have special meanings in a text fragment.
            return percent_encoded(" ".join(words), safe="").replace("-", "%2D")
    return None


def _normal(text: str) -> str:
    """Return a text as browsers compare it: ignoring case and white space."""
    return " ".join(text.casefold().split())
