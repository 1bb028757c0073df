"""What can go wrong with a request: refusals, lost connections, late answers."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol


class Fault(Protocol):
    """What happens to one request, besides what it asks for."""

    def before(self) -> None:
        """Act before the request is carried out."""

    def after(self) -> None:
        """Act when it has been carried out, before its answer leaves."""


class Refused(Exception):
    """The server's answer to a request that it does not carry out."""

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
    """The connection is closed without an answer."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A connection lost: before the request took effect, or after, when only its answer is lost."""

    carried_out: bool = False

    def before(self) -> None:
        """Hang up, unless the request is to be carried out."""
        if not self.carried_out:
            raise HungUp

    def after(self) -> None:
        """Hang up."""
        raise HungUp


@dataclass(frozen=True, slots=True)
class Held:
    """An answer that comes late: when the test lets go of it."""

    carried_out: bool = True
    """Whether the request takes effect before the wait, or after it."""
    reached: threading.Event = field(default_factory=threading.Event)
    """Set when the request has come."""
    _free: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        """Let the answer leave."""
        self._free.set()

    def before(self) -> None:
        """Wait, unless the request is to take effect first."""
        if not self.carried_out:
            self._wait()

    def after(self) -> None:
        """Wait, if that is still to be done."""
        if self.carried_out:
            self._wait()

    def _wait(self) -> None:
        self.reached.set()
        self._free.wait(60)


Chance = Callable[[str], Fault | None]
"""Decides which fault, if any, befalls a request for a method."""


def bad_request(description: str) -> Refused:
    """Return the refusal of a request that is wrong in itself."""
    return Refused(400, f"Bad Request: {description}")


def too_many_requests(seconds: int) -> Refused:
    """Return the refusal of a request that comes too soon after others."""
    description = f"Too Many Requests: retry after {seconds}"
    return Refused(429, description, retry_after=seconds)
