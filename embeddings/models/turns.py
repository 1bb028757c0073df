"""A fair lock."""

import threading
from typing import Self


class Turns:
    """A lock that is passed on to whoever waits.

    With an ordinary lock, a re-embed that releases a model takes it again before a waiting question
    gets it.
    """

    def __init__(self) -> None:
        self._next, self._busy = threading.Lock(), threading.Lock()

    def __enter__(self) -> Self:
        """Wait for the lock."""
        with self._next:
            self._busy.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        """Release the lock."""
        self._busy.release()
