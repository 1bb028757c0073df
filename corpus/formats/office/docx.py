"""Word documents with all changes accepted, without headers and footers.

Parsed with lxml, since libraries for Word skip inserted text, automatic numbers, text boxes and
forms.
"""

import re
from collections.abc import Collection, Iterator
from functools import partial
from typing import Final

from lxml import etree

from corpus.formats.office.docx_styles import Numbering, Style, is_on, is_set, read_styles
from corpus.formats.office.office_tables import add_table
from corpus.formats.office.packages import (
    Package,
    attribute,
    child,
    children,
    declared_title,
    local_name,
)
from corpus.formats.office.titles import choose_title, looks_like_heading
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.types import BlockKind

_LEFT_OUT: Final = frozenset(
    "del moveFrom instrText delText delInstrText Fallback rPr pPr sdtPr tblPr".split()
)
_LONGEST_HEADING: Final = 120
_BESIDE: Final = re.compile(r"((?=[^\W\d_])[^\t\n]{1,60}|)\t+([^\t\n]+)")
"""A label, or nothing, with the text beside it after a tab."""
_SPACES: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def read_docx(data: bytes) -> Parsed:
    """Read text, blocks and title of a Word document.

    :raises UnreadableDocument: if it is locked or broken.
    """
    with Package(data) as package:
        writer = _Writer(package)
        body = child(package.xml("word/document.xml"), "body")
        if body is not None:
            writer.write(body)
        notes = package.xml_if_there("word/footnotes.xml")
        if notes is not None:
            writer.write(notes)
        title = choose_title(writer.builder, declared_title(package, "docProps/core.xml"))
    return Parsed(writer.builder.text(), writer.builder.blocks(), title=title)


