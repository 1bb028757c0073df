"""The Telegram bot: assembled, and run until stopped."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from filelock import FileLock, Timeout
from telegram import LinkPreviewOptions, Update
from telegram.error import InvalidToken, NetworkError
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    TypeHandler,
    filters,
)

from bot.service.desk import Desk
from bot.service.services import Services
from bot.settings import Settings
from bot.telegram_bot.access.admission import DECISION, LET_GROUP_IN, Pairing
from bot.telegram_bot.access.language_choice import CHOICE, Languages
from bot.telegram_bot.access.menus import FOR_ADMINS
from bot.telegram_bot.access.privacy import Privacy
from bot.telegram_bot.access.rights import Access, LetIn
from bot.telegram_bot.admin.alerts import Alerts
from bot.telegram_bot.admin.commands import Admin
from bot.telegram_bot.admin.reembed_job import CANCEL, ROLL_BACK, Reembed
from bot.telegram_bot.admin.users import REVOKED, Users
from bot.telegram_bot.asking.addressing import AskedInCaption, ToThisBot
from bot.telegram_bot.asking.answer_sender import Presenter
from bot.telegram_bot.asking.callbacks import Callbacks
from bot.telegram_bot.asking.feedback import RATED, Feedback
from bot.telegram_bot.asking.inline import Inline
from bot.telegram_bot.asking.message_desk import MessageDesk
from bot.telegram_bot.asking.question_messages import Asking
from bot.telegram_bot.handlers import Handlers
from bot.telegram_bot.opening import open_services
from bot.telegram_bot.parts import App, Parts
from bot.telegram_bot.transport.intake import ChatQueues, Intake
from bot.telegram_bot.transport.logs import log_without_token
from bot.telegram_bot.transport.retry import PatientPerChat
from bot.telegram_bot.transport.serving import Server
from corpus.errors import UserError

_log = logging.getLogger(__name__)


def run_telegram(settings: Settings) -> None:
    """Run the bot until the process is stopped.

    UserError if the token is missing or wrong, or Telegram cannot be reached.
    """
    log_without_token(settings.require_token())
    if settings.open_to_all:
        _log.warning("ACCESS=open: the bot answers everybody on Telegram who finds it.")
    if not settings.admin_user_ids:
        _log.warning(
            "There is no admin yet. Write to the bot: it replies with the id to put in "
            "ADMIN_USER_IDS."
        )
    if settings.answers_from_samples:
        _log.warning("Answering from the sample documents; set DOCUMENTS_DIR to your own.")
    try:
        with _alone(settings):
            parts = put_together(settings, open_services(settings))
            asyncio.run(Server(parts, settings).run())
    # The library's messages may contain the token, so don't pass them on.
    except InvalidToken:
        message = "Telegram rejects the token in TELEGRAM_BOT_TOKEN. Copy it from @BotFather."
        raise UserError(message) from None
    except NetworkError as error:
        address = settings.telegram_api_url or "api.telegram.org"
        message = f"Telegram cannot be reached at {address}. Check the network and try again."
        _log.debug("%s", error)
        raise UserError(message) from None


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Prevent a second bot with the same files, and so the same token."""
    lock = settings.store_dir / "telegram.lock"
    try:
        settings.store_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=0):
            yield
    except Timeout as error:
        raise UserError(
            f"The Telegram bot is running already, with its files in {settings.store_dir}. Stop it "
            "first, or give this one another STORE_DIR and another token."
        ) from error
    except OSError as error:
        raise UserError(f"{lock} cannot be written ({error}).") from error


def put_together(settings: Settings, services: Services) -> Parts:
    """Return the assembled bot."""
    intake = Intake(services.inbox)
    queues = ChatQueues(intake)
    application = _application(settings, intake, queues)
    access = Access(settings, services.people)
    alerts = Alerts(access)
    desk = Desk(services.answer, services.journal, settings)
    message_desk = MessageDesk(desk, services.people)
    presenter = Presenter(message_desk, services.conversations)
    handlers = Handlers(services, settings, access, alerts)
    asking = Asking(services, access, message_desk, presenter, alerts)
    callbacks = Callbacks(services, access, message_desk, presenter)
    inline = Inline(services, access, message_desk)
    feedback = Feedback(services.journal, access)
    reembed = Reembed(services, access)
    reactions = Reactions(
        access=access,
        handlers=handlers,
        asking=asking,
        callbacks=callbacks,
        inline=inline,
        languages=Languages(access),
        pairing=Pairing(access),
        feedback=feedback,
        reembed=reembed,
        admin=Admin(services, access),
        users=Users(access),
        privacy=Privacy(services, settings, access),
    )
    application.add_handler(TypeHandler(Update, access.hear), group=-1)
    application.add_handlers(registrations(reactions))
    application.add_error_handler(handlers.error)
    return Parts(application, services, access, alerts, desk, intake, queues, reembed)


