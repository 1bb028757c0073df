"""Converts the tree of a web page into text and blocks, in one pass."""

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from corpus.formats.html.page_heads import BOLD_LEVEL, is_bold_head, mark_bold_heads
from corpus.formats.html.page_parts import (
    APART,
    BLOCKS,
    HEADINGS,
    Reason,
    layout_tables,
    menu_lists,
    opened_by_buttons,
    reason_to_leave_out,
)
from corpus.formats.parsed import LeftOut, TextBuilder
from corpus.formats.tables import WideCell, add_table, heads_of
from corpus.types import BlockKind

_DEEPEST: Final = 6
_EXCERPT: Final = 80
"""How many characters of left-out text are reported."""
_FEW_TEXTS: Final = 20
_WITHIN_ITEM: Final = ("p", "div", "blockquote")
"""Blocks that don't end the list item around them."""
_VOID: Final = ("br", "input")
_LISTS: Final = ("ul", "ol", "dl", "menu")
_LEFT_OUT: Final = "data-left-out"
"""Attribute that marks an element to skip."""
_LIST_STYLES: Final = ("msolistparagraph", "msolistbullet", "msolistnumber", "listparagraph")
_TITLE_STYLES: Final = ("msotitle", "title", "doctitle")
_BULLET: Final = re.compile(r"[·•▪◦§o\uf0b7\uf0a7][\s\xa0]+(?=\S)")
"""The bullets that Word writes into exported lists."""
_SPACE: Final = re.compile(r"\s+")
_LONG_TAG: Final = re.compile(r"<[A-Za-z][^<>]{4000,}")
_ATTRIBUTE: Final = re.compile(r"""[^\s"'=]+(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s"']+))?""")
_MOST_ATTRIBUTES: Final = 200


def parse_tree(source: str) -> HtmlElement:
    """Return the tree of a page; raises what lxml raises."""
    # Parsed as bytes in a known encoding, since the page may declare another.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    source = _LONG_TAG.sub(_with_few_attributes, source)
    return document_fromstring(source.encode("utf-8", "replace"), parser=parser)


def _with_few_attributes(tag: re.Match[str]) -> str:
    """Return the tag with only its first attributes: parsing is quadratic in their number."""
    attributes = list(islice(_ATTRIBUTE.finditer(tag[0]), _MOST_ATTRIBUTES))
    return tag[0][: attributes[-1].end()] if len(attributes) == _MOST_ATTRIBUTES else tag[0]


def read_tree(root: HtmlElement, builder: TextBuilder) -> tuple[LeftOut, ...]:
    """Add the text of a page to the builder; return what was left out, with reasons."""
    mark_bold_heads(root)
    walk = _Walk(builder, layout_tables(root), opened_by_buttons(root), menu_lists(root))
    walk.read(root)
    return tuple(walk.left_out)


