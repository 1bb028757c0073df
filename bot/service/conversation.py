"""Remembers the last answer of a conversation for follow-ups, for a limited time."""

import time
from collections.abc import Callable
from typing import Final

from bot.types import Answer

REMEMBERED_FOR: Final = 30 * 60
"""Seconds after which a question is no longer a follow-up."""


class Conversation:
    """The last answer of a conversation."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start empty; `clock` returns seconds."""
        self._clock = clock
        self._last: Answer | None = None
        self._at = 0.0

    @property
    def last(self) -> Answer | None:
        """The last answer; None if there is none or it is too old."""
        return self._last if self._clock() - self._at <= REMEMBERED_FOR else None

    def remember(self, answer: Answer) -> None:
        """Remember an answer for follow-ups; small talk does not replace the last one."""
        if not answer.is_small_talk:
            self._last, self._at = answer, self._clock()

    def forget(self) -> None:
        """Forget the last answer."""
        self._last = None
