"""What Telegram shows about the bot: command menus and descriptions."""

import logging
from collections.abc import Iterator
from typing import Final

from telegram import Bot, BotCommand, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError

from bot.telegram_bot.access.rights import Access
from bot.texts import LANGUAGES, texts_for

FOR_EVERYONE: Final = ("ask", "new", "language", "help", "privacy", "forgetme")
FOR_ADMINS: Final = (
    "status",
    "reembed",
    "users",
    "unanswered",
    "stats",
    "export",
    "boilerplate",
)
"""Commands for admins only."""
_FOR_ALL: Final = (None, *LANGUAGES)
"""Languages of the menus; None is the default for all others."""

_log = logging.getLogger(__name__)


async def publish_menus(bot: Bot, access: Access) -> None:
    """Set the command menus for everyone and each admin, and the bot's descriptions."""
    for admin in (None, *sorted(access.admins)):
        await publish_menu(bot, access, admin)
    try:
        await _describe(bot)
    except TelegramError as error:
        _log.info("The bot could not be described: %s", error)


async def publish_menu(bot: Bot, access: Access, user: int | None) -> None:
    """Set the command menu of a user, or of everyone, in the chosen language."""
    chosen = access.people.language_of(str(user)) if user is not None else None
    scope = BotCommandScopeDefault() if user is None else BotCommandScopeChat(user)
    is_admin = access.is_admin(user)
    for language in _FOR_ALL:
        try:
            if user is None or is_admin or chosen:
                menu = list(_menu(chosen or language, is_admin=is_admin))
                await bot.set_my_commands(menu, scope, language)
            else:
                await bot.delete_my_commands(scope, language)
        except TelegramError as error:
            # An admin who has not written to the bot has no chat for a menu.
            _log.info("No command menu for %s: %s", user or "everyone", error)


def _menu(language: str | None, *, is_admin: bool) -> Iterator[BotCommand]:
    menu = texts_for(language).telegram.menu
    for name in FOR_EVERYONE + FOR_ADMINS if is_admin else FOR_EVERYONE:
        yield BotCommand(name, getattr(menu, name))


async def _describe(bot: Bot) -> None:
    """Set the bot's descriptions; unchanged ones are skipped, since Telegram limits repeats."""
    for language in _FOR_ALL:
        menu = texts_for(language).telegram.menu
        if (await bot.get_my_description(language)).description != menu.description:
            await bot.set_my_description(menu.description, language)
        short = await bot.get_my_short_description(language)
        if short.short_description != menu.short_description:
            await bot.set_my_short_description(menu.short_description, language)
