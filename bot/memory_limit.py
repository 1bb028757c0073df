"""Reports a lack of memory in one sentence, even if a library aborts the process."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Final

from corpus.workers.bounds import end_with_parent

ENOUGH: Final = 1300
"""Megabytes of address space that suffice to build and query a small index."""
FEWEST: Final = 900
"""Megabytes below which commands refuse to start."""
FEWEST_UNASKED: Final = 350
"""The same for commands that open no model."""


def memory_limit() -> int | None:
    """Return the memory limit of this process in megabytes (`ulimit -v`); None for no limit."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415

    limits = [resource.getrlimit(one)[0] for one in (resource.RLIMIT_AS, resource.RLIMIT_DATA)]
    set_ones = [limit for limit in limits if limit != resource.RLIM_INFINITY]
    return min(set_ones) >> 20 if set_ones else None


def told_when_cut_off(run: Callable[[], int], note: Callable[[str], None]) -> int:
    """Return the exit code of `run`, which gets a child process if memory is limited.

    Libraries may then abort the process, and only a parent process can report that.
    """
    limit = memory_limit()
    if limit is None:
        return run()
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        end_with_parent()
        return run()

    def pass_on(number: int, _frame: FrameType | None) -> None:
        os.kill(process, number)

    on_end = signal.signal(signal.SIGTERM, pass_on)
    on_interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to both
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    signal.signal(signal.SIGTERM, on_end)
    signal.signal(signal.SIGINT, on_interrupt)
    if code in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGKILL):
        note(too_little(limit))
        return 1
    return code if code >= 0 else 128 - code


def too_little(limit: int | None) -> str:
    """Return the error message for too little memory."""
    if limit is None:
        return "This machine does not have enough memory for this; close other programs."
    return (
        f"The memory limit of {limit} MB (ulimit -v) is too low; allow "
        f"{max(ENOUGH, 2 * limit):,} MB."
    )
