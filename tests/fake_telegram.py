"""Runs a bot inside the test, on updates handed to it, against the server of `bot_api`."""

import asyncio
from typing import Any

from bot_api import TOKEN, FakeTelegram
from telegram import Update

from bot.settings import Settings
from bot.telegram_bot.app import build_application
from bot.telegram_bot.handlers import Services

__all__ = ["TOKEN", "FakeTelegram", "take"]


def take(settings: Settings, services: Services, *updates: dict[str, Any]) -> None:
    """Have a bot take updates, all at once."""

    async def run() -> None:
        application = build_application(settings, services)
        async with application:
            taken = [Update.de_json(update, application.bot) for update in updates]
            await asyncio.gather(*(application.process_update(update) for update in taken))

    asyncio.run(run())
