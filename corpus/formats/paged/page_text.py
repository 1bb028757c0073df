"""Writes pages of lines as paragraphs, headings, lists and tables, without running heads."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from typing import Final, TypeAlias

from corpus.formats.office.office_tables import add_table
from corpus.formats.paged.page_layout import (
    Line,
    Page,
    Placed,
    Row,
    has_room_for,
    in_reading_order,
    rows_of,
)
from corpus.formats.parsed import TextBuilder, clean
from corpus.formats.text.plain_lines import LABEL
from corpus.languages.known import either
from corpus.types import BlockKind

_Mark: TypeAlias = tuple[str, int]
_MARGIN: Final = 0.1
"""Running heads and feet are in this share of a page's height at its top and bottom."""
_FEW_PAGES: Final = 6
"""Up to this many pages, text on two of them is a running head; otherwise on three."""
_LARGER: Final = 1.08
"""Minimum size of a heading relative to the text."""
_LONGEST_HEADING: Final = 150
_WIDER: Final = 0.2
"""Minimum extra space between paragraphs relative to lines, as a share of the line height."""
_SAME_SIZE: Final = 0.6
_INDENT: Final = 0.8
_DIGITS: Final = re.compile(r"\d{1,5}")
_BULLET: Final = re.compile(r"([•·▪◦‣●○■□–*-]|o)\s+(?=\S)")
_NUMBER: Final = re.compile(r"(\d{1,3}|[a-zåäö])[.)]\s+(?=\S)")
_PAGE_NUMBER: Final = re.compile(
    rf"[-–]?\s*(?:(?:{either(lambda w: w.pages.page)})\.?\s*)?\d{{1,5}}"
    rf"(?:\s*(?:\(\d+\)|(?:/|{either(lambda w: w.pages.page_of)})\s*\d+))?\s*[-–]?",
    re.IGNORECASE,
)
_LEADERS: Final = re.compile(r"(?:\s*\.){4,}\s*")
"""The dots of a table of contents."""
_NEXT_SENTENCE: Final = re.compile(r"(?<=\w{3})[.!?] +(?=[^\W\d_a-zåäö])")
_HYPHENS: Final = ("-", "\u00ad", "\u2010")
_KEPT_HYPHEN: Final = re.compile(rf"(?:{either(lambda w: w.texts.breaks)})\b")


@dataclass(slots=True)
class _Part:
    """A paragraph, heading or list item under construction."""

    page: int
    lines: list[Line]
    edge: float
    """Right edge of its column."""
    text: str

    def add(self, placed: Placed) -> None:
        """Add a line; start a new one if its first word would have fit on the last."""
        line, last = placed.line, self.lines[-1]
        parted = self.text.endswith(_HYPHENS)
        below = last.bottom >= line.top - line.size / 2
        labelled = LABEL.match(line.text) and LABEL.match(self.text.rpartition("\n")[2])
        if not parted and below and (labelled or self.has_room_for(line)):
            self.text += "\n" + line.text
        else:
            self.text = _joined(self.text, line.text)
        self.lines.append(line)
        self.edge = placed.edge

    def has_room_for(self, line: Line) -> bool:
        """Whether the first word of a line would have fit on the last one."""
        return has_room_for(self.lines[-1], line, self.edge)


def write_pages(builder: TextBuilder, pages: Sequence[Page]) -> None:
    """Add the blocks of pages, each with the page that it starts on: "p. 3"."""
    furniture = _furniture(pages)
    pages = [_without(page, furniture) for page in pages]
    sizes = _Sizes([line for page in pages for line in page.lines])
    part: _Part | None = None
    for page in pages:
        for piece in in_reading_order(page.lines):
            if isinstance(piece, Placed) and part and sizes.joins(part, piece.line, page.number):
                part.add(piece)
                part = _cut(builder, part, page.number, sizes)
                continue
            if part:
                _write(builder, part, sizes)
            part = None
            if isinstance(piece, Placed):
                part = _Part(page.number, [piece.line], piece.edge, piece.line.text)
            else:
                builder.location = f"p. {page.number}"
                add_table(builder, piece.rows)
    if part:
        _write(builder, part, sizes)


def _cut(builder: TextBuilder, part: _Part, page: int, sizes: "_Sizes") -> _Part:
    """Write the block from the page before once its sentence has ended; return what continues."""
    last = part.lines[-1]
    at = max(0, len(part.text) - len(last.text) - 1)
    end = _NEXT_SENTENCE.search(part.text, at) if page != part.page else None
    if end is None:
        return part
    rest = part.text[end.end() :]
    part.text = part.text[: end.end()]
    _write(builder, part, sizes)
    return _Part(page, [last], part.edge, rest)


