"""Detects the parts of a web page that are not its text: hidden parts, menus, notices, controls."""

import re
from enum import StrEnum
from itertools import islice
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
"""Level of each heading tag."""
BLOCKS: Final = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main
    menu nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
"""Elements that start their own block."""
APART: Final = frozenset("a data label output span time address option".split())
"""Inline elements that are separate from their neighbours, such as labels."""


class Reason(StrEnum):
    """Why a part of a page is left out."""

    NO_TEXT = "no text"
    HIDDEN = "hidden"
    STRUCK = "struck out"
    MENU = "menu"
    NOTICE = "notice about cookies"


_NO_TEXT: Final = frozenset(
    """script style template noscript head object embed iframe svg math canvas audio video map
    select textarea input datalist progress meter""".split()
)
_STRUCK: Final = frozenset(("del", "s", "strike"))
_STRUCK_STYLE: Final = r"text-decoration(?:-line)?\s{0,9}:[^;\"']{0,40}\bline-through"
HIDDEN_STYLE: Final = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)"
    r"|font-size\s{0,9}:\s{0,9}0(?![.\d]*[1-9])|opacity\s{0,9}:\s{0,9}0(?:\.0*)?\s{0,9}(?:;|$)"
    r"|(?:left|right|top|text-indent|margin-left)\s{0,9}:\s{0,9}-\d{3,}"
    r"|clip\s{0,9}:\s{0,9}rect\(\s{0,9}[01](?:px)?"
    rf"|{_STRUCK_STYLE}",
    re.IGNORECASE,
)
"""Styles of text that is invisible or struck out."""
_HIDDEN_CLASS: Final = frozenset(
    "visually-hidden visuallyhidden sr-only screen-reader-text screenreader-only".split()
)
_MENU_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|mainmenu|sidemenu|breadcrumbs?|brodsmulor"
    r"|pagination|pager|skip-?links?|share|social(?:-?media)?|sharing)(?:$|[\s_-])",
    re.IGNORECASE,
)
_COOKIE_NAME: Final = re.compile(r"cookie|gdpr|(?:^|[\s_-])consent(?:$|[\s_-])", re.IGNORECASE)
_MENU_ROLES: Final = frozenset(("navigation", "menu", "menubar", "search", "toolbar"))
_LONG_TEXT: Final = 300
"""From this many letters outside links on, something is not a menu, whatever its name."""
_FEW_LINKS: Final = 2
_MOST_PARTS: Final = 500
_LISTS: Final = ("ul", "ol", "menu")


def reason_to_leave_out(
    element: HtmlElement, opened: frozenset[str], menus: frozenset[HtmlElement]
) -> Reason | None:
    """Return why an element is not text of its page, or None if it is.

    `opened` are the ids of parts that a reader can unfold, `menus` the lists of links.
    """
    tag = element.tag
    # A button that unfolds a text is its heading; other buttons are controls.
    if tag in _NO_TEXT or (tag == "button" and element.get("aria-expanded") is None):
        return None if _is_tick_box(element) else Reason.NO_TEXT
    if tag in _STRUCK:
        return Reason.STRUCK
    if _is_hidden(element) and element.get("id") not in opened:
        return Reason.HIDDEN
    if tag == "nav" or element.get("role") in _MENU_ROLES or element in menus:
        return Reason.MENU
    return _reason_by_name(element)


def _reason_by_name(element: HtmlElement) -> Reason | None:
    """Return the reason that an element's class or id gives to leave it out."""
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    # Headings get ids from their text: "consent-agenda" is not a notice.
    whole = ("html", "body", "main", "article")
    if name != " " and element.tag not in whole and element.tag not in HEADINGS:
        if _COOKIE_NAME.search(name):
            return Reason.NOTICE
        if _MENU_NAME.search(name) and not _tells(element):
            return Reason.MENU
    return None


def _is_tick_box(element: HtmlElement) -> bool:
    """Whether an element is the checkbox of a list item or cell."""
    parent = element.getparent()
    within = parent is not None and parent.tag in ("li", "td", "label", "p")
    return within and element.tag == "input" and element.get("type") == "checkbox"


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    style = element.get("style")
    if style and HIDDEN_STYLE.search(style):
        return True
    classes = element.get("class")
    return bool(classes) and not _HIDDEN_CLASS.isdisjoint(classes.lower().split())


def _tells(element: HtmlElement) -> bool:
    """Whether an element contains a heading or much text, so that its name does not count."""
    read = 0
    for part in islice(element.iter(), _MOST_PARTS):
        if part.tag in HEADINGS or read > _LONG_TEXT:
            return True
        read += len((part.text or "").strip()) if part.tag in ("p", "td", "dd") else 0
    return False


def opened_by_buttons(root: HtmlElement) -> frozenset[str]:
    """Return the ids of the parts that buttons unfold."""
    found: set[str] = set()
    for name in ("aria-controls", "data-target", "data-bs-target", "href"):
        for element in root.iterfind(f".//*[@{name}]"):
            unfolds = name != "href" or element.get("data-toggle") or element.get("aria-expanded")
            if unfolds and element.get("role") != "menuitem":
                found.update(element.get(name).replace("#", "").split())
    return frozenset(found)


def layout_tables(root: HtmlElement) -> frozenset[HtmlElement]:
    """Return the tables that contain headings or tables, and so are only for layout."""
    found: set[HtmlElement] = set()
    for element in root.iter("table", *HEADINGS):
        around = element.getparent()
        while around is not None:
            if around.tag == "table":
                if around in found:
                    break
                found.add(around)
            around = around.getparent()
    found.update(
        table
        for table in root.iter("table")
        if table.get("role") in ("presentation", "none")
        or (
            table.get("border") == "0"
            and table.find(".//th") is None
            and len(table) < 2
            and len(table.findall(".//td")) < 2
        )
    )
    return frozenset(found)


def menu_lists(root: HtmlElement) -> frozenset[HtmlElement]:
    """Return the lists that consist of links and are outside the main text.

    In a page without a marked main text: those above the first heading, and in header and footer.
    """
    has_main = next(root.iter("main", "article"), None) is not None
    found: set[HtmlElement] = set()
    links = bare = 0
    """Number of links so far, and letters outside them."""
    before: list[tuple[int, int]] = []
    in_link = in_main = in_frame = 0
    heading_passed = False
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        step = 1 if event == "start" else -1
        in_link += step * (tag == "a")
        in_main += step * (tag in ("main", "article"))
        in_frame += step * (tag in ("header", "footer"))
        if event == "start":
            heading_passed = heading_passed or tag in HEADINGS
            links += tag == "a"
            if tag in _LISTS:
                before.append((links, bare))
        elif tag in _LISTS:
            links_before, bare_before = before.pop()
            outside = not in_main if has_main else in_frame or not heading_passed
            if outside and bare == bare_before and links - links_before > _FEW_LINKS:
                found.add(element)
        text = element.text if event == "start" else element.tail
        outside_link = not in_link and not (event == "start" and tag in _NO_TEXT)
        bare += bool(outside_link and text and text.strip())
    return frozenset(found)
