"""How many questions one user may ask in a minute."""

from collections import OrderedDict, deque
from typing import Final

_MINUTE: Final = 60.0
_MOST_USERS: Final = 10_000
"""Users that are counted; those who asked longest ago make room."""


class PerMinute:
    """Counts what each user sends by the time Telegram gave it.

    So that it plays no part how late a question is got to, or how this machine's clock goes.
    """

    def __init__(self, most: int) -> None:
        """Allow so many a minute; 0 for any number."""
        self._most = most
        self._sent: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, user: str, sent_at: float) -> float:
        """Return 0 where a user may send this, which counts then, else seconds until they may."""
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
