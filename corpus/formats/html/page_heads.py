"""Paragraphs of a web page that serve as headings: bold ones, or with a bold first line."""

import re
from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

from corpus.formats.office.titles import looks_like_heading

BOLD_LEVEL: Final = 8
"""Level of such a heading, below all explicit ones."""
_MARK: Final = "data-bold-head"
_LONGEST: Final = 80
_BOLD_TAGS: Final = frozenset(("b", "strong"))
_BOLD_STYLE: Final = re.compile(r"font-weight:\s{0,3}(?:bold|[6-9]00)", re.IGNORECASE)
_BOLD_CLASS: Final = re.compile(
    r"\.([\w-]{1,60})\s{0,3}\{[^{}]{0,400}?font-weight:\s{0,3}(?:bold|[6-9]00)", re.IGNORECASE
)
_LONGEST_SHEET: Final = 100_000
_WITHIN: Final = frozenset(("li", "td", "th", "dd", "dt", "blockquote"))


def is_bold_head(element: HtmlElement) -> bool:
    """Whether a paragraph has been marked as a heading."""
    return element.get(_MARK) is not None


def mark_bold_heads(root: HtmlElement) -> None:
    """Mark the paragraphs that serve as headings, splitting off bold first lines."""
    sheets = (" ".join(one.itertext())[:_LONGEST_SHEET] for one in root.iter("style"))
    classes = frozenset(name for sheet in sheets for name in _BOLD_CLASS.findall(sheet))
    for paragraph in list(root.iter("p")):
        parent = paragraph.getparent()
        if parent is None or parent.tag in _WITHIN or (paragraph.text or "").strip():
            continue
        head = list(_bold_first_line(paragraph, classes))
        text = " ".join(" ".join("".join(one.itertext()) for one in head).split())
        if not text or len(text) > _LONGEST or not looks_like_heading(text.rstrip(":")):
            continue
        if head[-1] is not paragraph[-1]:
            _split(paragraph, head)
        else:
            paragraph.set(_MARK, "")


def _bold_first_line(paragraph: HtmlElement, classes: frozenset[str]) -> Iterator[HtmlElement]:
    """Yield the bold elements of a first line that is all bold; otherwise nothing."""
    found: list[HtmlElement] = []
    for child in paragraph:
        if child.tag == "br" and found:
            break
        if not _is_bold(child, classes) or (child.tail or "").strip():
            return
        found.append(child)
    yield from found


def _is_bold(element: HtmlElement, classes: frozenset[str]) -> bool:
    if element.tag in _BOLD_TAGS:
        return next(element.iter("br"), None) is None
    if element.tag != "span":
        return False
    if _BOLD_STYLE.search(element.get("style") or "") or not classes.isdisjoint(
        (element.get("class") or "").split()
    ):
        return next(element.iter("br"), None) is None
    inner = list(element)
    bare = not (element.text or "").strip() and not any((one.tail or "").strip() for one in inner)
    return bare and bool(inner) and all(one.tag in _BOLD_TAGS for one in inner)


def _split(paragraph: HtmlElement, head: list[HtmlElement]) -> None:
    """Move the first line of a paragraph to a new one before it, marked as a heading."""
    above = paragraph.makeelement("p", {_MARK: ""})
    end = paragraph[len(head)]
    for element in head:
        above.append(element)
    paragraph.text = end.tail
    end.tail = None
    paragraph.remove(end)
    paragraph.addprevious(above)
