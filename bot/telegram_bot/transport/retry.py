"""Sends requests with retries, and respects Telegram's rate limits per chat."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

_PATIENCE: Final = 3600.0
"""Seconds for which a message is retried if Telegram fails or rate-limits it."""
_WITHOUT_NETWORK: Final = 24 * 3600.0
"""Seconds for which it is retried while Telegram cannot be reached."""
_SHORT_PATIENCE: Final = 20.0
"""Seconds for which other requests are retried."""
_LONGEST_PAUSE: Final = 30.0
_FIRST_PAUSE: Final = 0.5
_WORTHLESS_LATER: Final = frozenset(
    {"sendChatAction", "setMessageReaction", "answerCallbackQuery", "answerInlineQuery", "getMe"}
)
"""Never retried: chat actions, and the start, which reports its own errors."""

_log = logging.getLogger(__name__)

Request = Callable[..., Coroutine[Any, Any, Any]]


class PatientPerChat(BaseRateLimiter[None]):
    """Retries messages until delivered; a rate-limited chat delays no other.

    A request without a response may have succeeded, and Telegram offers no way to check. It is sent
    again: a duplicate answer is better than none.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._free_at: dict[int | str, float] = {}

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def process_request(
        self,
        callback: Request,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002
    ) -> Any:
        """Return the result of a request.

        TelegramError if Telegram rejects it, or it fails for too long.
        """
        if endpoint in _WORTHLESS_LATER:
            return await callback(*args, **kwargs)
        chat = data.get("chat_id", endpoint)
        began, is_message = self._clock(), endpoint.startswith("send")
        pause = _FIRST_PAUSE
        while True:
            await self._wait_for(chat)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = _seconds(error)
                if self._clock() + seconds > began + _patience(error, is_message=is_message):
                    raise
                _log.warning("Telegram rate-limits chat %s for %.0f s", chat, seconds)
                self._hold_up(chat, seconds)
            except NetworkError as error:
                # The library's network errors include requests that Telegram rejects.
                patience = _patience(error, is_message=is_message)
                seconds = pause * random.uniform(0.75, 1.25)  # noqa: S311
                if isinstance(error, BadRequest) or self._clock() + seconds > began + patience:
                    raise
                _log.warning("%s failed and is retried: %s", endpoint, error)
                await self._sleep(seconds)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _wait_for(self, chat: int | str) -> None:
        while (seconds := self._free_at.get(chat, 0.0) - self._clock()) > 0:
            await self._sleep(seconds)
        self._free_at.pop(chat, None)

    def _hold_up(self, chat: int | str, seconds: float) -> None:
        self._free_at[chat] = max(self._free_at.get(chat, 0.0), self._clock() + seconds)


def _patience(error: TelegramError, *, is_message: bool) -> float:
    """Return how long to retry a request that failed with this error."""
    if not is_message:
        return _SHORT_PATIENCE
    # An error from Telegram has no cause; a network error has the HTTP library's.
    return _WITHOUT_NETWORK if error.__cause__ else _PATIENCE


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return after if isinstance(after, int) else after.total_seconds()
