"""Admin commands: the state of the bot, statistics, questions, and recurring lines."""

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from typing import Final

from telegram import Update
from telegram.constants import ChatType

from bot.service.services import Services
from bot.telegram_bot.access.rights import Access, Context, admins_alone
from bot.telegram_bot.access.user_language import message_of, phrases_for
from bot.telegram_bot.admin.reports import (
    as_csv,
    tell_boilerplate,
    tell_process,
    tell_stats,
    tell_status,
    tell_unanswered,
)
from bot.telegram_bot.asking.markup import render_text
from bot.telegram_bot.transport.sending import send_pieces
from bot.texts import Texts, fill
from corpus.errors import UserError

_MOST_QUESTIONS: Final = 20
"""How many questions are listed; /export has them all."""
_STATS_DAYS: Final = (1, 7, 30)

_log = logging.getLogger(__name__)


class Admin:
    """Answers admin commands about the bot itself."""

    def __init__(self, services: Services, access: Access) -> None:
        self.access = access
        self._services = services
        self._journal = services.journal
        self._started = time.monotonic()

    def _texts(self, update: Update) -> Texts:
        return phrases_for(update.effective_user, self._services.people)

    @admins_alone
    async def status(self, update: Update, _context: Context) -> None:
        """Report what the index contains, and the state of the process."""
        texts = self._texts(update).telegram
        today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            manifest = await asyncio.to_thread(self._services.status)
            told = tell_status(manifest, texts)
        except UserError as error:
            told = str(error)
        counts = await asyncio.to_thread(self._journal.counts, today)
        process = tell_process(time.monotonic() - self._started, counts, texts.admin)
        await self._tell(update, f"{told}\n\n{process}")

    @admins_alone
    async def stats(self, update: Update, _context: Context) -> None:
        """Report the number of questions, and how many were answered."""
        now = datetime.now(UTC)
        counts = {
            days: await asyncio.to_thread(self._journal.counts, now - timedelta(days=days))
            for days in _STATS_DAYS
        }
        await self._tell(update, tell_stats(counts, self._texts(update).telegram.admin))

    @admins_alone
    async def unanswered(self, update: Update, _context: Context) -> None:
        """List unanswered questions and disliked answers."""
        if await self._in_group(update):
            return
        in_vain = await asyncio.to_thread(self._journal.unanswered, _MOST_QUESTIONS)
        disliked = await asyncio.to_thread(self._journal.downvoted, _MOST_QUESTIONS)
        await self._tell(update, tell_unanswered(in_vain, disliked, self._texts(update)))

    @admins_alone
    async def export(self, update: Update, _context: Context) -> None:
        """Send all questions with their answers and ratings as a table."""
        if await self._in_group(update):
            return
        table, rows = await asyncio.to_thread(as_csv, self._journal)
        await message_of(update).reply_document(
            table,
            filename=f"citera-{datetime.now().astimezone():%Y-%m-%d}.csv",
            caption=fill(self._texts(update).telegram.admin.exported, questions=rows),
        )

    @admins_alone
    async def boilerplate(self, update: Update, _context: Context) -> None:
        """List the recurring lines that are left out of the search."""
        try:
            manifest = await asyncio.to_thread(self._services.status)
        except UserError as error:
            await self._tell(update, str(error))
            return
        await self._tell(update, tell_boilerplate(manifest, self._texts(update).telegram))

    async def _in_group(self, update: Update) -> bool:
        """Return whether the command came from a group, after refusing it there."""
        message = message_of(update)
        if message.chat.type == ChatType.PRIVATE:
            return False
        await message.reply_text(self._texts(update).telegram.admin.in_private)
        return True

    async def _tell(self, update: Update, text: str) -> None:
        await send_pieces(message_of(update), render_text(text))
