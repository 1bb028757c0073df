"""Limits of a worker process: CPU time, memory and lifetime.

The kernel enforces them, since a C library ignores everything else.
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
"""CPU time limit for reading a small file."""
SECONDS_A_MEGABYTE: Final = 15
"""Text takes a twentieth of it; a megabyte of lines of seven letters, 3 s to 11 s by processor."""
MEMORY: Final = 2**30
"""Memory limit in bytes for reading a file."""
_WAITING: Final = 15
"""Factor for the wall-clock limit, for busy machines and slow disks."""
_DIE_WITH_PARENT: Final = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def settle() -> None:
    """Limit the memory of this process, and make it end with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The parent handles Ctrl-C.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    end_with_parent()
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # Out of memory, this one is killed first.
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
        _limit(resource.RLIMIT_AS, _taken() + MEMORY)


def end_with_parent() -> None:
    """Have the kernel end this process with its parent."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


@contextlib.contextmanager
def bounded(size: int, *, waiting: bool = False) -> Iterator[None]:
    """End the process with a signal if processing a file of `size` bytes takes too long.

    With `waiting`, waiting for another program, which has limits of its own, is not limited.
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
    """Return the reason that an exit code of a worker gives for a file of `size` bytes."""
    seconds = _seconds(size)
    if -code == signal.SIGPROF:
        return f"Reading it took longer than the {seconds} s allowed for its size."
    if -code == signal.SIGALRM:
        waited = _WAITING * seconds
        return f"Reading it had not finished after {waited} s; the disk or the machine is slow."
    return "The program that reads such files crashed on it."


def _seconds(size: int) -> int:
    """Return the CPU time limit for a file of `size` bytes."""
    return SECONDS + SECONDS_A_MEGABYTE * (size >> 20)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (allowed, hard))


def _taken() -> int:
    """Return the bytes of address space in use."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()
