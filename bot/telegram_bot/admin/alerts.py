"""Alerts to admins about failures, each reported once."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from bot.service.cooldown import Seldom
from bot.telegram_bot.access.rights import Access
from bot.texts import TelegramTexts, texts_for

_PAUSE: Final = 24 * 3600.0
"""Seconds after which an ongoing failure is reported again."""

_PATIENCE: Final = 60.0
"""Timeout in seconds for an alert, so that it does not hold up other work."""

_log = logging.getLogger(__name__)


class Alerts:
    """Reports each failure to the admins once, until it is over."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._told = Seldom(_PAUSE)

    async def tell(self, bot: Bot, trouble: str, write: Callable[[TelegramTexts], str]) -> None:
        """Alert each admin in their language, unless this failure was reported already."""
        if not self._told.allows(trouble):
            return
        for admin in sorted(self._access.admins):
            texts = texts_for(self._access.people.spoken_by(str(admin))).telegram
            try:
                async with asyncio.timeout(_PATIENCE):
                    await bot.send_message(admin, write(texts))
            except (TelegramError, TimeoutError) as error:
                _log.info("Admin %d could not be told of a trouble: %r", admin, error)

    def over(self, trouble: str) -> None:
        """Mark a failure as over, so that it is reported again if it returns."""
        self._told.forget(trouble)
