"""OpenDocument texts, presentations and spreadsheets, from LibreOffice and others."""

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Final

from lxml import etree

from corpus.formats.office.office_tables import add_table
from corpus.formats.office.packages import (
    Package,
    attribute,
    child,
    children,
    declared_title,
    local_name,
)
from corpus.formats.office.sheets import write_sheet
from corpus.formats.office.titles import choose_title, looks_like_heading
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.types import BlockKind

_LEFT_OUT: Final = frozenset("annotation annotation-end note ruby-text frame".split())
"""Elements in a paragraph that are not part of its text."""
_GROUPS: Final = frozenset(
    "text presentation section frame text-box g page custom-shape notes index-body".split()
)
_MOST_REPEATED: Final = 100
"""Maximum repetition of a cell; more is the empty rest of a sheet."""


def read_odt(data: bytes) -> Parsed:
    """Read text, blocks and title of an OpenDocument text or presentation.

    :raises UnreadableDocument: if it is locked or broken.
    """
    with Package(data) as package:
        content = package.xml("content.xml")
        writer = _Writer(content, package.xml_if_there("styles.xml"))
        body = child(content, "body")
        if body is not None:
            writer.write(body)
        title = choose_title(writer.builder, declared_title(package, "meta.xml"))
    return Parsed(writer.builder.text(), writer.builder.blocks(), title=title)


def read_ods(data: bytes) -> Parsed:
    """Read the rows of an OpenDocument spreadsheet.

    :raises UnreadableDocument: if it is locked or broken.
    """
    with Package(data) as package:
        content = package.xml("content.xml")
        body = child(content, "body", "spreadsheet")
        writer = _Writer(content, package.xml_if_there("styles.xml"))
        sheets = [] if body is None else list(children(body, "table"))
        sheets = [sheet for sheet in sheets if not writer.is_unseen(sheet)]
        builder = TextBuilder()
        for sheet in sheets:
            name = clean(attribute(sheet, "name") or "")
            write_sheet(builder, name, _rows(sheet, writer.text_of), named=len(sheets) > 1)
        title = declared_title(package, "meta.xml")
    return Parsed(builder.text(), builder.blocks(), title=clean(title or "") or None)


