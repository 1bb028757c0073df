"""Tells users what is stored about them, and deletes it."""

import asyncio
from typing import Final

from telegram import Update

from bot.service.cooldown import Seldom
from bot.service.services import Services
from bot.settings import Settings
from bot.telegram_bot.access.rights import Access, Context
from bot.telegram_bot.access.user_language import message_of, phrases_for
from bot.texts import fill

_BETWEEN_STRANGERS: Final = 60.0
"""Cooldown in seconds for users without access."""


class Privacy:
    """Answers everybody, including users whose access was removed."""

    def __init__(self, services: Services, settings: Settings, access: Access) -> None:
        self._services = services
        self._days = settings.keep_questions_days
        self._access = access
        self._strangers = Seldom(_BETWEEN_STRANGERS)

    async def tell(self, update: Update, _context: Context) -> None:
        """Say what is stored, for how long, and how to delete it."""
        if self._answers(update):
            texts = phrases_for(update.effective_user, self._services.people).telegram.privacy
            kept = fill(texts.kept, days=self._days) if self._days else texts.not_kept
            await message_of(update).reply_text(f"{kept}\n\n{texts.always}")

    async def forget(self, update: Update, _context: Context) -> None:
        """Delete what is stored about a user, except their access."""
        user = update.effective_user
        if user is None or not self._answers(update):
            return
        texts = phrases_for(user, self._services.people).telegram.privacy
        questions = await asyncio.to_thread(self._services.journal.forget_user, str(user.id))
        await asyncio.to_thread(self._services.conversations.forget_user, str(user.id))
        await asyncio.to_thread(self._services.people.forget, str(user.id))
        await message_of(update).reply_text(fill(texts.forgotten, questions=questions))

    def _answers(self, update: Update) -> bool:
        """Return whether to answer a user: always with access, otherwise once per cooldown."""
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None:
            return False
        return self._access.lets_in(user.id, chat.id) or self._strangers.allows(user.id)
