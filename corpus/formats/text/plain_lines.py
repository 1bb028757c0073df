"""Restores the lines of plain text: joins wrapped lines, separates lists from prose."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from corpus.formats.text.plain_heads import head_lines, is_head, tells_time
from corpus.formats.text.plain_tables import BESIDE
from corpus.languages.known import either

SHORT_LINE = 120
"""Maximum length of a heading, or of a list item without a marker."""

ITEM = re.compile(r"(?:[-*•·▪◦]|(\d{1,3}[.)]))\s+(?=\S)")
"""The start of a list item; group 1 is the number of a numbered one."""

NUMBERED_LINE = re.compile(
    rf"(?:§+ ?\d{{1,4}}|(?:{either(lambda w: w.pages.numbered)}) \d{{1,3}})[a-z]?\b[.:]?"
    r"(?: [^\n]{1,80})?(?<![.!?;])$",
    re.IGNORECASE,
)
"""A heading by its number: "§ 12 Budget", "Punkt 3", "Item 4: The roof"."""

LABEL = re.compile(r"[A-ZÅÄÖ][\w ./-]{1,30}: *\S")
"""The start of a line with a label: "Present: Anna"."""

_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|\*{3,}|_{3,})$")
_NO_HEADING_END = (".", ",", ";", ":", "!", "…")
# Sender and date: such lines are near a title and look like one.
_KICKER = re.compile(
    rf"(?:{either(lambda w: w.pages.kinds)}) (?:{either(lambda w: w.pages.sender)})\b"
    rf"|(?:{either(lambda w: w.pages.stamped)})\b",
    re.IGNORECASE,
)
_LONGEST_HEADING_RUN = 3
_LONGEST_TITLE_BLOCK = 3
_FEWEST_COMMAS = 2
_WORDS_OF_NAME = 3
_WRAP_WIDTHS = range(60, 101)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two blank lines, with wrapped lines joined."""

    lines: tuple[str, ...]
    underlined: bool = False
    recurring: bool = False
    """Whether the same text occurs elsewhere in the document."""
    heading: bool = False
    headed: bool = False
    """Whether the line right above it is its heading."""


def split_pieces(text: str) -> list[Piece]:
    """Return the pieces of a plain text, in order, with headings marked."""
    lines = [line.strip() for line in text.split("\n")]
    width = _wrap_width(lines)
    runs = [(tuple(_unwrap(run, width)), underlined) for run, underlined in _runs(lines)]
    count = Counter(run for run, _ in runs)
    entitled = _is_title_block([run for run, _ in runs])
    heads = head_lines([run for run, _ in runs]) - ({0} if entitled else set())
    pieces = _gathered(
        piece
        for at, (run, underlined) in enumerate(runs)
        for piece in _pieces(Piece(run, underlined, count[run] > 1), headed=at in heads)
    )
    if entitled:
        pieces[0] = replace(pieces[0], heading=True)
    headings = _headings(pieces)
    return [replace(piece, heading=position in headings) for position, piece in enumerate(pieces)]


def _pieces(piece: Piece, *, headed: bool) -> Iterator[Piece]:
    """Yield a piece, or separately its first line if that is a heading for the rest."""
    if headed:
        yield Piece(piece.lines[:1], heading=True)
        yield Piece(piece.lines[1:], recurring=piece.recurring, headed=True)
    else:
        yield piece


def _is_title_block(runs: Sequence[Sequence[str]]) -> bool:
    """Whether a text starts with a multi-line title: "Torpa IF", "Board meeting 5 May 2024"."""
    if len(runs) < 2 or not 1 < len(runs[0]) <= _LONGEST_TITLE_BLOCK:
        return False
    alike = all(_looks_like_heading(Piece((line,))) for line in runs[0])
    return alike and any(map(tells_time, runs[0])) and not is_head(runs[0][0])