class _Writer:
    def __init__(self, content: etree._Element, named: etree._Element | None) -> None:
        """Take the contents, and the part with the named styles."""
        self.builder = TextBuilder()
        own = child(content, "automatic-styles")
        styles = [] if own is None else list(own)
        common = child(named, "styles")
        unseen = (one for one in (*styles, *(() if common is None else common)) if _hides(one))
        self._unseen = {attribute(one, "name") or "" for one in unseen}
        """Styles of what is struck out or hidden."""
        self._bold: set[str] = set()
        self._titles = {"Title"}
        self._numbers: dict[str, dict[str, etree._Element]] = {}
        """The numbered levels of each list style."""
        for style in styles:
            name = attribute(style, "name") or ""
            if any(attribute(one, "font-weight") == "bold" for one in style):
                self._bold.add(name)
            if attribute(style, "parent-style-name") in self._titles:
                self._titles.add(name)
            numbers = children(style, "list-level-style-number")
            self._numbers[name] = {attribute(one, "level") or "": one for one in numbers}
        self._slides = 0

    def write(self, container: etree._Element) -> None:
        """Write the headings, paragraphs, lists and tables in an element, in order."""
        for element in container:
            name = local_name(element)
            if name == "h":
                level = attribute(element, "outline-level") or "1"
                depth = min(int(level), 6) if level.isdigit() else 1
                self.builder.add(BlockKind.HEADING, self.text_of(element), depth)
            elif name == "p":
                self._write_paragraph(element)
            elif name == "list":
                self._write_list(element)
            elif name == "table":
                head = child(element, "table-header-rows") is not None
                rows = [row for _, row in _rows(element, self.text_of)]
                add_table(self.builder, rows, head=head or None)
            elif name == "page":
                self._write_slide(element)
            elif name in _GROUPS and not self.is_unseen(element):
                self.write(element)

    def _write_paragraph(self, paragraph: etree._Element) -> None:
        text, style = self.text_of(paragraph), attribute(paragraph, "style-name") or ""
        if style in self._titles:
            self.builder.add(BlockKind.HEADING, text, 1)
        elif looks_like_heading(text) and self._is_bold(paragraph, style):
            self.builder.add(BlockKind.HEADING, text, 6)
        else:
            self.builder.add(BlockKind.PARAGRAPH, text)
        for box in paragraph.iter():
            if local_name(box) == "text-box":
                self.write(box)

    def _is_bold(self, paragraph: etree._Element, style: str) -> bool:
        spans = [one for one in paragraph if "".join(one.itertext()).strip()]
        own = (paragraph.text or "") + "".join(one.tail or "" for one in paragraph)
        return style in self._bold or (
            not own.strip() and all(attribute(one, "style-name") in self._bold for one in spans)
        )

    def _write_slide(self, page: etree._Element) -> None:
        self._slides += 1
        if self.is_unseen(page):
            return
        self.builder.location = f"slide {self._slides}"
        for frame in children(page, "frame"):
            if attribute(frame, "class") == "title":
                lines = (self.text_of(one) for one in frame.iter() if local_name(one) == "p")
                self.builder.add(BlockKind.HEADING, " ".join(lines), 2)
                page.remove(frame)
        self.write(page)

    def _write_list(self, items: etree._Element, style: str = "", level: int = 1) -> None:
        style = attribute(items, "style-name") or style
        numbered = self._numbers.get(style, {}).get(str(level))
        for number, item in enumerate(children(items, "list-item", "list-header"), 1):
            mark = (
                f"{number}{attribute(numbered, 'num-suffix') or ''} "
                if numbered is not None
                else ""
            )
            for element in item:
                name = local_name(element)
                if name == "list":
                    self._write_list(element, style, level + 1)
                elif name == "h":
                    self.write(item)
                elif name == "p":
                    self.builder.add(BlockKind.LIST_ITEM, mark + self.text_of(element))
                    mark = ""

    def text_of(self, element: etree._Element) -> str:
        if self.is_unseen(element) or any(map(_is_hidden, children(element, "hidden-paragraph"))):
            return ""
        return clean("".join(self._pieces(element))).strip()

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        yield element.text or ""
        for part in element:
            name = local_name(part)
            if name in ("s", "tab"):
                yield " "
            elif name == "line-break":
                yield "\n"
            elif name not in _LEFT_OUT and not self.is_unseen(part):
                yield from self._pieces(part)
            yield part.tail or ""

    def is_unseen(self, element: etree._Element) -> bool:
        """Whether a part of the document is struck out or hidden."""
        display, name = attribute(element, "display"), local_name(element)
        if display == "none" or attribute(element, "style-name") in self._unseen:
            return True
        return (display == "condition" or name == "hidden-text") and _is_hidden(element)


def _is_hidden(element: etree._Element) -> bool:
    """Whether a conditional part was hidden when the document was saved."""
    return attribute(element, "is-hidden") not in (None, "false")


def _hides(style: etree._Element) -> bool:
    """Whether a style strikes out text, or hides text, a slide or a sheet."""
    return any(
        attribute(one, "text-line-through-style") not in (None, "none")
        or attribute(one, "display") in ("none", "false")
        or attribute(one, "visibility") == "hidden"
        for one in style
    )


def _rows(
    table: etree._Element, text_of: Callable[[etree._Element], str]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table with their numbers; consecutive identical rows once."""
    number = 1
    columns: list[bool] = []
    for row in table.iter():
        name = local_name(row)
        if name == "table-column":
            times = _repeated(row, "number-columns-repeated", _MOST_REPEATED)
            columns += [_is_shown(row)] * times
        elif name == "table-row":
            if _is_shown(row):
                cells = zip_longest(_cells(row, text_of), columns, fillvalue=None)
                yield number, [text or "" for text, shown in cells if shown is not False]
            number += _repeated(row, "number-rows-repeated", 2**20)


def _is_shown(row: etree._Element) -> bool:
    """Whether a row or column of a table is not hidden, nor filtered out."""
    return attribute(row, "visibility") not in ("collapse", "filter")


def _cells(row: etree._Element, text_of: Callable[[etree._Element], str]) -> Iterator[str]:
    for cell in children(row, "table-cell", "covered-table-cell"):
        text = "\n".join(text_of(one) for one in children(cell, "p", "h"))
        yield from [text] * _repeated(cell, "number-columns-repeated", _MOST_REPEATED)


def _repeated(element: etree._Element, name: str, most: int) -> int:
    times = attribute(element, name) or "1"
    return int(times) if times.isascii() and times.isdigit() and 0 < int(times) <= most else 1
