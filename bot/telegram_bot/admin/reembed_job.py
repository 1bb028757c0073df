"""Re-embeds started from Telegram: one at a time, with progress in one edited message."""

import asyncio
import logging
import time
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.service.services import Services
from bot.telegram_bot.access.rights import Access, Context, acknowledge, admins_alone, show_in_place
from bot.telegram_bot.access.user_language import message_of, phrases_for
from bot.telegram_bot.admin.reports import duration, tell_report
from bot.telegram_bot.asking.markup import render_text
from bot.texts import TelegramTexts, fill
from corpus.errors import Cancelled, UserError
from embeddings.engines.storage import ReembedRunning
from embeddings.types import BuildReport

CANCEL: Final = "reembed-cancel"
ROLL_BACK: Final = r"rollback:([\w-]{1,40})"
"""Data of the rollback button under a finished re-embed, with its generation."""
_BAR: Final = 10
"""Squares of a full progress bar."""
_PAUSE: Final = 2.0
"""Seconds between edits."""
_PAUSE_IN_GROUPS: Final = 4.0
"""Telegram allows 20 messages per minute in a group, edits included; answers need some."""

_log = logging.getLogger(__name__)


class Reembed:
    """Runs re-embeds, one at a time, and reports their progress."""

    def __init__(self, services: Services, access: Access) -> None:
        self.access = access
        self._services = services
        self._running: _Progress | None = None

    @admins_alone
    async def start(self, update: Update, context: Context) -> None:
        """Start a re-embed in the background, and reply with its progress."""
        message, texts = message_of(update), self._texts(update)
        if self._running:
            await message.reply_text(texts.reembed_running)
            return
        self._running = progress = _Progress()
        try:
            shown = await message.reply_text(
                texts.reembed_started, reply_markup=_button(texts.reembed.cancel, CANCEL)
            )
        except TelegramError:
            self._running = None
            raise
        context.application.create_task(self._run(progress, _Board(shown, texts), texts), update)

    async def _run(self, progress: "_Progress", board: "_Board", texts: TelegramTexts) -> None:
        """Run it to its end; internal errors are raised again after reporting the failure."""
        work = asyncio.create_task(asyncio.to_thread(self._services.rebuild, progress))
        try:
            while not (await asyncio.wait({work}, timeout=board.pause))[0]:
                await board.show(progress.told(texts))
        finally:
            self._running = None
        error = work.exception()
        if error is None:
            report = work.result()
            await board.close(tell_report(report, texts), self._way_back(report, texts))
            return
        await board.close(_failure(error, texts))
        if not isinstance(error, Cancelled | UserError):
            raise error

    def _way_back(self, report: BuildReport, texts: TelegramTexts) -> InlineKeyboardMarkup | None:
        if report.unchanged or self._services.store.earlier_name() is None:
            return None
        return _button(texts.reembed.roll_back, f"rollback:{report.generation}")

    def stop(self) -> None:
        """Cancel the running re-embed, if any; the index stays as it was."""
        if self._running:
            self._running.called_off = True

    @admins_alone
    async def cancel(self, update: Update, _context: Context) -> None:
        """Cancel the running re-embed, as an admin has chosen."""
        query, texts = update.callback_query, self._texts(update)
        assert query is not None
        await acknowledge(query, texts.reembed.cancelling if self._running else texts.reembed.over)
        self.stop()

    @admins_alone
    async def roll_back(self, update: Update, _context: Context) -> None:
        """Go back to the previous index, as an admin has chosen."""
        query, texts = update.callback_query, self._texts(update)
        assert query is not None
        assert query.data is not None
        generation = query.data.partition(":")[2]
        if generation != await asyncio.to_thread(self._services.store.current_name):
            await acknowledge(query, texts.reembed.over)
            await show_in_place(query)
            return
        await acknowledge(query)
        try:
            manifest = await asyncio.to_thread(self._services.roll_back)
        except ReembedRunning:
            text = texts.reembed_running
        except UserError as error:
            text = str(error)
        else:
            text = fill(
                texts.reembed.rolled_back,
                created=manifest.made_at,
                documents=manifest.documents,
            )
            await show_in_place(query)
        await message_of(update).reply_text(text)

    def _texts(self, update: Update) -> TelegramTexts:
        return phrases_for(update.effective_user, self._services.people).telegram


class _Progress:
    """The latest progress from the worker thread; cancelling it ends the work."""

    def __init__(self) -> None:
        self.called_off = False
        self._began = ("", 0.0)
        self._last = ("", 0, 0, 0.0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self.called_off:
            raise Cancelled
        now = time.monotonic()
        if stage != self._began[0]:
            self._began = (stage, now)
        self._last = (stage, done, total, now - self._began[1])

    def told(self, texts: TelegramTexts) -> str:
        """Return the progress, the rate and the time left."""
        if self.called_off:
            return texts.reembed.cancelling
        stage, done, total, elapsed = self._last
        if not total:
            return texts.reembed_started
        full = _BAR * done // total
        lines = [
            f"{texts.stages.get(stage, stage)} {done}/{total}",
            "▓" * full + "░" * (_BAR - full),
        ]
        if 0 < done < total and elapsed > 0:
            left = duration(elapsed * (total - done) / done)
            lines.append(texts.reembed.pace.format(rate=f"{done / elapsed:.0f}", left=left))
        return "\n".join(lines)


class _Board:
    """The message that shows the progress, and finally the result."""

    def __init__(self, shown: Message, texts: TelegramTexts) -> None:
        self.pause = _PAUSE if shown.chat.type == ChatType.PRIVATE else _PAUSE_IN_GROUPS
        self._shown = shown
        self._text = shown.text
        self._cancel = _button(texts.reembed.cancel, CANCEL)

    async def show(self, text: str) -> None:
        """Show an intermediate state; failures are ignored."""
        if text == self._text:
            return
        try:
            await self._shown.edit_text(text, reply_markup=self._cancel)
            self._text = text
        except TelegramError as error:
            _log.info("A progress message could not be edited: %s", error)

    async def close(self, text: str, button: InlineKeyboardMarkup | None = None) -> None:
        """Show the result, in place of the progress or in a new message."""
        first, *rest = [part.plain for part in render_text(text)]
        try:
            await self._shown.edit_text(first, reply_markup=None if rest else button)
        except TelegramError as error:
            _log.warning("An outcome could not be shown in place: %s", error)
            rest.insert(0, first)
        for part in rest:
            await self._shown.reply_text(part, reply_markup=button if part is rest[-1] else None)


def _failure(error: BaseException, texts: TelegramTexts) -> str:
    """Return the text for a failed re-embed."""
    if isinstance(error, Cancelled):
        return texts.reembed.cancelled
    if isinstance(error, ReembedRunning):
        return texts.reembed_running
    return str(error) if isinstance(error, UserError) else texts.reembed_failed


def _button(label: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])
