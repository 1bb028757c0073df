"""A worker process: reads the files it is given, and returns the results."""

import gc
import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.formats.paged import ocr
from corpus.reading import read_file
from corpus.sidecars import Sidecars
from corpus.structure.passages import cut_passages
from corpus.types import Document, Skipped
from corpus.workers.bounds import bounded, settle
from corpus.workers.outcome import Outcome, packed

_OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""Python's default of 700 would cost a third of the time, as almost all objects live on."""
_GIVES_WAY = 10
"""The niceness added to the parent's, so that answers come first."""


def work(descriptor: int) -> None:
    """Read files until the connection, given by its file descriptor, is closed."""
    os.nice(_GIVES_WAY)
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    settle()
    with Connection(descriptor) as connection:
        folder: Path
        folder, read_pictures = connection.recv()
        ocr.want(wanted=read_pictures)
        sidecars = Sidecars(folder)
        connection.send_bytes(packed(None))
        while True:
            try:
                file: Path = connection.recv()
            except EOFError:
                return
            for outcome in read_and_cut(folder, file, sidecars):
                connection.send_bytes(_told(outcome))
            connection.send_bytes(packed(None))


def read_and_cut(folder: Path, file: Path, sidecars: Sidecars) -> Iterator[Outcome]:
    """Yield a file's documents with their passages, or errors; raises nothing."""
    read = read_file(folder, file, sidecars)
    size = _size(file)
    while True:
        # Each document gets the time limit of a file, since an archive may have any number.
        with bounded(size, waiting=ocr.is_wanted()):
            outcome = next(read, None)
            cut = _cut(outcome) if isinstance(outcome, Document) else outcome
        if cut is None:
            return
        yield cut


def _cut(document: Document) -> Outcome:
    try:
        return document, cut_passages(document)
    except Exception as error:  # noqa: BLE001 - each file is its own world
        reason = f"It could not be cut into passages ({type(error).__name__})."
        return Skipped(document.path, reason)


def _told(outcome: Outcome) -> bytes:
    """Return a serialised outcome, or the reason if it can't be serialised or stored."""
    try:
        return packed(outcome)
    except (UnicodeError, MemoryError) as error:
        path = outcome.path if isinstance(outcome, Skipped) else outcome[0].path
        reason = f"It contains data that is not text, or too much text ({type(error).__name__})."
        return packed(Skipped(path, reason))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # Reading it reports the error.
