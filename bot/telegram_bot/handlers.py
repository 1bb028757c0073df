"""General handlers: start, help, unknown commands and errors."""

import logging
import secrets

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.service.services import Services
from bot.settings import Settings
from bot.telegram_bot.access.rights import Access, Context
from bot.telegram_bot.access.user_language import message_of, phrases_for
from bot.telegram_bot.admin.alerts import Alerts
from bot.texts import TelegramTexts

_log = logging.getLogger(__name__)


class Handlers:
    """General handlers; access is decided where they are registered."""

    def __init__(
        self, services: Services, settings: Settings, access: Access, alerts: Alerts
    ) -> None:
        self.access = access
        self._alerts = alerts
        self._services = services
        self._from_samples = settings.answers_from_samples

    def _texts(self, update: Update) -> TelegramTexts:
        return phrases_for(update.effective_user, self._services.people).telegram

    async def start(self, update: Update, _context: Context) -> None:
        """Greet, and explain how to ask."""
        texts = self._texts(update)
        greeting = f"{texts.greeting} {texts.samples}" if self._from_samples else texts.greeting
        await message_of(update).reply_text(f"{greeting}\n\n{self._help(update)}")

    async def help(self, update: Update, _context: Context) -> None:
        """Explain how to ask."""
        await message_of(update).reply_text(self._help(update))

    def _help(self, update: Update) -> str:
        texts = self._texts(update)
        user = update.effective_user
        is_admin = user is not None and self.access.is_admin(user.id)
        return f"{texts.help}\n\n{texts.help_for_admins}" if is_admin else texts.help

    async def not_for_you(self, update: Update, _context: Context) -> None:
        """Refuse an admin command."""
        await message_of(update).reply_text(self._texts(update).admins_alone)

    async def unknown_command(self, update: Update, _context: Context) -> None:
        """Point to the help."""
        await message_of(update).reply_text(self._texts(update).unknown_command)

    async def error(self, update: object, context: Context) -> None:
        """Log an internal error, apologise to the user, and alert the admins once."""
        error = context.error
        if isinstance(error, Forbidden):
            _log.info("One who asked takes no messages from the bot any more: %s", error)
            return
        error_id = secrets.token_hex(4)
        _log.error("Error %s", error_id, exc_info=error)
        # If Telegram cannot be reached, neither can the user.
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            return
        if isinstance(update, Update) and update.effective_message:
            try:
                await update.effective_message.reply_text(
                    self._texts(update).failed.format(error_id=error_id)
                )
            except TelegramError as again:
                _log.warning("The apology for %s did not get through: %s", error_id, again)
            if update.effective_user and self.access.is_admin(update.effective_user.id):
                return
        await self._alerts.tell(
            context.bot,
            type(error).__name__,
            lambda texts: texts.admin.error.format(error_id=error_id),
        )
