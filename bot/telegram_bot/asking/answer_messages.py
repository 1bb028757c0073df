"""An answer as Telegram messages: its text, then each citation's head line above its quote.

Messages are split between citations. A quote longer than a message continues in the next one, split
at the end of a paragraph, line, sentence or word; nothing is left out.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from bot.answer.links import is_web_page
from bot.service.exchanges import Document
from bot.telegram_bot.asking.markup import (
    MOST_UNITS,
    Marked,
    Piece,
    joined,
    on_one_line,
    packed,
    plain,
    readable,
    tagged,
)
from bot.telegram_bot.asking.splitting import shortened, units
from bot.texts import Texts, texts_for
from bot.types import Answer, Citation
from corpus.types import Span

_LONGEST_TITLE: Final = 80
"""Maximum length of a title above a quote: two lines on a phone. An opened source has all of it."""
_LONGEST_PLACE: Final = 40
_LONGEST_READ: Final = 300
_MOST_BOLD: Final = 12
"""How many spans of a quote, or items, are bold: Telegram allows 100 entities in a message."""
_MOST_ITEMS: Final = 40
_LONGEST_URL: Final = 1000
_SHOWN_OF_NEAREST: Final = 240
"""Length to which quotes that do not answer are shortened; the button opens all of it."""
_BLOCKQUOTE: Final = ("blockquote", " expandable")


def render_answer(answer: Answer, document: Document | None = None) -> list[Piece]:
    """Return the messages of an answer, each within Telegram's limits.

    `document` is the one that the search was limited to.
    """
    texts = texts_for(answer.reading.language)
    pieces = [part.piece() for part in _own_words(answer).split(MOST_UNITS)]
    if answer.reading.read_as:
        read_as = texts.read_as.format(question=on_one_line(answer.reading.read_as, _LONGEST_READ))
        pieces.insert(0, tagged(plain(read_as), "i"))
    if document:
        within = texts.telegram.answer.within
        title = on_one_line(document.title, _LONGEST_TITLE)
        pieces.insert(0, tagged(plain(within.format(title=title)), "i"))
    if not answer.found:
        pieces += render_leads(answer.nearest, answer.reading.language, texts.nearest)
    for citation in answer.citations:
        pieces += _whole(citation, answer.reading.language)
    return packed(pieces)


def render_leads(citations: Sequence[Citation], asked_in: str, heading: str) -> list[Piece]:
    """Return citations under a heading, each with the start of its quote."""
    if not citations:
        return []
    texts = texts_for(asked_in)
    beginnings = (
        joined(
            (
                head_line(citation, texts, asked_in),
                tagged(plain(shortened(readable(citation.quote), _SHOWN_OF_NEAREST)), "blockquote"),
            ),
            "\n",
        )
        for citation in citations
    )
    return [plain(heading), *beginnings]


def _whole(citation: Citation, asked_in: str) -> Iterator[Piece]:
    """Yield a citation with its whole quote, in parts if it is longer than a message."""
    head = head_line(citation, texts_for(asked_in), asked_in)
    room = MOST_UNITS - units(head.plain) - len("\n")
    first, *rest = marked_quote(citation).split(room)
    yield joined((head, tagged(first.piece(), *_BLOCKQUOTE)), "\n")
    for part in rest:
        yield tagged(part.piece(), *_BLOCKQUOTE)


def marked_quote(citation: Citation) -> Marked:
    """Return a quote with the words in bold that are of the kind asked for."""
    begin, end = citation.quote_start, citation.quote_end
    clipped = ((max(a, begin) - begin, min(b, end) - begin) for a, b in citation.highlights)
    bold: list[Span] = []
    for start, stop in sorted(span for span in clipped if span[0] < span[1]):
        if bold and start <= bold[-1][1]:
            bold[-1] = (bold[-1][0], max(bold[-1][1], stop))
        else:
            bold.append((start, stop))
    # Folded, a quote shows three lines, which are too few for empty ones.
    return Marked.of(citation.quote, bold[:_MOST_BOLD], gaps=False)


def _own_words(answer: Answer) -> Marked:
    """Return an answer's text with the items in bold that it lists."""
    bold: list[Span] = []
    place = 0
    for item in answer.items[:_MOST_ITEMS]:
        told = " ".join(item.text.split())
        start = answer.text.find(told, place)
        if start >= 0:
            place = start + len(told)
            bold.append((start, place))
    return Marked.of(answer.text, bold)


def head_line(citation: Citation, texts: Texts, asked_in: str) -> Piece:
    """Return the line above a quote: number, title, date and place."""
    notes = [notes_on(citation, texts, asked_in)]
    if citation.also_in:
        notes.append(texts.telegram.answer.copies.format(count=len(citation.also_in)))
    tail = "".join(f" · {note}" for note in notes if note)
    return Piece(
        f"<b>[{citation.number}]</b> {linked_title(citation, _LONGEST_TITLE)}"
        + escape(tail, quote=False),
        f"[{citation.number}] {title_of(citation, _LONGEST_TITLE)}{tail}",
    )


def notes_on(
    citation: Citation, texts: Texts, asked_in: str, longest_place: int = _LONGEST_PLACE
) -> str:
    """Return a citation's date, place in the document, and language."""
    notes = (
        texts.date(citation.published),
        on_one_line(citation.location, longest_place),
        texts.language_note(citation.language, asked_in),
    )
    return " · ".join(note for note in notes if note)


def title_of(citation: Citation, longest: int) -> str:
    """Return a document's title, or else its path."""
    return on_one_line(citation.title, longest) or on_one_line(citation.document, longest)


def linked_title(citation: Citation, longest: int) -> str:
    """Return a document's title as HTML, linked if it is on the web."""
    title = escape(title_of(citation, longest), quote=False)
    if address := address_of(citation):
        return f'<b><a href="{escape(address)}">{title}</a></b>'
    return f"<b>{title}</b>"


def address_of(citation: Citation) -> str | None:
    """Return the address of a document's page, at the quote if possible."""
    addresses = (citation.link, citation.url)
    return next((one for one in addresses if one and _opens(one)), None)


def _opens(url: str) -> bool:
    return len(url) <= _LONGEST_URL and readable(url) == url and is_web_page(url)
