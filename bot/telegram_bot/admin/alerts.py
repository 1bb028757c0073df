"""What admins are told without asking: that something has broken, once and not every minute."""

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
"""Seconds after which what is broken still is told again."""

_PATIENCE: Final = 60.0
"""Seconds for which it is tried: what has trouble to tell has other work as well."""

_log = logging.getLogger(__name__)


class Alerts:
    """Tells the admins of each trouble once, until it is over."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._told = Seldom(_PAUSE)

    async def tell(self, bot: Bot, trouble: str, write: Callable[[TelegramTexts], str]) -> None:
        """Tell each admin, in their language, unless they were told of the trouble already."""
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
        """Have the trouble told again where it comes back."""
        self._told.forget(trouble)
