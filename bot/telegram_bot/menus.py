"""What Telegram shows of the bot before anything is said: command menus in each language."""

import logging
from typing import Final

from telegram import Bot, BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.settings import Settings
from bot.texts import LANGUAGES, texts_for

_EVERYONES: Final = ("ask", "new", "help")
_ADMINS: Final = ("status", "reembed")

_log = logging.getLogger(__name__)


async def publish_menus(bot: Bot, settings: Settings) -> None:
    """Have Telegram offer each the commands that are theirs, in their language where it is ours."""
    for admin in (None, *sorted(settings.admin_user_ids)):
        scope = BotCommandScopeDefault() if admin is None else BotCommandScopeChat(admin)
        for language in (None, *LANGUAGES):
            try:
                await bot.set_my_commands(
                    _menu(language, is_admin=admin is not None), scope, language
                )
            except TelegramError as error:
                # An admin who has not written to the bot yet has no chat for a menu.
                _log.info("No command menu for %s: %s", admin or "everyone", error)


def _menu(language: str | None, *, is_admin: bool) -> list[BotCommand]:
    menu = texts_for(language).telegram.menu
    names = _EVERYONES + _ADMINS if is_admin else _EVERYONES
    return [BotCommand(name, getattr(menu, name)) for name in names]
