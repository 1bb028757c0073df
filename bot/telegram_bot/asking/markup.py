"""Text for Telegram: as HTML in pieces that Telegram takes, each with a plain twin.

Telegram counts a message's length in UTF-16 units after reading its tags, which is the length of
the plain twin.
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
"""UTF-16 units of a message."""
MOST_ENTITIES: Final = 100
"""Stretches of a message that are bold, linked, quoted and the like."""
_BOLD: Final = ("<b>", "</b>")
_BIDIRECTIONAL: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ISOLATED: Final = "\u2068{}\u2069"
"""Keeps a text that runs from right to left from turning what stands beside it (UAX #9)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A message or a part of one: as HTML, and as plain text where Telegram refuses the HTML."""

    html: str
    plain: str

    def joined(self, other: "Piece", between: str) -> "Piece":
        """Return both in one."""
        return Piece(self.html + between + other.html, self.plain + between + other.plain)

    @property
    def fits(self) -> bool:
        """Whether Telegram takes it as one message."""
        return units(self.plain) <= MOST_UNITS and self.html.count("</") <= MOST_ENTITIES


def plain(text: str) -> Piece:
    """Return a text as it is."""
    return Piece(escape(text, quote=False), text)


def tagged(piece: Piece, tag: str, attributes: str = "") -> Piece:
    """Return a piece within a tag, which its plain twin does without."""
    return Piece(f"<{tag}{attributes}>{piece.html}</{tag}>", piece.plain)


def joined(pieces: Iterable[Piece], between: str) -> Piece:
    """Return pieces in one, empty ones left out."""
    kept = [piece for piece in pieces if piece.html]
    return Piece(between.join(one.html for one in kept), between.join(one.plain for one in kept))


def packed(pieces: Iterable[Piece], between: str = "\n\n") -> list[Piece]:
    """Return pieces as messages, as many in each as Telegram takes."""
    messages: list[Piece] = []
    for piece in pieces:
        if messages and (both := messages[-1].joined(piece, between)).fits:
            messages[-1] = both
        else:
            messages.append(piece)
    return messages


def render_text(text: str) -> list[Piece]:
    """Return the messages that tell a plain text."""
    return [plain(part) for part in split_text(readable(text), MOST_UNITS)]


# Cleaning


def readable(text: str) -> str:
    """Return a text without control characters, and without those that turn its direction."""
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
    """Return a text on one line, with "…" for what is over the longest allowed.

    A text of nothing that shows gives "".
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
    """A readable text with stretches of it in bold, in order and apart."""

    text: str
    bold: tuple[Span, ...] = ()

    @classmethod
    def of(cls, text: str, bold: Sequence[Span] = (), *, gaps: bool = True) -> "Marked":
        """Return a text cleaned for the reader, its bold stretches kept on the same words.

        Without gaps, no empty lines stand between paragraphs.
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
        """Return the text between two offsets, without white space at its ends."""
        cut = self.text[start:end]
        start += len(cut) - len(cut.lstrip())
        end = start + len(cut.strip())
        within = ((max(a, start) - start, min(b, end) - start) for a, b in self.bold)
        return Marked(self.text[start:end], tuple((a, b) for a, b in within if a < b))

    def split(self, room: int) -> Iterator["Marked"]:
        """Yield the text in parts that fit a room; joined they hold every word."""
        place = 0
        for part in split_text(self.text, room):
            place = self.text.index(part, place)
            yield self.part(place, place + len(part))
            place += len(part)

    def piece(self) -> Piece:
        """Return the text with its bold stretches in tags."""
        html, place = "", 0
        for start, end in self.bold:
            html += _escaped(self.text[place:start]) + _escaped(self.text[start:end]).join(_BOLD)
            place = end
        return Piece(html + _escaped(self.text[place:]), self.text)


def _escaped(text: str) -> str:
    return escape(text, quote=False)
