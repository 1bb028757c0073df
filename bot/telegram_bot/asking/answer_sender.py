"""Answers shown where they belong, and remembered."""

import asyncio
import logging
from dataclasses import replace

from telegram import Message

from bot.service.conversations import Conversations
from bot.service.exchanges import Exchange, new_key
from bot.telegram_bot.asking.answer_messages import render_answer
from bot.telegram_bot.asking.conversing import Question
from bot.telegram_bot.asking.keyboards import answer_keyboard
from bot.telegram_bot.asking.question_desk import Answered, Desk
from bot.telegram_bot.transport.sending import replace_pieces, send_pieces
from bot.types import Answer
from corpus.errors import UserError

_log = logging.getLogger(__name__)


def _years_of(answer: Answer) -> tuple[int, ...]:
    """Return the years to choose from for a month without one, with the one that was taken."""
    taken = {period.end.year for period in answer.reading.periods if period.recurring}
    years = {*answer.other_years, *taken} if answer.other_years else set()
    return tuple(sorted(years, reverse=True))


class Presenter:
    """Shows answers, and keeps what their buttons stand for."""

    def __init__(self, desk: Desk, conversations: Conversations) -> None:
        self._desk = desk
        self._conversations = conversations

    async def show(self, message: Message, question: Question, answered: Answered) -> None:
        """Show an answer under the message that led to it, or in place of the one it replaces."""
        replaced = question.replaces
        exchange = Exchange(
            key=replaced.key if replaced else new_key(),
            place=question.place,
            asked=question.asked,
            told=replaced.told if replaced else (),
            question=question.text,
            answer=answered.answer,
            number=answered.number,
            after=question.after.key if question.after else None,
            document=question.document,
            year=question.year,
            years=replaced.years if replaced and question.year else _years_of(answered.answer),
        )
        pieces, keyboard = (
            render_answer(exchange.answer, exchange.document),
            answer_keyboard(exchange),
        )
        if exchange.told:
            told = await replace_pieces(message, exchange.told, pieces, keyboard)
        else:
            sent = await send_pieces(message, pieces, keyboard)
            told = [one.message_id for one in sent]
            # A group may have become a supergroup meanwhile.
            exchange = replace(exchange, place=replace(question.place, chat=sent[-1].chat_id))
        await self._desk.answered(exchange.number, told[-1])
        await self._keep(replace(exchange, told=tuple(told)))

    async def _keep(self, exchange: Exchange) -> None:
        try:
            await asyncio.to_thread(self._conversations.save, exchange)
        except UserError as error:
            _log.error("The buttons of an answer will not work: %s", error)
