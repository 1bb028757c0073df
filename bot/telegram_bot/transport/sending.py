"""Sends messages, with fallbacks for rejected HTML and lost messages."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from telegram import Bot, InlineKeyboardMarkup, Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.telegram_bot.asking.markup import Piece

_SEEN = "👀"

_log = logging.getLogger(__name__)


@asynccontextmanager
async def at_work(message: Message) -> AsyncIterator[None]:
    """Show that a message is being worked on, until done or failed."""
    shown = asyncio.create_task(_show_seen(message))
    try:
        yield
    finally:
        await shown
        await _clear_seen(message)


async def _show_seen(message: Message) -> None:
    """Show that a message was seen; failures are only logged."""
    try:
        await message.set_reaction(_SEEN)
        # Telegram allows 20 calls per minute in a group, so show only the reaction there.
        if message.chat.type == message.chat.PRIVATE:
            await message.reply_chat_action(ChatAction.TYPING)
    except TelegramError as error:
        _log.info("That a message was seen could not be shown: %s", error)


async def _clear_seen(message: Message) -> None:
    """Remove that sign once the answer is there; failures are only logged."""
    try:
        await message.set_reaction()
    except TelegramError as error:
        _log.info("A reaction could not be taken back: %s", error)


async def send_pieces(
    message: Message, pieces: Sequence[Piece], keyboard: InlineKeyboardMarkup | None = None
) -> list[Message]:
    """Reply to a message, with the keyboard below the last piece; return what was sent."""
    *before, last = pieces
    sent = [await send_piece(message, piece) for piece in before]
    return [*sent, await send_piece(message, last, keyboard)]


async def send_piece(
    message: Message, piece: Piece, keyboard: InlineKeyboardMarkup | None = None
) -> Message:
    """Reply with one piece; as plain text if Telegram rejects the HTML."""
    try:
        return await message.reply_html(piece.html, reply_markup=keyboard)
    except ChatMigrated as error:
        # The group has become a supergroup, where the message has another number.
        return await message.get_bot().send_message(
            error.new_chat_id, piece.html, parse_mode=ParseMode.HTML, reply_markup=keyboard
        )
    except BadRequest as error:
        _log.warning("Telegram refused the HTML of a message: %s", error)
        return await message.reply_text(piece.plain, reply_markup=keyboard)


async def replace_pieces(
    message: Message,
    told: Sequence[int],
    pieces: Sequence[Piece],
    keyboard: InlineKeyboardMarkup | None = None,
) -> list[int]:
    """Edit earlier messages to a new text; return the messages that contain it.

    What does not fit is sent as a reply to `message`; surplus messages are deleted. If one no
    longer exists, everything is sent again.
    """
    bot, chat, last = message.get_bot(), message.chat_id, len(pieces) - 1
    for place, (number, piece) in enumerate(zip(told, pieces, strict=False)):
        if not await edit_piece(bot, chat, number, piece, keyboard if place == last else None):
            return [one.message_id for one in await send_pieces(message, pieces, keyboard)]
    for number in told[len(pieces) :]:
        await _delete(bot, chat, number)
    kept = list(told[: len(pieces)])
    if len(kept) == len(pieces):
        return kept
    sent = await send_pieces(message, pieces[len(kept) :], keyboard)
    return [*kept, *(one.message_id for one in sent)]


async def edit_piece(
    bot: Bot, chat: int, number: int, piece: Piece, keyboard: InlineKeyboardMarkup | None
) -> bool:
    """Edit a message; return whether it still exists."""
    for text, mode in ((piece.html, ParseMode.HTML), (piece.plain, None)):
        try:
            await bot.edit_message_text(text, chat, number, parse_mode=mode, reply_markup=keyboard)
        except BadRequest as error:
            if "not modified" in error.message:
                return True
            if "parse entities" not in error.message:
                _log.info("A message could not be changed: %s", error)
                return False
            _log.warning("Telegram refused the HTML of a message: %s", error)
        else:
            return True
    return False


async def _delete(bot: Bot, chat: int, number: int) -> None:
    try:
        await bot.delete_message(chat, number)
    except BadRequest as error:
        _log.info("A message could not be deleted: %s", error)
