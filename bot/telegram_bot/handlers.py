"""What the Telegram bot does with each kind of message."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from telegram import Message, Update
from telegram.error import Conflict, NetworkError, TelegramError
from telegram.ext import CallbackContext

from bot.question import LONGEST, clean_question
from bot.settings import Settings
from bot.telegram_bot.addressing import question_of
from bot.telegram_bot.reembed import Rebuild, Reembed
from bot.telegram_bot.rendering import render_answer
from bot.telegram_bot.reports import tell_status
from bot.telegram_bot.sending import clear_seen, send_pieces, show_seen
from bot.texts import TelegramTexts, texts_for
from bot.types import Answer
from corpus.errors import UserError
from embeddings.storage import Manifest

Context = CallbackContext[Any, Any, Any, Any]

_MOST_STRANGERS: Final = 1000
"""Strangers that are told their chat id in one run; beyond, the bot is being flooded."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Services:
    """What the bot does its work with; each may be called in any thread."""

    answer: Callable[[str], Answer]
    rebuild: Rebuild
    status: Callable[[], Manifest]


class Handlers:
    """The bot's reactions; who may have them is decided where they are registered."""

    def __init__(self, services: Services, settings: Settings) -> None:
        self._services = services
        self._admins = settings.admin_user_ids
        self._from_samples = settings.answers_from_samples
        self._reembed = Reembed(services.rebuild)
        self._strangers: set[int] = set()

    async def start(self, update: Update, _context: Context) -> None:
        """Greet, and tell how to ask."""
        texts = _texts(update)
        greeting = f"{texts.greeting} {texts.samples}" if self._from_samples else texts.greeting
        await _message(update).reply_text(f"{greeting}\n\n{self._help(update)}")

    async def help(self, update: Update, _context: Context) -> None:
        """Tell how to ask."""
        await _message(update).reply_text(self._help(update))

    def _help(self, update: Update) -> str:
        texts = _texts(update)
        user = update.effective_user
        is_admin = user is not None and user.id in self._admins
        return f"{texts.help}\n\n{texts.help_for_admins}" if is_admin else texts.help

    async def ask(self, update: Update, _context: Context) -> None:
        """Answer the question of a message."""
        message = _message(update)
        question = question_of(message)
        try:
            clean_question(question)
        except UserError:
            await message.reply_text(_refusal(question, _texts(update)))
            return
        try:
            answer, _ = await asyncio.gather(
                asyncio.to_thread(self._services.answer, question), show_seen(message)
            )
        except UserError as error:
            await self._tell_trouble(message, error, _texts(update))
        else:
            await send_pieces(message, render_answer(answer))
        await clear_seen(message)

    async def status(self, update: Update, _context: Context) -> None:
        """Tell an admin what the index holds."""
        message = _message(update)
        try:
            manifest = await asyncio.to_thread(self._services.status)
        except UserError as error:
            await message.reply_text(str(error))
            return
        await message.reply_text(tell_status(manifest, _texts(update)))

    async def reembed(self, update: Update, _context: Context) -> None:
        """Run a re-embed for an admin."""
        await self._reembed.run(_message(update), _texts(update))

    async def admins_alone(self, update: Update, _context: Context) -> None:
        """Refuse an admin's command to others."""
        await _message(update).reply_text(_texts(update).admins_alone)

    async def unknown_command(self, update: Update, _context: Context) -> None:
        """Tell where help is."""
        await _message(update).reply_text(_texts(update).unknown_command)

    async def text_alone(self, update: Update, _context: Context) -> None:
        """Say that pictures, voices and files are not read."""
        await _message(update).reply_text(_texts(update).text_alone)

    async def closed_group(self, update: Update, _context: Context) -> None:
        """Tell an admin how to let the group in."""
        message = _message(update)
        await message.reply_text(_texts(update).closed_group.format(chat_id=message.chat_id))

    async def stranger(self, update: Update, _context: Context) -> None:
        """Tell a stranger, once, how to be let in."""
        message = _message(update)
        if message.chat_id in self._strangers or len(self._strangers) >= _MOST_STRANGERS:
            return
        self._strangers.add(message.chat_id)
        _log.info("A stranger wrote; the chat's id is %d", message.chat_id)
        await message.reply_text(_texts(update).stranger.format(chat_id=message.chat_id))

    async def error(self, update: object, context: Context) -> None:
        """Log an error of ours, then apologise to whom it befell."""
        error = context.error
        if update is None and isinstance(error, Conflict):
            _log.error("Another program is answering with the same token; stop one of them.")
            return
        if update is None and isinstance(error, NetworkError):
            _log.warning("Telegram cannot be reached; trying again. (%s)", error)
            return
        error_id = secrets.token_hex(4)
        _log.error("Error %s", error_id, exc_info=error)
        if isinstance(update, Update) and update.effective_message:
            try:
                await update.effective_message.reply_text(
                    _texts(update).failed.format(error_id=error_id)
                )
            except TelegramError as again:
                _log.warning("The apology for %s did not get through: %s", error_id, again)

    async def _tell_trouble(self, message: Message, error: UserError, texts: TelegramTexts) -> None:
        """Tell an admin what is wrong with the index, and others that something is."""
        _log.warning("A question could not be answered: %s", error)
        in_admins_chat = message.chat_id in self._admins
        await message.reply_text(str(error) if in_admins_chat else texts.cannot_answer)


def _refusal(question: str, texts: TelegramTexts) -> str:
    if len(question) > LONGEST:
        return texts.too_long.format(length=len(question), longest=LONGEST)
    return texts.no_question


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None  # handlers are registered for messages alone
    return message


def _texts(update: Update) -> TelegramTexts:
    user = update.effective_user
    return texts_for(user.language_code if user else None).telegram
