"""Runs the bot: start, backlog, polling or webhook, and orderly shutdown."""

import asyncio
import logging
import signal
import time
from collections.abc import Coroutine
from typing import Any, Final

from telegram import Message, Update
from telegram.error import Conflict, NetworkError, TelegramError
from tornado.httpserver import HTTPServer

from bot.settings import Settings
from bot.telegram_bot.access.menus import publish_menus
from bot.telegram_bot.access.user_language import phrases_for
from bot.telegram_bot.parts import UPDATES, Parts
from bot.telegram_bot.transport.backlog import (
    fetch_waiting,
    is_question,
    last_of_each_chat,
    tell_passed_over,
)
from bot.telegram_bot.transport.housekeeping import Housekeeping
from bot.telegram_bot.transport.web import Webhook, secret_for, serve_http
from corpus.errors import UserError

_TO_FINISH: Final = 20.0
"""Seconds for running handlers at shutdown; unfinished updates are handled after the next start."""
_PAUSE: Final = 1.0
_MOST_CONFLICTS: Final = 3
_WITHIN: Final = 60.0
"""That many conflicts within these seconds mean that another program uses the token permanently."""

_log = logging.getLogger(__name__)


class Server:
    """Runs the bot until stopped."""

    def __init__(self, parts: Parts, settings: Settings) -> None:
        self._parts = parts
        self._application = parts.application
        self._settings = settings
        self._started_at = time.time()
        self._stop = asyncio.Event()
        self._failure: UserError | None = None
        self._conflicts: list[float] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._web: HTTPServer | None = None
        self._housekeeping = Housekeeping(parts, settings, self.fail)

    async def run(self) -> None:
        """Run until SIGTERM or SIGINT.

        UserError if another program receives the bot's updates; TelegramError if Telegram cannot be
        reached at the start or rejects the token.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        async with self._application:
            try:
                await self._unless_stopped(self._begin())
                await self._stop.wait()
            finally:
                await self._wind_up()
        if self._failure:
            raise self._failure

    def fail(self, error: UserError) -> None:
        """Stop the bot with an error."""
        self._failure = self._failure or error
        self._stop.set()

    async def _unless_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a piece of work, and cancel it if the bot is stopped."""
        task, stopped = asyncio.create_task(work), asyncio.create_task(self._stop.wait())
        done, pending = await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        for one in pending:
            one.cancel()
        await asyncio.wait(pending)
        if task in done:
            task.result()

    async def _begin(self) -> None:
        bot, intake = self._application.bot, self._parts.intake
        down_since = await intake.last_beat()
        # Telegram returns waiting updates only if no webhook is set.
        await bot.delete_webhook()
        unfinished = await intake.unfinished(bot)
        waiting = await self._fetch_waiting()
        await self._application.start()
        self._tasks = [
            asyncio.create_task(self._housekeeping.run()),
            asyncio.create_task(publish_menus(bot, self._parts.access)),
        ]
        for task in self._tasks:
            task.add_done_callback(self._ended)
        for update in unfinished:
            await intake.hand_over(update)
        await self._catch_up(waiting, (down_since or 0.0, self._started_at))
        await self._take_updates()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Stop the bot if one of its tasks fails; otherwise half the bot could die unnoticed."""
        if not task.cancelled() and (error := task.exception()):
            _log.error("The bot cannot go on", exc_info=error)
            self.fail(UserError("The Telegram bot has stopped because of an error; see the log."))

    async def _fetch_waiting(self) -> list[Update]:
        fetched: list[Update] = []
        while True:
            try:
                await fetch_waiting(self._application.bot, self._parts.intake, UPDATES, fetched)
            except (NetworkError, Conflict) as error:
                self._polling_failed(error)
                await asyncio.sleep(_PAUSE)
            else:
                return fetched

    async def _catch_up(self, waiting: list[Update], down: tuple[float, float]) -> None:
        """Handle the updates from the downtime, with only one question per chat."""
        backlog = last_of_each_chat(waiting, down, self._would_answer)
        for update in backlog.dropped:
            await self._parts.intake.drop(update)
        for update in backlog.kept:
            message = update.message or update.edited_message
            if message and self._would_answer(message) and message.chat_id in backlog.passed_over:
                count = backlog.passed_over.pop(message.chat_id)
                texts = phrases_for(message.from_user, self._parts.services.people).telegram
                await tell_passed_over(message, texts.limits.passed_over.format(count=count))
            await self._parts.intake.hand_over(update)

    def _would_answer(self, message: Message) -> bool:
        user = message.from_user.id if message.from_user else None
        return is_question(message) and self._parts.access.lets_in(user, message.chat_id)

    async def _take_updates(self) -> None:
        """Start receiving updates, by webhook or polling."""
        settings, bot = self._settings, self._application.bot
        webhook = None
        if settings.webhook_url:
            secret = secret_for(settings.require_token())
            webhook = Webhook(settings.webhook_url, secret, self._parts.intake, bot)
        if settings.listen:
            self._web = serve_http(settings.listen, self._housekeeping.health, webhook)
        if webhook:
            await bot.set_webhook(webhook.url, secret_token=webhook.secret, allowed_updates=UPDATES)
            _log.info("Telegram sends updates to %s", webhook.url)
        else:
            assert self._application.updater is not None
            await self._application.updater.start_polling(
                allowed_updates=UPDATES, error_callback=self._polling_failed
            )
            _log.info("Polling Telegram for updates")

    def _polling_failed(self, error: TelegramError) -> None:
        """Log that polling failed, in one line; give up if another program polls."""
        if not isinstance(error, Conflict):
            _log.warning("Telegram cannot be reached; trying again. (%s)", error)
            return
        _log.error("Another program is using the same token; stop one of them.")
        now = time.monotonic()
        self._conflicts = [one for one in self._conflicts if one > now - _WITHIN] + [now]
        if len(self._conflicts) >= _MOST_CONFLICTS:
            self.fail(
                UserError(
                    "Another program is using the token in TELEGRAM_BOT_TOKEN; a bot can run only "
                    "once. Stop the other one, or get another token from @BotFather."
                )
            )

    async def _wind_up(self) -> None:
        """Accept nothing new, finish what runs, and leave the rest for the next start."""
        _log.info("Stopping")
        if self._web:
            self._web.stop()
        updater = self._application.updater
        if updater and updater.running:
            await updater.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._parts.intake.leave()
        self._parts.desk.queue.turn_away()
        self._parts.reembed.stop()
        await self._parts.queues.stop(_TO_FINISH)
        if self._application.running:
            await self._application.stop()
            await self._parts.intake.beat()
