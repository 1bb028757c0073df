"""Passes questions from messages to the desk, and tells users how long they have to wait."""

import asyncio
import logging
from concurrent.futures import Future
from datetime import datetime
from typing import Final

from telegram import Message
from telegram.error import TelegramError

from bot.service.cooldown import Seldom
from bot.service.desk import Answered, Desk
from bot.service.exchanges import Question
from bot.service.people import People
from bot.telegram_bot.access.user_language import phrases_for
from bot.texts import fill

_BETWEEN_NOTICES: Final = 60.0
"""Cooldown in seconds between notices to one chat that it has to wait."""
_LONG: Final = 4.0
"""Seconds after which a waiting user is told their place in the queue."""

_log = logging.getLogger(__name__)


class MessageDesk:
    """Passes the questions of messages to the desk, and returns answers."""

    def __init__(self, desk: Desk, people: People, long: float = _LONG) -> None:
        self._desk = desk
        self._people = people
        self._long = long
        self._told_to_wait = Seldom(_BETWEEN_NOTICES)
        self._told_their_place = Seldom(_BETWEEN_NOTICES)

    async def admits(self, message: Message) -> bool:
        """Return whether a message is within the rate limit; if not, say so once a minute."""
        user = message.from_user.id if message.from_user else message.chat_id
        seconds = self.wait(user, message.edit_date or message.date)
        if not seconds:
            return True
        if self._told_to_wait.allows(user):
            texts = phrases_for(message.from_user, self._people).telegram.limits
            await message.reply_text(fill(texts.too_many, seconds=seconds))
        return False

    def wait(self, user: int, asked_at: datetime) -> int:
        """Return 0 and count the question if the user may ask, otherwise seconds to wait."""
        return self._desk.wait(str(user), asked_at.timestamp())

    async def answer(self, question: Question, message: Message | None = None) -> Answered:
        """Return the answer to a question, recorded in the journal.

        With a `message`, its writer is told their place in the queue after a long wait. UserError
        if there is no usable index.
        """
        handed_in = self._desk.submit(question)
        notice = _Notice(message) if message else None
        loop = asyncio.get_running_loop()
        timer = loop.call_later(self._long, self._tell_place, handed_in, notice)
        try:
            return await asyncio.wrap_future(handed_in)
        finally:
            timer.cancel()
            if notice:
                await notice.withdraw()

    async def answered(self, number: int | None, reply: int) -> None:
        """Record which message answered a question, for reactions."""
        await asyncio.to_thread(self._desk.note_reply, number, str(reply))

    def _tell_place(self, handed_in: Future[Answered], notice: "_Notice | None") -> None:
        place = self._desk.queue.place(handed_in)
        if place and notice and self._told_their_place.allows(notice.message.chat_id):
            texts = phrases_for(notice.message.from_user, self._people).telegram.limits
            notice.tell(texts.place.format(place=place))


class _Notice:
    """A message with a user's place in the queue, until they are answered."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self._sent: asyncio.Task[Message] | None = None

    def tell(self, text: str) -> None:
        """Send it."""
        self._sent = asyncio.create_task(self.message.reply_text(text))

    async def withdraw(self) -> None:
        """Delete it, if it was sent."""
        if self._sent is None:
            return
        try:
            await (await self._sent).delete()
        except TelegramError as error:
            _log.info("A place in the queue could not be told, or not be taken back: %s", error)
