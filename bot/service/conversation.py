"""What is remembered of a conversation: the last answer, for a while."""

import time
from collections.abc import Callable
from typing import Final

from bot.types import Answer

REMEMBERED_FOR: Final = 30 * 60
"""Seconds after which a question no longer leans on the answer before it."""


class Conversation:
    """Holds what the next question may lean on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing; `clock` gives seconds."""
        self._clock = clock
        self._last: Answer | None = None
        self._at = 0.0

    @property
    def last(self) -> Answer | None:
        """The last answer; None where there is none or it was given too long ago."""
        return self._last if self._clock() - self._at <= REMEMBERED_FOR else None

    def remember(self, answer: Answer) -> None:
        """Let the next question lean on this answer; after small talk on the one before."""
        if not answer.is_small_talk:
            self._last, self._at = answer, self._clock()

    def forget(self) -> None:
        """Let the next question stand on its own feet."""
        self._last = None
