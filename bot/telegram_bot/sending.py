"""How messages are sent, so that what Telegram refuses or has lost still reaches the reader."""

import logging
from collections.abc import Sequence

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.telegram_bot.markup import Piece

_SEEN = "👀"

_log = logging.getLogger(__name__)


async def show_seen(message: Message) -> None:
    """Show at once that a message is being worked on; a failure is no more than logged."""
    try:
        await message.set_reaction(_SEEN)
        # A group takes 20 calls a minute, so there the reaction has to do.
        if message.chat.type == message.chat.PRIVATE:
            await message.reply_chat_action(ChatAction.TYPING)
    except TelegramError as error:
        _log.info("That a message was seen could not be shown: %s", error)


async def clear_seen(message: Message) -> None:
    """Take the sign back, since the answer stands; a failure is no more than logged."""
    try:
        await message.set_reaction()
    except TelegramError as error:
        _log.info("A reaction could not be taken back: %s", error)


async def send_pieces(
    message: Message, pieces: Sequence[Piece], keyboard: InlineKeyboardMarkup | None = None
) -> list[Message]:
    """Answer a message with others, the keyboard under the last; return what was sent."""
    *before, last = pieces
    sent = [await send_piece(message, piece) for piece in before]
    return [*sent, await send_piece(message, last, keyboard)]


async def send_piece(
    message: Message, piece: Piece, keyboard: InlineKeyboardMarkup | None = None
) -> Message:
    """Answer a message with one; as plain text where Telegram refuses the HTML."""
    try:
        return await message.reply_html(piece.html, reply_markup=keyboard)
    except ChatMigrated as error:
        # The group has become a supergroup, in which the message has another number.
        return await message.get_bot().send_message(
            error.new_chat_id, piece.html, parse_mode="HTML", reply_markup=keyboard
        )
    except BadRequest as error:
        _log.warning("Telegram refused the HTML of a message: %s", error)
        return await message.reply_text(piece.plain, reply_markup=keyboard)
