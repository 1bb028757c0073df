"""Answers as Telegram messages: HTML in pieces that Telegram takes, each with a plain twin.

Telegram counts a message's length in UTF-16 units after reading its tags. Here tags count too,
which is on the safe side. A message ends between citations; a quote longer than a message goes on
in the next one, cut at the end of a paragraph, line, sentence or word, and nothing is left out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final, TypeGuard
from urllib.parse import urlsplit

from bot.texts import Texts, texts_for
from bot.types import Answer, Citation

MOST_UNITS: Final = 4096
"""UTF-16 units of a message."""
_LONGEST_TITLE: Final = 150
_LONGEST_PLACE: Final = 100
_LONGEST_URL: Final = 500
_MOST_ALSO: Final = 3
"""Near duplicates that are named; of more than these the number is told."""
_QUOTE: Final = ("<blockquote expandable>", "</blockquote>")
# Ways to cut a text, the best first: each must leave at least half of the room used.
_CUTS: Final = tuple(
    re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s", r"\s")
)
_BIDIRECTIONAL: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: as HTML, and as plain text for a server that refuses the HTML."""

    html: str
    plain: str

    def joined(self, other: "Message", between: str) -> "Message":
        """Return both in one."""
        return Message(self.html + between + other.html, self.plain + between + other.plain)


def render_answer(answer: Answer) -> list[Message]:
    """Return the messages that tell an answer, none longer than Telegram takes."""
    texts = texts_for(answer.reading.language)
    messages = render_text(answer.text)
    if answer.nearest:
        _add(messages, _paragraph(texts.nearest))
    for citation in answer.citations or answer.nearest:
        head = _head(citation, texts, answer.reading.language)
        room = MOST_UNITS - _units(head.html) - _units("\n".join(_QUOTE))
        first, *rest = split_text(readable(citation.quote), room)
        _add(messages, head.joined(_quotation(first), "\n"), alone=bool(rest))
        for part in rest:
            _add(messages, _quotation(part))
    return messages


def render_text(text: str) -> list[Message]:
    """Return the messages that tell a plain text."""
    return [_paragraph(part) for part in split_text(readable(text), MOST_UNITS)]


def _add(messages: list[Message], message: Message, *, alone: bool = False) -> None:
    """Put what is to be told into the last message where there is room, else into a new one."""
    if messages and not alone:
        both = messages[-1].joined(message, "\n\n")
        if _units(both.html) <= MOST_UNITS:
            messages[-1] = both
            return
    messages.append(message)


def _head(citation: Citation, texts: Texts, asked_in: str) -> Message:
    """Return the line over a quote: what it stands in, since when, and where."""
    title = _shortened(citation.title or citation.document, _LONGEST_TITLE)
    number = f"[{citation.number}]"
    notes = [
        texts.date(citation.published),
        _shortened(citation.location, _LONGEST_PLACE),
        texts.language_note(citation.language, asked_in),
    ]
    if citation.also_in:
        paths = ", ".join(
            _shortened(path, _LONGEST_PLACE) for path in citation.also_in[:_MOST_ALSO]
        )
        more = f" +{left}" if (left := len(citation.also_in) - _MOST_ALSO) > 0 else ""
        notes.append(f"{texts.also_in} {paths}{more}")
    tail = "".join(f" · {note}" for note in notes if note)
    named = escape(title, quote=False)
    if not _is_link(citation.url):
        path = _shortened(citation.document, _LONGEST_PLACE)
        return Message(
            f"<b>{number} {named}</b>{escape(tail, quote=False)}\n<code>{escape(path)}</code>",
            f"{number} {title}{tail}\n{path}",
        )
    return Message(
        f'<b>{number} <a href="{escape(citation.url)}">{named}</a></b>{escape(tail, quote=False)}',
        f"{number} {title}{tail}\n{citation.url}",
    )


def _is_link(url: str | None) -> TypeGuard[str]:
    """Whether Telegram can open an address, and its length leaves room for the quote."""
    if url is None or _units(escape(url)) > _LONGEST_URL or readable(url) != url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _quotation(text: str) -> Message:
    return Message(escape(text, quote=False).join(_QUOTE), text)


def _paragraph(text: str) -> Message:
    return Message(escape(text, quote=False), text)


def _shortened(text: str, longest: int) -> str:
    """Return a text on one line, with "…" for what is over the longest allowed."""
    line = " ".join(readable(text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def readable(text: str) -> str:
    """Return a text without control characters, and without those that turn its direction."""
    kept = (
        character
        if character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"}
        else " "
        for character in _BIDIRECTIONAL.sub("", text.replace("\r\n", "\n"))
    )
    return "".join(kept).strip()


def split_text(text: str, room: int) -> Iterator[str]:
    """Yield a text in parts that fit the room once escaped; joined they hold every word."""
    while _units(escape(text)) > room:
        fits = _fitting(text, room)
        cut = _best_cut(text, fits)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _fitting(text: str, room: int) -> int:
    """Return how many characters of a text fit the room once escaped, at least one."""
    used = 0
    for place, character in enumerate(text):
        used += _units(escape(character))
        if used > room:
            return max(place, 1)
    return len(text)


def _best_cut(text: str, fits: int) -> int:
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(text, 0, fits)]
        if ends and ends[-1] >= fits / 2:
            return ends[-1]
    return fits


def _units(text: str) -> int:
    """Return the length of a text as Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)
