"""Per-key cooldown, for example between refusals to the same user."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Seldom:
    """A per-key cooldown with a bounded number of keys, so that a flood stays cheap."""

    def __init__(
        self, pause: float, most: int = 1000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pause = pause
        self._most = most
        self._clock = clock
        self._last: OrderedDict[Hashable, float] = OrderedDict()

    def allows(self, one: Hashable) -> bool:
        """Return whether a key is off cooldown, and if so start its cooldown.

        Always False while the maximum number of keys is on cooldown: that is a flood.
        """
        now = self._clock()
        while self._last and next(iter(self._last.values())) <= now - self._pause:
            self._last.popitem(last=False)
        if one in self._last or len(self._last) >= self._most:
            return False
        self._last[one] = now
        return True

    def forget(self, one: Hashable) -> None:
        """End the cooldown of a key."""
        self._last.pop(one, None)

    def __contains__(self, one: Hashable) -> bool:
        """Return whether a key is on cooldown."""
        last = self._last.get(one)
        return last is not None and last > self._clock() - self._pause
