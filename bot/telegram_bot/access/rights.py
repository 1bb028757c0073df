"""Who may ask the bot, and who may use admin commands."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Final, Protocol, TypeVar

from telegram import CallbackQuery, Chat, InlineKeyboardMarkup, Update, User
from telegram.error import BadRequest
from telegram.ext import CallbackContext, filters

from bot.service.people import People
from bot.settings import Settings
from bot.telegram_bot.access.user_language import message_of, phrases_for
from bot.telegram_bot.asking.markup import on_one_line

Context = CallbackContext[Any, Any, Any, Any]

_LONGEST_NAME: Final = 64

_log = logging.getLogger(__name__)


class Access:
    """Access rights, from the settings and from what admins have decided."""

    def __init__(self, settings: Settings, people: People) -> None:
        self.people = people
        self.admins = settings.admin_user_ids
        self.in_settings = settings.allowed_chat_ids
        self._open = settings.open_to_all

    def is_admin(self, user: int | None) -> bool:
        """Return whether a user is an admin, in whichever chat."""
        return user in self.admins

    def lets_in(self, user: int | None, chat: int) -> bool:
        """Return whether a user is answered in a chat; a private chat has its user's id."""
        return (
            self._open
            or chat in self.in_settings
            or self.people.knows(str(chat))
            or (chat == user and self.is_admin(user))
        )

    def answers(self, update: Update) -> bool:
        """Return whether the sender of an update is answered in its chat."""
        user, chat = update.effective_user, update.effective_chat
        user_id = user.id if user else None
        if chat is None:  # An inline query counts as the user's private chat.
            return user_id is not None and self.lets_in(user_id, user_id)
        return self.lets_in(user_id, chat.id)

    async def hear(self, update: Update, _context: Context) -> None:
        """Store an admin's language, for alerts."""
        user = update.effective_user
        if user and self.is_admin(user.id):
            await asyncio.to_thread(self.people.hear, str(user.id), user.language_code)

    async def migrated(self, update: Update, _context: Context) -> None:
        """Transfer a group's access to its new id as a supergroup.

        Telegram announces this in both chats. The new one is let in at once, even if an update of
        the old one is still being handled.
        """
        message = message_of(update)
        old = message.migrate_from_chat_id or message.chat_id
        new = message.migrate_to_chat_id or message.chat_id
        self.people.move(str(old), str(new))
        if old in self.in_settings and not self.people.knows(str(new)):
            self.people.approve(str(new), name_of(message.chat), by="")
            _log.warning(
                "The group %d in ALLOWED_CHAT_IDS is now %d and still has access; update the id in "
                "the settings.",
                *(old, new),
            )


class LetIn(filters.UpdateFilter):
    """Filter for updates from users with access."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self._access = access

    def filter(self, update: Update) -> bool:
        """Return whether an update passes."""
        return self._access.answers(update)


class _ForAdmins(Protocol):
    access: Access


_Self = TypeVar("_Self", bound=_ForAdmins)
_Handler = Callable[[_Self, Update, Context], Coroutine[Any, Any, None]]


def admins_alone(handler: _Handler[_Self]) -> _Handler[_Self]:
    """Make a handler refuse users who are not admins."""

    @wraps(handler)
    async def checked(self: _Self, update: Update, context: Context) -> None:
        user = update.effective_user
        if user and self.access.is_admin(user.id):
            await handler(self, update, context)
            return
        text = phrases_for(user, self.access.people).telegram.admins_alone
        if update.callback_query:
            await acknowledge(update.callback_query, text)
        else:
            await message_of(update).reply_text(text)

    return checked


async def acknowledge(query: CallbackQuery, text: str | None = None) -> None:
    """Confirm a button press to Telegram, with an optional notice."""
    try:
        await query.answer(text)
    except BadRequest as error:
        # After about 15 s Telegram no longer accepts the confirmation.
        _log.info("A press on a button came too late to be answered: %s", error)


async def show_in_place(
    query: CallbackQuery, text: str | None = None, keyboard: InlineKeyboardMarkup | None = None
) -> None:
    """Edit the message of the pressed button; without a text, only its buttons.

    A message that is gone or unchanged is left as it is.
    """
    try:
        if text is None:
            await query.edit_message_reply_markup(keyboard)
        else:
            await query.edit_message_text(text, reply_markup=keyboard)
    except BadRequest as error:
        _log.info("What was pressed could not be shown in place: %s", error)


def name_of(who: User | Chat) -> str:
    """Return the name of a user or chat, on one line and shortened."""
    name = who.full_name if isinstance(who, User) else who.effective_name
    names = (name, who.username and f"(@{who.username})")
    return on_one_line(" ".join(filter(None, names)), _LONGEST_NAME) or str(who.id)