def _application(settings: Settings, intake: Intake, queues: ChatQueues) -> App:
    builder = (
        Application.builder()
        .token(settings.require_token())
        .rate_limiter(PatientPerChat())
        .concurrent_updates(queues)
        .update_queue(intake)
        .defaults(
            Defaults(
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                allow_sending_without_reply=True,
            )
        )
    )
    if settings.telegram_api_url:
        builder = builder.base_url(f"{settings.telegram_api_url}/bot")
    return builder.build()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reactions:
    """The handlers of the bot, by topic."""

    access: Access
    handlers: Handlers
    asking: Asking
    callbacks: Callbacks
    inline: Inline
    languages: Languages
    pairing: Pairing
    feedback: Feedback
    reembed: Reembed
    admin: Admin
    users: Users
    privacy: Privacy


def registrations(bot: Reactions) -> Sequence[BaseHandler[Any, Any, Any]]:
    """Return the handlers; the first that matches an update handles it."""
    new = filters.UpdateType.MESSAGE
    private = filters.ChatType.PRIVATE
    groups = filters.ChatType.GROUPS
    admins = filters.User(bot.access.admins)
    let_in = new & LetIn(bot.access)
    # Inline results that users send come back to the bot, with its name.
    may_ask = (new | filters.UpdateType.EDITED_MESSAGE) & LetIn(bot.access) & ~filters.VIA_BOT
    to_bot = private | ToThisBot()
    words = filters.TEXT | filters.CAPTION
    in_private = new & private
    strangers = in_private & ~let_in & ~filters.StatusUpdate.ALL
    return [
        MessageHandler(filters.StatusUpdate.MIGRATE, bot.access.migrated),
        CommandHandler("start", bot.handlers.start, let_in),
        CommandHandler("help", bot.handlers.help, let_in),
        CommandHandler("ask", bot.asking.ask, may_ask),
        MessageHandler(may_ask & AskedInCaption(), bot.asking.ask),
        CommandHandler("new", bot.asking.new, let_in),
        CommandHandler("language", bot.languages.ask, let_in),
        CommandHandler("privacy", bot.privacy.tell, let_in | in_private),
        CommandHandler("forgetme", bot.privacy.forget, let_in | in_private),
        CommandHandler("status", bot.admin.status, let_in & admins),
        CommandHandler("reembed", bot.reembed.start, let_in & admins),
        CommandHandler("users", bot.users.show, let_in & admins),
        CommandHandler("unanswered", bot.admin.unanswered, let_in & admins),
        CommandHandler("stats", bot.admin.stats, let_in & admins),
        CommandHandler("export", bot.admin.export, let_in & admins),
        CommandHandler("boilerplate", bot.admin.boilerplate, let_in & admins),
        CommandHandler(FOR_ADMINS, bot.handlers.not_for_you, let_in),
        MessageHandler(may_ask & to_bot & words & ~filters.COMMAND, bot.asking.ask),
        MessageHandler(let_in & private & filters.COMMAND, bot.handlers.unknown_command),
        MessageHandler(let_in & to_bot & ~words & ~filters.StatusUpdate.ALL, bot.asking.text_alone),
        CommandHandler("start", bot.pairing.closed_group, new & admins & ~let_in),
        CommandHandler("ask", bot.pairing.asked_in_closed_group, new & groups & ~let_in),
        MessageHandler(
            new & groups & ~let_in & AskedInCaption(), bot.pairing.asked_in_closed_group
        ),
        CommandHandler("start", bot.pairing.stranger_starts, strangers),
        MessageHandler(strangers, bot.pairing.stranger),
        *_without_messages(bot),
    ]


def _without_messages(bot: Reactions) -> Sequence[BaseHandler[Any, Any, Any]]:
    """Return the handlers of buttons, inline questions and reactions."""
    return [
        CallbackQueryHandler(bot.pairing.decide, f"^{DECISION}$"),
        CallbackQueryHandler(bot.pairing.admit_group, f"^{LET_GROUP_IN}$"),
        CallbackQueryHandler(bot.users.revoke, f"^{REVOKED}$"),
        CallbackQueryHandler(bot.reembed.cancel, f"^{CANCEL}$"),
        CallbackQueryHandler(bot.reembed.roll_back, f"^{ROLL_BACK}$"),
        CallbackQueryHandler(bot.feedback.thumbed, f"^{RATED}$"),
        CallbackQueryHandler(bot.languages.chosen, f"^{CHOICE}$"),
        CallbackQueryHandler(bot.callbacks.pressed),
        InlineQueryHandler(bot.inline.queried),
        MessageReactionHandler(bot.feedback.reacted),
    ]
