"""Receives updates: stored on disk before they are confirmed, then handled in order per chat."""

import asyncio
import json
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias, TypeVar, cast

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.service.inbox import Inbox
from corpus.errors import UserError

_MOST_AT_HAND: Final = 1000
"""How many updates are held in memory; Telegram keeps the rest until there is room."""
_MOST_OF_A_CHAT: Final = 20
"""The same per chat; the rest stays on disk, so that a rate-limited chat blocks no other."""

_Line: TypeAlias = tuple[int, bool]
"""The chat of an update, and whether it is a message: button presses don't wait for messages."""

_Result = TypeVar("_Result")

_log = logging.getLogger(__name__)


class Intake(asyncio.Queue[object]):
    """The queue between the fetcher and the handlers of updates.

    `put` returns when the update is on disk; only then is it confirmed to Telegram. Duplicates are
    dropped.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox
        # A single thread, so that updates are written in order of arrival.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="inbox")
        self._room = asyncio.Semaphore(_MOST_AT_HAND)
        self._at_hand: Counter[_Line] = Counter()
        self._on_disk: dict[_Line, deque[int]] = {}
        """Numbers of the updates on disk that wait for room for their chat."""
        self._fetching: set[asyncio.Task[None]] = set()

    async def put(self, item: object) -> None:
        """Store an update; anything else is a message of the library to itself."""
        if not isinstance(item, Update):
            await super().put(item)
        elif await self.keep(item):
            await self.hand_over(item)

    async def keep(self, update: Update) -> bool:
        """Write an update to disk; return False for a duplicate."""
        if update.inline_query:
            return True  # Useless later, so not stored.
        if await self._write(self._inbox.take, update.update_id, update.to_json()):
            return True
        _log.info("Update %d came again and is left out", update.update_id)
        return False

    async def hand_over(self, update: Update) -> None:
        """Queue an update that is on disk, as soon as there is room."""
        line = _line_of(update)
        if self._at_hand[line] >= _MOST_OF_A_CHAT or line in self._on_disk:
            if not update.inline_query:
                self._on_disk.setdefault(line, deque()).append(update.update_id)
            return
        self._at_hand[line] += 1
        await self._room.acquire()
        await super().put(update)

    def make_room(self, update: Update) -> None:
        """Release an update that was handed over; the next one of its chat takes its place."""
        line = _line_of(update)
        if line in self._on_disk:
            task = asyncio.create_task(self._hand_over_next(line, update.get_bot()))
            self._fetching.add(task)
            task.add_done_callback(self._fetching.discard)
            return
        self._room.release()
        self._at_hand[line] -= 1
        if self._at_hand[line] <= 0:
            del self._at_hand[line]

    async def _hand_over_next(self, line: _Line, bot: Bot) -> None:
        waiting = self._on_disk.get(line, deque())
        while waiting:
            number = waiting.popleft()
            if not waiting:
                del self._on_disk[line]
            try:
                content = await self._write(self._inbox.content, number)
            except UserError as error:
                _log.error("An update is left for the next start: %s", error)
                content = None
            if content is not None:
                await super().put(Update.de_json(json.loads(content), bot))
                return
        self._room.release()
        self._at_hand[line] -= 1

    async def drop(self, update: Update) -> None:
        """Delete a handled update from disk."""
        if not update.inline_query:
            await self._write(self._inbox.done, update.update_id)

    def leave(self) -> None:
        """Stop handing over updates; the rest stays on disk."""
        self._on_disk.clear()
        while not self.empty():
            self.get_nowait()
            self.task_done()

    async def unfinished(self, bot: Bot) -> list[Update]:
        """Return the updates that the last run left unfinished."""
        contents = await self._write(self._inbox.unfinished)
        return [Update.de_json(json.loads(content), bot) for content in contents]

    async def last_beat(self) -> float | None:
        """Return when the bot was last known to run, in seconds since 1970."""
        return await self._write(self._inbox.last_beat)

    async def beat(self) -> None:
        """Record that the bot is running."""
        await self._write(self._inbox.beat)

    async def _write(self, work: Callable[..., _Result], *values: Any) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._writer, work, *values)


def _line_of(update: Update) -> _Line:
    who = update.effective_chat or update.effective_user
    is_message = bool(update.message or update.edited_message)
    return (who.id if who else -update.update_id, is_message)


class ChatQueues(BaseUpdateProcessor):
    """Handles the messages of a chat one after the other, and many chats in parallel.

    Button presses and inline queries don't wait for messages: they may stop a long task.
    """

    def __init__(self, intake: Intake) -> None:
        super().__init__(_MOST_AT_HAND)
        self._intake = intake
        self._turns: dict[int, asyncio.Lock] = {}
        self._in_line: Counter[int] = Counter()
        self._waiting: set[asyncio.Task[Any]] = set()
        self._working: set[asyncio.Task[Any]] = set()

    @property
    def at_hand(self) -> int:
        """The number of updates being handled or waiting."""
        return len(self._working) + len(self._waiting)

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update in its turn, then release it.

        If cancelled before that, it stays on disk for the next start.
        """
        work = cast(Coroutine[Any, Any, Any], coroutine)
        assert isinstance(update, Update)
        try:
            async with self._turn(update):
                await work
        finally:
            work.close()
            self._intake.make_room(update)
        await self._intake.drop(update)

    @asynccontextmanager
    async def _turn(self, update: Update) -> AsyncIterator[None]:
        task = asyncio.current_task()
        assert task is not None
        message = update.message or update.edited_message
        chat = message.chat_id if message else -update.update_id
        self._in_line[chat] += 1
        self._waiting.add(task)
        try:
            async with self._turns.setdefault(chat, asyncio.Lock()):
                self._waiting.discard(task)
                self._working.add(task)
                yield
        finally:
            self._waiting.discard(task)
            self._working.discard(task)
            self._in_line[chat] -= 1
            if not self._in_line[chat]:
                del self._in_line[chat], self._turns[chat]

    async def stop(self, seconds: float) -> None:
        """Start nothing new; give running handlers some seconds, then cancel them."""
        for task in self._waiting:
            task.cancel()
        if self._working:
            _, unfinished = await asyncio.wait(self._working, timeout=seconds)
            for task in unfinished:
                task.cancel()
