"""Faults of requests: refusals, lost connections, late answers."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol


class Fault(Protocol):
    """What happens to one request in addition to its effect."""

    def before(self) -> None:
        """Act before the request is executed."""

    def after(self) -> None:
        """Act after it is executed, before the response is sent."""


class Refused(Exception):
    """A refusal of a request."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters

    def before(self) -> None:
        """Refuse the request."""
        raise self

    def after(self) -> None:
        """Do nothing."""


class HungUp(Exception):
    """The connection is closed without a response."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A lost connection: before the request takes effect, or after it."""

    carried_out: bool = False

    def before(self) -> None:
        """Hang up, unless the request is to be executed."""
        if not self.carried_out:
            raise HungUp

    def after(self) -> None:
        """Hang up."""
        raise HungUp


@dataclass(frozen=True, slots=True)
class Held:
    """A delayed response, until the test releases it."""

    carried_out: bool = True
    """Whether the request takes effect before the wait or after it."""
    reached: threading.Event = field(default_factory=threading.Event)
    """Set when the request has arrived."""
    _free: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        """Send the response."""
        self._free.set()

    def before(self) -> None:
        """Wait, unless the request takes effect first."""
        if not self.carried_out:
            self._wait()

    def after(self) -> None:
        """Wait, if that has not been done."""
        if self.carried_out:
            self._wait()

    def _wait(self) -> None:
        self.reached.set()
        self._free.wait(60)


Chance = Callable[[str], Fault | None]
"""Chooses a fault, if any, for a request."""


def bad_request(description: str) -> Refused:
    """Return the refusal of an invalid request."""
    return Refused(400, f"Bad Request: {description}")


def too_many_requests(seconds: int) -> Refused:
    """Return the refusal of a rate-limited request."""
    description = f"Too Many Requests: retry after {seconds}"
    return Refused(429, description, retry_after=seconds)
