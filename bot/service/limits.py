"""Rate limit per user."""

from collections import OrderedDict, deque
from typing import Final

_MINUTE: Final = 60.0
_MOST_USERS: Final = 10_000
"""How many users are tracked; those who asked longest ago are dropped."""


class PerMinute:
    """Limits what each user sends per minute.

    It uses Telegram's timestamps, so that delays and the local clock don't matter.
    """

    def __init__(self, most: int) -> None:
        """Allow `most` per minute; 0 for no limit."""
        self._most = most
        self._sent: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, user: str, sent_at: float) -> float:
        """Return 0 and count the message if it is allowed, otherwise seconds to wait."""
        if not self._most:
            return 0.0
        sent = self._sent.setdefault(user, deque(maxlen=self._most))
        self._sent.move_to_end(user)
        if len(self._sent) > _MOST_USERS:
            self._sent.popitem(last=False)
        if len(sent) == self._most and sent_at < sent[0] + _MINUTE:
            return sent[0] + _MINUTE - sent_at
        sent.append(sent_at)
        return 0.0
