"""What a worker process does: it reads the files that it is told of, and tells what came out."""

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
"""Python's own 700 would cost a third of the time: nearly all that is made lives on."""
_GIVES_WAY = 10
"""By how much reading is nicer than the program that has it done: answers come first."""


def work(descriptor: int) -> None:
    """Read files until the other end of a connection, the file descriptor, is closed."""
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
    """Yield a file's documents, each with its passages, or why there is none; raises nothing."""
    read = read_file(folder, file, sidecars)
    size = _size(file)
    while True:
        # Each document has the time of a file, since any number may be packed in one.
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
    """Return an outcome packed; why not, where it holds what can't be told or kept."""
    try:
        return packed(outcome)
    except (UnicodeError, MemoryError) as error:
        path = outcome.path if isinstance(outcome, Skipped) else outcome[0].path
        reason = f"It holds what is no text, or too much of it ({type(error).__name__})."
        return packed(Skipped(path, reason))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # the reading says what is wrong with it
