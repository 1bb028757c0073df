"""Text for Telegram: HTML in pieces within Telegram's limits, each with a plain version.

Telegram measures a message in UTF-16 units after parsing its tags, that is, the plain version.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.telegram_bot.asking.splitting import split_text, units
from corpus.types import Span

MOST_UNITS: Final = 4096
"""Maximum UTF-16 units of a message."""
MOST_ENTITIES: Final = 100
"""Maximum number of formatted spans in a message."""
_BOLD: Final = ("<b>", "</b>")
_BIDIRECTIONAL: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ISOLATED: Final = "\u2068{}\u2069"
"""Isolates right-to-left text from the text around it (UAX #9)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A message or part of one: HTML, and plain text in case Telegram rejects the HTML."""

    html: str
    plain: str

    def joined(self, other: "Piece", between: str) -> "Piece":
        """Return both concatenated."""
        return Piece(self.html + between + other.html, self.plain + between + other.plain)

    @property
    def fits(self) -> bool:
        """Whether it fits into one message."""
        return units(self.plain) <= MOST_UNITS and self.html.count("</") <= MOST_ENTITIES


def plain(text: str) -> Piece:
    """Return an escaped text."""
    return Piece(escape(text, quote=False), text)


def tagged(piece: Piece, tag: str, attributes: str = "") -> Piece:
    """Return a piece inside a tag; the plain version has no tag."""
    return Piece(f"<{tag}{attributes}>{piece.html}</{tag}>", piece.plain)


def joined(pieces: Iterable[Piece], between: str) -> Piece:
    """Return pieces concatenated, without empty ones."""
    kept = [piece for piece in pieces if piece.html]
    return Piece(between.join(one.html for one in kept), between.join(one.plain for one in kept))


def packed(pieces: Iterable[Piece], between: str = "\n\n") -> list[Piece]:
    """Return pieces as messages, filling each as far as possible."""
    messages: list[Piece] = []
    for piece in pieces:
        if messages and (both := messages[-1].joined(piece, between)).fits:
            messages[-1] = both
        else:
            messages.append(piece)
    return messages


def render_text(text: str) -> list[Piece]:
    """Return a plain text as messages."""
    return [plain(part) for part in split_text(readable(text), MOST_UNITS)]


# Cleaning


def readable(text: str) -> str:
    """Return a text without control characters, including those that change its direction."""
    return _cleaned(text).strip()


def _cleaned(text: str) -> str:
    kept = (
        character
        if character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"}
        else " "
        for character in _BIDIRECTIONAL.sub("", text.replace("\r\n", "\n"))
    )
    return "".join(kept)


def _without_gaps(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n", _cleaned(text))


def on_one_line(text: str, longest: int) -> str:
    """Return a text on one line, shortened with "…".

    Text without visible characters gives "".
    """
    line = " ".join(readable(text).split())
    if all(unicodedata.category(character)[0] in "CZM" for character in line):
        return ""
    line = line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
    return _ISOLATED.format(line) if _runs_leftwards(line) else line


def _runs_leftwards(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


# Text with bold stretches


@dataclass(frozen=True, slots=True)
class Marked:
    """A readable text with bold spans, sorted and disjoint."""

    text: str
    bold: tuple[Span, ...] = ()

    @classmethod
    def of(cls, text: str, bold: Sequence[Span] = (), *, gaps: bool = True) -> "Marked":
        """Return a text cleaned for display, with its bold spans on the same words.

        Without gaps, empty lines between paragraphs are removed.
        """
        clean = _cleaned if gaps else _without_gaps
        cleaned, spans, place = "", [], 0
        for start, end in bold:
            cleaned += clean(text[place:start])
            begin = len(cleaned)
            cleaned += clean(text[start:end])
            spans.append((begin, len(cleaned)))
            place = end
        whole = Marked(cleaned + clean(text[place:]), tuple(spans))
        return whole.part(0, len(whole.text))

    def part(self, start: int, end: int) -> "Marked":
        """Return the text between two offsets, stripped of white space."""
        cut = self.text[start:end]
        start += len(cut) - len(cut.lstrip())
        end = start + len(cut.strip())
        within = ((max(a, start) - start, min(b, end) - start) for a, b in self.bold)
        return Marked(self.text[start:end], tuple((a, b) for a, b in within if a < b))

    def split(self, room: int) -> Iterator["Marked"]:
        """Yield the text in parts that fit a length; together they contain every word."""
        place = 0
        for part in split_text(self.text, room):
            place = self.text.index(part, place)
            yield self.part(place, place + len(part))
            place += len(part)

    def piece(self) -> Piece:
        """Return the text with bold tags."""
        html, place = "", 0
        for start, end in self.bold:
            html += _escaped(self.text[place:start]) + _escaped(self.text[start:end]).join(_BOLD)
            place = end
        return Piece(html + _escaped(self.text[place:]), self.text)


def _escaped(text: str) -> str:
    return escape(text, quote=False)
