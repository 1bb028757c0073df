"""What is done at most once in a while for each, such as refusing a stranger."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Seldom:
    """Says whether it is time again; remembers so many at most, which bounds what a flood costs."""

    def __init__(
        self, pause: float, most: int = 1000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pause = pause
        self._most = most
        self._clock = clock
        self._last: OrderedDict[Hashable, float] = OrderedDict()

    def allows(self, one: Hashable) -> bool:
        """Return whether it is time again for one, and count it as done if so.

        Never while the most that are remembered have all had theirs: that is a flood.
        """
        now = self._clock()
        while self._last and next(iter(self._last.values())) <= now - self._pause:
            self._last.popitem(last=False)
        if one in self._last or len(self._last) >= self._most:
            return False
        self._last[one] = now
        return True

    def forget(self, one: Hashable) -> None:
        """Let it be time again for one."""
        self._last.pop(one, None)

    def __contains__(self, one: Hashable) -> bool:
        """Return whether it is not time again yet for one."""
        last = self._last.get(one)
        return last is not None and last > self._clock() - self._pause
