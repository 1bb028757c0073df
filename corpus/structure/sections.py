"""Finds the sections of a document, and the time that each is about."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final

from corpus.dates.calendar_names import Days
from corpus.dates.occasions import (
    days_in_file_name,
    days_in_head,
    days_in_heading,
    days_in_opening,
    labelled_days,
    year_in_path,
)
from corpus.languages.roles import roles_in
from corpus.structure.entries import labels_in
from corpus.types import Block, BlockKind, Document, Section

_HALF_LEVEL: Final = 0.5
_SOME_YEAR: Final = 2000
_LOWEST_MARKED: Final = 6
"""Level of the lowest explicit heading; lines that serve as headings are below."""
_LONGEST_OPENING: Final = 300
"""A date is looked for in a first sentence of up to this many characters."""
_LONGEST_LINE: Final = 80
_FEW_BLOCKS: Final = 5


@dataclass(slots=True)
class _Open:
    """A section whose end has not been reached."""

    start: int
    level: float
    path: tuple[str, ...]
    days: Days | None
    end: int = 0
    announces: bool = False
    """Whether its heading ends with a colon, and applies only to what comes right after it."""
    holds: BlockKind | None = None
    """What comes right after such a heading."""

    def goes_on(self, block: Block) -> bool:
        """Whether a block belongs to the last heading; a lead-in has a single run."""
        before, self.holds = self.holds, block.kind
        same_run = before is block.kind and block.kind is not BlockKind.PARAGRAPH
        return not self.announces or before is None or same_run

    def close(self) -> Section:
        time = (self.days[0].isoformat(), self.days[1].isoformat()) if self.days else None
        return Section(self.start, self.end, self.path, time)


def find_sections(document: Document) -> tuple[Section, ...]:
    """Return the sections of a document, outer ones before inner ones.

    If the document as a whole has a time, the first section has no heading and covers everything.
    """
    return tuple(section.close() for section in _Outline(document).read())


def only_announces(heading: Block, text: str) -> bool:
    """Whether a heading applies only to what comes right after it: a bold line with a colon."""
    return heading.level > _LOWEST_MARKED and text.endswith(":")


def section_at(document: Document, offset: int) -> Section | None:
    """Return the innermost section at an offset; None if there is none."""
    last = bisect_right(document.sections, offset, key=lambda section: section.start)
    around = (one for one in reversed(document.sections[:last]) if offset < one.end)
    return next(around, None)


def place_at(document: Document, offset: int) -> str:
    """Return the place of an offset: its page, if any, and its path of headings."""
    section = section_at(document, offset)
    position = bisect_right(document.blocks, offset, key=lambda block: block.start)
    page = document.blocks[position - 1].location if position else ""
    return ", ".join(filter(None, (page, " > ".join(section.path if section else ()))))


@dataclass(slots=True)
class _Outline:
    """Processes the headings of a document in order."""

    document: Document
    containers: frozenset[int] = frozenset()
    """Levels at which a heading that is only a date contains the following ones of the same level.
    """
    dated_headings: frozenset[int] = frozenset()
    """Offsets of headings such as "Date: 5 March 2024"."""

    def read(self) -> Sequence[_Open]:
        document = self.document
        root = _Open(0, 0, (), days_in_file_name(document.path), len(document.text))
        year = root.days[0].year if root.days else year_in_path(document.path) or _year(document)
        self.containers = self._container_levels()
        self.dated_headings = frozenset(
            block.start
            for block in document.blocks
            if block.kind is BlockKind.HEADING and labelled_days(self._text(block), year)
        )
        title = days_in_heading(document.title, year)
        root.days = _narrowed(root.days, title[0] if title else None)
        root.days = root.days or self._subtitle_days(year) or self._opening_days(year)
        sections = list(self._nested(root, year))
        self._date_by_lines(root, sections, year)
        return [root, *sections] if root.days else sections

    def _nested(self, root: _Open, year: int | None) -> Iterator[_Open]:
        """Yield a section for each heading except the title."""
        blocks = self.document.blocks
        open_sections: list[_Open] = []
        title_passed = False
        last = 0
        for block, following in zip_longest(blocks, blocks[1:]):
            if block.kind is not BlockKind.HEADING:
                if open_sections and not open_sections[-1].goes_on(block):
                    open_sections.pop().end = last
            else:
                text = self._text(block)
                is_title = not title_passed and text == self.document.title
                title_passed = title_passed or is_title
                known = open_sections[-1].days if open_sections else root.days
                found = days_in_heading(text, known[0].year if known else year)
                lone = found is not None and found[1]
                _close_above(open_sections, block.level - _HALF_LEVEL * lone, last)
                if not is_title:
                    over = open_sections[-1] if open_sections else root
                    adopts = lone and block.level in self.containers
                    section = _Open(
                        block.start,
                        block.level - _HALF_LEVEL * adopts,
                        (*over.path, text.rstrip(":")),
                        _narrowed(over.days, found[0] if found else None),
                        announces=only_announces(block, text),
                    )
                    yield section
                    if self._says_all(block, following):
                        section.end = block.end
                        over.days = over.days or section.days
                    else:
                        open_sections.append(section)
            last = block.end
        _close_above(open_sections, 0, last)

    def _says_all(self, block: Block, following: Block | None) -> bool:
        """Whether a heading is complete by itself: "Chair: Anna Ek", "Date: 5 March 2024"."""
        text = self._text(block)
        labels = labels_in(text, 0, len(text))
        if labels and labels[0].end() < len(text) and roles_in(labels[0][1]):
            return True
        beside = following and following.kind is block.kind and following.level <= block.level
        return bool(beside) and len(self.dated_headings) == 1 and block.start in self.dated_headings

    def _container_levels(self) -> frozenset[int]:
        """Return the levels at which dates contain headings of the same level.

        As in "12 March", "Present", "Decisions", all of one level: the date has nothing directly
        under it, or another date follows later, or it is the first heading and the only date.
        """
        headings = self._headings()
        lone = [self._is_lone_date(block) for block in headings]
        followed = {
            before.end: after
            for before, after in pairwise(self.document.blocks)
            if before.kind is BlockKind.HEADING
        }
        found: set[int] = set()
        dated: set[int] = set()
        interrupted: set[int] = set()
        for block, is_date in zip(headings, lone, strict=True):
            following = followed.get(block.end)
            if is_date and block.level in interrupted:
                found.add(block.level)
            elif is_date:
                dated.add(block.level)
            elif block.level in dated:
                interrupted.add(block.level)
            equal = following and following.kind is block.kind and following.level == block.level
            if is_date and following and equal and not self._is_lone_date(following):
                found.add(block.level)
        if lone[:1] == [True] and sum(lone) == 1:
            found.add(headings[0].level)
        return frozenset(found)

    def _headings(self) -> list[Block]:
        """Return the headings except the title."""
        headings = [block for block in self.document.blocks if block.kind is BlockKind.HEADING]
        title = next((one for one in headings if self._text(one) == self.document.title), None)
        return [block for block in headings if block is not title]

    def _subtitle_days(self, year: int | None) -> Days | None:
        """Return the days of the first heading below the title, if only that one is a date."""
        headings = self._headings()
        if not headings or [*map(self._is_lone_date, headings)].count(True) != 1:
            return None
        found = days_in_heading(self._text(headings[0]), year)
        return found[0] if found and found[1] else None

    def _is_lone_date(self, block: Block) -> bool:
        found = days_in_heading(self._text(block), _SOME_YEAR)
        return found is not None and found[1]

    def _date_by_lines(self, root: _Open, sections: Sequence[_Open], year: int | None) -> None:
        """Set the time of sections from lines such as "Date: ..." right under their headings."""
        starts = [section.start for section in sections]
        dated = {id(section) for section in sections if section.days != root.days}
        own: dict[int, Days] = {}
        for offset, days in labelled_days(self.document.text, year):
            position = bisect_right(starts, offset) - 1
            own.setdefault(position, days)
        if not root.days and not dated and len(set(own.values())) == 1:
            own = {-1: next(iter(own.values()))}
        for position, days in own.items():
            over = root if position < 0 else sections[position]
            before, over.days = over.days, _narrowed(over.days, days)
            within = position + 1
            while within < len(sections) and sections[within].start < over.end:
                if sections[within].days == before:
                    sections[within].days = over.days
                within += 1

    def _opening_days(self, year: int | None) -> Days | None:
        """Return the days of the meeting named in the text before the first section."""
        lines: list[str] = []
        for block in self.document.blocks[:_FEW_BLOCKS]:
            text = self._text(block)[:_LONGEST_OPENING]
            if block.kind is BlockKind.HEADING:
                if text != self.document.title:
                    break
                continue
            if days := days_in_opening(text, year):
                return days
            written = self.document.text[block.start : block.end].split("\n")
            lines += [line for line in written if len(line) <= _LONGEST_LINE]
        return days_in_head(self.document.title, lines, year)

    def _text(self, block: Block) -> str:
        return " ".join(self.document.text[block.start : block.end].split())


def _close_above(open_sections: list[_Open], level: float, end: int) -> None:
    """Close the sections that don't contain a heading of a level."""
    while open_sections and open_sections[-1].level >= level:
        open_sections.pop().end = end


def _narrowed(outer: Days | None, inner: Days | None) -> Days | None:
    """Return the inner time, or the outer one if the inner is longer."""
    if outer is None or inner is None:
        return inner or outer
    return outer if inner[1] - inner[0] > outer[1] - outer[0] else inner


def _year(document: Document) -> int | None:
    return int(document.published[:4]) if document.published else None
