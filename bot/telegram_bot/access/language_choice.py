"""The choice of the bot's language."""

import asyncio
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.telegram_bot.access.menus import publish_menu
from bot.telegram_bot.access.rights import Access, Context, acknowledge
from bot.telegram_bot.access.user_language import message_of, phrases_for
from bot.telegram_bot.asking.markup import plain
from bot.telegram_bot.transport.sending import edit_piece
from bot.texts import LANGUAGES

CHOICE: Final = f"speak:({'|'.join(LANGUAGES)}|telegram)"
"""Data of the language buttons."""


class Languages:
    """Lets users choose the language of the bot."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._people = access.people

    async def ask(self, update: Update, _context: Context) -> None:
        """Ask a user which language to use."""
        texts = phrases_for(update.effective_user, self._people).telegram.language
        names = [(texts.as_in_telegram, "telegram")]
        names[:0] = [(spoken.name, language) for language, spoken in LANGUAGES.items()]
        buttons = [
            [InlineKeyboardButton(name, callback_data=f"speak:{choice}")] for name, choice in names
        ]
        await message_of(update).reply_text(texts.which, reply_markup=InlineKeyboardMarkup(buttons))

    async def chosen(self, update: Update, context: Context) -> None:
        """Use the chosen language with this user, in menus too."""
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        user, choice = query.from_user, query.data.partition(":")[2]
        if not self._access.answers(update):
            texts = phrases_for(user, self._people).telegram
            await acknowledge(query, texts.answer.not_yours)
            return
        language = None if choice == "telegram" else choice
        await asyncio.to_thread(self._people.choose_language, str(user.id), language)
        said = phrases_for(user, self._people).telegram.language.chosen
        await acknowledge(query, said)
        message = query.message
        if isinstance(message, Message) and message.chat.type == ChatType.PRIVATE:
            await edit_piece(context.bot, message.chat_id, message.message_id, plain(said), None)
        await publish_menu(context.bot, self._access, user.id)
