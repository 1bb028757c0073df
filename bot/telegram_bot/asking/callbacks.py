"""Handles the buttons under an answer."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.service.exchanges import Document, Exchange, Question
from bot.service.journal import Rating
from bot.service.services import Services
from bot.telegram_bot.access.rights import Access, Context, acknowledge
from bot.telegram_bot.access.user_language import phrases_for
from bot.telegram_bot.asking.answer_messages import render_answer, title_of
from bot.telegram_bot.asking.answer_sender import Presenter
from bot.telegram_bot.asking.conversing import again, place_of
from bot.telegram_bot.asking.keyboards import (
    Press,
    all_keyboard,
    answer_keyboard,
    page_keyboard,
    page_of,
    source_keyboard,
)
from bot.telegram_bot.asking.markup import Piece, plain
from bot.telegram_bot.asking.message_desk import MessageDesk
from bot.telegram_bot.asking.sources import render_page, render_source
from bot.telegram_bot.transport.sending import edit_piece, send_piece
from bot.texts import TelegramTexts, fill
from corpus.errors import UserError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Pressed:
    """A pressed button with its exchange."""

    press: Press
    exchange: Exchange
    message: Message
    user: int
    texts: TelegramTexts
    """In the user's language."""


class Callbacks:
    """Executes buttons, in the message that they belong to."""

    def __init__(
        self, services: Services, access: Access, desk: MessageDesk, presenter: Presenter
    ) -> None:
        self._services = services
        self._conversations = services.conversations
        self._access = access
        self._desk = desk
        self._presenter = presenter
        self._actions = {
            "page": self._turn,
            "open": self._open,
            "year": self._ask_year,
            "only": self._ask_document,
            "all": self._ask_all,
        }

    async def pressed(self, update: Update, _context: Context) -> None:
        """Execute a button, or say why that is impossible."""
        query = update.callback_query
        assert query is not None  # Registered for button presses only.
        note = None
        try:
            note = await self._act(update, query)
        finally:
            await acknowledge(query, note)

    async def _act(self, update: Update, query: CallbackQuery) -> str | None:
        """Execute a button; return a notice if that is impossible."""
        texts = phrases_for(query.from_user, self._services.people).telegram
        chat, press = update.effective_chat, Press.read(query.data or "")
        if chat is None or not self._access.lets_in(query.from_user.id, chat.id):
            return texts.answer.not_yours
        if press is None:
            return texts.answer.unknown_button
        exchange = await asyncio.to_thread(self._conversations.find, press.key)
        message = query.message
        # A message too old to be included in the update can't be edited either.
        if not isinstance(message, Message) or exchange is None:
            return texts.answer.grown_old
        if exchange.place.chat != str(message.chat_id):
            return texts.answer.unknown_button
        pressed = _Pressed(press, exchange, message, query.from_user.id, texts)
        return await self._actions[press.action](pressed)

    async def _turn(self, pressed: _Pressed) -> str | None:
        exchange, page = pressed.exchange, pressed.press.number
        if page == 0:
            piece = render_answer(exchange.answer, exchange.document)[-1]
            keyboard = answer_keyboard(exchange, await self._rating(exchange))
        elif page_of(exchange.answer, page):
            piece = render_page(exchange.answer, page)
            keyboard = page_keyboard(exchange.key, exchange.answer, page)
        else:
            return pressed.texts.answer.unknown_button
        return await _edit(pressed, piece, keyboard)

    async def _open(self, pressed: _Pressed) -> str | None:
        exchange = pressed.exchange
        citation = exchange.citation(pressed.press.number)
        if citation is None:
            return pressed.texts.answer.unknown_button
        excerpt = await asyncio.to_thread(
            self._services.excerpt, citation.document, citation.quote_start, citation.quote_end
        )
        # The documents may have changed since the answer.
        if excerpt is None or excerpt.quote != citation.quote:
            return pressed.texts.answer.grown_old
        asked = exchange.document is not None
        keyboard = source_keyboard(exchange.key, exchange.answer, citation, alone=asked)
        piece = render_source(citation, excerpt, exchange.answer.reading.language)
        return await _edit(pressed, piece, keyboard)

    async def _ask_year(self, pressed: _Pressed) -> str | None:
        year = pressed.press.number
        if year not in pressed.exchange.years:
            return pressed.texts.answer.unknown_button
        question = await asyncio.to_thread(again, pressed.exchange, self._conversations)
        return await self._answer_again(pressed, replace(question, year=year))

    async def _ask_document(self, pressed: _Pressed) -> str | None:
        citation = pressed.exchange.citation(pressed.press.number)
        if citation is None:
            return pressed.texts.answer.unknown_button
        document = Document(citation.document, title_of(citation, 200))
        message, texts = pressed.message, pressed.texts.answer
        in_private = message.chat.type == ChatType.PRIVATE
        said = texts.asking_document if in_private else texts.asking_document_in_group
        place = place_of(message, pressed.user)
        await asyncio.to_thread(self._conversations.ask_of, place, document)
        note = plain(said.format(title=document.title))
        sent = await send_piece(message, note, all_keyboard(pressed.exchange.key, texts))
        await asyncio.to_thread(
            self._conversations.offer, pressed.exchange, str(sent.message_id), document
        )
        return None

    async def _ask_all(self, pressed: _Pressed) -> str | None:
        message, exchange = pressed.message, pressed.exchange
        place = place_of(message, pressed.user)
        await asyncio.to_thread(self._conversations.ask_of, place, None)
        if str(message.message_id) not in exchange.told:
            return await _edit(pressed, plain(pressed.texts.answer.asking_all), None)
        question = await asyncio.to_thread(again, exchange, self._conversations)
        return await self._answer_again(
            pressed, replace(question, document=None, year=exchange.year)
        )

    async def _answer_again(self, pressed: _Pressed, question: Question) -> str | None:
        """Replace the answer with one to a modified question."""
        if seconds := self._desk.wait(pressed.user, datetime.now(UTC)):
            return fill(pressed.texts.limits.too_many, seconds=seconds)
        try:
            answered = await self._desk.answer(question, pressed.message)
        except UserError as error:
            _log.warning("A question could not be answered again: %s", error)
            return pressed.texts.cannot_answer
        await self._presenter.show(pressed.message, question, answered)
        return None

    async def _rating(self, exchange: Exchange) -> Rating | None:
        if exchange.number is None:
            return None
        asked = await asyncio.to_thread(self._services.journal.find, exchange.number)
        return asked.rating if asked else None


async def _edit(
    pressed: _Pressed, piece: Piece, keyboard: InlineKeyboardMarkup | None
) -> str | None:
    message = pressed.message
    bot, number = message.get_bot(), message.message_id
    stands = await edit_piece(bot, message.chat_id, number, piece, keyboard)
    return None if stands else pressed.texts.answer.grown_old
