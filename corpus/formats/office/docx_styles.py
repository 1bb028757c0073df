"""Word's paragraph styles, which mark headings, and its automatic numbers."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from lxml import etree

from corpus.formats.office.packages import Package, attribute, child, children

_HEADING: Final = re.compile(r"(?:heading|rubrik|überschrift) ?([1-9])", re.I)
_TITLES: Final = {"title": 1, "titel": 1, "rubrik": 1}
_PLACE: Final = re.compile(r"%([1-9])")
_LEVELS: Final = 9
_OFF: Final = ("0", "false", "off", "none")
_BASED_ON: Final = 20
"""Maximum depth of style inheritance."""
_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Style:
    """The properties that a style gives a paragraph."""

    level: int = 0
    """Level of a heading; 0 for anything else."""
    number: tuple[str, int] | None = None
    """Its numbering and the level there."""
    is_contents: bool = False
    """Whether it is a line of a table of contents, which only repeats headings."""
    is_hidden: bool = False
    """Whether its text is hidden."""


def read_styles(package: Package) -> dict[str, Style]:
    """Return the styles of a document by id."""
    root = package.xml_if_there("word/styles.xml")
    found = [] if root is None else list(children(root, "style"))
    elements = {attribute(one, "styleId") or "": one for one in found}
    return {name: _style(name, elements) for name in elements}


def _style(name: str, elements: dict[str, etree._Element]) -> Style:
    """Return a style with inherited properties."""
    level, number, contents = 0, None, False
    vanishes: bool | None = None
    for _ in range(_BASED_ON):
        element = elements.get(name)
        if element is None:
            break
        shown = (attribute(child(element, "name"), "val") or "").lower()
        contents = contents or shown.startswith("toc ")
        level = level or _level(shown, element)
        number = number or number_of(child(element, "pPr"))
        vanishes = is_on(element, "vanish") if vanishes is None else vanishes
        name = attribute(child(element, "basedOn"), "val") or ""
    return Style(level, number, contents, bool(vanishes))


def is_on(run: etree._Element, mark: str) -> bool | None:
    """Whether a run or style sets a property such as bold; None if it does not mention it."""
    found = child(run, "rPr", mark)
    return None if found is None else is_set(found)


def is_set(mark: etree._Element | None) -> bool:
    """Whether a property is there and not off."""
    return mark is not None and attribute(mark, "val") not in _OFF


def _level(shown: str, element: etree._Element) -> int:
    if heading := _HEADING.match(shown):
        return min(int(heading[1]), 6)
    outline = attribute(child(element, "pPr", "outlineLvl"), "val") or ""
    if outline.isdigit() and int(outline) < _LEVELS:
        return min(int(outline) + 1, 6)
    return _TITLES.get(shown, 0)


def number_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """Return the numbering id in a paragraph's properties, and the level."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return None
    level = attribute(child(numbering, "ilvl"), "val") or "0"
    name = attribute(child(numbering, "numId"), "val") or "0"
    return name, min(int(level), _LEVELS - 1) if level.isdigit() else 0


class Numbering:
    """Counts the automatic numbers of a document."""

    def __init__(self, package: Package) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        """For each numbering and level: kind of number, text around it, first number."""
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        root = package.xml_if_there("word/numbering.xml")
        if root is None:
            return
        abstract = {attribute(one, "abstractNumId"): one for one in children(root, "abstractNum")}
        for number in children(root, "num"):
            kind = abstract.get(attribute(child(number, "abstractNumId"), "val"))
            if kind is not None:
                self._levels[attribute(number, "numId") or ""] = _read_levels(kind)

    def next_number(self, paragraph: etree._Element, style: Style) -> str | None:
        """Return the number or bullet before a paragraph: "12.", "§ 3", "" for a bullet.

        None if there is neither.
        """
        found = number_of(child(paragraph, "pPr")) or style.number
        if found is None or found[0] == "0":
            return None
        name, level = found
        levels, counts = self._levels.get(name, {}), self._counts[name]
        kind, text, first = levels.get(level, ("bullet", "", 1))
        counts[level] = counts.get(level, first - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if kind in ("bullet", "none"):
            return ""

        def put(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            as_kind, _, start = levels.get(at, (kind, "", 1))
            return _written(counts.get(at, start), as_kind)

        return _PLACE.sub(put, text)


def _read_levels(kind: etree._Element) -> dict[int, tuple[str, str, int]]:
    levels: dict[int, tuple[str, str, int]] = {}
    for level in children(kind, "lvl"):
        at, start = attribute(level, "ilvl") or "", attribute(child(level, "start"), "val") or "1"
        if at.isdigit():
            levels[int(at)] = (
                attribute(child(level, "numFmt"), "val") or "decimal",
                attribute(child(level, "lvlText"), "val") or "",
                int(start) if start.isdigit() else 1,
            )
    return levels


def _written(number: int, kind: str) -> str:
    """Return a number in a kind of numbering; unknown kinds as digits."""
    if kind in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 40:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman if kind == "lowerRoman" else roman.upper()
    return str(number)
