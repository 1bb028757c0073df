"""Opened sources: the quote in its context; and pages of further passages."""

from collections.abc import Iterator
from typing import Final

from bot.telegram_bot.asking.answer_messages import (
    address_of,
    linked_title,
    notes_on,
    render_leads,
    title_of,
)
from bot.telegram_bot.asking.keyboards import page_of
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
from bot.telegram_bot.asking.splitting import ending, shortened, units
from bot.texts import texts_for
from bot.types import Answer, Citation, Excerpt

_LONGEST_TITLE: Final = 200
_LONGEST_NOTE: Final = 80
_MOST_COPIES: Final = 3
"""How many near duplicates are listed; of the rest only the number."""


def render_page(answer: Answer, page: int) -> Piece:
    """Return a page of further passages, each with the start of its quote."""
    asked_in = answer.reading.language
    heading = texts_for(asked_in).telegram.answer.further
    return packed(render_leads(page_of(answer, page), asked_in, heading))[0]


def render_source(citation: Citation, excerpt: Excerpt, asked_in: str) -> Piece:
    """Return a source with its passage, as one message."""
    head = joined(_head(citation, asked_in), "\n")
    goes_on = texts_for(asked_in).telegram.answer.goes_on
    room = MOST_UNITS - units(head.plain) - len("\n\n")
    quote = excerpt.quote
    if units(quote) > room:
        quote = shortened(quote, room - units(goes_on) - 2)
        passage = Marked.of(quote, [(0, len(quote))]).piece()
        return joined((head, tagged(passage, "blockquote"), plain(goes_on)), "\n\n")
    around = (room - units(quote)) // 2
    before, after = ending(excerpt.before, around), shortened(excerpt.after, around)
    bold = (len(before), len(before) + len(quote))
    passage = Marked.of(before + quote + after, [bold]).piece()
    return joined((head, tagged(passage, "blockquote")), "\n\n")


def _head(citation: Citation, asked_in: str) -> Iterator[Piece]:
    """Yield the lines above a passage: document, date, place and copies."""
    texts = texts_for(asked_in)
    yield Piece(
        f"<b>[{citation.number}]</b> {linked_title(citation, _LONGEST_TITLE)}",
        f"[{citation.number}] {title_of(citation, _LONGEST_TITLE)}",
    )
    yield plain(notes_on(citation, texts, asked_in, _LONGEST_NOTE))
    if not address_of(citation):
        yield tagged(plain(on_one_line(citation.document, _LONGEST_NOTE)), "code")
    if citation.also_in:
        named = (on_one_line(path, _LONGEST_NOTE) for path in citation.also_in[:_MOST_COPIES])
        more = f" +{left}" if (left := len(citation.also_in) - _MOST_COPIES) > 0 else ""
        yield plain(readable(f"{texts.also_in} {', '.join(named)}{more}"))
