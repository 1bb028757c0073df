"""Metadata of a web page: title, address, publication date and language."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml.html import HtmlElement

from corpus.languages.known import either

_DATE_NAMES: Final = (
    "article:published_time og:article:published_time datepublished date dc.date dc.date.issued "
    "dcterms.date dcterms.issued dcterms.created citation_publication_date pubdate publishdate "
    "publish-date publication_date parsely-pub-date sailthru.date"
).split()
_SAYS_PUBLISHED: Final = re.compile(
    rf"(?:{either(lambda w: w.pages.published)})\W*$", re.IGNORECASE
)
_SITE: Final = re.compile(r"\s+[|–—·»•-]\s+[^|–—·»•]{1,60}$")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata found."""

    title: str | None
    published: str | None
    """As written in the page, not validated."""
    url: str | None
    language: str | None


def read_metadata(root: HtmlElement) -> Metadata:
    """Return a page's metadata."""
    named = _named(root)
    linked = root.find(".//link[@rel='canonical']")
    url = (linked.get("href") if linked is not None else None) or named.get("og:url")
    return Metadata(
        title=_title(root, named),
        published=_published(root, named),
        url=url if url and url.startswith(("http://", "https://")) else None,
        language=root.get("lang") or named.get("content-language") or named.get("dc.language"),
    )


def _named(root: HtmlElement) -> dict[str, str]:
    """Return the contents of <meta> elements by lower-case name."""
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        for key in ("name", "property", "itemprop", "http-equiv"):
            if (name := meta.get(key)) and (content := (meta.get("content") or "").strip()):
                named.setdefault(name.lower(), content)
    return named


def _title(root: HtmlElement, named: dict[str, str]) -> str | None:
    """Return the only heading of the highest level, or the title without the site's name."""
    headings = [text for one in root.iter("h1") if (text := _text(one))]
    if len(headings) == 1:
        return headings[0]
    title = root.find(".//title")
    whole = named.get("og:title") or (_text(title) if title is not None else "")
    return next((one for one in headings if one in whole), None) or _SITE.sub("", whole) or None


def _published(root: HtmlElement, named: dict[str, str]) -> str | None:
    for name in _DATE_NAMES:
        if found := named.get(name):
            return found
    for found in _linked_data(root):
        return found
    for time in root.iter("time"):
        value = time.get("datetime") or _text(time)
        marked = time.get("pubdate") is not None or time.get("itemprop") == "datePublished"
        if value and (marked or _SAYS_PUBLISHED.search(_before(time))):
            return value
    return None


def _before(element: HtmlElement) -> str:
    """Return the text right before an element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return (previous.tail or "").strip() or _text(previous)
    return (parent.text or "") if parent is not None else ""


def _linked_data(root: HtmlElement) -> Iterator[str]:
    """Yield the publication dates in JSON-LD."""
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        try:
            data: Any = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph") if isinstance(data, dict) else data
        for one in [data, *(graph if isinstance(graph, list) else [])]:
            found = one.get("datePublished") if isinstance(one, dict) else None
            if isinstance(found, str):
                yield found


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())[:_LONGEST]