def _runs(lines: Sequence[str]) -> Iterator[tuple[list[str], bool]]:
    """Yield the lines between blank ones; a row of = or - ends a run, or underlines one line."""
    run: list[str] = []
    for line, following in zip_longest([*lines, ""], lines[1:], fillvalue=""):
        underline = bool(_UNDERLINE.match(line))
        if line and not underline:
            if NUMBERED_LINE.match(line) and not following[:1].islower():
                yield from [(run, False)] if run else []
                yield [line], False
                run = []
            else:
                run.append(line)
        elif run:
            yield run, underline and len(run) == 1
            run = []


def _wrap_width(lines: Sequence[str]) -> int | None:
    """Return the width the text was wrapped at; None if each line is a paragraph."""
    filled = [len(line) for line in lines if line]
    longest = max(filled, default=0)
    full = sum(length > longest - 15 for length in filled)
    if longest in _WRAP_WIDTHS and full >= max(3, len(filled) // 4):
        return longest
    return None


def _unwrap(run: Sequence[str], width: int | None) -> Iterator[str]:
    """Yield the lines of a run; wrapped ones are joined with their line ends."""
    whole = run[0]
    longest = max(map(len, run))
    for before, line in pairwise(run):
        filled = len(before) + 1 + len(line.split()[0])
        had_room = width is None or filled <= width
        if had_room and _lists_on(whole, line, full=filled > longest):
            had_room = False
        starts_anew = (
            BESIDE in line
            or ITEM.match(line)
            or LABEL.match(line)
            or (had_room and not line[0].islower())
        )
        if starts_anew:
            yield whole
            whole = line
        else:
            whole += "\n" + line
    yield whole


def _lists_on(whole: str, line: str, *, full: bool) -> bool:
    """Whether a line continues a list: "Present: Anna Ek, Bo Li, Cy" and then "Orr"."""
    if not LABEL.match(whole) or whole.count(",") < _FEWEST_COMMAS:
        return False
    rest_of_name = len(line.split()) <= _WORDS_OF_NAME and line[-1] not in ".!?"
    return whole.endswith(",") or (full and ("," in line or rest_of_name))


def _gathered(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces; short lines separated by blank ones after a lead-in are joined."""
    gathered: list[Piece] = []
    announced = in_list = False
    for piece in pieces:
        if not announced or piece.heading or not _looks_like_item(piece):
            announced, in_list = piece.lines[-1].endswith(":"), False
            gathered.append(piece)
        elif in_list:
            gathered[-1] = Piece(gathered[-1].lines + piece.lines)
        else:
            in_list = True
            gathered.append(piece)
    return gathered


def _looks_like_item(piece: Piece) -> bool:
    runs_on = len(piece.lines) == 1 and piece.lines[0].endswith((",", ";"))
    return not piece.underlined and (_looks_like_heading(piece) or runs_on)


def _headings(pieces: Sequence[Piece]) -> set[int]:
    """Return the indices of pieces that look like headings and are followed by text."""
    found: set[int] = set()
    run: list[int] = []
    for position, piece in enumerate(pieces):
        announced = position > 0 and pieces[position - 1].lines[-1].endswith(":")
        if piece.heading:
            found.update([*run, position])
            run = []
        elif piece.underlined or (
            _looks_like_heading(piece)
            and not (piece.recurring and not is_head(piece.lines[0]))
            and not announced
        ):
            run.append(position)
        elif not _KICKER.match(piece.lines[0]):
            # A recurring line is not a heading, and neither are many short lines.
            if not piece.recurring:
                found.update(run if len(run) <= _LONGEST_HEADING_RUN else run[-1:])
            run = []
    return found | {position for position, piece in enumerate(pieces) if piece.underlined}


def _looks_like_heading(piece: Piece) -> bool:
    line = piece.lines[0]
    return (
        len(piece.lines) == 1
        and not piece.headed
        and len(line) <= SHORT_LINE
        and not line.endswith(_NO_HEADING_END)
        and not line[0].islower()
        and (line[0].isalnum() or line[0] in "§\"”“'")
        and (not LABEL.match(line) or NUMBERED_LINE.match(line) is not None)
        and not _KICKER.match(line)
    )
