"""Sends answers, and stores them for their buttons."""

import asyncio
import logging
from dataclasses import replace

from telegram import Message

from bot.service.conversations import Conversations
from bot.service.desk import Answered, exchange_of
from bot.service.exchanges import Exchange, Question
from bot.telegram_bot.asking.answer_messages import render_answer
from bot.telegram_bot.asking.keyboards import answer_keyboard
from bot.telegram_bot.asking.message_desk import MessageDesk
from bot.telegram_bot.transport.sending import replace_pieces, send_pieces
from corpus.errors import UserError

_log = logging.getLogger(__name__)


class Presenter:
    """Sends answers and stores their exchanges."""

    def __init__(self, desk: MessageDesk, conversations: Conversations) -> None:
        self._desk = desk
        self._conversations = conversations

    async def show(self, message: Message, question: Question, answered: Answered) -> None:
        """Send an answer as a reply to its question, or in place of an earlier answer."""
        exchange = exchange_of(question, answered)
        pieces, keyboard = (
            render_answer(exchange.answer, exchange.document),
            answer_keyboard(exchange),
        )
        if exchange.told:
            told = await replace_pieces(message, list(map(int, exchange.told)), pieces, keyboard)
        else:
            sent = await send_pieces(message, pieces, keyboard)
            told = [one.message_id for one in sent]
            # The group may have become a supergroup meanwhile.
            exchange = replace(exchange, place=replace(question.place, chat=str(sent[-1].chat_id)))
        await self._desk.answered(exchange.number, told[-1])
        await self._keep(replace(exchange, told=tuple(map(str, told))))

    async def _keep(self, exchange: Exchange) -> None:
        try:
            await asyncio.to_thread(self._conversations.save, exchange)
        except UserError as error:
            _log.error("The buttons of an answer will not work: %s", error)
