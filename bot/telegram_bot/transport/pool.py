"""Searches off the event loop: a few at a time, the others waiting their turn."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

_AT_ONCE: Final = 2
"""The index takes one at a time; meanwhile another's question is read and its answer written."""
_LONG: Final = 4.0
"""Seconds after which one who waits is told their place."""

_Result = TypeVar("_Result")


class SearchPool:
    """Runs work in threads, first come first served."""

    def __init__(self, at_once: int = _AT_ONCE, long: float = _LONG) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="search")
        self._free = asyncio.Semaphore(at_once)
        self._long = long
        self._waiting: list[asyncio.Task[Any] | None] = []

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    async def run(self, work: Callable[[], _Result], tell_place: Callable[[int], None]) -> _Result:
        """Return what the work gives.

        One who waits long is told once how far they are from their turn, 1 being the next.
        """
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        self._waiting.append(task)
        timer = loop.call_later(self._long, lambda: tell_place(self._waiting.index(task) + 1))
        try:
            await self._free.acquire()
        finally:
            timer.cancel()
            self._waiting.remove(task)
        try:
            return await loop.run_in_executor(self._threads, work)
        finally:
            self._free.release()

    def turn_away(self) -> None:
        """Cancel those who wait; those whose turn it is are not touched."""
        for task in self._waiting:
            if task is not None:
                task.cancel()
