"""The buttons under answers, and their data."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Self, TypeAlias, cast

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.service.exchanges import Exchange
from bot.service.journal import Rating
from bot.telegram_bot.asking.answer_messages import address_of
from bot.telegram_bot.asking.feedback import rating_row
from bot.texts import AnswerTexts, texts_for
from bot.types import Answer, Citation

PAGE: Final = 5
"""Further passages per page."""
_DATA: Final = re.compile(r"(page|open|year|only|all)\.([\w-]{1,40})\.(\d{1,4})", re.ASCII)

_MOST_IN_A_ROW: Final = 8
_FEW: Final = 4
"""Up to this many number buttons, others fit beside them on a phone."""

Action: TypeAlias = Literal["page", "open", "year", "only", "all"]
Rows: TypeAlias = Iterable[Sequence[InlineKeyboardButton]]


@dataclass(frozen=True, slots=True)
class Press:
    """What a button does with an exchange; at most 64 bytes in Telegram's data field."""

    action: Action
    key: str
    number: int = 0
    """The page, source or year."""

    @classmethod
    def read(cls, data: str) -> Self | None:
        """Parse a button's data; None if it is not ours."""
        match = _DATA.fullmatch(data)
        return cls(cast(Action, match[1]), match[2], int(match[3])) if match else None

    def button(self, label: str) -> InlineKeyboardButton:
        """Return the button with a label."""
        data = f"{self.action}.{self.key}.{self.number}"
        return InlineKeyboardButton(label, callback_data=data)


def answer_keyboard(
    exchange: Exchange, rating: Rating | None = None
) -> InlineKeyboardMarkup | None:
    """Return the buttons under an answer: sources, more, other ways to ask, thumbs."""
    key, answer = exchange.key, exchange.answer
    texts = texts_for(answer.reading.language).telegram.answer
    numbers = _numbers(key, page_of(answer, 0))
    more = [Press("page", key, 1).button(texts.more)] if answer.further else []
    judged = None if answer.is_small_talk else exchange.number
    rows = [
        *([[*numbers, *more]] if len(numbers) <= _FEW else [numbers, more]),
        _years(exchange),
        [Press("all", key).button(texts.ask_all)] if exchange.document else [],
        [] if judged is None else rating_row(judged, rating),
    ]
    return _markup(rows)


def page_keyboard(key: str, answer: Answer, page: int) -> InlineKeyboardMarkup | None:
    """Return the buttons under a page of further passages, counted from 1."""
    texts = texts_for(answer.reading.language).telegram.answer
    turns = [Press("page", key, page - 1).button(texts.back)]
    if page * PAGE < len(answer.further):
        turns.append(Press("page", key, page + 1).button(texts.more))
    return _markup([_numbers(key, page_of(answer, page)), turns])


def source_keyboard(
    key: str, answer: Answer, citation: Citation, *, alone: bool
) -> InlineKeyboardMarkup | None:
    """Return the buttons under an opened source; `alone` if only its document is searched."""
    texts = texts_for(answer.reading.language).telegram.answer
    page = page_with(answer, citation)
    turns = [Press("page", key, page).button(texts.back)]
    if address := address_of(citation):
        turns.append(InlineKeyboardButton(texts.open_page, url=address))
    ask = [] if alone else [Press("only", key, citation.number).button(texts.ask_document)]
    return _markup([_numbers(key, page_of(answer, page), citation), turns, ask])


def all_keyboard(key: str, texts: AnswerTexts) -> InlineKeyboardMarkup:
    """Return the button that searches all documents again."""
    return InlineKeyboardMarkup([[Press("all", key).button(texts.ask_all)]])


def page_of(answer: Answer, page: int) -> Sequence[Citation]:
    """Return the citations of a page: the answer's own on 0, further ones from 1."""
    if page == 0:
        return answer.citations or answer.nearest
    return answer.further[(page - 1) * PAGE : page * PAGE]


def page_with(answer: Answer, citation: Citation) -> int:
    """Return the page of a citation."""
    return answer.further.index(citation) // PAGE + 1 if citation in answer.further else 0


def _numbers(
    key: str, citations: Sequence[Citation], opened: Citation | None = None
) -> list[InlineKeyboardButton]:
    """Return a button for each citation; the open one is marked."""
    return [
        Press("open", key, one.number).button(
            f"• {one.number} •" if one is opened else f"[{one.number}]"
        )
        for one in citations
        if opened is None or len(citations) > 1
    ]


def _years(exchange: Exchange) -> list[InlineKeyboardButton]:
    """Return a button for each other year."""
    shown = {period.end.year for period in exchange.answer.reading.periods}
    others = (year for year in exchange.years if year not in shown)
    buttons = [Press("year", exchange.key, year).button(str(year)) for year in others]
    return buttons[:_MOST_IN_A_ROW]


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None
