"""Keeping up with a documents folder: acting when it has changed and come to rest."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from corpus.errors import UserError
from corpus.listing import find_files

_LEAST_PAUSE: Final = 2.0
"""Seconds between two looks at the folder, after which it has come to rest if nothing changed."""
_PAUSES: Final = 10
"""How much longer a pause is than the look before it took, so that a large folder has its rest."""


def keep_up(
    look: Callable[[], Mapping[str, tuple[int, int]]],
    rebuild: Callable[[], object],
    note: Callable[[str], object],
    sleep: Callable[[float], object] = time.sleep,
) -> None:
    """Call `rebuild` once what `look` returns differs from the last time and has come to rest.

    What cannot be done, as while another re-embed runs, is told to `note` once, and tried again at
    the next look.
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
    """Return size and time of change of each document."""
    stamps = {}
    for file in find_files(folder).files:
        try:
            status = file.stat()
        except OSError:
            continue
        stamps[str(file)] = (status.st_size, status.st_mtime_ns)
    return stamps
