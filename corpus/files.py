"""Reads regular files safely."""

import os
import stat
from pathlib import Path

from corpus.errors import UnreadableDocument


def read_bytes(file: Path, largest: int) -> bytes:
    """Read a regular file of limited size; never wait for a pipe or a device.

    :raises UnreadableDocument: if that fails; the message says why.
    """
    try:
        with open(file, "rb", opener=_at_once) as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableDocument("It is not a regular file.")
            # The file may grow while it is read.
            data = opened.read(largest + 1) if status.st_size <= largest else None
    except FileNotFoundError as error:
        raise UnreadableDocument("The file was deleted during the reading.") from error
    except PermissionError as error:
        raise UnreadableDocument("There is no permission to read the file; allow it.") from error
    except OSError as error:
        raise UnreadableDocument(f"The disk could not read the file: {error.strerror}.") from error
    if data is None or len(data) > largest:
        raise UnreadableDocument(f"The file is larger than {largest // 2**20} MB; split it up.")
    if not data.strip():
        raise UnreadableDocument("The file is empty.")
    return data


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)
