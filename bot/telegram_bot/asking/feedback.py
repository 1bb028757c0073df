"""Ratings of answers: thumbs below them, and reactions."""

import asyncio
import logging
import re
from collections.abc import Sequence
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, ReactionTypeEmoji, Update
from telegram.error import BadRequest

from bot.service.journal import Journal, Rating
from bot.telegram_bot.access.rights import Access, Context, acknowledge
from bot.telegram_bot.access.user_language import phrases_for

RATED: Final = r"rate:(\d{1,15}):(-?1)"
"""Data of the thumbs."""
_THUMBS: Final[dict[Rating, str]] = {1: "👍", -1: "👎"}
_LIKES: Final = frozenset("👍 ❤ 🔥 🥰 👏 😁 🎉 🤩 🙏 👌 😍 💯 ⚡ 🏆 🤝 🤗 🆒 😎".split())
_DISLIKES: Final = frozenset("👎 🤬 😢 🤮 💩 🤡 🥱 💔 🤨 😐 🖕 😡".split())

_log = logging.getLogger(__name__)


def rating_row(number: int, rating: Rating | None = None) -> Sequence[InlineKeyboardButton]:
    """Return the thumbs for an answer in the journal."""
    return [
        InlineKeyboardButton(
            f"{thumb} ✓" if rating == value else thumb, callback_data=f"rate:{number}:{value}"
        )
        for value, thumb in _THUMBS.items()
    ]


class Feedback:
    """Stores ratings in the journal."""

    def __init__(self, journal: Journal, access: Access) -> None:
        self._journal = journal
        self._access = access

    async def thumbed(self, update: Update, _context: Context) -> None:
        """Store a thumb; pressing the same one again removes it."""
        query, user = update.callback_query, update.effective_user
        assert query is not None
        assert query.data is not None
        telegram = phrases_for(user, self._access.people).telegram
        texts = telegram.feedback
        if not self._access.answers(update):
            await acknowledge(query, telegram.answer.not_yours)
            return
        match = re.fullmatch(RATED, query.data)
        assert match is not None  # The handler is registered for these only.
        asked = await asyncio.to_thread(self._journal.find, int(match[1]))
        message = query.message
        # Button data may be forged, so check where it was pressed.
        if (
            asked is None
            or asked.id is None
            or message is None
            or str(message.chat.id) != asked.chat
        ):
            await acknowledge(query, texts.gone)
            return
        if user is None or str(user.id) != asked.user:
            await acknowledge(query, texts.askers_alone)
            return
        pressed: Rating = 1 if match[2] == "1" else -1
        rating = None if asked.rating == pressed else pressed
        await asyncio.to_thread(self._journal.rate, asked.id, rating)
        await acknowledge(query, texts.noted if rating else texts.taken_back)
        if isinstance(message, Message):
            await _show_rating(message, asked.id, rating)

    async def reacted(self, update: Update, _context: Context) -> None:
        """Store a reaction to an answer as a thumb."""
        reaction = update.message_reaction
        if reaction is None or reaction.user is None or not self._access.answers(update):
            return
        asked = await asyncio.to_thread(
            self._journal.find_reply, str(reaction.chat.id), str(reaction.message_id)
        )
        if asked is None or asked.id is None or asked.user != str(reaction.user.id):
            return
        emojis = {one.emoji for one in reaction.new_reaction if isinstance(one, ReactionTypeEmoji)}
        if emojis and not emojis & (_LIKES | _DISLIKES):
            return
        rating: Rating | None = -1 if emojis & _DISLIKES else 1 if emojis else None
        await asyncio.to_thread(self._journal.rate, asked.id, rating)


async def _show_rating(message: Message, number: int, rating: Rating | None) -> None:
    """Mark the pressed thumb, and keep the other buttons."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    shown = [
        rating_row(number, rating) if any(_is_thumb(button) for button in row) else row
        for row in rows
    ]
    try:
        await message.edit_reply_markup(InlineKeyboardMarkup(shown))
    except BadRequest as error:
        _log.info("A rating could not be shown: %s", error)


def _is_thumb(button: InlineKeyboardButton) -> bool:
    return isinstance(button.callback_data, str) and bool(re.fullmatch(RATED, button.callback_data))