class _Sizes:
    """Font sizes of a document's text and heading levels."""

    def __init__(self, lines: Sequence[Line]) -> None:
        count: Counter[float] = Counter()
        for line in lines:
            count[line.size] += len(line.text)
        self.text = count.most_common(1)[0][0] if count else 0.0
        self.gap = _common_gap(lines)
        larger = [size for size in count if size > self.text * _LARGER]
        self._levels = {size: level for level, size in enumerate(sorted(larger, reverse=True), 1)}

    def level(self, part: _Part) -> int:
        """Return the level of a heading; 0 for other parts."""
        if len(part.text) > _LONGEST_HEADING or part.text.endswith((".", ",", ";")):
            return 0
        first = part.lines[0]
        if first.size in self._levels:
            return min(self._levels[first.size], 6)
        is_bold = all(line.bold for line in part.lines) and first.size > self.text * 0.9
        return min(len(self._levels) + 1, 6) if is_bold else 0

    def joins(self, part: _Part, line: Line, page: int) -> bool:
        """Whether a line continues a part."""
        last = part.lines[-1]
        if abs(last.size - line.size) > _SAME_SIZE or _BULLET.match(line.text):
            return False
        if last.bold != line.bold and (self.level(part) or line.bold):
            return False
        below = last.bottom - line.top
        if page != part.page or not -last.size * 1.5 < below < line.size * 8:
            # In the next column or page only a sentence continues.
            return not self.level(part) and _runs_on(part, line)
        return not _NUMBER.match(line.text) and _goes_on_below(part, line, below, self)


def _goes_on_below(part: _Part, line: Line, below: float, sizes: _Sizes) -> bool:
    """Whether a line beside or below the last one continues it."""
    first, last = part.lines[0], part.lines[-1]
    if below < -line.size / 2:
        return True  # beside it
    if below > sizes.gap + line.size * _WIDER:
        return False
    if part.has_room_for(line) and part.text.endswith((".", "!", "?", ":")):
        return False
    if _BULLET.match(first.text) or _NUMBER.match(first.text):
        return line.left - first.left > line.size * 0.3 or not part.has_room_for(line)
    indented = line.left - last.left > line.size * _INDENT
    return not indented or part.has_room_for(line) or sizes.level(part) > 0


def _common_gap(lines: Sequence[Line]) -> float:
    """Return the most common space between a line and the next one below."""
    gaps = Counter(
        round(above.bottom - below.top, 1)
        for above, below in pairwise(lines)
        if above.size == below.size
        and -above.size / 2 < above.bottom - below.top < above.size * 2
        and min(above.right, below.right) > max(above.left, below.left)
    )
    return gaps.most_common(1)[0][0] if gaps else 0.0


def _runs_on(part: _Part, line: Line) -> bool:
    """Whether a sentence continues in the next column or page."""
    if part.text.endswith((".", "!", "?", ":", ";")):
        return False
    return line.text[:1].islower() or not part.has_room_for(line)


def _write(builder: TextBuilder, part: _Part, sizes: _Sizes) -> None:
    builder.location = f"p. {part.page}"
    text = _LEADERS.sub(" … ", clean(part.text))
    bullet, number = _BULLET.match(text), _NUMBER.match(text)
    if level := sizes.level(part):
        builder.add(BlockKind.HEADING, text.replace("\n", " "), level)
    elif bullet:
        builder.add(BlockKind.LIST_ITEM, text[bullet.end() :])
    elif number:
        builder.add(BlockKind.LIST_ITEM, text)
    else:
        builder.add(BlockKind.PARAGRAPH, text)


def _joined(before: str, after: str) -> str:
    """Return two texts joined, with a hyphenated word made whole."""
    if before.endswith(_HYPHENS) and after[:1].islower():
        if not _KEPT_HYPHEN.match(after):
            return before[:-1] + after
        before = f"{before[:-1]}-"
    return f"{before} {after}"


def _furniture(pages: Sequence[Page]) -> set[_Mark]:
    """Return the lines that recur at the edges of many pages, with their heights."""
    count: Counter[_Mark] = Counter()
    for page in pages:
        count.update({mark for line in _edges(page) for mark in _marks(line, page)})
    least = 2 if len(pages) <= _FEW_PAGES else 3
    return {mark for mark, times in count.items() if times >= least}


def _without(page: Page, furniture: set[_Mark]) -> Page:
    """Return a page without running heads and feet at its edges."""
    edges = set(_edges(page))

    def is_furniture(row: Row) -> bool:
        if not edges.issuperset(row):
            return False
        return all(_PAGE_NUMBER.fullmatch(line.text) for line in row) or any(
            not furniture.isdisjoint(_marks(line, page)) for line in row
        )

    rows = rows_of(page.lines)
    for outermost in (rows, rows[::-1]):
        for row in takewhile(is_furniture, outermost):
            row.clear()
    kept = tuple(line for row in rows for line in row)
    return Page(page.number, page.width, page.height, kept)


def _edges(page: Page) -> list[Line]:
    margin = page.height * _MARGIN
    return [line for line in page.lines if line.bottom < margin or line.top > page.height - margin]


def _marks(line: Line, page: Page) -> Iterator[_Mark]:
    """Yield a line with its position, and the same with numbers relative to the page's.

    So "Page 3 of 7" is the same on each page, and "3. Decisions" is not.
    """
    height = round(line.bottom / 4)
    yield line.text, height
    for number in islice(_DIGITS.finditer(line.text), 4):
        distance = int(number[0]) - page.number
        yield f"{line.text[: number.start()]}#{distance}{line.text[number.end() :]}", height
