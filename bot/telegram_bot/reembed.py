"""The re-embed an admin starts from Telegram: one at a time, told in one message that is edited."""

import asyncio
import logging
import time
from typing import Final

from telegram import Message
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.telegram_bot.markup import render_text
from bot.telegram_bot.reports import tell_report
from bot.telegram_bot.services import Rebuild
from bot.texts import TelegramTexts
from corpus.errors import UserError

_BAR: Final = 10
"""Squares of a full progress bar."""
_PAUSE: Final = 2.0
"""Seconds between edits."""
_PAUSE_IN_GROUPS: Final = 4.0
"""Telegram takes 20 messages a minute in a group, edits among them, and answers need some."""

_log = logging.getLogger(__name__)


class Reembed:
    """Runs re-embeds, one at a time, and keeps those who started them informed."""

    def __init__(self, rebuild: Rebuild) -> None:
        self._rebuild = rebuild
        self._running = False

    async def run(self, message: Message, texts: TelegramTexts) -> None:
        """Run a re-embed, told in an answer to the message that asked for it.

        An error other than UserError is raised again after the failure has been told.
        """
        if self._running:
            await message.reply_text(texts.reembed_running)
            return
        self._running = True
        try:
            shown = await message.reply_text(texts.reembed_started)
            await self._run(_Board(shown), texts)
        finally:
            self._running = False

    async def _run(self, board: "_Board", texts: TelegramTexts) -> None:
        counted = _Counted()
        work = asyncio.create_task(asyncio.to_thread(self._rebuild, counted))
        while not (await asyncio.wait({work}, timeout=board.pause))[0]:
            await board.show(counted.told(texts))
        error = work.exception()
        if error is None:
            await board.close(tell_report(work.result(), texts))
        elif isinstance(error, UserError):
            await board.close(str(error))
        else:
            await board.close(texts.reembed_failed)
            raise error


class _Counted:
    """The last progress that the working thread has told."""

    def __init__(self) -> None:
        self._began = ("", 0.0)
        self._last = ("", 0, 0, 0.0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._began[0]:
            self._began = (stage, now)
        self._last = (stage, done, total, now - self._began[1])

    def told(self, texts: TelegramTexts) -> str:
        """Return how far the work has come, with the time that was left then."""
        stage, done, total, elapsed = self._last
        if not total:
            return texts.reembed_started
        full = _BAR * done // total
        left = f" {elapsed * (total - done) / done:.0f} s" if 0 < done < total else ""
        bar = "▓" * full + "░" * (_BAR - full)
        return f"{texts.stages.get(stage, stage)} {done}/{total}\n{bar}{left}"


class _Board:
    """A message that is edited to show how far the work has come, and in the end its outcome."""

    def __init__(self, shown: Message) -> None:
        self.pause = _PAUSE if shown.chat.type == ChatType.PRIVATE else _PAUSE_IN_GROUPS
        self._shown = shown
        self._text = shown.text

    async def show(self, text: str) -> None:
        """Show a state on the way; one that does not get through is not missed."""
        if text != self._text:
            await self._edited(text)

    async def close(self, text: str) -> None:
        """Show the outcome: in place of the progress, or else in a message of its own."""
        first, *rest = [part.plain for part in render_text(text)]
        if not await self._edited(first):
            rest.insert(0, first)
        for part in rest:
            await self._shown.reply_text(part)

    async def _edited(self, text: str) -> bool:
        try:
            await self._shown.edit_text(text)
        except TelegramError as error:
            _log.warning("A progress message could not be edited: %s", error)
            return False
        self._text = text
        return True
