"""Turns at what serves one thread at a time."""

import threading
from typing import Self


class Turns:
    """A lock that goes to whoever waits.

    With an ordinary one a re-embed that lets go of a model takes it again before a question that
    waits for it gets it.
    """

    def __init__(self) -> None:
        self._next, self._busy = threading.Lock(), threading.Lock()

    def __enter__(self) -> Self:
        """Wait for one's turn."""
        with self._next:
            self._busy.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._busy.release()