class _Writer:
    def __init__(self, package: Package) -> None:
        self.builder = TextBuilder()
        self._styles = read_styles(package)
        self._text = partial(_text, {name for name, one in self._styles.items() if one.is_hidden})
        self._numbering = Numbering(package)
        self._tabbed: list[list[str]] = []
        """Pending paragraphs in which a tab separates a label from its text."""
        self._level = 0
        """Level of the last heading with a heading style."""

    def write(self, container: etree._Element) -> None:
        """Write the paragraphs and tables in an element, in order."""
        for element in container:
            name = local_name(element)
            if name != "p":
                self._write_tabbed()
            if name == "p":
                self._write_paragraph(element)
            elif name == "tbl":
                self._write_table(element)
            elif name not in _LEFT_OUT:  # Forms, text boxes, parts for other programs.
                self.write(element)
        self._write_tabbed()

    def _write_tabbed(self) -> None:
        """Write tabbed paragraphs: as rows if several belong to one label, else as paragraphs."""
        rows, self._tabbed = self._tabbed, []
        if any(not label for label, _ in rows):
            add_table(self.builder, rows, head=False)
            return
        for row in rows:
            self.builder.add(BlockKind.PARAGRAPH, " ".join(row))

    def _write_paragraph(self, paragraph: etree._Element) -> None:
        style = self._style(paragraph)
        text = clean("".join(self._text(paragraph))).strip()
        number = self._numbering.next_number(paragraph, style) if text else None
        boxes = [one for one in paragraph.iter() if local_name(one) == "txbxContent"]
        if style.is_contents:
            return
        level = style.level or self._level_of_line(paragraph, text, number)
        beside = _BESIDE.fullmatch("".join(self._text(paragraph)).rstrip())
        if beside and not level and number is None and (beside[1] or self._tabbed):
            self._tabbed.append([clean(beside[1]), clean(beside[2])])
            return
        self._write_tabbed()
        if level:
            self._level = style.level or self._level
            line = " ".join(f"{number or ''} {text}".split())
            self.builder.add(BlockKind.HEADING, line, level)
        elif number is None:
            self.builder.add(BlockKind.PARAGRAPH, text)
        else:
            self.builder.add(BlockKind.LIST_ITEM, f"{number} {text}")
        for box in boxes:
            if not any(local_name(above) == "Fallback" for above in box.iterancestors()):
                self.write(box)

    def _style(self, paragraph: etree._Element) -> Style:
        properties = child(paragraph, "pPr")
        style = self._styles.get(attribute(child(properties, "pStyle"), "val") or "", Style())
        outline = attribute(child(properties, "outlineLvl"), "val")
        if outline and outline.isdigit() and int(outline) < 9:
            style = Style(int(outline) + 1, style.number, style.is_contents)
        return style

    def _level_of_line(self, paragraph: etree._Element, text: str, number: str | None) -> int:
        """Return the level of a line that is a heading by bold type or a "§"; otherwise 0."""
        is_paragraph_sign = bool(number and number.startswith("§"))
        if is_paragraph_sign and 0 < len(text) <= _LONGEST_HEADING:
            return min(self._level + 1, 6)
        if number is not None or not looks_like_heading(text):
            return 0
        runs = [
            run for run in paragraph.iter() if local_name(run) == "r" and _run_text(run).strip()
        ]
        all_bold = runs and all(is_on(run, "b") for run in runs)
        return min(self._level + 1, 6) if all_bold else 0

    def _write_table(self, table: etree._Element) -> None:
        rows: list[list[str]] = []
        head = False
        for row in _rows(table):
            properties = child(row, "trPr")
            if child(properties, "del") is None and not is_set(child(properties, "hidden")):
                head = head or (not rows and is_set(child(properties, "tblHeader")))
                rows.append(list(self._cells(row, rows[-1] if rows else [])))
        width = max(map(len, rows), default=0)
        rows = [row + [""] * (width - len(row)) for row in rows]
        add_table(self.builder, rows, head=head or None)

    def _cells(self, row: etree._Element, above: list[str]) -> Iterator[str]:
        """Yield the cells of a row; one over several rows is in each, one over columns is first."""
        column = 0
        for cell in children(row, "tc", "sdt"):
            properties = child(cell, "tcPr")
            merged = child(properties, "vMerge")
            text = "\n".join(clean("".join(self._text(one))) for one in _paragraphs(cell))
            if merged is not None and attribute(merged, "val") != "restart" and column < len(above):
                text = above[column]
            span = attribute(child(properties, "gridSpan"), "val") or "1"
            width = min(int(span), 100) if span.isdigit() else 1
            yield text.strip()
            yield from [""] * (width - 1)
            column += width


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in children(table, "tr", "sdt", "sdtContent", "ins", "customXml"):
        if local_name(element) == "tr":
            yield element
        else:
            yield from _rows(element)


def _paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    return (one for one in cell.iter() if local_name(one) == "p")


def _text(
    hidden: Collection[str], element: etree._Element, *, unseen: bool = False
) -> Iterator[str]:
    """Yield the texts in an element, without struck, hidden or deleted ones.

    `hidden` are the styles of hidden text; `unseen` hides all runs that do not say otherwise.
    """
    unseen = unseen or attribute(child(element, "pPr", "pStyle"), "val") in hidden
    for part in element:
        name = local_name(part)
        if name == "t":
            yield part.text or ""
        elif name in _SPACES:
            yield _SPACES[name]
        elif name == "txbxContent" or name in _LEFT_OUT:
            continue
        elif name != "r":
            yield from _text(hidden, part, unseen=unseen)
        elif _is_seen(hidden, part, unseen=unseen):
            yield from _text(hidden, part)


def _is_seen(hidden: Collection[str], run: etree._Element, *, unseen: bool) -> bool:
    if is_on(run, "strike") or is_on(run, "dstrike"):
        return False
    vanishes = is_on(run, "vanish")
    if vanishes is None:
        return not unseen and attribute(child(run, "rPr", "rStyle"), "val") not in hidden
    return not vanishes


def _run_text(run: etree._Element) -> str:
    return "".join(one.text or "" for one in children(run, "t"))
