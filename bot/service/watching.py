"""Watches the documents folder, and acts when it has changed and then stayed the same."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from corpus.errors import UserError
from corpus.listing import find_files

_LEAST_PAUSE: Final = 2.0
"""Seconds between two looks at the folder; no change between them means that it is stable."""
_PAUSES: Final = 10
"""A pause is this many times as long as the look before it, to spare large folders."""


def keep_up(
    look: Callable[[], Mapping[str, tuple[int, int]]],
    rebuild: Callable[[], object],
    note: Callable[[str], object],
    sleep: Callable[[float], object] = time.sleep,
) -> None:
    """Call `rebuild` whenever `look` returns something new that stays the same at the next look.

    Failures, for example while another re-embed runs, are reported once with `note` and retried
    after the next look.
    """
    done: Mapping[str, tuple[int, int]] | None = None
    before: Mapping[str, tuple[int, int]] | None = None
    told = ""
    while True:
        started = time.monotonic()
        try:
            now = look()
            if now != done and (before is None or now == before):
                rebuild()
                done, told = now, ""
            before = now
        except UserError as error:
            if told != str(error):
                note(str(error))
            told = str(error)
        sleep(max(_LEAST_PAUSE, _PAUSES * (time.monotonic() - started)))


def stamps_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and modification time of each document."""
    stamps = {}
    for file in find_files(folder).files:
        try:
            status = file.stat()
        except OSError:
            continue
        stamps[str(file)] = (status.st_size, status.st_mtime_ns)
    return stamps
