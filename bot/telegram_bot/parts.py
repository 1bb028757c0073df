"""The assembled bot."""

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from telegram import Update
from telegram.ext import Application

from bot.service.desk import Desk
from bot.service.services import Services
from bot.telegram_bot.access.rights import Access
from bot.telegram_bot.admin.alerts import Alerts
from bot.telegram_bot.admin.reembed_job import Reembed
from bot.telegram_bot.transport.intake import ChatQueues, Intake

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

UPDATES: Final = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MESSAGE_REACTION,
)
"""The kinds of updates that the bot receives."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The bot, and its parts that are started, stopped and maintained."""

    application: App
    services: Services
    access: Access
    alerts: Alerts
    desk: Desk
    intake: Intake
    queues: ChatQueues
    reembed: Reembed
