"""The list of chats with access, and removing it."""

import asyncio
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatType

from bot.service.people import Known
from bot.telegram_bot.access.admission import decision_row
from bot.telegram_bot.access.rights import Access, Context, acknowledge, admins_alone, show_in_place
from bot.telegram_bot.access.user_language import message_of, phrases_for
from bot.telegram_bot.asking.markup import on_one_line
from bot.texts import TelegramTexts, fill

REVOKED: Final = r"revoke:(-?\d{1,16})"
"""Data of the button for each name."""
_LONGEST_LIST: Final = 1000
_MOST_SHOWN: Final = 40
"""How many chats get a button; Telegram allows 100 in a message."""


class Users:
    """Shows who has access."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._people = access.people

    @admins_alone
    async def show(self, update: Update, _context: Context) -> None:
        """List who has access, with a button to remove it, and who is waiting."""
        message, texts = message_of(update), self._texts(update)
        if message.chat.type != ChatType.PRIVATE:
            await message.reply_text(texts.admin.in_private)
            return
        text, keyboard = await asyncio.to_thread(self._page, texts)
        await message.reply_text(text, reply_markup=keyboard)

    @admins_alone
    async def revoke(self, update: Update, _context: Context) -> None:
        """Remove a chat's access, as an admin has chosen."""
        query, texts = update.callback_query, self._texts(update)
        assert query is not None
        assert query.data is not None
        chat = query.data.partition(":")[2]
        revoked = await asyncio.to_thread(self._people.revoke, chat)
        await acknowledge(query, texts.admin.revoked if revoked else texts.admin.not_let_in)
        if revoked:
            text, keyboard = await asyncio.to_thread(self._page, texts)
            await show_in_place(query, text, keyboard)

    def _page(self, texts: TelegramTexts) -> tuple[str, InlineKeyboardMarkup]:
        let_in, waiting = self._people.let_in(), self._people.waiting()
        lines = [fill(texts.admin.people, count=len(let_in), waiting=len(waiting))]
        if self.access.in_settings:
            listed = ", ".join(map(str, sorted(self.access.in_settings)))
            lines.append(on_one_line(texts.admin.in_settings.format(chats=listed), _LONGEST_LIST))
        rows = [[_revoking(known)] for known in let_in[:_MOST_SHOWN]]
        for request in waiting:
            lines.append(f"{request.name}: {request.code}")
            rows.append(list(decision_row(request, texts)))
        if len(let_in) > _MOST_SHOWN:
            lines.append(texts.and_more.format(count=len(let_in) - _MOST_SHOWN))
        return "\n".join(lines), InlineKeyboardMarkup(rows)

    def _texts(self, update: Update) -> TelegramTexts:
        return phrases_for(update.effective_user, self._people).telegram


def _revoking(known: Known) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        f"✕ {known.name} ({known.chat})", callback_data=f"revoke:{known.chat}"
    )
