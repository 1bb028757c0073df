"""What `citera watch` does: re-embeds when the documents folder has changed and come to rest."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from bot.cli.reembed import reembed
from bot.cli.terminal import note
from bot.settings import Settings
from corpus.errors import UserError
from corpus.listing import find_files

_LEAST_PAUSE: Final = 2.0
"""Seconds between two looks at the folder, after which it has come to rest if nothing changed."""
_PAUSES: Final = 10
"""How much longer a pause is than the look before it took, so that a large folder has its rest."""


def watch(settings: Settings) -> int:
    """Re-embed now, and then whenever documents have changed, until interrupted."""
    note(f"Watching {settings.documents_dir}; press Ctrl-C to end.")
    keep_up(
        lambda: _stamps(settings.documents_dir),
        lambda: reembed(settings, keep=1, force=False),
        time.sleep,
    )
    return 0


def keep_up(
    look: Callable[[], Mapping[str, tuple[int, int]]],
    rebuild: Callable[[], object],
    sleep: Callable[[float], object],
) -> None:
    """Call `rebuild` once what `look` returns differs from the last time and has come to rest.

    What cannot be done, as while another re-embed runs, is told and tried again at the next look.
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


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of each document."""
    stamps = {}
    for file in find_files(folder).files:
        try:
            status = file.stat()
        except OSError:
            continue
        stamps[str(file)] = (status.st_size, status.st_mtime_ns)
    return stamps
