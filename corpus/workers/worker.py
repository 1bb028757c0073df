"""What a worker process does: it reads the files that it is told of, and tells what came out."""

import gc
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.errors import UnreadableDocument
from corpus.listing import path_within
from corpus.reading import read_document
from corpus.structure.passages import cut_passages
from corpus.types import Skipped
from corpus.workers.bounds import bounded, settle
from corpus.workers.outcome import Outcome

_OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""Python's own 700 would cost a third of the time: nearly all that is made lives on."""


def work(descriptor: int) -> None:
    """Read files until the other end of a connection, the file descriptor, is closed."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    settle()
    with Connection(descriptor) as connection:
        folder: Path = connection.recv()
        connection.send(None)
        while True:
            try:
                file: Path = connection.recv()
            except EOFError:
                return
            connection.send(read_and_cut(folder, file))


def read_and_cut(folder: Path, file: Path) -> Outcome:
    """Return a file's document with its passages, or why there is none; raises nothing."""
    try:
        with bounded(_size(file)):
            document = read_document(folder, file)
            return document, cut_passages(document)
    except UnreadableDocument as error:
        return Skipped(path_within(folder, file), str(error))
    except MemoryError:
        return Skipped(path_within(folder, file), "Reading it takes more memory than it may.")
    except Exception as error:  # noqa: BLE001 - each file is its own world
        reason = f"It could not be cut into passages ({type(error).__name__})."
        return Skipped(path_within(folder, file), reason)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0  # the reading says what is wrong with it
