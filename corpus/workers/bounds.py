"""What a worker process may take: time and memory, and no life of its own.

The kernel keeps the bounds, since a library at work in C hears nothing else.
"""

import contextlib
import ctypes
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SECONDS: Final = 20
"""Time of a processor that reading a small file may take."""
SECONDS_A_MEGABYTE: Final = 5
"""Text takes a tenth of one; lines of seven letters take three where other programs run as well."""
MEMORY: Final = 2**30
"""Bytes that reading a file may take."""
_WAITING: Final = 15
"""Times the same by the clock: other programs, of which there may be many, and slow disks need
most of it at times."""
_DIE_WITH_PARENT: Final = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def settle() -> None:
    """Bound the memory of this process, and let it end with the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to handle
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    end_with_parent()
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # where memory runs out, this process goes first
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
        _limit(resource.RLIMIT_AS, _taken() + MEMORY)


def end_with_parent() -> None:
    """Have the kernel end this process with the one that started it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


@contextlib.contextmanager
def bounded(size: int, *, waiting: bool = False) -> Iterator[None]:
    """End the process by a signal if what is done with a file of so many bytes takes too long.

    With `waiting` it may wait as long as it likes for another program, which has bounds of its own.
    """
    seconds = _seconds(size)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, 0 if waiting else _WAITING * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def why_ended(code: int, size: int) -> str:
    """Return what an exit code of a worker says of a file of so many bytes that it read."""
    seconds = _seconds(size)
    if -code == signal.SIGPROF:
        return f"Reading it took longer than the {seconds} s that a file of its size may."
    if -code == signal.SIGALRM:
        waited = _WAITING * seconds
        return f"Reading it was not over after {waited} s; the disk or the machine is slow."
    return "The program that reads such files broke down over it."


def _seconds(size: int) -> int:
    """Return the time of a processor that reading a file of so many bytes may take."""
    return SECONDS + SECONDS_A_MEGABYTE * (size >> 20)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (allowed, hard))


def _taken() -> int:
    """Return the bytes of address space that are taken already."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()
