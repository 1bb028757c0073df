"""Units that can be quoted on their own: sentences, and lists with their lead-ins."""

import re
from collections.abc import Iterator, Sequence

from corpus.languages.known import either
from corpus.structure.sentences import sentence_spans, trimmed
from corpus.types import Span

LIST_MAXIMUM = 1200
"""Up to this many characters, a list and its lead-in are one unit."""
_LIST_PIECE = 600
"""Length in characters of the parts of a longer list."""
_LONG_ITEM = 400
"""From this many characters on, an item or cell is quoted by its sentences."""
_LONGEST_CONTROL = 80
_LONGEST_SENTENCE = 2000
_SENTENCE_PIECE = 1000
# Labels and buttons of a page without their values: "Published Updated".
_CONTROLS = re.compile(
    rf"(?:(?:{either(lambda w: w.pages.controls)}|facebook|twitter|linkedin)\b[\s:|·,/-]*)+",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;:,–—](?=\s)")


def prose_units(text: str, start: int, end: int, language: str) -> list[Span]:
    """Return the sentences of a paragraph; parts of it if it never ends."""
    return [
        piece
        for sentence in sentence_spans(text, start, end, language)
        for piece in _pieces(text, *sentence)
    ]


def list_units(text: str, lead_in: Span | None, items: Sequence[Span], language: str) -> list[Span]:
    """Return a list with its lead-in as one unit, or several if it is long."""
    start = lead_in[0] if lead_in else items[0][0]
    longest = max(end - begin for begin, end in items)
    if items[-1][1] - start <= LIST_MAXIMUM and longest <= _LONG_ITEM:
        return [(start, items[-1][1])]
    units: list[Span] = [lead_in] if lead_in else []
    for item in items:
        if item[1] - item[0] > _LONG_ITEM:
            units.extend(prose_units(text, *item, language))
        elif units and item[1] - units[-1][0] <= _LIST_PIECE:
            units[-1] = (units[-1][0], item[1])
        else:
            units.append(item)
    return units


def row_units(text: str, row: Span, cells: Sequence[Span], language: str) -> list[Span]:
    """Return a table row as one unit; for a long cell, its sentences."""
    units: list[Span] = []
    short: Span | None = None
    for start, end in dict.fromkeys(cell for cell in cells if cell[0] < cell[1]):
        sentences = prose_units(text, start, end, language) if end - start > _LONG_ITEM else []
        if len(sentences) < 2:
            short = (short[0] if short else start, end)
        else:
            units += [short, *sentences] if short else sentences
            short = None
    return [*units, *([short] if short else [])] if units else [row]


def is_control(text: str) -> bool:
    """Whether a paragraph consists only of labels and buttons of a page."""
    return len(text) <= _LONGEST_CONTROL and _CONTROLS.fullmatch(text) is not None


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence, or parts of an endless one, split between clauses or words."""
    while end - start > _LONGEST_SENTENCE:
        window = text[start : start + _SENTENCE_PIECE]
        clauses = [mark.end() for mark in _CLAUSE_END.finditer(window)]
        late = clauses[-1] if clauses and clauses[-1] > _SENTENCE_PIECE // 2 else 0
        cut = start + (late or window.rfind(" ") + 1 or len(window))
        piece = trimmed(text, start, cut)
        if piece[0] < piece[1]:
            yield piece
        start = cut
    piece = trimmed(text, start, end)
    if piece[0] < piece[1]:
        yield piece
