"""How new users get access: with a code that they show an admin, who approves or refuses."""

import logging
from collections.abc import Sequence
from typing import Final

from telegram import Bot, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import TelegramError

from bot.service.cooldown import Seldom
from bot.service.people import Request
from bot.telegram_bot.access.rights import (
    Access,
    Context,
    acknowledge,
    admins_alone,
    name_of,
    show_in_place,
)
from bot.telegram_bot.access.user_language import message_of, phrases_for
from bot.texts import TelegramTexts, texts_for

DECISION: Final = r"(admit|refuse):[A-Z0-9]{6}"
"""Data of the buttons under a request."""
LET_GROUP_IN: Final = "admit-group"
_BETWEEN_REFUSALS: Final = 6 * 3600.0
"""Seconds before a user without access is refused again."""
_BETWEEN_CODES: Final = 60.0
_AFTER_REFUSAL: Final = 24 * 3600.0
"""Seconds before a refused user may ask again."""

_log = logging.getLogger(__name__)


class Pairing:
    """Handles users and groups without access."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._people = access.people
        self._refusals = Seldom(_BETWEEN_REFUSALS)
        self._codes = Seldom(_BETWEEN_CODES)
        self._refused = Seldom(_AFTER_REFUSAL)

    async def stranger(self, update: Update, _context: Context) -> None:
        """Tell a user without access how to get it, at most once per cooldown."""
        message = message_of(update)
        if not self._refusals.allows(message.chat_id):
            return
        _log.info("A stranger wrote; the chat's id is %d", message.chat_id)
        texts = phrases_for(message.from_user, self._people).telegram.access
        text = texts.stranger if self.access.admins else texts.nobody_yet
        await message.reply_text(text.format(chat_id=message.chat_id))

    async def stranger_starts(self, update: Update, context: Context) -> None:
        """Give a user a code to show an admin, and send the admins a request."""
        message, user = message_of(update), update.effective_user
        if not self.access.admins or user is None or str(user.id) in self._refused:
            await self.stranger(update, context)
            return
        if not self._codes.allows(message.chat_id):
            return
        texts = phrases_for(user, self._people).telegram.access
        known = {request.chat for request in self._people.waiting()}
        request = self._people.request(str(message.chat_id), name_of(user), user.language_code)
        if request is None:
            await message.reply_text(texts.too_many_wait)
            return
        await message.reply_text(texts.code.format(code=request.code))
        if request.chat not in known:
            await self._ask_admins(context.bot, request)

    async def _ask_admins(self, bot: Bot, request: Request) -> None:
        reached = 0
        for admin in sorted(self.access.admins):
            texts = self._texts_for_admin(admin)
            try:
                await bot.send_message(
                    admin,
                    texts.access.request.format(
                        name=request.name, chat_id=request.chat, code=request.code
                    ),
                    reply_markup=InlineKeyboardMarkup([decision_row(request, texts)]),
                )
                reached += 1
            except TelegramError as error:
                _log.info("Admin %d could not be asked about a stranger: %s", admin, error)
        if not reached:
            _log.warning("A stranger asks to be let in, but no admin has a chat with the bot.")

    def _texts_for_admin(self, admin: int) -> TelegramTexts:
        return texts_for(self._people.spoken_by(str(admin))).telegram

    @admins_alone
    async def decide(self, update: Update, context: Context) -> None:
        """Approve or refuse a request, as an admin has chosen."""
        query, admin = update.callback_query, update.effective_user
        assert query is not None
        assert query.data is not None
        assert admin is not None
        decision, _, code = query.data.partition(":")
        texts = phrases_for(admin, self._people).telegram.access
        request = self._people.settle(code)
        if request is None:
            await acknowledge(query, texts.settled_already)
            await show_in_place(query)
            return
        await acknowledge(query)
        if decision == "admit":
            self._people.approve(request.chat, request.name, str(admin.id))
        else:
            self._refused.allows(request.chat)
        told = texts.admitted if decision == "admit" else texts.refused
        await show_in_place(query, told.format(name=request.name, admin=name_of(admin)))
        await self._tell_stranger(context.bot, request, admitted=decision == "admit")

    async def _tell_stranger(self, bot: Bot, request: Request, *, admitted: bool) -> None:
        texts = texts_for(self._people.language_of(request.chat) or request.language).telegram
        text = f"{texts.access.welcome}\n\n{texts.help}" if admitted else texts.access.not_admitted
        try:
            await bot.send_message(int(request.chat), text)
        except TelegramError as error:
            _log.info("One who asked to be let in could not be told: %s", error)

    async def closed_group(self, update: Update, _context: Context) -> None:
        """Offer an admin to let their group in."""
        message = message_of(update)
        texts = phrases_for(message.from_user, self._people).telegram.access
        button = InlineKeyboardButton(texts.admit_group, callback_data=LET_GROUP_IN)
        await message.reply_text(texts.closed_group, reply_markup=InlineKeyboardMarkup([[button]]))

    async def asked_in_closed_group(self, update: Update, context: Context) -> None:
        """Say that a group has no access and how to change that, once per cooldown."""
        message = message_of(update)
        if not self._refusals.allows(message.chat_id):
            return
        user = update.effective_user
        if user and self.access.is_admin(user.id):
            await self.closed_group(update, context)
            return
        texts = phrases_for(user, self._people).telegram.access
        await message.reply_text(f"{texts.closed_group} {texts.let_group_in}")

    @admins_alone
    async def admit_group(self, update: Update, _context: Context) -> None:
        """Let a group in, as an admin has chosen."""
        query, admin, chat = update.callback_query, update.effective_user, update.effective_chat
        assert query is not None
        assert admin is not None
        if chat is None or chat.type == Chat.PRIVATE:
            return
        self._people.approve(str(chat.id), name_of(chat), str(admin.id))
        await acknowledge(query)
        texts = phrases_for(admin, self._people).telegram.access
        await show_in_place(query, texts.group_admitted)


def decision_row(request: Request, texts: TelegramTexts) -> Sequence[InlineKeyboardButton]:
    """Return the buttons that decide a request."""
    return [
        InlineKeyboardButton(texts.access.admit, callback_data=f"admit:{request.code}"),
        InlineKeyboardButton(texts.access.refuse, callback_data=f"refuse:{request.code}"),
    ]
