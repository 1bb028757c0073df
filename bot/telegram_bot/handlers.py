"""What the Telegram bot does with each kind of message."""

import asyncio
import logging
import secrets
from typing import Final

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.error import Conflict, NetworkError, TelegramError

from bot.question import LONGEST, clean_question
from bot.settings import Settings
from bot.telegram_bot.access import Access, Context, admins_alone
from bot.telegram_bot.addressing import question_of
from bot.telegram_bot.alerts import Alerts
from bot.telegram_bot.desk import Desk
from bot.telegram_bot.feedback import rating_row
from bot.telegram_bot.reembed import Reembed
from bot.telegram_bot.rendering import render_answer
from bot.telegram_bot.reports import tell_status
from bot.telegram_bot.sending import clear_seen, send_pieces, show_seen
from bot.telegram_bot.services import Services
from bot.telegram_bot.speaking import message_of, phrases_for
from bot.texts import TelegramTexts
from corpus.errors import UserError

_INDEX_TROUBLE: Final = "the index"

_log = logging.getLogger(__name__)


class Handlers:
    """The bot's reactions; who may have them is decided where they are registered."""

    def __init__(
        self, services: Services, settings: Settings, access: Access, desk: Desk, alerts: Alerts
    ) -> None:
        self.access = access
        self._services = services
        self._desk = desk
        self._alerts = alerts
        self._from_samples = settings.answers_from_samples
        self._reembed = Reembed(services.rebuild)

    def _texts(self, update: Update) -> TelegramTexts:
        return phrases_for(update.effective_user, self._services.people).telegram

    async def start(self, update: Update, _context: Context) -> None:
        """Greet, and tell how to ask."""
        texts = self._texts(update)
        greeting = f"{texts.greeting} {texts.samples}" if self._from_samples else texts.greeting
        await message_of(update).reply_text(f"{greeting}\n\n{self._help(update)}")

    async def help(self, update: Update, _context: Context) -> None:
        """Tell how to ask."""
        await message_of(update).reply_text(self._help(update))

    def _help(self, update: Update) -> str:
        texts = self._texts(update)
        user = update.effective_user
        is_admin = user is not None and self.access.is_admin(user.id)
        return f"{texts.help}\n\n{texts.help_for_admins}" if is_admin else texts.help

    async def ask(self, update: Update, _context: Context) -> None:
        """Answer the question of a message."""
        message = message_of(update)
        question = question_of(message)
        try:
            clean_question(question)
        except UserError:
            await message.reply_text(_refusal(question, self._texts(update)))
            return
        if not await self._desk.admits(message):
            return
        try:
            answered, _ = await asyncio.gather(
                self._desk.answer(message, question), show_seen(message)
            )
        except UserError as error:
            await self._tell_trouble(message, error, self._texts(update))
        else:
            self._alerts.over(_INDEX_TROUBLE)
            number = answered.number
            keyboard = None if number is None else InlineKeyboardMarkup([rating_row(number)])
            sent = await send_pieces(message, render_answer(answered.answer), keyboard)
            await self._desk.answered(number, sent[-1].message_id)
        await clear_seen(message)

    @admins_alone
    async def status(self, update: Update, _context: Context) -> None:
        """Tell an admin what the index holds."""
        message = message_of(update)
        try:
            manifest = await asyncio.to_thread(self._services.status)
        except UserError as error:
            await message.reply_text(str(error))
            return
        await message.reply_text(tell_status(manifest, self._texts(update)))

    @admins_alone
    async def reembed(self, update: Update, _context: Context) -> None:
        """Run a re-embed for an admin."""
        await self._reembed.run(message_of(update), self._texts(update))

    async def not_for_you(self, update: Update, _context: Context) -> None:
        """Refuse an admin's command to others."""
        await message_of(update).reply_text(self._texts(update).admins_alone)

    async def unknown_command(self, update: Update, _context: Context) -> None:
        """Tell where help is."""
        await message_of(update).reply_text(self._texts(update).unknown_command)

    async def text_alone(self, update: Update, _context: Context) -> None:
        """Say that pictures, voices and files are not read."""
        await message_of(update).reply_text(self._texts(update).text_alone)

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
                    self._texts(update).failed.format(error_id=error_id)
                )
            except TelegramError as again:
                _log.warning("The apology for %s did not get through: %s", error_id, again)

    async def _tell_trouble(self, message: Message, error: UserError, texts: TelegramTexts) -> None:
        """Tell an admin what is wrong with the index, and others that something is."""
        told = str(error)
        _log.warning("A question could not be answered: %s", told)
        if self.access.is_admin(message.chat_id):
            await message.reply_text(told)
            return
        await message.reply_text(texts.cannot_answer)
        await self._alerts.tell(
            message.get_bot(), _INDEX_TROUBLE, lambda theirs: theirs.trouble.format(trouble=told)
        )


def _refusal(question: str, texts: TelegramTexts) -> str:
    if len(question) > LONGEST:
        return texts.too_long.format(length=len(question), longest=LONGEST)
    return texts.no_question
