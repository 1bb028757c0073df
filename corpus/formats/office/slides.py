"""PowerPoint: the text of each slide, title first, with tables and notes."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
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
from corpus.formats.office.titles import choose_title
from corpus.formats.parsed import Parsed, TextBuilder, clean
from corpus.types import BlockKind

_GROUPS: Final = ("grpSp", "AlternateContent", "Choice")
_TITLES: Final = ("title", "ctrTitle")
_OFF: Final = ("0", "false")
_FURNITURE: Final = ("dt", "ftr", "sldNum", "hdr")


def read_pptx(data: bytes) -> Parsed:
    """Read text, blocks and title of a presentation; the place of a block is "slide 2".

    :raises UnreadableDocument: if it is locked or broken.
    """
    builder = TextBuilder()
    with Package(data) as package:
        for number, name in enumerate(_slide_names(package), 1):
            slide = package.xml(name)
            if slide.get("show") in _OFF:
                continue
            builder.location = f"slide {number}"
            _write_slide(builder, slide)
            for notes in _related(package, name, "notesSlide").values():
                _write_notes(builder, package.xml(notes))
        title = choose_title(builder, declared_title(package, "docProps/core.xml"))
    return Parsed(builder.text(), builder.blocks(), title=title)


def _slide_names(package: Package) -> list[str]:
    """Return the parts that hold the slides, in their order."""
    main = "ppt/presentation.xml"
    targets = _related(package, main, "slide")
    listed = child(package.xml(main), "sldIdLst")
    shown = [] if listed is None else list(children(listed, "sldId"))
    ids = (value for one in shown for key, value in one.attrib.items() if key.endswith("}id"))
    return [targets[str(one)] for one in ids if str(one) in targets]


def _related(package: Package, part: str, kind: str) -> dict[str, str]:
    """Return the related parts of a kind, by relationship id."""
    folder, _, name = part.rpartition("/")
    relations = package.xml_if_there(f"{folder}/_rels/{name}.rels")
    return {
        one.get("Id", ""): normpath(join(dirname(part), one.get("Target", ""))).lstrip("/")
        for one in ([] if relations is None else relations)
        if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External"
    }


def _write_slide(builder: TextBuilder, slide: etree._Element) -> None:
    shapes = list(_shapes(child(slide, "cSld", "spTree")))
    for shape in sorted(shapes, key=lambda shape: _placeholder(shape) not in _TITLES):
        kind = _placeholder(shape)
        if kind in _FURNITURE:
            continue
        table = next((one for one in shape.iter() if local_name(one) == "tbl"), None)
        if table is not None:
            properties = child(table, "tblPr")
            has_head = properties is not None and properties.get("firstRow") == "1"
            add_table(builder, list(_rows(table)), head=has_head or None)
        elif kind in _TITLES:
            level = 1 if kind == "ctrTitle" else 2
            builder.add(BlockKind.HEADING, " ".join(_paragraphs(shape)), level)
        else:
            paragraphs = list(_paragraphs(shape))
            is_list = kind in ("body", "obj") and len(paragraphs) > 1
            for text in paragraphs:
                builder.add(BlockKind.LIST_ITEM if is_list else BlockKind.PARAGRAPH, text)


def _write_notes(builder: TextBuilder, notes: etree._Element) -> None:
    for shape in _shapes(child(notes, "cSld", "spTree")):
        if _placeholder(shape) == "body":
            for text in _paragraphs(shape):
                builder.add(BlockKind.PARAGRAPH, text)


def _shapes(container: etree._Element | None) -> Iterator[etree._Element]:
    for element in () if container is None else container:
        name = local_name(element)
        if name in ("sp", "graphicFrame"):
            if not _is_hidden(element):
                yield element
        elif name in _GROUPS:
            yield from _shapes(element)


def _is_hidden(shape: etree._Element) -> bool:
    """Whether a shape is kept in the slide without being shown."""
    about = next((one for one in shape.iter() if local_name(one) == "cNvPr"), None)
    return about is not None and about.get("hidden", "0") not in _OFF


def _placeholder(shape: etree._Element) -> str:
    """Return a shape's placeholder type; "obj" for a slide's text, "" for none."""
    found = child(shape, "nvSpPr", "nvPr", "ph")
    return "" if found is None else attribute(found, "type") or "obj"


def _paragraphs(shape: etree._Element) -> Iterator[str]:
    for paragraph in shape.iter():
        if local_name(paragraph) == "p" and (text := clean("".join(_text(paragraph))).strip()):
            yield text


def _text(paragraph: etree._Element) -> Iterator[str]:
    for part in paragraph:
        name = local_name(part)
        if name == "br":
            yield "\n"
        elif name in ("r", "fld") and not _is_struck(part):
            yield from (one.text or "" for one in children(part, "t"))


def _is_struck(run: etree._Element) -> bool:
    properties = child(run, "rPr")
    return properties is not None and properties.get("strike", "noStrike") != "noStrike"


def _rows(table: etree._Element) -> Iterator[list[str]]:
    above: list[str] = []
    for row in children(table, "tr"):
        cells = [
            above[place]
            if cell.get("vMerge") == "1" and place < len(above)
            else re.sub(r"\s+", " ", " ".join(_paragraphs(cell)))
            for place, cell in enumerate(children(row, "tc"))
        ]
        yield cells
        above = cells
