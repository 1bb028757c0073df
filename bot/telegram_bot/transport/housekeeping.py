"""Periodic tasks: record the uptime, check the health, delete expired data."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from telegram.error import InvalidToken, TelegramError

from bot.settings import Settings
from bot.telegram_bot.parts import Parts
from corpus.errors import UserError

_EVERY: Final = 30.0
"""Seconds between rounds."""
_EXPIRE_EVERY: Final = 3600.0
_DAYS_WITHOUT_TEXT: Final = 30
"""Days for which questions are counted if their texts are not kept."""
_STATE_TROUBLE: Final = "the bot's files"

_log = logging.getLogger(__name__)


class Housekeeping:
    """Runs the periodic tasks until cancelled, and knows the bot's health."""

    def __init__(self, parts: Parts, settings: Settings, fail: Callable[[UserError], None]) -> None:
        self._parts = parts
        self._days = settings.keep_questions_days or _DAYS_WITHOUT_TEXT
        self._fail = fail
        self._started = time.monotonic()
        self._reachable = True
        self._last_round = self._started
        self._expired_at = float("-inf")

    def health(self) -> dict[str, Any]:
        """Return the health; "status" is "ok" if all works and Telegram can be reached."""
        stuck = time.monotonic() - self._last_round > 4 * _EVERY
        status = "stuck" if stuck else "ok" if self._reachable else "Telegram cannot be reached"
        return {
            "status": status,
            "uptime_seconds": round(time.monotonic() - self._started),
            "updates_at_hand": self._parts.queues.at_hand,
            "questions_waiting": self._parts.desk.queue.waiting,
        }

    async def run(self) -> None:
        """Run rounds forever."""
        while True:
            await self.go_a_round()
            await asyncio.sleep(_EVERY)

    async def go_a_round(self) -> None:
        """Run all tasks that are due."""
        await self._look_after_files()
        await self._look_at_telegram()
        self._last_round = time.monotonic()

    async def _look_after_files(self) -> None:
        alerts, bot = self._parts.alerts, self._parts.application.bot
        try:
            await self._parts.intake.beat()
            if time.monotonic() - self._expired_at > _EXPIRE_EVERY:
                before = datetime.now(UTC) - timedelta(days=self._days)
                services = self._parts.services
                await asyncio.to_thread(services.journal.expire, before)
                await asyncio.to_thread(services.conversations.expire, before.timestamp())
                self._expired_at = time.monotonic()
        except UserError as error:
            told = str(error)
            _log.error("%s", told)
            await alerts.tell(bot, _STATE_TROUBLE, lambda texts: texts.trouble.format(trouble=told))
        else:
            alerts.over(_STATE_TROUBLE)

    async def _look_at_telegram(self) -> None:
        """Check that Telegram can be reached and accepts the token.

        If it rejects the token, the library silently stops polling.
        """
        try:
            await self._parts.application.bot.get_me()
            self._reachable = True
        except InvalidToken:
            self._fail(
                UserError(
                    "Telegram no longer accepts the token in TELEGRAM_BOT_TOKEN. Copy the new "
                    "one from @BotFather."
                )
            )
        except TelegramError as error:
            if self._reachable:
                _log.warning("Telegram cannot be reached: %s", error)
            self._reachable = False