@dataclass(slots=True)
class _Walk:
    """Processes elements in order, and adds each block when it is complete."""

    builder: TextBuilder
    layout: frozenset[HtmlElement]
    opened: frozenset[str]
    menus: frozenset[HtmlElement]
    left_out: list[LeftOut] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str = ""
    heading_level: int = 0
    lists: list[list[int]] = field(default_factory=list)
    """The number of the next item of each open list; -1 for unnumbered ones."""
    styled: bool = False
    """Whether the current block is a paragraph, whatever its style."""
    term: str = ""
    """The term that the following descriptions belong to."""
    in_term: bool = False
    term_said: bool = False
    """Whether it has had a description."""
    verbatim: bool = False
    """Inside <pre>, where white space is significant."""
    ended: bool = False
    """Whether an element has just ended, without text since."""
    parted: bool = False
    """Whether the next text must be separated from the last."""
    rows: list[list[WideCell]] | None = None
    """The rows of the current table."""

    def read(self, root: HtmlElement) -> None:
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if not isinstance(tag, str):
                self._say(element.tail)
            elif event == "start":
                reason = reason_to_leave_out(element, self.opened, self.menus)
                if reason:
                    self._leave_out(element, reason)
                    walker.skip_subtree()
                else:
                    self._open(element, tag)
                    if element.text:
                        self._say(element.text)
            else:
                self._close(element, tag)
                self._say(element.tail)
        self._flush()

    def _leave_out(self, element: HtmlElement, reason: Reason) -> None:
        # Its end tag is still reported, and closes nothing.
        element.set(_LEFT_OUT, "")
        if reason is not Reason.NO_TEXT:
            texts = " ".join(islice(element.itertext(), _FEW_TEXTS))
            if text := " ".join(texts[: _EXCERPT * 4].split())[:_EXCERPT]:
                self.left_out.append(LeftOut(reason.value, text))

    def _open(self, element: HtmlElement, tag: str) -> None:
        if tag in _VOID:
            self._read_void(element, tag)
        elif tag == "table" and element not in self.layout:
            self._flush()
            self.rows = []
        elif self.rows is not None:
            self._open_in_table(tag)
        elif self._is_within_item(tag):
            self.text.append("\n")
        elif tag in BLOCKS:
            self._flush()
            self._open_block(tag)
            if tag == "p":
                self._open_paragraph(element)
        elif tag in APART and self.ended:
            self._part()

    def _read_void(self, element: HtmlElement, tag: str) -> None:
        """Process an empty element: a line break or a checkbox."""
        if tag == "br":
            self.text.append("\n")
        else:
            self._say("[x] " if element.get("checked") is not None else "[ ] ")

    def _open_in_table(self, tag: str) -> None:
        assert self.rows is not None
        if tag == "tr":
            self.rows.append([])
            self.text = []
        elif tag in ("td", "th"):
            self.text = []
        else:
            self._part_in_cell(tag)

    def _part_in_cell(self, tag: str) -> None:
        """Keep the paragraphs and items of a cell on separate lines."""
        if tag in BLOCKS:
            self.text.append("\n")
        elif tag in APART:
            self._part()

    def _open_block(self, tag: str) -> None:
        self.kind, self.level, self.marker = BlockKind.PARAGRAPH, 0, ""
        self.styled = False
        self.verbatim = self.verbatim or tag == "pre"
        if tag in HEADINGS:
            self.kind, self.level = BlockKind.HEADING, HEADINGS[tag]
            self.heading_level = self.level
        elif tag in ("summary", "button"):
            self.kind, self.level = BlockKind.HEADING, min(self.heading_level + 1, _DEEPEST)
        elif tag in _LISTS:
            self.lists.append([1 if tag == "ol" else -1])
        elif tag == "li":
            self._open_item()
        elif tag == "dd":
            self.kind, self.level = BlockKind.LIST_ITEM, 1
            self.marker = f"{self.term.rstrip(':')}: " if self.term else ""
            self.term_said = True
        elif tag == "dt":
            self.in_term = True

    def _is_within_item(self, tag: str) -> bool:
        """Whether an element continues the list item or term around it."""
        in_item = self.kind is BlockKind.LIST_ITEM and not self.styled
        return tag in _WITHIN_ITEM and (in_item or self.in_term)

    def _open_paragraph(self, element: HtmlElement) -> None:
        """Open a paragraph, as what its text or a word processor's style make it."""
        style = (element.get("class") or "").lower()
        if is_bold_head(element):
            self.kind, self.level = BlockKind.HEADING, BOLD_LEVEL
            return
        self.styled = bool(style)
        if style.startswith(_LIST_STYLES):
            self.kind, self.level = BlockKind.LIST_ITEM, 1
        elif style in _TITLE_STYLES:
            self.kind, self.level = BlockKind.HEADING, 1

    def _open_item(self) -> None:
        self.kind, self.level = BlockKind.LIST_ITEM, max(len(self.lists), 1)
        if self.lists and self.lists[-1][0] > 0:
            self.marker = f"{self.lists[-1][0]}. "
            self.lists[-1][0] += 1

    def _close(self, element: HtmlElement, tag: str) -> None:
        if element.get(_LEFT_OUT) is not None:
            self._part()
        elif tag == "table" and self.rows is not None:
            rows = [row for row in self.rows if row]
            add_table(self.builder, rows, heads=heads_of(rows))
            self.rows, self.text = None, []
        elif self.rows is not None:
            self._close_in_table(element, tag)
        elif tag == "dt":
            self._add_lone_term()
            self.term, self.in_term = " ".join("".join(self.text).split()), False
            self.text = []
        elif self._is_within_item(tag):
            self.text.append("\n")
        elif tag in BLOCKS:
            self._close_block(tag)
        elif tag in APART:
            self._part()

    def _close_block(self, tag: str) -> None:
        self._flush()
        self.verbatim = self.verbatim and tag != "pre"
        if tag in _LISTS and self.lists:
            self.lists.pop()
            self._add_lone_term()
        self.kind, self.level, self.marker = BlockKind.PARAGRAPH, 0, ""

    def _add_lone_term(self) -> None:
        """Add a term without a description."""
        if not self.term_said:
            self.builder.add(BlockKind.LIST_ITEM, self.term, 1)
        self.term, self.term_said = "", False

    def _close_in_table(self, element: HtmlElement, tag: str) -> None:
        assert self.rows is not None
        if tag in ("td", "th") and self.rows:
            width, height = _number(element, "colspan"), _number(element, "rowspan")
            in_head = element.getparent().getparent() is not None and (
                element.getparent().getparent().tag == "thead"
            )
            text = "".join(self.text)
            self.rows[-1].append(WideCell(text, width, height, tag == "th" or in_head))
            self.text = []
        elif tag == "caption":
            self.builder.add(BlockKind.PARAGRAPH, " ".join("".join(self.text).split()))
            self.text = []
        else:
            self._part_in_cell(tag)

    def _say(self, text: str | None) -> None:
        if not text:
            self.ended = True
            return
        if self.parted and self.text and self.text[-1][-1:].isalnum() and text[0].isalnum():
            self.text.append(" ")
        self.parted = self.ended = False
        if not self.verbatim:
            # Line ends of the source are white space; those of <br> are kept.
            text = _SPACE.sub(" ", text)
        self.text.append(text)

    def _part(self) -> None:
        """Separate adjacent texts, so that their words don't run together."""
        self.parted = self.parted or not self.verbatim

    def _flush(self) -> None:
        text = "".join(self.text)
        self.text = []
        if not text.strip():
            return
        if self.kind is BlockKind.HEADING:
            text = " ".join(text.split())
        text = text.strip()
        if self.kind is BlockKind.LIST_ITEM and (bullet := _BULLET.match(text)):
            text = text[bullet.end() :]
        self.builder.add(self.kind, self.marker + text, self.level)
        self.marker = ""
        if self.kind is BlockKind.HEADING:
            self.kind, self.level = BlockKind.PARAGRAPH, 0


def _number(element: HtmlElement, name: str) -> int:
    value = (element.get(name) or "").strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 4 else 1
