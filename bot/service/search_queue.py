"""Searches in threads of their own: a few at a time, the others waiting their turn."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

_AT_ONCE: Final = 2
"""The index takes one at a time; meanwhile another's question is read and its answer written."""

_Result = TypeVar("_Result")


class SearchQueue:
    """Runs work first come first served; any thread may hand it in."""

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="search")
        self._lock = threading.Lock()
        self._waiting: list[Future[Any]] = []

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    def submit(self, work: Callable[[], _Result]) -> Future[_Result]:
        """Return what will hold the result of a piece of work; cancelling it leaves the queue."""

        def in_turn() -> _Result:
            with self._lock:  # which is held until the queue knows of it
                self._waiting.remove(future)
            return work()

        with self._lock:
            future = self._threads.submit(in_turn)
            self._waiting.append(future)
        future.add_done_callback(self._leave)
        return future

    def place(self, future: Future[Any]) -> int:
        """Return how far a piece of work is from its turn, 1 being the next; 0 once it has it."""
        with self._lock:
            return self._waiting.index(future) + 1 if future in self._waiting else 0

    def turn_away(self) -> None:
        """Cancel what waits; what has its turn is not touched."""
        for future in tuple(self._waiting):
            future.cancel()

    def _leave(self, future: Future[Any]) -> None:
        with self._lock:
            if future in self._waiting:
                self._waiting.remove(future)
