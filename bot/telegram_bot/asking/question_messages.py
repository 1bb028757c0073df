"""Handles messages that ask."""

import asyncio
import logging
from collections import deque
from datetime import timedelta
from typing import Final

from telegram import Message, Update

from bot.question.reading import LONGEST, clean_question
from bot.service.conversations import REMEMBERED
from bot.service.exchanges import Question
from bot.service.services import Services
from bot.telegram_bot.access.rights import Access, Context
from bot.telegram_bot.access.user_language import message_of, phrases_for
from bot.telegram_bot.admin.alerts import Alerts
from bot.telegram_bot.asking.addressing import is_long_forward
from bot.telegram_bot.asking.answer_sender import Presenter
from bot.telegram_bot.asking.conversing import place_of, read_alone, read_message
from bot.telegram_bot.asking.message_desk import MessageDesk
from bot.telegram_bot.transport.sending import at_work
from bot.texts import TelegramTexts, fill
from corpus.errors import UserError

_INDEX_TROUBLE: Final = "the index"
_EDIT_COUNTS: Final = timedelta(seconds=REMEMBERED)
"""How long after its date an edit can turn an unanswered message into a question."""

_MOST_ALBUMS: Final = 100
"""How many albums are remembered, to ignore their further pictures."""

_log = logging.getLogger(__name__)


class Asking:
    """Answers messages, each in its conversation."""

    def __init__(
        self,
        services: Services,
        access: Access,
        desk: MessageDesk,
        presenter: Presenter,
        alerts: Alerts,
    ) -> None:
        self._conversations = services.conversations
        self._people = services.people
        self._access = access
        self._desk = desk
        self._presenter = presenter
        self._alerts = alerts
        self._albums: deque[str] = deque(maxlen=_MOST_ALBUMS)

    async def ask(self, update: Update, _context: Context) -> None:
        """Answer a message; for an edited one, replace the earlier answer."""
        message, texts = message_of(update), self._texts(update)
        self._begins(message)
        question = await self._read(message)
        if _asks_nothing_new(message, question):
            return
        refusal = _refusal(message, question, texts)
        if refusal:
            await message.reply_text(refusal)
            return
        if await self._desk.admits(message):
            await self._answer(message, question, texts)

    async def _read(self, message: Message) -> Question:
        """Return what a message asks; without context if the conversation cannot be read."""
        try:
            return await asyncio.to_thread(read_message, message, self._conversations)
        except UserError as error:
            _log.error("A question is answered by itself: %s", error)
            return read_alone(message)

    async def _answer(self, message: Message, question: Question, texts: TelegramTexts) -> None:
        async with at_work(message):
            try:
                answered = await self._desk.answer(question, message)
            except UserError as error:
                await self._tell_trouble(message, error, texts)
            else:
                self._alerts.over(_INDEX_TROUBLE)
                await self._presenter.show(message, question, answered)

    async def new(self, update: Update, _context: Context) -> None:
        """Start a new conversation."""
        message = message_of(update)
        place = place_of(message, message.from_user.id if message.from_user else 0)
        await asyncio.to_thread(self._conversations.forget, place)
        await message.reply_text(self._texts(update).forgotten)

    async def text_alone(self, update: Update, _context: Context) -> None:
        """Say that pictures, voice messages and files are not read."""
        message = message_of(update)
        if self._begins(message):
            await message.reply_text(self._texts(update).text_alone)

    def _begins(self, message: Message) -> bool:
        """Return whether a message is the first of its album, or not in one."""
        album = message.media_group_id
        if album is None:
            return True
        begins = album not in self._albums
        self._albums.append(album)
        return begins

    def _texts(self, update: Update) -> TelegramTexts:
        return phrases_for(update.effective_user, self._people).telegram

    async def _tell_trouble(self, message: Message, error: UserError, texts: TelegramTexts) -> None:
        """Tell admins what is wrong with the index, and others that something is."""
        told = str(error)
        _log.warning("A question could not be answered: %s", told)
        if self._access.is_admin(message.chat_id):
            await message.reply_text(told)
            return
        await message.reply_text(texts.cannot_answer)
        await self._alerts.tell(
            message.get_bot(), _INDEX_TROUBLE, lambda theirs: theirs.trouble.format(trouble=told)
        )


def _asks_nothing_new(message: Message, question: Question) -> bool:
    """Return whether a question was already answered, or comes from a late edit."""
    if question.replaces:
        return question.text == question.replaces.question
    return message.edit_date is not None and message.edit_date - message.date > _EDIT_COUNTS


def _refusal(message: Message, question: Question, texts: TelegramTexts) -> str | None:
    """Return why a message can't be answered; None if it can."""
    if is_long_forward(message):
        return texts.long_forward
    if len(question.text) > LONGEST:
        return fill(texts.too_long, length=len(question.text), longest=LONGEST)
    try:
        clean_question(question.text)
    except UserError:
        return texts.no_question
    return None
