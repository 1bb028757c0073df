"""Runs searches in a few threads, first come, first served."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

_AT_ONCE: Final = 2
"""The index serves one thread at a time; the other parses a question or writes an answer."""

_Result = TypeVar("_Result")


class SearchQueue:
    """Runs work first come, first served; thread-safe."""

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="search")
        self._lock = threading.Lock()
        self._waiting: list[Future[Any]] = []

    @property
    def waiting(self) -> int:
        """The number of waiting items."""
        return len(self._waiting)

    def submit(self, work: Callable[[], _Result]) -> Future[_Result]:
        """Return a future of the result; cancelling it removes the work from the queue."""

        def in_turn() -> _Result:
            with self._lock:  # Held until the queue contains it.
                self._waiting.remove(future)
            return work()

        with self._lock:
            future = self._threads.submit(in_turn)
            self._waiting.append(future)
        future.add_done_callback(self._leave)
        return future

    def place(self, future: Future[Any]) -> int:
        """Return a future's place in the queue, from 1; 0 once it runs."""
        with self._lock:
            return self._waiting.index(future) + 1 if future in self._waiting else 0

    def turn_away(self) -> None:
        """Cancel all waiting work; running work continues."""
        for future in tuple(self._waiting):
            future.cancel()

    def _leave(self, future: Future[Any]) -> None:
        with self._lock:
            if future in self._waiting:
                self._waiting.remove(future)
