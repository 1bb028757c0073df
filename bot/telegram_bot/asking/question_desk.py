"""Where questions are handed in: each user's number of them limited, searched in turn, noted."""

import asyncio
import logging
import math
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from telegram import Message
from telegram.error import TelegramError

from bot.service.cooldown import Seldom
from bot.service.exchanges import Place
from bot.service.journal import Asked
from bot.service.limits import PerMinute
from bot.settings import Settings
from bot.telegram_bot.access.user_language import phrases_for
from bot.telegram_bot.asking.conversing import Question
from bot.telegram_bot.services import Services
from bot.telegram_bot.transport.pool import SearchPool
from bot.texts import fill
from bot.types import Answer
from corpus.errors import UserError

_BETWEEN_NOTICES: Final = 60.0
"""Seconds between two messages to one chat that say that it has to wait."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and its number in the journal."""

    answer: Answer
    number: int | None
    """None where the journal could not be written, which keeps no answer from its asker."""


class Desk:
    """Takes the questions of messages and gives answers back."""

    def __init__(self, services: Services, settings: Settings) -> None:
        self.pool = SearchPool()
        self._services = services
        self._keeps_texts = settings.keep_questions_days > 0
        self._limit = PerMinute(settings.questions_per_minute)
        self._told_to_wait = Seldom(_BETWEEN_NOTICES)
        self._told_their_place = Seldom(_BETWEEN_NOTICES)

    async def admits(self, message: Message) -> bool:
        """Return whether a message may ask; one too many is told so, once a minute."""
        user = message.from_user.id if message.from_user else message.chat_id
        seconds = self.wait(user, message.edit_date or message.date)
        if not seconds:
            return True
        if self._told_to_wait.allows(user):
            texts = phrases_for(message.from_user, self._services.people).telegram.limits
            await message.reply_text(fill(texts.too_many, seconds=seconds))
        return False

    def wait(self, user: int, asked_at: datetime) -> int:
        """Return 0 where somebody may ask, which counts then, else seconds until they may."""
        return math.ceil(self._limit.wait(user, asked_at.timestamp()))

    async def answer(self, message: Message, question: Question) -> Answered:
        """Return the answer to a question, to which a message led, and note both in the journal.

        UserError where there is no index that can be searched.
        """
        notice = _Notice(self, message)
        work = partial(
            self._services.answer,
            question.text,
            after=question.after.answer if question.after else None,
            within=question.document.path if question.document else None,
            year=question.year,
        )
        try:
            answer = await self.pool.run(work, notice.tell)
        finally:
            await notice.withdraw()
        return Answered(answer, await self._note(question.place, question.asked, answer))

    async def answer_alone(self, question: str, user: int) -> Answer:
        """Return the answer to a question that no message asks, and note both in the journal.

        UserError where there is no index that can be searched.
        """
        answer = await self.pool.run(partial(self._services.answer, question), lambda _place: None)
        await self._note(Place(user, 0, user), None, answer)
        return answer

    async def answered(self, number: int | None, reply: int) -> None:
        """Note which message of the bot answered a question, for the reactions to it."""
        if number is not None:
            try:
                await asyncio.to_thread(self._services.journal.note_reply, number, reply)
            except UserError as error:
                _log.error("%s", error)

    async def _note(self, place: Place, message: int | None, answer: Answer) -> int | None:
        shown = answer.citations or answer.nearest
        asked = Asked(
            chat=place.chat,
            user=place.user,
            message=message,
            question=answer.question if self._keeps_texts else None,
            language=answer.reading.language,
            kind=answer.reading.kind,
            found=answer.found,
            confidence=answer.confidence,
            seconds=answer.seconds,
            generation=answer.generation,
            citations=tuple((one.document, one.quote_start, one.quote_end) for one in shown),
        )
        try:
            return await asyncio.to_thread(self._services.journal.record, asked)
        except UserError as error:
            _log.error("%s", error)
            return None

    def place_notice(self, message: Message) -> str | None:
        """Return what tells somebody their place; None where they were told a while ago."""
        if not self._told_their_place.allows(message.chat_id):
            return None
        return phrases_for(message.from_user, self._services.people).telegram.limits.place


class _Notice:
    """A message that tells somebody their place among those who wait, until they are answered."""

    def __init__(self, desk: Desk, message: Message) -> None:
        self._desk = desk
        self._message = message
        self._sent: asyncio.Task[Message] | None = None

    def tell(self, place: int) -> None:
        """Send it."""
        if template := self._desk.place_notice(self._message):
            text = template.format(place=place)
            self._sent = asyncio.create_task(self._message.reply_text(text))

    async def withdraw(self) -> None:
        """Take it back, where there is one, since the wait is over."""
        if self._sent is None:
            return
        try:
            await (await self._sent).delete()
        except TelegramError as error:
            _log.info("A place in the queue could not be told, or not be taken back: %s", error)
